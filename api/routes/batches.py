"""A bureau's batches: upload, progress, triage, duplicates, quotas, official tables, assignment."""

from __future__ import annotations

import json
import zlib
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Form, Query
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api import access, audit, filled, intake, jobs, listing, marks, reports
from api.access import Actor
from api.db.tables import Copied, Declaration, Result
from api.listing import Asked
from api.models import (
    BatchChange,
    BatchOut,
    MarksIn,
    MarksOut,
    PairOut,
    RowPage,
    State,
    TierId,
    TriagePage,
    Word,
)
from api.problems import Problem, missing
from api.routes.common import (
    ID,
    MIME,
    Files,
    PageNumber,
    PageSize,
    api_router,
    attachment,
    events,
    incoming,
    until,
)
from api.routes.declarations import IdempotencyKey
from api.state import Parts, Who
from reviewer.batch.duplicates import Passage
from reviewer.policy.load import load

router = api_router("批次")
Sort = Annotated[str, Query(pattern=r"^-?[a-z]{0,12}$", description="列名，前面加 - 为倒序")]
_WAIT = 90.0


@router.post("/batches", status_code=201, summary="批量上传")
def upload(
    who: Who,
    service: Parts,
    response: Response,
    file: Files,
    name: Annotated[Word, Form(max_length=100)] = "",
    idempotency_key: IdempotencyKey = "",
) -> BatchOut:
    """Take zips and files in as one batch; they are taken apart by a worker."""
    found, new = intake.receive_batch(
        service.database, service.storage, who, incoming(file), name, idempotency_key
    )
    if not new:
        response.status_code = 200
    with service.database.read() as session:
        return listing.batches(session, who, found.id)[0]


@router.get("/batches", summary="批次清单")
def batches(who: Who, service: Parts) -> list[BatchOut]:
    """The batches that the asker may see, newest first."""
    who.need(*access.BUREAU)
    with service.database.read() as session:
        return listing.batches(session, who)


@router.get("/batches/{key}", summary="一个批次的进度")
def batch(who: Who, service: Parts, key: ID) -> BatchOut:
    """A batch and how far it is."""
    with service.database.read() as session:
        access.batch(session, who, key)
        return listing.batches(session, who, key)[0]


@router.get("/batches/{key}/events", summary="批次进度（SSE）", response_class=Response)
def progress(who: Who, service: Parts, key: ID) -> Response:
    """A batch's progress as server-sent events."""
    batch(who, service, key)

    def seen() -> dict[str, Any]:
        with service.database.read() as session:
            found = listing.batches(session, who, key)
        return found[0].model_dump(exclude={"failures"}) if found else {"state": "gone"}

    return events(seen)


@router.get("/batches/{key}/triage", summary="分级表")
def triage(
    who: Who,
    service: Parts,
    key: ID,
    q: Annotated[Word, Query(max_length=100)] = "",
    state: Annotated[State | None, Query()] = None,
    tier: Annotated[TierId, Query()] = "",
    region: Annotated[Word, Query(max_length=40)] = "",
    group: Annotated[int | None, Query(ge=0, le=3)] = None,
    sort: Sort = "",
    page: PageNumber = 1,
    size: PageSize = listing.SIZE,
) -> TriagePage:
    """The declarations of a batch, best first. The order is a proposal; nothing is rejected."""
    asked = Asked(q, state or "", tier, region, group, "", sort, page, size)
    with service.database.write() as session:
        rows, total = listing.triage(session, who, key, asked)
        audit.note(session, who, "triage", key)
    items = [listing.triage_row(*row) for row in rows]
    return TriagePage(items=items, total=total, page=page, size=size)


@router.get("/batches/{key}/duplicates", summary="雷同文字")
def duplicates(who: Who, service: Parts, key: ID) -> list[PairOut]:
    """The pairs of declarations that share text, most first."""
    with service.database.read() as session:
        access.batch(session, who, key)
        return [
            PairOut(
                id=p.id,
                first=p.first,
                second=p.second,
                share=p.share,
                shared=p.shared,
                archived=p.archived,
                same=p.same,
            )
            for p in pairs(session, key)
        ]


@router.get("/batches/{key}/duplicates/{pair}", summary="雷同文字对照")
def passages(who: Who, service: Parts, key: ID, pair: ID) -> list[dict[str, Any]]:
    """The passages that two declarations share, side by side."""
    with service.database.write() as session:
        access.batch(session, who, key)
        found = session.get(Copied, pair)
        if found is None or found.batch_id != key:
            raise missing("这一对")
        audit.note(session, who, "read", pair, "雷同文字")
    built: list[dict[str, Any]] = msgspec.to_builtins(passages_of(found))
    return built


@router.get("/batches/{key}/quotas", summary="名额使用情况")
def quotas(who: Who, service: Parts, key: ID) -> list[dict[str, Any]]:
    """How many of each region and tier there are, how many use no quota, and the quota of Annex 2."""
    with service.database.read() as session:
        return access.batch(session, who, key).usage


@router.get("/batches/{key}/marks", summary="名额标注")
def marked(who: Who, service: Parts, key: ID) -> MarksOut:
    """Who uses no quota, and who is put forward for the leading tier."""
    with service.database.read() as session:
        found = access.batch(session, who, key)
        return MarksOut(exempt=marks.exempt(found), nominees=marks.nominees(found))


@router.post("/batches/{key}/marks", summary="标注不占名额或领航推荐")
def mark(who: Who, service: Parts, key: ID, words: MarksIn) -> MarksOut:
    """Mark enterprises; order and quotas are brought up to date by a job."""
    if words.mark == "exempt" and not words.reason.strip():
        raise Problem(422, "标注“不占名额”要写明理由。")
    with service.database.write() as session:
        found = access.batch(session, who, key)
        marks.mark(found, words.firms, words.mark, words.reason.strip())
        again = found.state == "done"
        job = jobs.add(session, "finish", key, rank=0).id if again else ""
        audit.note(session, who, "marks", key, f"{words.mark or '取消'} {len(words.firms)} 家")
        return MarksOut(exempt=marks.exempt(found), nominees=marks.nominees(found), job=job)


@router.patch("/batches/{key}", summary="改批次名称、是否存入往年文本库")
def change(who: Who, service: Parts, key: ID, words: BatchChange) -> BatchOut:
    """Rename a batch, or keep it for the comparison with later ones."""
    with service.database.write() as session:
        found = access.batch(session, who, key)
        found.name = words.name or found.name
        found.archived = found.archived if words.archived is None else words.archived
        given = words.model_dump(exclude_none=True)
        audit.note(session, who, "batch.change", key, "、".join(sorted(given)))
        session.flush()
        return listing.batches(session, who, key)[0]


@router.get("/batches/{key}/rows", summary="汇总表的各行")
def rows(
    who: Who, service: Parts, key: ID, page: PageNumber = 1, size: PageSize = listing.SIZE
) -> RowPage:
    """The rows of the filled tables (附件1、3、4) in a batch, each cell checked."""
    with service.database.write() as session:
        access.batch(session, who, key)
        audit.note(session, who, "triage", key, "汇总表")
        total = filled.count(session, key)
        items = filled.shown(session, key, page, size)
    return RowPage(items=items, total=total, page=page, size=size)


@router.get("/batches/{key}/tables/{table}", summary="官方汇总表", response_class=Response)
async def table(
    who: Who,
    service: Parts,
    key: ID,
    table: Annotated[str, "附件1、附件3、附件4"],
    form: Annotated[Literal["docx", "xlsx"], Query(alias="format")] = "docx",
) -> Response:
    """A table of the notice (附件1, 附件3, 附件4) filled from the batch."""
    job = await run_in_threadpool(_ask, who, service, key, table, form)
    data: bytes | None = await until(lambda: reports.made(service, job), _WAIT)
    if data is None:
        raise Problem(503, "汇总表正在生成，请稍后再下载。", headers={"Retry-After": "5"})
    return attachment(data, f"{table}.{form}", MIME[form])


def _ask(who: Actor, service: Parts, key: str, table: str, form: str) -> str:
    known = [spec.id for spec in load(service.settings.policy).tables]
    with service.database.write() as session:
        access.batch(session, who, key)
        if table not in known:
            raise missing("这张汇总表")
        audit.note(session, who, "table", key, table)
        detail = json.dumps({"table": table, "form": form})
        newest = session.scalar(
            select(func.max(Result.finished))
            .join(Declaration, Declaration.latest == Result.draft_id)
            .where(Declaration.batch_id == key)
        )
        mark = f"table:{key}:{table}:{form}:{newest or 0:.3f}"
        return jobs.add(session, "table", key, detail=detail, mark=mark, rank=0).id


def pairs(session: Session, batch: str) -> list[Copied]:
    """A batch's pairs, most shared first. The caller has checked who asks."""
    found = select(Copied).where(Copied.batch_id == batch).order_by(Copied.shared.desc())
    return list(session.scalars(found.limit(500)).all())


def passages_of(found: Copied) -> tuple[Passage, ...]:
    """The passages of a pair."""
    return msgspec.msgpack.decode(zlib.decompress(found.passages), type=tuple[Passage, ...])
