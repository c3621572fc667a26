"""Filled tables (附件1、3、4) within a batch: their rows, judged and ordered like declarations."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from api.db.tables import Declaration, Draft, Job, Listed
from api.models import CellOut, RowOut
from reviewer.batch.ranking import LABELS, standing
from reviewer.batch.records import Record
from reviewer.batch.tables.intake import FilledRow


def keep(session: Session, batch: str, draft: Draft, rows: bytes) -> None:
    """Keep the rows of a file that turned out to be a filled table, in place of its declaration."""
    for row in msgspec.msgpack.decode(rows, type=list[FilledRow]):
        place = standing(Record("", draft.name, "", row.digest, row=row))
        session.add(
            Listed(
                batch_id=batch,
                file=draft.name,
                key=draft.key,
                enterprise=row.digest.fields.get("企业名称", "")[:200],
                group=place.group,
                points=place.points,
                reasons=list(place.reasons),
                row=msgspec.msgpack.encode(row),
            )
        )
    session.execute(delete(Job).where(Job.subject == draft.id))
    session.execute(delete(Declaration).where(Declaration.id == draft.declaration_id))


def records(session: Session, batch: str) -> list[Record]:
    """The rows of a batch as records, best first as far as that is known."""
    return [_record(line) for line in _lines(session, batch)]


def place(session: Session, batch: str, standings: dict[str, tuple[int, float, list[str]]]) -> None:
    """Write group, points and reasons of the rows."""
    for line in _lines(session, batch):
        if line.id in standings:
            line.group, line.points, line.reasons = standings[line.id]


def count(session: Session, batch: str) -> int:
    """How many rows a batch has."""
    return session.scalar(select(func.count()).where(Listed.batch_id == batch)) or 0


def tables(session: Session, batch: str) -> set[str]:
    """Which tables a batch has rows of."""
    return {_row(line).table for line in _lines(session, batch)}


def shown(session: Session, batch: str, page: int, size: int) -> list[RowOut]:
    """A page of the rows, best first. The caller has checked who asks."""
    found = _asked(batch).limit(size).offset((page - 1) * size)
    return [_out(line) for line in session.scalars(found)]


def files(session: Session, batches: Iterable[str]) -> list[str]:
    """The keys of the files that hold the rows of batches."""
    found = select(Listed.key).where(Listed.batch_id.in_(list(batches))).distinct()
    return list(session.scalars(found))


def _asked(batch: str) -> Select[Listed]:
    order = (Listed.group, Listed.points.desc(), Listed.file, Listed.id)
    return select(Listed).where(Listed.batch_id == batch).order_by(*order)


def _lines(session: Session, batch: str) -> list[Listed]:
    return list(session.scalars(_asked(batch)))


def _row(line: Listed) -> FilledRow:
    return msgspec.msgpack.decode(line.row, type=FilledRow)


def _record(line: Listed) -> Record:
    row = _row(line)
    return Record(line.id, line.file, "", row.digest, row=row)


def _out(line: Listed) -> RowOut:
    row = _row(line)
    cells = [
        CellOut(
            column=f.column,
            rule=f.rule,
            severity=f.severity,
            message=f.message,
            suggestion=f.suggestion,
        )
        for f in row.findings
    ]
    return RowOut(
        id=line.id,
        file=line.file,
        table=row.table,
        number=row.number,
        enterprise=line.enterprise,
        region=row.digest.region,
        tier=row.digest.tier,
        group=line.group,
        standing=LABELS[line.group],
        points=line.points,
        reasons=line.reasons,
        cells=row.cells,
        findings=cells,
    )
