"""Every clause against the words of Annex 6 (annex6.txt, a public notice)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reviewer.policy.load import load
from reviewer.policy.schema import Clause, Requirement, Tier

POLICY = load("hebei-2026")
LINES = (Path(__file__).parent / "annex6.txt").read_text(encoding="utf-8").splitlines()
PARTS = {"basic": "二、", "advanced": "三、", "excellent": "四、", "leading": "五、"}
CLAUSES = [(tier, clause) for tier in POLICY.tiers for clause in tier.clauses]
REQUIREMENTS: list[Requirement] = [
    *POLICY.basics,
    *(outcome for tier in POLICY.tiers for outcome in tier.outcomes),
]
LETTERS = {
    "basic": "ab a abc ab ab",
    "advanced": "abc ab abcd abc abc",
    "excellent": "abcd abcd abc abcd abcdef",
    "leading": "abc abc abc abc abc",
}


def narrated(tier: Tier, dimension: int) -> str:
    """What Annex 6 says of a dimension in a tier."""
    begin = next(n for n, line in enumerate(LINES) if line.startswith(PARTS[tier.id]))
    name = POLICY.dimensions[dimension - 1].name
    head = re.compile(rf"{dimension}\.{name}(?:\[\d\])?：(.*)")
    return next(match[1] for line in LINES[begin:] if (match := head.match(line)))


def is_within(part: str, whole: str) -> bool:
    """Whether the characters of ``part`` occur in ``whole`` in this order."""
    rest = iter(whole)
    return all(char in rest for char in part if char not in "、，的")


@pytest.mark.parametrize(("tier", "clause"), CLAUSES, ids=[clause.id for _, clause in CLAUSES])
def test_a_clause_is_a_whole_sentence_of_its_dimension(tier: Tier, clause: Clause) -> None:
    said = narrated(tier, clause.dimension)
    sentences = re.findall(r"[^；。]+[；。]", said)
    assert clause.text in sentences
    assert clause.id.split(".")[:2] == [tier.id, str(clause.dimension)]


@pytest.mark.parametrize("clause", [c for _, c in CLAUSES], ids=[c.id for _, c in CLAUSES])
def test_facets_are_parts_that_the_sentence_names(clause: Clause) -> None:
    assert clause.facets
    for facet in clause.facets:
        assert is_within(facet.name, clause.text), facet.name
        assert facet.words


@pytest.mark.parametrize("item", REQUIREMENTS, ids=[item.id for item in REQUIREMENTS])
def test_requirements_are_sentences_of_the_annex(item: Requirement) -> None:
    assert any(item.text in line for line in LINES)
    for facet in item.facets:
        assert is_within(facet.name, item.text.replace("（区、市）", "")), facet.name


@pytest.mark.parametrize("tier", POLICY.tiers, ids=[tier.id for tier in POLICY.tiers])
def test_no_sentence_of_the_annex_is_left_out(tier: Tier) -> None:
    for dimension in POLICY.dimensions:
        sentences = set(re.findall(r"[^；。]+[；。]", narrated(tier, dimension.number)))
        known = {clause.text for clause in tier.clauses if clause.dimension == dimension.number}
        assert known == sentences


@pytest.mark.parametrize("tier", POLICY.tiers, ids=[tier.id for tier in POLICY.tiers])
def test_the_letters_are_those_of_the_contract(tier: Tier) -> None:
    letters = LETTERS[tier.id].split()
    wanted = [f"{tier.id}.{n}.{one}" for n, group in enumerate(letters, 1) for one in group]
    assert [clause.id for clause in tier.clauses] == wanted


def test_gates() -> None:
    gates = {t.id: (t.maturity, len(t.required), t.ai_share) for t in POLICY.tiers}
    assert gates == {
        "basic": (2, 1, None),
        "advanced": (2, 3, None),
        "excellent": (3, 5, 20),
        "leading": (4, 5, 60),
    }
    assert POLICY.tier("basic").required == ("生产作业",)
    assert POLICY.tier("advanced").required == ("生产作业", "生产管理", "运营管理")
    assert POLICY.tier("excellent").in_principle in "\n".join(LINES)
    assert not POLICY.tier("leading").in_principle


def test_breadth_is_asked_where_the_clause_says_so() -> None:
    broad = [clause.id for _, clause in CLAUSES if clause.breadth]
    assert broad == ["advanced.1.c", "excellent.1.c"]


def test_parts_that_a_clause_asks_for() -> None:
    facets = {clause.id: [facet.name for facet in clause.facets] for _, clause in CLAUSES}
    assert facets["advanced.4.c"] == ["安全", "能源", "环保"]
    assert facets["advanced.4.b"] == ["计划排产", "业务流程协同管理", "数据分析工具"]
    assert facets["excellent.4.a"] == list("人机料法安能环")
