"""The last word on a clause: what the formulas found and what the learned weights make of it.

Two questions, each a logistic over a few named numbers: is there anything of the clause at all, and
is it complete? No weight is against more evidence, so that more of it never lowers a clause.
``models/release/verdict.json`` holds the weights; ``models.verdict_train`` fits them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from math import exp

import msgspec
from msgspec import Struct

from reviewer.model.index import Sentence
from reviewer.model.review import ClauseCoverage, ClauseStatus, Evidence
from reviewer.scoring.clauses import SHOWN_SAID, quoted
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
# A confession is quoted when its sentence scores at least this.
_CONFESSES = -1.0


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
    if last == "unmet":
        return (
            found if found.status == "unmet" else _nothing(found, [one.info.name for one in views])
        )
    if not found.evidence and not heard.proofs:
        return found
    if found.status == "met" and last == "met":
        return found
    if last == "met" and not any(map(_told_missing, views)):
        return _whole(found, heard, sentences)
    return _part(found, heard, sentences)


def _told_missing(view: FacetView) -> bool:
    return view.value == MISSING and (view.confession is not None or view.planned is not None)


def _chance(clause: str, numbers: Sequence[float], asked: Question) -> float:
    known = asked.bias + asked.offsets.get(clause, 0.0)
    pairs = zip(FEATURES, numbers, strict=True)
    return 1 / (1 + exp(-sum((asked.weights.get(name, 0.0) * one for name, one in pairs), known)))


def _nothing(found: ClauseCoverage, names: Sequence[str]) -> ClauseCoverage:
    near = found.evidence[0].text if found.evidence else ""
    _, _, wanting = found.why.partition(SHOWN_SAID)
    why = f"最接近的一句是{quoted(near)}，不足以证明本工厂已就这一条做成了什么，不算证据。{wanting}"
    return ClauseCoverage(status="unmet", score=0.0, missing=tuple(names), why=why)


def _whole(found: ClauseCoverage, heard: Learned, sentences: Sequence[Sentence]) -> ClauseCoverage:
    return ClauseCoverage(
        status="met",
        score=1.0,
        evidence=_evidence(found, heard, sentences),
        why="全文多处写明已建成并在用，见所引各句。",
    )


def _part(found: ClauseCoverage, heard: Learned, sentences: Sequence[Sentence]) -> ClauseCoverage:
    score = min(max(found.score, _LEAST), _MOST)
    if found.status == "partial":
        return msgspec.structs.replace(found, score=score)
    owned = heard.owning[:1] if heard.lacked[0] >= _CONFESSES else ()
    why = (
        f"有证据，但申报书自述尚不完整：{quoted(sentences[owned[0]].text)}。"
        if owned
        else "有相关做法，但所写的还不足以证明这一条全部做到。"
    )
    return ClauseCoverage(
        status="partial",
        score=score,
        evidence=_evidence(found, heard, sentences),
        missing=found.missing,
        why=why,
    )


def _evidence(
    found: ClauseCoverage, heard: Learned, sentences: Sequence[Sentence]
) -> tuple[Evidence, ...]:
    """What the formulas quoted, then the sentences that the weights hold to show the clause."""
    quotes = {one.text for one in found.evidence}
    strength = round(1 / (1 + exp(-heard.shown[0])), 2)
    more = [
        Evidence(one.text, one.subject, one.span.place.page if one.span else None, strength)
        for one in (sentences[number] for number in heard.proofs)
        if one.text not in quotes
    ]
    return (*found.evidence, *more)[:_QUOTES]


@lru_cache(maxsize=1)
def released() -> Weights:
    """The weights that come with the program, read at the first use."""
    data = resources.files("models").joinpath("release", "verdict.json").read_bytes()
    return msgspec.json.decode(data, type=Weights)
