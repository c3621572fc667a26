"""The charts of a batch: what fails most, how scores are spread, how many stand where."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from api import access
from api.access import Actor
from api.db.tables import Declaration, Draft, Result
from reviewer.batch.ranking import LABELS
from reviewer.rules import registry

_TOP = 12
_STEP = 10
_BINS = 10
_FULL = 100.0


class Bar(Struct, frozen=True):
    """A bar: label, number, width or height of 100."""

    label: str
    number: int
    size: float


class Charts(Struct, frozen=True):
    """standings: how many stand where; scores: in steps of ten; rules: declarations that fail each."""

    standings: tuple[Bar, ...]
    scores: tuple[Bar, ...]
    rules: tuple[Bar, ...]
    reviewed: int


def charts(session: Session, who: Actor, batch: str) -> Charts:
    """The charts of a batch, over what the asker may see of it."""
    rows = session.execute(
        select(Result.group, Result.score, Result.rules)
        .join(Draft, Draft.id == Result.draft_id)
        .join(Declaration, Declaration.latest == Draft.id)
        .where(Declaration.batch_id == batch, Draft.state == "done", access.visible(who))
    ).all()
    groups = Counter(group for group, _, _ in rows)
    scores = Counter(min(_BINS - 1, int(score) // _STEP) for _, score, _ in rows)
    rules = Counter(rule for _, _, found in rows for rule in found)
    return Charts(
        _bars([(label, groups[number]) for number, label in enumerate(LABELS)]),
        _bars([(f"{at * _STEP}–{(at + 1) * _STEP}", scores[at]) for at in range(_BINS)]),
        _bars([(_title(slug), number) for slug, number in rules.most_common(_TOP)]),
        len(rows),
    )


def _bars(found: list[tuple[str, int]]) -> tuple[Bar, ...]:
    most = max((number for _, number in found), default=0) or 1
    return tuple(Bar(label, number, round(_FULL * number / most, 1)) for label, number in found)


def _title(slug: str) -> str:
    rule = registry.get(slug)
    return rule.title if rule else slug
