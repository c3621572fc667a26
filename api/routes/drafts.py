"""Drafts: state and progress, review, reports in all forms, originals, pages of a PDF."""

from __future__ import annotations

import zlib
from typing import Annotated, Any, Literal

from fastapi import Query
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api import access, audit, jobs, listing, reports
from api.db.engine import Database
from api.db.tables import Correction, Draft, Job, Result
from api.models import CorrectionIn, DraftOut, JobOut
from api.problems import Problem, frozen, missing
from api.routes.common import ID, MIME, api_router, attachment, events, file_of, until
from api.state import Parts, Who
from reviewer.policy.load import load

router = api_router("审阅")
Form = Literal["json", "html", "docx", "xlsx", "pdf", "text", "letter"]
_WAIT = 60.0


@router.get("/drafts/{key}", summary="一稿的状态")
def draft(who: Who, service: Parts, key: ID) -> DraftOut:
    """A draft and how far its review is."""
    with service.database.read() as session:
        _, found = access.draft(session, who, key)
        return listing.draft_out(found, session.get(Result, key))


@router.get("/drafts/{key}/events", summary="审阅进度（SSE）", response_class=Response)
def progress(who: Who, service: Parts, key: ID) -> Response:
    """The state of the review as server-sent events, until it is done or failed."""
    with service.database.read() as session:
        access.draft(session, who, key)
    return events(lambda: look(service.database, key))


def look(database: Database, key: str) -> dict[str, Any]:
    """State and progress of a draft's review."""
    with database.read() as session:
        found = session.get(Draft, key)
        if found is None:
            return {"state": "gone"}
        job = session.scalar(select(Job).where(Job.subject == key, Job.kind == "review"))
    seen: dict[str, Any] = {"state": found.state, "error": found.error}
    if job is not None:
        seen |= {"done": job.done, "total": job.total}
    return seen


@router.get("/drafts/{key}/review", summary="审阅报告（JSON）", response_class=Response)
def review(who: Who, service: Parts, key: ID) -> Response:
    """The report of the contract as JSON."""
    with service.database.write() as session:
        found = reports.reviewed(session, who, key)
        audit.note(session, who, "read", key)
    return Response(zlib.decompress(found.paper.report), media_type="application/json")


@router.get("/drafts/{key}/report", summary="下载审阅报告", response_class=Response)
async def report(
    who: Who, service: Parts, key: ID, form: Annotated[Form, Query(alias="format")] = "html"
) -> Response:
    """The report as a file: annotated Word, Excel, HTML, JSON, PDF, text, or the letter."""
    job, name = await run_in_threadpool(reports.ask, service, who, key, form)
    data = await until(lambda: reports.made(service, job), _WAIT)
    if data is None:
        raise Problem(503, "报告正在生成，请稍后再下载。", headers={"Retry-After": "5"})
    return attachment(data, name, MIME[form])


@router.get("/drafts/{key}/original", summary="下载原文件", response_class=Response)
def original(who: Who, service: Parts, key: ID) -> Response:
    """The file as it was handed in."""
    with service.database.write() as session:
        _, found = access.draft(session, who, key)
        audit.note(session, who, "download", key, "原文件")
    return attachment(file_of(service, found.key), found.name)


@router.get("/drafts/{key}/stamped", summary="下载盖章 PDF", response_class=Response)
def stamped(who: Who, service: Parts, key: ID) -> Response:
    """The stamped PDF that was handed in beside the Word."""
    with service.database.write() as session:
        _, found = access.draft(session, who, key)
        audit.note(session, who, "download", key, "盖章 PDF")
    if not found.stamped_key:
        raise missing("盖章 PDF")
    return attachment(file_of(service, found.stamped_key), found.stamped)


@router.get("/drafts/{key}/pages/{number}", summary="PDF 的一页（JPEG）", response_class=Response)
async def page(who: Who, service: Parts, key: ID, number: int) -> Response:
    """One page as a picture."""
    if not 1 <= number <= 5000:
        raise missing("这一页")
    job = await run_in_threadpool(_ask_picture, who, service, key, number)
    data: bytes | None = await until(lambda: reports.made(service, job), _WAIT)
    if data is None:
        raise Problem(503, "页面图片正在生成，请稍后刷新。", headers={"Retry-After": "5"})
    headers = {"Cache-Control": "private, max-age=600"}
    return Response(data, media_type="image/jpeg", headers=headers)


def _ask_picture(who: Who, service: Parts, key: str, number: int) -> str:
    mark = f"page:{key}:{number}"
    with service.database.read() as session:
        access.draft(session, who, key)
        result = session.get(Result, key)
        if result is None or result.kind not in ("pdf", "scan"):
            raise missing("页面图片（只有 PDF 才有）")
        if result.pages is not None and number > result.pages:
            raise missing("这一页")
        known = session.scalar(select(Job).where(Job.mark == mark, Job.state != "failed"))
    if known is not None:
        return known.id
    with service.database.write() as session:
        return jobs.add(session, "page", key, detail=str(number), mark=mark, rank=0).id


@router.post("/drafts/{key}/corrections", status_code=202, summary="更正一条场景的对应")
def correct(who: Who, service: Parts, key: ID, words: CorrectionIn) -> JobOut:
    """Say which scenario an entry is. The matcher learns it, and the draft is reviewed anew."""
    who.need(*access.JUDGES)
    with service.database.write() as session:
        found = reports.reviewed(session, who, key)
        if found.declaration.frozen is not None:
            raise frozen()
        if found.draft.id != found.declaration.latest:
            raise Problem(409, "这不是最新一稿，请在最新一稿上更正。")
        numbers = {s.number for s in load(found.declaration.policy).scenarios}
        entry = next((s for s in found.review.scenarios if s.at == words.at), None)
        if entry is None or (words.scenario is not None and words.scenario not in numbers):
            raise Problem(422, "没有这条场景，或没有这个编号的典型场景。")
        session.add(
            Correction(
                policy=found.declaration.policy,
                declaration_id=found.declaration.id,
                user_id=who.id,
                entry=entry.raw,
                scenario=words.scenario,
            )
        )
        found.draft.state = "queued"
        job = jobs.add(session, "review", key, rank=0)
        audit.note(session, who, "correct", key, f"{words.at} {words.scenario}")
        return job_out(job)


@router.get("/jobs/{key}", summary="一项任务的状态")
def job(who: Who, service: Parts, key: ID) -> JobOut:
    """A job on something that the asker may see."""
    with service.database.read() as session:
        return job_out(access.job(session, who, key))


@router.get("/jobs/{key}/events", summary="任务进度（SSE）", response_class=Response)
def job_events(who: Who, service: Parts, key: ID) -> Response:
    """A job's progress as server-sent events."""
    with service.database.read() as session:
        access.job(session, who, key)

    def seen() -> dict[str, Any]:
        with service.database.read() as session:
            found = session.get(Job, key)
        return job_out(found).model_dump() if found else {"state": "gone"}

    return events(seen)


def job_out(found: Job) -> JobOut:
    """A job as the API gives it."""
    return JobOut(
        id=found.id,
        kind=found.kind,
        state=found.state,  # type: ignore[arg-type]
        done=found.done,
        total=found.total,
        error=found.error,
    )
