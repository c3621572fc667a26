"""Every rule against its YAML of cases: hits, near misses, words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reviewer.model.review import ClauseCoverage, Finding, TierCoverage
from reviewer.rules import registry, run
from tests.rules.build import base, change, context

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.yaml"))
KNOWN = {
    "name",
    "tier",
    "set",
    "fill",
    "add",
    "drop",
    "cell",
    "content",
    "clauses",
    "stamped",
    "expect",
    "all",
}
WORDS = {"message", "suggestion", "severity"}


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
        for path in FILES
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def review(case: dict[str, Any]) -> tuple[Finding, ...]:
    data = base()
    if "tier" in case:
        data["tier"] = case["tier"]
    if "cell" in case:
        data["cell"] = case["cell"]
    change(data, case)
    content = {at: (number, sure) for at, (number, sure) in case.get("content", {}).items()}
    stamped = change(base(), case["stamped"]) if "stamped" in case else None
    findings, complete = run(
        context(data, coverage=coverage(case), content=content, stamped=stamped)
    )
    assert complete
    return findings


def coverage(case: dict[str, Any]) -> dict[str, TierCoverage]:
    tiers: dict[str, dict[str, ClauseCoverage]] = {}
    for clause, status in case.get("clauses", {}).items():
        tiers.setdefault(clause.split(".")[0], {})[clause] = ClauseCoverage(status, 0.0)
    return {tier: TierCoverage(0.0, False, (), {}, clauses) for tier, clauses in tiers.items()}


@pytest.mark.parametrize(("slug", "case"), cases())
def test_case(slug: str, case: dict[str, Any]) -> None:
    assert set(case) <= KNOWN | WORDS, "an unknown key in the case"
    assert "expect" in case or "all" in case
    findings = review(case)
    mine = [finding for finding in findings if finding.rule == slug]
    if "expect" in case:
        assert [finding.subject for finding in mine] == case["expect"]
    if "all" in case:
        found = sorted((finding.rule, finding.subject) for finding in findings)
        assert found == sorted(map(tuple, case["all"]))
    for word in WORDS & set(case):
        assert mine, "words of nothing"
        assert any(case[word] in getattr(finding, word) for finding in mine), [
            getattr(finding, word) for finding in mine
        ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_hits_and_misses(path: Path) -> None:
    items = yaml.safe_load(path.read_text(encoding="utf-8"))
    hits = [case for case in items if _fires(path.stem, case)]
    assert hits, "no hitting case"
    assert len(hits) < len(items), "no missing case"
    assert any("message" in case for case in hits), "no message checked"


def _fires(slug: str, case: dict[str, Any]) -> bool:
    return bool(case.get("expect")) or any(rule == slug for rule, _ in case.get("all", []))


def test_every_rule_has_cases() -> None:
    asked = {rule.slug for rule in registry.rules() if rule.check is not None}
    assert asked == {path.stem for path in FILES}
