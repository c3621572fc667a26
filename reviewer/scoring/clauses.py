"""A clause's status, score, quoted passages and reason, from the views of its facets.

The score is the mean of its facets' values: 1 shown, 0.5 where the declaration itself says that it
is not complete, 0 missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.model.review import ClauseCoverage, ClauseStatus, Evidence
from reviewer.scoring.findings import LIMITED, MISSING, SHOWN, FacetView, Passage

_MOST = 3
_QUOTE = 60


def clause(views: Sequence[FacetView], need: int) -> ClauseCoverage:
    """The coverage of a clause or requirement. need: facets that suffice, 0 for all."""
    asked = need or len(views)
    best = sorted((view.value for view in views), reverse=True)[:asked]
    status = _status(best)
    return ClauseCoverage(
        status=status,
        score=round(sum(best) / len(best), 3) if best else 0.0,
        evidence=tuple(_evidence(one) for one in _chosen(views)),
        missing=tuple(view.info.name for view in views if view.value == MISSING),
        why="".join(_why(views)),
    )


def _status(values: Sequence[float]) -> ClauseStatus:
    if values and all(value == SHOWN for value in values):
        return "met"
    return "partial" if any(value > MISSING for value in values) else "unmet"


def _chosen(views: Sequence[FacetView]) -> list[Passage]:
    """Up to three passages: the best of every facet in turn, no sentence twice."""
    chosen: list[Passage] = []
    used: set[int] = set()
    queues = [list(view.passages) for view in views if view.value != MISSING]
    while len(chosen) < _MOST and any(queues):
        for queue in queues:
            while queue and queue[0].number in used:
                queue.pop(0)
            if queue and len(chosen) < _MOST:
                used.add(queue[0].number)
                chosen.append(queue.pop(0))
    return chosen


def _evidence(passage: Passage) -> Evidence:
    sentence = passage.sentence
    page = sentence.span.place.page if sentence.span else None
    return Evidence(sentence.text, sentence.subject, page, round(passage.strength, 2))


def _why(views: Sequence[FacetView]) -> Iterator[str]:
    shown = [view.info.name for view in views if view.value == SHOWN]
    if shown:
        yield f"{_listed(shown)}有已建成的证据。"
    for view in views:
        if view.value == LIMITED:
            yield f"{_named(view)}有证据，但申报书自述尚不完整：{_confession(view)}。"
        elif view.value == MISSING:
            yield f"{_named(view)}{_missing(view)}。"


def _missing(view: FacetView) -> str:
    if view.confession is not None:
        return f"没有建成，申报书自述：{_confession(view)}"
    if view.alone:
        return "只见到工具，没有见到用它做成的事，不算证据"
    if view.parroted:
        return "只重复了通知里的原话，没有写本工厂用什么、怎么做、做到什么程度，不算证据"
    if view.planned is not None:
        return f"只见于计划（{quoted(view.planned.text)}），不算证据"
    return "没有找到证据"


def _confession(view: FacetView) -> str:
    if view.confession is None:
        return ""
    return quoted(view.confession.sentence.text)


def _named(view: FacetView) -> str:
    return f"“{view.info.name}”"


def _listed(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def quoted(text: str) -> str:
    """The text in quotation marks, cut where it is long."""
    text = text.rstrip("。；;，")
    return f"“{text if len(text) <= _QUOTE else text[:_QUOTE] + '…'}”"
