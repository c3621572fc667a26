"""The last word on a clause: never against more evidence, and always with a quote."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.assertion import Status
from reviewer.model.index import Sentence
from reviewer.model.review import ClauseCoverage, ClauseStatus, Evidence
from reviewer.scoring.findings import LIMITED, MISSING, SHOWN, FacetView, Passage
from reviewer.scoring.learned import Learned
from reviewer.scoring.lexicon import FacetInfo
from reviewer.scoring.verdict import (
    AGAINST,
    FEATURES,
    Question,
    Weights,
    decided,
    features,
    released,
    status,
)

_ORDER = ("unmet", "partial", "met")
_SENTENCES = (
    Sentence("主轴温度超限即短信通知。", "section:3.3"),
    Sentence("加热炉尚未接入。", "section:3.3"),
)
_LIKELY = Weights(
    "test",
    "p",
    some=Question(0.0, {"shown_best": 1.0}, {}),
    met=Question(-3.0, {"formulas_met": 2.0, "lacked_best": -1.0}, {"apt": 9.0}),
)
_VIEWS = tuple(
    FacetView(FacetInfo("x", name, 0, frozenset(), frozenset(), ""), SHOWN) for name in ("甲", "乙")
)
_scores = st.floats(-6, 9, allow_nan=False)


def _heard(shown: float, lacked: float = -6.0) -> Learned:
    owning = ((1, lacked),) if lacked > 0 else ()
    return Learned((shown, shown), (lacked, lacked), ((0, shown),) if shown > 0 else (), owning)


def _found(state: ClauseStatus, score: float, *texts: str) -> ClauseCoverage:
    quotes = tuple(Evidence(text, "section:3.3", None, 0.9) for text in texts)
    return ClauseCoverage(state, score, quotes, ("甲",) if state != "met" else (), "公式的话。")


def _told(found: ClauseCoverage, heard: Learned | None) -> ClauseCoverage:
    return decided("x", found, heard, _SENTENCES, _VIEWS, _LIKELY)


def test_no_released_weight_is_against_evidence() -> None:
    weights = released()
    for question in (weights.some, weights.met):
        assert set(question.weights) == set(FEATURES)
        for name, weight in question.weights.items():
            assert weight <= 0 if name in AGAINST else weight >= 0, name


@given(
    st.sampled_from(sorted(released().met.offsets)),
    st.sampled_from(get_args(ClauseStatus)),
    st.lists(_scores, min_size=4, max_size=4),
    _scores,
)
def test_more_evidence_never_lowers(
    clause: str, state: ClauseStatus, numbers: list[float], higher: float
) -> None:
    score = {"unmet": 0.0, "partial": 0.5, "met": 1.0}[state]
    found = _found(state, score)
    best, many, worst, three = numbers
    poor = Learned((best, many), (worst, three))
    rich = Learned((max(best, higher), max(many, higher)), (worst, three))
    before, after = (status(clause, features(found, one), released()) for one in (poor, rich))
    assert _ORDER.index(after) >= _ORDER.index(before)


def test_unknown_clauses_stand_as_the_formulas_found_them() -> None:
    found = _found("partial", 0.5, "甲有了。")
    assert _told(found, None) is found


def test_neighbours_matter_is_no_evidence() -> None:
    passage = Passage(Sentence("仓库里有叉车。", "section:3.4"), 0, 0.9)
    views = (msgspec.structs.replace(_VIEWS[0], passages=(passage,)), _VIEWS[1])
    told = decided("x", _found("met", 1.0, "仓库里有叉车。"), _heard(-3.0), (), views, _LIKELY)
    assert (told.status, told.score, told.evidence) == ("unmet", 0.0, ())
    assert told.missing == ("甲", "乙")
    assert told.why == "最接近的一句是“仓库里有叉车”，不能说明本工厂这一条已经建成。"


def test_nothing_of_a_clause_tells_what_the_declaration_owns_to() -> None:
    owned = Passage(_SENTENCES[1], 1, 0.9, Status.PARTIAL)
    views = (
        msgspec.structs.replace(_VIEWS[0], value=LIMITED, passages=(owned,), confession=owned),
    )
    told = decided("x", _found("partial", 0.5), _heard(-3.0), _SENTENCES, views, _LIKELY)
    assert (told.status, told.why) == ("unmet", "“甲”申报书自述：“加热炉尚未接入”。")


def test_a_clause_more_readily_met_has_an_offset() -> None:
    found, heard = _found("met", 1.0), _heard(4.0, 3.0)
    told = [decided(one, found, heard, _SENTENCES, _VIEWS, _LIKELY).status for one in ("x", "apt")]
    assert told == ["partial", "met"]


def test_a_confession_limits_and_is_quoted() -> None:
    told = _told(_found("met", 1.0, "甲有了。"), _heard(4.0, 3.0))
    assert (told.status, told.score) == ("partial", 0.75)
    assert told.why == "有相关做法，见所引句子。申报书自述尚不完整：“加热炉尚未接入”。"


def test_what_no_formula_knew_is_quoted() -> None:
    told = _told(_found("unmet", 0.0), _heard(4.0, -1.5))
    assert (told.status, told.score) == ("partial", 0.25)
    assert [one.text for one in told.evidence] == ["主轴温度超限即短信通知。"]
    assert told.why == "有相关做法，见所引句子。但所写的还不足以说明这一条全部做到。"


def test_what_the_weights_hold_whole_is_met_with_all_quotes() -> None:
    told = _told(_found("partial", 0.5, "甲有了。"), _heard(4.0))
    assert (told.status, told.score, told.missing) == ("met", 1.0, ())
    assert [one.text for one in told.evidence] == ["甲有了。", "主轴温度超限即短信通知。"]


def test_what_the_declaration_only_plans_is_not_met() -> None:
    planned = msgspec.structs.replace(_VIEWS[1], value=MISSING, planned=_SENTENCES[0])
    found = _found("partial", 0.5, "甲有了。")
    told = decided("x", found, _heard(4.0), _SENTENCES, (_VIEWS[0], planned), _LIKELY)
    assert told is found


def test_what_the_declaration_denies_is_not_met_and_no_evidence() -> None:
    owned = Passage(_SENTENCES[1], 1, 0.9, Status.DENIED)
    limited = msgspec.structs.replace(_VIEWS[1], value=LIMITED, confession=owned)
    found = _found("unmet", 0.0, _SENTENCES[1].text)
    told = decided("x", found, _heard(4.0), _SENTENCES, (_VIEWS[0], limited), _LIKELY)
    assert told.status == "partial"
    assert [one.text for one in told.evidence] == [_SENTENCES[0].text]
    assert told.why == "有相关做法，见所引句子。“乙”申报书自述：“加热炉尚未接入”。"


def test_without_a_quote_the_formulas_stand() -> None:
    found = _found("unmet", 0.0)
    silent = Learned((9.0, 9.0), (-4.0, -4.0))
    assert decided("x", found, silent, _SENTENCES, _VIEWS, _LIKELY) is found


@pytest.mark.parametrize(
    ("shown", "lacked", "state"), [(-6.0, -6.0, "unmet"), (4.0, -6.0, "met"), (4.0, 3.0, "partial")]
)
def test_agreement_leaves_the_formulas_words(
    shown: float, lacked: float, state: ClauseStatus
) -> None:
    found = _found(state, {"unmet": 0.0, "partial": 0.9, "met": 1.0}[state], "甲有了。")
    assert _told(found, _heard(shown, lacked)) is found
