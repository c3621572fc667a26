"""Training of the clause weights and the verdict: what may be learned from, and by whom."""

from __future__ import annotations

import json

import numpy as np
import pytest

from models.clause_data import quotes, wholes
from models.clause_train import separator
from models.evidence_data import EXAMPLES
from models.evidence_train import PACK
from models.verdict_train import FIRST, Case, family, fitted, paths
from reviewer.model.review import ClauseStatus
from reviewer.policy.load import load
from reviewer.scoring import learned, verdict


def test_what_is_held_out_is_never_learned_from() -> None:
    held = {path.stem for path in (EXAMPLES / "heldout").glob("*.json")}
    assert len(held) >= 6
    assert held.isdisjoint(path.stem for path in paths())
    assert held.isdisjoint(json.loads(FIRST.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (("N01", "N03"), True),
        (("N03", "N04"), False),
        (("S10-fasteners", "S11-towels"), True),
        (("S11-towels", "S12-dairy"), False),
        (("U01", "U03"), True),
        (("U01", "V01"), False),
    ],
)
def test_a_hand_is_known_by_the_name(names: tuple[str, str], same: bool) -> None:
    assert (family(names[0]) == family(names[1])) is same


def test_both_releases_are_of_one_training() -> None:
    assert learned.released().version == verdict.released().version


def test_a_separator_separates() -> None:
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(200, 5))
    truth = (rows[:, 0] - rows[:, 1] > 0.3).astype(float)
    line = separator(np.hstack([rows, np.ones((200, 1))]), truth, np.ones(200))
    score = rows @ line[:-1] + line[-1]
    assert ((score > 0) == (truth > 0)).mean() > 0.95
    assert line[0] > 0 > line[1]


def test_reasons_point_to_the_sentences_that_they_quote() -> None:
    whole = wholes([EXAMPLES / "whole" / "N01.json"], load(PACK))[0]
    told = whole.reading.sentences[5].text
    found = quotes(whole.reading, {"x": f"met：2.1“{told[:12]}……没有这样一句话”", "y": "没有引文"})
    assert 5 in found["x"]
    assert found["y"] == frozenset()


def test_the_verdict_learns_from_cases() -> None:
    told: list[tuple[ClauseStatus, float, float]] = [
        ("unmet", -1.0, -2.0),
        ("partial", 2.0, 2.0),
        ("met", 2.5, -3.0),
    ]
    cases = [
        Case("A", "x", answer, (1.0, float(answer == "met"), 0.5, best, 2 * best, lack, lack))
        for answer, best, lack in told * 20
    ]
    weights = fitted(cases)
    found = [verdict.status("x", one.numbers, weights) for one in cases[:3]]
    assert found == ["unmet", "partial", "met"]
