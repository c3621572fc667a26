"""Formulas of the vocabulary as packs write them."""

from __future__ import annotations

import pytest

from reviewer.policy.load import load
from reviewer.scoring.formula import parse
from reviewer.scoring.lexicon import lexicon


def test_groups_words_and_exceptions() -> None:
    formula = parse("物流|AGV & $仿真 ! 仿真皮", {"仿真": ("仿真", "模拟")})
    assert formula.groups == (frozenset({"物流", "agv"}), frozenset({"仿真", "模拟"}))
    assert formula.unless == frozenset({"仿真皮"})


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(KeyError):
        parse("$没有", {})


def test_an_empty_group_is_refused() -> None:
    with pytest.raises(ValueError, match="empty group"):
        parse("物流 & ", {})


def test_every_facet_of_every_clause_has_its_vocabulary() -> None:
    policy = load("hebei-2026")
    rich = {one.clause: {facet.facet for facet in one.facets} for one in policy.evidence}
    for tier in policy.tiers:
        for clause in tier.clauses:
            assert rich[clause.id] == {facet.name for facet in clause.facets}
    assert len(lexicon(policy).facets) >= 150
