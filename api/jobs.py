"""Jobs in the database, under leases in database time.

A job is taken for ``lease`` seconds and held on to by ``beat``. Whoever dies is found by the lease
that ran out, and the job is taken again, three times at most. What came of a job is written in one
transaction with its end, by the holder of the token only: nothing is done twice.
"""

from __future__ import annotations

import secrets

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from api.db.engine import now
from api.db.tables import Batch, Declaration, Draft, Job

TRIES = 3
POISONED = "这个文件三次审阅都意外中断，请另存为新文件后重新上传；仍不行请联系管理员。"
_RETRY = 2.0
_INSERT = insert(Job.__table__)  # type: ignore[arg-type]


def add(
    session: Session, kind: str, subject: str, *, detail: str = "", mark: str = "", rank: int = 1
) -> Job:
    """A new job; with a mark, the job of that mark that there is, asked again where it failed.

    rank: 0 before 1 before 2.
    """
    if mark:
        known = session.scalar(select(Job).where(Job.mark == mark))
        if known is not None:
            if known.state == "failed":
                known.state, known.tries, known.error = "queued", 0, ""
            return known
    job = Job(kind=kind, subject=subject, detail=detail, mark=mark or None, rank=rank)
    session.add(job)
    session.flush()
    return job


def ask(session: Session, kind: str, subject: str, *, rank: int = 1) -> None:
    """A new job of no mark, without the ORM: this is in every upload."""
    words = {"kind": kind, "subject": subject, "rank": rank}
    session.connection().execute(_INSERT, words)


def waiting(session: Session) -> bool:
    """Whether there may be something to take; only reads, so that idle workers hold up nobody."""
    free = or_(
        and_(Job.state == "queued", Job.due <= now()),
        and_(Job.state == "running", Job.lease < now()),
    )
    return session.scalar(select(Job.id).where(free).limit(1)) is not None


def take(session: Session, lease: float) -> Job | None:
    """Take the next job, or None. Jobs whose last try was lost are failed on the way."""
    _bury(session)
    free = or_(
        and_(Job.state == "queued", Job.due <= now()),
        and_(Job.state == "running", Job.lease < now()),
    )
    chosen = (
        select(Job.id)
        .where(free, Job.tries < TRIES)
        .order_by(Job.rank, Job.created, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = session.scalar(
        update(Job)
        .where(Job.id == chosen.scalar_subquery())
        .values(
            state="running",
            token=secrets.token_hex(16),
            lease=now() + lease,
            tries=Job.tries + 1,
            done=0,
            total=0,
        )
        .returning(Job),
        execution_options={"synchronize_session": False},
    )
    if taken is not None and taken.kind == "review":
        session.execute(update(Draft).where(Draft.id == taken.subject).values(state="running"))
    return taken


def beat(session: Session, job: Job, lease: float, done: int = 0, total: int = 0) -> bool:
    """Hold on to a job and tell how far it is; False where it is lost to another."""
    held = session.scalar(
        update(Job)
        .where(Job.id == job.id, Job.token == job.token, Job.state == "running")
        .values(lease=now() + lease, done=done, total=total)
        .returning(Job.id)
    )
    return held is not None


def finish(session: Session, job: Job, error: str = "") -> bool:
    """End a job in the transaction of its result. False: lost to another, roll back."""
    ended = session.scalar(
        update(Job)
        .where(Job.id == job.id, Job.token == job.token, Job.state == "running")
        .values(
            state="failed" if error else "done", error=error, finished=now(), token="", lease=0.0
        )
        .returning(Job.id)
    )
    return ended is not None


def retry(session: Session, job: Job, error: str) -> None:
    """Give a job back after an accident; it fails for good after the last try."""
    if job.tries >= TRIES:
        fail(session, job, error)
        return
    session.execute(
        update(Job)
        .where(Job.id == job.id, Job.token == job.token, Job.state == "running")
        .values(state="queued", due=now() + _RETRY * job.tries, token="", lease=0.0, error=error)
    )


def fail(session: Session, job: Job, error: str) -> None:
    """End a job as failed, and what it was about."""
    if finish(session, job, error):
        _mark(session, job, error)


def settle(session: Session, batch: str, draft: str) -> None:
    """Once the last review of a batch is done or failed, ask for what is over the whole of it.

    The batch's row is locked, so that of two last ones one sees the other.
    """
    session.scalar(select(Batch.id).where(Batch.id == batch).with_for_update())
    waiting = (
        select(func.count())
        .select_from(Draft)
        .join(Declaration, Declaration.latest == Draft.id)
        .where(
            Declaration.batch_id == batch,
            Draft.state.in_(("queued", "running")),
            Draft.id != draft,
        )
    )
    if not session.scalar(waiting):
        ask(session, "finish", batch, rank=2)


def _mark(session: Session, job: Job, error: str) -> None:
    if job.kind == "review":
        session.execute(
            update(Draft).where(Draft.id == job.subject).values(state="failed", error=error)
        )
        batch = session.scalar(
            select(Declaration.batch_id)
            .join(Draft, Draft.declaration_id == Declaration.id)
            .where(Draft.id == job.subject)
        )
        if batch:
            settle(session, batch, job.subject)
    elif job.kind in ("batch", "finish"):
        session.execute(update(Batch).where(Batch.id == job.subject).values(state="failed"))


def _bury(session: Session) -> None:
    """Fail the jobs that ran out of tries with a lost lease."""
    lost = session.scalars(
        select(Job)
        .where(Job.state == "running", Job.lease < now(), Job.tries >= TRIES)
        .with_for_update(skip_locked=True)
    ).all()
    for job in lost:
        fail(session, job, POISONED)
