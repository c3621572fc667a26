"""A review against a declaration's known answers, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.fuzz import ratio

from reviewer.model.review import Review
from reviewer.policy.labels import kpi_by_label
from reviewer.policy.schema import Policy

SAME_TEXT = 98.0
_LISTS = ("场景清单", "AI场景清单")
_NARRATIVES = ("企业简介", "项目简述")


@dataclass
class Score:
    """right of total, with what went wrong."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, good: bool, what: str) -> None:
        self.total += 1
        self.right += good
        if not good:
            self.wrong.append(what)

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0


@dataclass
class Tally:
    """All figures of an evaluation."""

    scores: dict[str, Score] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    false: list[tuple[str, str]] = field(default_factory=list)

    def score(self, name: str) -> Score:
        return self.scores.setdefault(name, Score())

    def precision(self, skip: frozenset[str] = frozenset()) -> float:
        good = sum(count for rule, count in self.hits.items() if rule not in skip)
        bad = sum(finding_rule(what) not in skip for _, what in self.false)
        return good / (good + bad) if good + bad else 1.0

    def recall(self, skip: frozenset[str] = frozenset()) -> float:
        good = sum(count for rule, count in self.hits.items() if rule not in skip)
        bad = sum(finding_rule(what) not in skip for _, what in self.missed)
        return good / (good + bad) if good + bad else 1.0


def finding_rule(what: str) -> str:
    return what.split(" ", 1)[0]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def compare(
    review: Review,
    truth: Mapping[str, Any],
    policy: Policy,
    tally: Tally,
    case: str,
    rules: frozenset[str],
) -> None:
    """Count one review into ``tally``; ``rules`` are those that precision is measured on."""
    _fields(review, truth, tally.score("fields"), case)
    _sections(review, truth, tally.score("sections"), case)
    _kpis(review, truth, policy, tally.score("kpis"), case)
    _findings(review, truth, tally, case, rules)
    _scenarios(review, truth, tally.score("scenarios"), case)
    _coverage(review, truth, tally, case)


def _fields(review: Review, truth: Mapping[str, Any], score: Score, case: str) -> None:
    for part in ("cover", "company", "factory"):
        for key, wanted in truth[part].items():
            if key in _NARRATIVES:
                continue
            got = review.fields.get(key)
            score.add(_plain(got) == _plain(wanted), f"{case} {key}: {got!r} ≠ {wanted!r}")


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [squeeze(re.sub(r"^\s*[\d０-９]+\s*[.．、]\s*", "", str(item))) for item in value]
    return squeeze(str(value or ""))


def wanted_sections(truth: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "企业简介", truth["company"].get("企业简介", "")
    yield "项目简述", truth["factory"].get("项目简述", "")
    yield from truth["s2"].items()
    for number in ("4", "5", "6"):
        yield number, truth.get(f"s{number}", "")
    yield from truth["s7"].items()
    for number, part in truth["s3"].items():
        yield number, part["intro"]
        for place, block in enumerate(part["scenarios"], 1):
            for key in ("ai_desc", "desc", "pain", "tech", "result"):
                yield f"body:{number}.{place}/{key}", block.get(key, "")


def _sections(review: Review, truth: Mapping[str, Any], score: Score, case: str) -> None:
    for key, wanted in wanted_sections(truth):
        section = review.sections.get(key)
        got = squeeze(section.text) if section else ""
        same = ratio(got, squeeze(wanted)) >= SAME_TEXT or got == squeeze(wanted)
        score.add(
            same, f"{case} {key}: {len(got)} 字 ≠ {len(squeeze(wanted))} 字: {got[:40]}…{got[-40:]}"
        )


def _kpis(
    review: Review, truth: Mapping[str, Any], policy: Policy, score: Score, case: str
) -> None:
    names = kpi_by_label(policy)
    got = [(row.name, squeeze(row.before), squeeze(row.after)) for row in review.kpis]
    for label, before, after in truth["kpis"]:
        name = kpi_name(label, names)
        row = (name, squeeze(before), squeeze(after))
        score.add(row in got, f"{case} {label}: {row} not in report")


def kpi_name(label: str, names: Mapping[str, Any]) -> str:
    from reviewer.policy.labels import fold

    found = names.get(fold(label))
    return found.name if found is not None else label.strip("*＊ ")


def _findings(
    review: Review, truth: Mapping[str, Any], tally: Tally, case: str, rules: frozenset[str]
) -> None:
    wanted = {(item["rule"], item["subject"]) for item in truth["gold"]["findings"]}
    # What the known answers leave open (seeded texts may or may not still show a clause).
    undecided = [(rule, head) for rule, head in truth["gold"].get("open", ())]
    got = {(item.rule, item.subject) for item in review.findings if item.rule in rules}
    got -= {
        (rule, subject)
        for rule, subject in got - wanted
        if any(rule == known and subject.startswith(head) for known, head in undecided)
    }
    for rule, _ in wanted & got:
        tally.hits[rule] += 1
    tally.missed += [(case, f"{rule} {subject}") for rule, subject in sorted(wanted - got)]
    tally.false += [(case, f"{rule} {subject}") for rule, subject in sorted(got - wanted)]


def _scenarios(review: Review, truth: Mapping[str, Any], score: Score, case: str) -> None:
    got = {item.at: (item.scenario, item.stage_ok, item.name_ok) for item in review.scenarios}
    for item in truth["gold"]["scenarios"]:
        wanted = (item["scenario"], item["stage_ok"], item["name_ok"])
        score.add(
            got.get(item["at"]) == wanted, f"{case} {item['at']}: {got.get(item['at'])} ≠ {wanted}"
        )


def _coverage(review: Review, truth: Mapping[str, Any], tally: Tally, case: str) -> None:
    gold = truth["gold"]
    for clause, wanted in gold.get("coverage", {}).items():
        tier = review.coverage.get(clause.split(".")[0])
        got = tier.clauses[clause].status if tier and clause in tier.clauses else "absent"
        tally.score("clauses").add(got == wanted, f"{case} {clause}: {got} ≠ {wanted}")
        if wanted == "unmet":
            tally.score("unmet found").add(got == "unmet", f"{case} {clause}: {got}")
        else:
            tally.score("no false unmet").add(got != "unmet", f"{case} {clause}: {wanted}")
    for tier_id, wanted in gold.get("eligible", {}).items():
        tier = review.coverage.get(tier_id)
        got = tier.eligible if tier else None
        tally.score("eligible").add(got == wanted, f"{case} {tier_id}: {got} ≠ {wanted}")
