"""What the kinds of jobs do. Each writes its result in one transaction with the end of its job."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from api import filled, jobs, reviewing
from api.db.engine import Database
from api.db.tables import Correction as CorrectionRow
from api.db.tables import Declaration, Draft, Job, Paper, Result
from api.retention import made_key
from api.reviewing import Answer, Asked
from api.settings import Settings
from api.storage import Storage
from reviewer import guard
from reviewer.batch.ranking import standing
from reviewer.batch.records import Record
from reviewer.errors import UnreadableFile
from reviewer.limits import Limits
from reviewer.matching.corrections import Correction
from reviewer.parsing.detect import kind
from reviewer.waivers import Waiver


class Lost(Exception):
    """The job was taken by another worker meanwhile; nothing is written."""


class Bench(Struct, frozen=True):
    """What a job is done with."""

    database: Database
    storage: Storage
    settings: Settings
    progress: Callable[[int, int], None]


def perform(bench: Bench, job: Job) -> None:
    """Do a job to its end. Raises what went wrong; ReviewerError is for the user."""
    from api import batches, whole

    work: dict[str, Callable[[Bench, Job], None]] = {
        "review": review,
        "export": export,
        "page": page,
        "batch": batches.intake,
        "finish": whole.finish,
        "table": batches.table,
    }
    work[job.kind](bench, job)


def review(bench: Bench, job: Job) -> None:
    """Review a draft."""
    with bench.database.read() as session:
        draft, declaration = _draft(session, job)
        asked = _asked(session, bench, draft, declaration)
    limits = Limits().of_kind("pdf" if asked.pdf else kind(asked.data))
    answer = guard.run(
        reviewing.perform,
        asked,
        result=Answer,
        limits=limits,
        name=asked.name,
        progress=bench.progress,
    )
    with bench.database.write() as session:
        _ended(session, job)
        draft, declaration = _draft(session, job)
        batch = declaration.batch_id
        if answer.rows and batch:
            filled.keep(session, batch, draft, answer.rows)
        else:
            keep(session, draft, declaration, answer)
        if batch:
            jobs.settle(session, batch, draft.id)


def keep(session: Session, draft: Draft, declaration: Declaration, answer: Answer) -> None:
    """Write a review and the change of state that goes with it."""
    short = reviewing.digest_of(answer.digest)
    place = standing(Record(draft.id, draft.name, draft.id, short))
    session.merge(
        Result(
            draft_id=draft.id,
            tier=short.tier,
            region=short.region,
            kind=short.kind,
            pages=short.pages,
            errors=short.errors,
            warnings=short.warnings,
            infos=short.infos,
            score=round(short.score, 1),
            eligible=short.eligible,
            complete=short.complete,
            group=place.group,
            points=place.points,
            reasons=list(place.reasons),
            rules=short.rules,
        )
    )
    heavy = {name: getattr(answer, name) for name in Answer.__struct_fields__ if name != "rows"}
    session.merge(Paper(draft_id=draft.id, **heavy))
    draft.state, draft.error = "done", ""
    if declaration.latest == draft.id:
        _name(declaration, short.fields)


def export(bench: Bench, job: Job) -> None:
    """Make a report in one form and keep it. detail: JSON of form and waivers."""
    from api import whole

    words = json.loads(job.detail or "{}")
    with bench.database.read() as session:
        draft, declaration = _draft(session, job)
        asked = _asked(session, bench, draft, declaration)
        waivers = waived(session, draft.id)
        own = whole.own_findings(session, draft.id) if declaration.batch_id else ()
    asked = msgspec.structs.replace(asked, form=words["form"], waivers=waivers, own=own)
    limits = Limits().of_kind("pdf" if asked.pdf else kind(asked.data))
    data = guard.run(reviewing.export, asked, limits=limits, name=asked.name)
    _made(bench, job, data)


def page(bench: Bench, job: Job) -> None:
    """The picture of one page of a PDF. detail: its number from 1."""
    with bench.database.read() as session:
        draft, _ = _draft(session, job)
    data = bench.storage.get(draft.key)
    limits = Limits().of_kind("pdf")
    number = int(job.detail)
    made = guard.run(reviewing.page_image, data, number, limits=limits, name=draft.name)
    _made(bench, job, made)


def waived(session: Session, draft: str) -> tuple[Waiver, ...]:
    """The findings of a draft that experts waived or overruled, as waivers of the report."""
    from api.panel import settled

    return tuple(
        Waiver(reason=f"{said.word}：{said.reason}" if said.reason else said.word, finding=finding)
        for finding, said in settled(session, draft).items()
        if said.verdict in ("waive", "overrule")
    )


def _made(bench: Bench, job: Job, data: bytes) -> None:
    bench.storage.put(made_key(job), data)
    with bench.database.write() as session:
        _ended(session, job)


def _ended(session: Session, job: Job) -> None:
    if not jobs.finish(session, job):
        raise Lost


def _draft(session: Session, job: Job) -> tuple[Draft, Declaration]:
    draft = session.get(Draft, job.subject)
    declaration = session.get(Declaration, draft.declaration_id) if draft else None
    if draft is None or declaration is None:
        raise UnreadableFile("这一稿已被删除。")
    return draft, declaration


def _asked(session: Session, bench: Bench, draft: Draft, declaration: Declaration) -> Asked:
    try:
        data = bench.storage.get(draft.key)
        pdf = bench.storage.get(draft.stamped_key) if draft.stamped_key else b""
    except FileNotFoundError:
        raise UnreadableFile("找不到原文件，请联系管理员检查存储。") from None
    return Asked(
        data=data,
        name=draft.name,
        policy=declaration.policy,
        tier=declaration.tier,
        today=date.today().isoformat(),
        corrections=corrections(session, declaration.policy),
        pdf=pdf,
        pdf_name=draft.stamped,
        batch=declaration.batch_id is not None,
    )


def corrections(session: Session, policy: str) -> tuple[Correction, ...]:
    """Experts' corrections, oldest first: a later one overrules."""
    rows = session.execute(
        select(CorrectionRow.entry, CorrectionRow.scenario)
        .where(CorrectionRow.policy == policy)
        .order_by(CorrectionRow.id)
    )
    return tuple(Correction(entry, scenario) for entry, scenario in rows)


def _name(declaration: Declaration, fields: dict[str, str]) -> None:
    """What lists show of a declaration, by its newest draft. The region only where none is set:
    what a document says must not decide who may see it."""
    declaration.enterprise = (fields.get("企业名称") or fields.get("申报单位") or "")[:200]
    declaration.code = fields.get("统一社会信用代码", "")[:40]
    declaration.title = (fields.get("工厂名称") or fields.get("项目名称") or declaration.title)[
        :200
    ]
