"""The facets of a clause heard together: one facet's denial tells of the others."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reviewer.model.assertion import Status
from reviewer.scoring.findings import MISSING, FacetView


def settled(views: Sequence[FacetView], sure_at: float) -> list[FacetView]:
    """The views of a clause's facets, heard together.

    Where the declaration denies at least half of a clause's facets, the clause itself is denied: a
    facet that it limits too, or that is weakly shown, is then a neighbour's echo and no evidence.
    A tool that serves none of the clause's purposes serves another clause.
    """
    return _serving(_heard(views, sure_at))


def _heard(views: Sequence[FacetView], sure_at: float) -> list[FacetView]:
    denied = [one for one in views if _denied(one)]
    gone = sum(one.value == MISSING for one in denied)
    if not gone or 2 * len(denied) < len(views):
        return list(views)
    return [
        _emptied(one)
        if one.value != MISSING and (_denied(one) or one.passages[0].strength < sure_at)
        else one
        for one in views
    ]


def _serving(views: list[FacetView]) -> list[FacetView]:
    if any(one.value != MISSING and not one.info.means for one in views):
        return views
    return [_emptied(one, alone=True) if one.value != MISSING else one for one in views]


def _emptied(view: FacetView, *, alone: bool = False) -> FacetView:
    return msgspec.structs.replace(view, value=MISSING, passages=(), alone=alone)


def _denied(view: FacetView) -> bool:
    return view.confession is not None and view.confession.status is Status.DENIED
