"""Queries of lists: declarations, triage, batches; what pages and API both show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from api import access
from api.access import Actor
from api.db.tables import Batch, Declaration, Draft, Listed, Result
from api.models import BatchOut, DeclarationOut, DraftOut, TriageRow
from reviewer.batch.ranking import LABELS

SIZE = 50
MOST = 200


class Asked(Struct, frozen=True):
    """What of a list is asked for. page from 1."""

    words: str = ""
    state: str = ""
    tier: str = ""
    region: str = ""
    group: int | None = None
    rule: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZE


SORTS: Mapping[str, InstrumentedAttribute[Any]] = {
    "errors": Result.errors,
    "score": Result.score,
    "points": Result.points,
    "enterprise": Declaration.enterprise,
    "region": Declaration.region,
    "tier": Result.tier,
    "created": Declaration.created,
}


def declarations(session: Session, actor: Actor, asked: Asked) -> tuple[list[Any], int]:
    """Declarations with newest draft and its result, newest first."""
    found = _filtered(_joined(actor), asked)
    return _page(session, found, [Declaration.created.desc(), Declaration.id], asked)


def triage(session: Session, actor: Actor, batch: str, asked: Asked) -> tuple[list[Any], int]:
    """A batch's declarations, best first."""
    access.batch(session, actor, batch)
    found = _filtered(_joined(actor).where(Declaration.batch_id == batch), asked)
    best = [Result.group.asc().nulls_last(), Result.points.desc().nulls_last(), Declaration.id]
    return _page(session, found, best, asked)


def drafts(session: Session, declaration: str) -> Sequence[Row[Draft, Result | None]]:
    """All drafts of a declaration, newest first. The caller has checked who asks."""
    return session.execute(
        select(Draft, Result)
        .outerjoin(Result, Result.draft_id == Draft.id)
        .where(Draft.declaration_id == declaration)
        .order_by(Draft.number.desc())
    ).all()


def batches(session: Session, actor: Actor, key: str = "") -> list[BatchOut]:
    """Batches with their progress, newest first."""
    found = select(Batch).where(access.visible_batches(actor)).order_by(Batch.created.desc())
    rows = session.scalars(found.where(Batch.id == key) if key else found.limit(MOST)).all()
    counts: dict[str, dict[str, int]] = {}
    for batch, state, number in session.execute(
        select(Declaration.batch_id, Draft.state, func.count())
        .join(Draft, Draft.id == Declaration.latest)
        .where(Declaration.batch_id.in_([row.id for row in rows]))
        .group_by(Declaration.batch_id, Draft.state)
    ):
        counts.setdefault(batch or "", {})[state] = number
    numbers = session.execute(
        select(Listed.batch_id, func.count())
        .where(Listed.batch_id.in_([row.id for row in rows]))
        .group_by(Listed.batch_id)
    )
    lines = {batch: number for batch, number in numbers}  # noqa: C416
    return [_batch(row, counts.get(row.id, {}), lines.get(row.id, 0)) for row in rows]


def declaration_out(declaration: Declaration, draft: DraftOut | None = None) -> DeclarationOut:
    """A declaration as the API gives it."""
    return DeclarationOut(
        id=declaration.id,
        title=declaration.title,
        enterprise=declaration.enterprise,
        region=declaration.region,
        tier=declaration.tier,
        policy=declaration.policy,
        batch=declaration.batch_id,
        frozen=declaration.frozen is not None,
        created=declaration.created,
        draft=draft,
    )


def draft_out(draft: Draft, result: Result | None) -> DraftOut:
    """A draft as the API gives it."""
    made = DraftOut(
        id=draft.id,
        number=draft.number,
        name=draft.name,
        size=draft.size,
        sha256=draft.sha256,
        stamped=draft.stamped,
        state=draft.state,  # type: ignore[arg-type]
        error=draft.error,
        created=draft.created,
    )
    if result is not None and draft.state == "done":
        made.errors, made.warnings, made.infos = result.errors, result.warnings, result.infos
        made.score, made.eligible, made.tier = result.score, result.eligible, result.tier
    return made


def triage_row(declaration: Declaration, draft: Draft, result: Result | None) -> TriageRow:
    """A line of the triage as the API gives it."""
    done = result if draft.state == "done" else None
    return TriageRow(
        declaration=declaration.id,
        draft=draft.id,
        file=draft.name,
        enterprise=declaration.enterprise,
        title=declaration.title,
        region=declaration.region or (done.region if done else ""),
        tier=done.tier if done else declaration.tier,
        state=draft.state,  # type: ignore[arg-type]
        errors=done.errors if done else None,
        warnings=done.warnings if done else None,
        score=done.score if done else None,
        eligible=done.eligible if done else None,
        group=done.group if done else None,
        standing=LABELS[done.group] if done else "",
        points=done.points if done else None,
        reasons=done.reasons if done else ([draft.error] if draft.error else []),
    )


def _joined(actor: Actor) -> Select[Declaration, Draft, Result]:
    return (
        select(Declaration, Draft, Result)
        .join(Draft, Draft.id == Declaration.latest)
        .outerjoin(Result, Result.draft_id == Draft.id)
        .where(access.visible(actor))
    )


def _filtered(
    found: Select[Declaration, Draft, Result], asked: Asked
) -> Select[Declaration, Draft, Result]:
    if asked.words:
        like = f"%{asked.words.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
        columns = (Declaration.enterprise, Declaration.title, Draft.name, Declaration.code)
        found = found.where(or_(*(column.like(like, escape="/") for column in columns)))
    if asked.state:
        found = found.where(Draft.state == asked.state)
    if asked.tier:
        found = found.where(Result.tier == asked.tier)
    if asked.region:
        found = found.where(or_(Declaration.region == asked.region, Result.region == asked.region))
    if asked.group is not None:
        found = found.where(Result.group == asked.group)
    return found


def _page(
    session: Session, found: Select[Declaration, Draft, Result], usual: Sequence[Any], asked: Asked
) -> tuple[list[Any], int]:
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    column = SORTS.get(asked.sort.lstrip("-"))
    first = []
    if column is not None:
        order = column.desc() if asked.sort.startswith("-") else column.asc()
        first = [order.nulls_last()]
    size = min(asked.size, MOST)
    rows = found.order_by(*first, *usual).limit(size).offset((asked.page - 1) * size)
    return list(session.execute(rows).all()), total


def _batch(row: Batch, counts: Mapping[str, int], lines: int) -> BatchOut:
    total, done = sum(counts.values()), counts.get("done", 0)
    failed = counts.get("failed", 0)
    return BatchOut(
        id=row.id,
        name=row.name,
        region=row.region,
        state=row.state,
        created=row.created,
        total=total,
        done=done,
        failed=failed,
        rows=lines,
        archived=row.archived,
        failures=row.failures,
    )
