"""The last word on a clause: what the formulas found and what the learned weights make of it.

Two questions, each a logistic over a few named numbers: is there anything of the clause at all, and
is it complete? No weight is against evidence: a clause that more sentences show stands no lower.
``models/release/verdict.json`` holds the weights; ``models.verdict_train`` fits them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from math import exp

import msgspec
from msgspec import Struct

from reviewer.model.assertion import Status
from reviewer.model.index import Sentence
from reviewer.model.review import ClauseCoverage, ClauseStatus, Evidence
from reviewer.scoring.clauses import quoted
from reviewer.scoring.findings import MISSING, FacetView
from reviewer.scoring.learned import Learned

FEATURES = (
    "formulas_some",
    "formulas_met",
    "formulas_score",
    "shown_best",
    "shown_many",
    "lacked_best",
    "lacked_three",
)
"""What both questions are answered by: the formulas' status and score, and what ``Learned`` holds."""
AGAINST = frozenset(name for name in FEATURES if name.startswith("lacked"))
"""Features that speak against a clause."""
_LEAST, _MOST = 0.25, 0.75
_QUOTES = 3
# Chances from which something is there: what the formulas quote is taken away only by a plain no (a
# clause wrongly called unmet costs an enterprise more than one found partial), and a clause is met.
_LEFT, _RAISED, _EVEN = 0.3, 0.5, 0.5


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic. weights by feature; offsets by clause id, of clauses more readily answered."""

    bias: float
    weights: dict[str, float]
    offsets: dict[str, float]


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """some: is anything of the clause there? met: if so, is it complete?

    pack: the policy whose clauses they know.
    """

    version: str
    pack: str
    some: Question
    met: Question


def features(found: ClauseCoverage, heard: Learned) -> tuple[float, ...]:
    """The numbers of ``FEATURES``."""
    return (
        float(found.status != "unmet"),
        float(found.status == "met"),
        found.score,
        *heard.shown,
        *heard.lacked,
    )


def status(clause: str, numbers: Sequence[float], weights: Weights) -> ClauseStatus:
    """The status of a clause by both questions. numbers: of ``FEATURES``."""
    quoted_some = numbers[FEATURES.index("formulas_some")] > 0
    if _chance(clause, numbers, weights.some) < (_LEFT if quoted_some else _RAISED):
        return "unmet"
    return "met" if _chance(clause, numbers, weights.met) >= _EVEN else "partial"


def decided(
    clause: str,
    found: ClauseCoverage,
    heard: Learned | None,
    sentences: Sequence[Sentence],
    views: Sequence[FacetView],
    weights: Weights,
) -> ClauseCoverage:
    """The coverage of a clause after both were heard.

    found: by the formulas. heard: None where no weights know the clause, then ``found`` stands.
    sentences: of the reading. views: of the clause's facets; one that the declaration itself denies
    or only plans keeps the clause from being met.
    """
    if heard is None:
        return found
    last = status(clause, features(found, heard), weights)
    if last == "met" and any(map(_told_missing, views)):
        last = "partial"
    if last == found.status:
        return found
    if last == "unmet":
        return _nothing(views)
    evidence = _evidence(found, heard, sentences, views)
    if not evidence:
        return found
    return _whole(evidence) if last == "met" else _part(found, heard, sentences, views, evidence)


def _told_missing(view: FacetView) -> bool:
    """The declaration itself says that the facet is not there, or only plans it."""
    if view.value == MISSING:
        return view.confession is not None or view.planned is not None
    return view.confession is not None and view.confession.status is Status.DENIED


def _chance(clause: str, numbers: Sequence[float], asked: Question) -> float:
    known = asked.bias + asked.offsets.get(clause, 0.0)
    pairs = zip(FEATURES, numbers, strict=True)
    return 1 / (1 + exp(-sum((asked.weights.get(name, 0.0) * one for name, one in pairs), known)))


def _nothing(views: Sequence[FacetView]) -> ClauseCoverage:
    """Nothing of the clause: the formulas' quotes speak of something near it only."""
    confessed = _confessed(views)
    shown = [passage.sentence.text for one in views for passage in one.passages]
    near = next((text for text in shown if text not in confessed), "")
    why = [f"最接近的一句是{quoted(near)}，不能说明本工厂这一条已经建成。"] if near else []
    return ClauseCoverage(
        status="unmet",
        score=0.0,
        missing=tuple(one.info.name for one in views),
        why="".join((*why, *_wanting(views))) or "没有找到证据。",
    )


def _whole(evidence: tuple[Evidence, ...]) -> ClauseCoverage:
    return ClauseCoverage(
        status="met",
        score=1.0,
        evidence=evidence,
        why="综合全文所写，这一条已建成并在用，见所引句子。",
    )


def _part(
    found: ClauseCoverage,
    heard: Learned,
    sentences: Sequence[Sentence],
    views: Sequence[FacetView],
    evidence: tuple[Evidence, ...],
) -> ClauseCoverage:
    if found.status == "met":
        owned = [sentences[number].text for number, _ in heard.owning[:1]]
        told = [f"申报书自述尚不完整：{quoted(text)}。" for text in owned]
    else:
        told = list(_wanting(views))
    why = "".join(told) or "但所写的还不足以说明这一条全部做到。"
    return ClauseCoverage(
        status="partial",
        score=min(max(found.score, _LEAST), _MOST),
        evidence=evidence,
        why=f"有相关做法，见所引句子。{why}",
    )


def _wanting(views: Sequence[FacetView]) -> Iterator[str]:
    """What the declaration itself says of facets that are not there or not complete."""
    for one in views:
        if one.confession is not None:
            yield f"“{one.info.name}”申报书自述：{quoted(one.confession.sentence.text)}。"
        elif one.value == MISSING and one.planned is not None:
            yield f"“{one.info.name}”只见于计划（{quoted(one.planned.text)}），不算证据。"


def _evidence(
    found: ClauseCoverage,
    heard: Learned,
    sentences: Sequence[Sentence],
    views: Sequence[FacetView],
) -> tuple[Evidence, ...]:
    """What the formulas quoted, then the sentences that the weights hold to show the clause; no
    confession among them."""
    confessed = _confessed(views)
    kept = [one for one in found.evidence if one.text not in confessed]
    quotes = {one.text for one in kept} | confessed
    owning = {number for number, _ in heard.owning}
    more = [
        Evidence(one.text, one.subject, one.span.place.page if one.span else None, _strength(score))
        for one, score in ((sentences[n], score) for n, score in heard.proofs if n not in owning)
        if one.text not in quotes
    ]
    return (*kept, *more)[:_QUOTES]


def _confessed(views: Sequence[FacetView]) -> set[str]:
    return {one.confession.sentence.text for one in views if one.confession is not None}


def _strength(score: float) -> float:
    return round(1 / (1 + exp(-score)), 2)


@lru_cache(maxsize=1)
def released() -> Weights:
    """The weights that come with the program, read at the first use."""
    data = resources.files("models").joinpath("release", "verdict.json").read_bytes()
    return msgspec.json.decode(data, type=Weights)
