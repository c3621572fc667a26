"""Deletes for good: what is older than the retention, and what its owner deletes."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api import audit, filled
from api.access import Actor
from api.db.engine import Database, now
from api.db.tables import Batch, Copied, Declaration, Draft, Job
from api.settings import Settings
from api.storage import Storage

_SYSTEM = Actor(id="", login="system", name="", role="admin", region="")
_AT_ONCE = 50
DAY = 86400.0


def purge(database: Database, storage: Storage, settings: Settings) -> int:
    """Delete declarations whose newest draft is older than the retention; how many."""
    if settings.retention <= 0:
        return 0
    since = now() - settings.retention * DAY
    newest = (
        select(Draft.id).where(Draft.declaration_id == Declaration.id, Draft.created >= since)
    ).exists()
    count = 0
    while True:
        with database.write() as session:
            old = select(Declaration.id).where(Declaration.created < since, ~newest)
            keys = session.scalars(old.limit(_AT_ONCE)).all()
            files = [key for one in keys for key in remove(session, _SYSTEM, one, "retention")]
            files += _batches(session, since)
        for key in files:
            storage.delete(key)
        count += len(keys)
        if len(keys) < _AT_ONCE:
            return count


def remove(session: Session, actor: Actor, declaration: str, action: str = "delete") -> list[str]:
    """Delete a declaration with all of its rows; the keys of its files, to delete after commit."""
    drafts = session.scalars(select(Draft).where(Draft.declaration_id == declaration)).all()
    ids = [draft.id for draft in drafts]
    made = session.scalars(select(Job).where(Job.subject.in_(ids))).all()
    keys = [key for draft in drafts for key in (draft.key, draft.stamped_key) if key]
    keys += [made_key(job) for job in made if job.kind in ("export", "page")]
    session.execute(delete(Job).where(Job.subject.in_(ids)))
    pair = (Copied.first == declaration) | (Copied.second == declaration)
    session.execute(delete(Copied).where(pair))
    session.execute(delete(Declaration).where(Declaration.id == declaration))
    audit.note(session, actor, action, declaration, f"{len(ids)} 稿")
    return keys


def made_key(job: Job) -> str:
    """Where the file that a job makes is kept."""
    return f"made/{job.id[:2]}/{job.id}"


def _batches(session: Session, since: object) -> list[str]:
    """Delete batches that hold no declaration any more."""
    used = select(Declaration.id).where(Declaration.batch_id == Batch.id).exists()
    old = session.scalars(select(Batch).where(Batch.created < since, ~used)).all()
    ids = [batch.id for batch in old]
    made = session.scalars(select(Job).where(Job.subject.in_(ids))).all()
    keys = [key for batch in old for key in batch.files]
    keys += [made_key(job) for job in made if job.kind == "table"]
    keys += filled.files(session, ids)
    session.execute(delete(Job).where(Job.subject.in_(ids)))
    for batch in old:
        session.delete(batch)
    return keys
