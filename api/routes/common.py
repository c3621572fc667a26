"""What the API's routes share: prefix, described errors, files as answers, waiting for jobs."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, File, Path, Query, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from api.intake import Incoming
from api.listing import MOST
from api.models import Problem
from api.state import Service

_ERRORS = {401: "未登录", 403: "没有权限", 404: "没有找到", 409: "现在不能这样做", 422: "内容有误"}
_PROBLEM = {"application/problem+json": {"schema": Problem.model_json_schema()}}
ID = Annotated[str, Path(max_length=32, pattern=r"^[0-9a-z]+$", examples=["3f0a9b2c71d4e586"])]
IdQuery = Annotated[str, Query(max_length=32, pattern=r"^[0-9a-z]+$")]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
PageSize = Annotated[int, Query(ge=1, le=MOST)]
Files = Annotated[
    list[UploadFile], File(description="Word 或 PDF；可同时给同一份的 Word 和盖章 PDF")
]
_POLL, _LONGEST = 0.4, 600.0

MIME = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "letter": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "text": "text/plain; charset=utf-8",
}


def api_router(tag: str) -> APIRouter:
    """A router of the API: errors described as problem+json."""
    described: dict[int | str, dict[str, Any]] = {
        status: {"description": words, "content": _PROBLEM} for status, words in _ERRORS.items()
    }
    return APIRouter(prefix="/api/v1", tags=[tag], responses=described)


def attachment(data: bytes, name: str, mime: str = "application/octet-stream") -> Response:
    """A file that the browser saves and never shows (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name) or "file"
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type=mime, headers=headers)


def incoming(files: list[UploadFile]) -> list[Incoming]:
    """The files of a form. Empty fields of a browser's form are no files."""
    return [Incoming(f.filename or "", f.file) for f in files if f.filename or f.size]


async def until(check: Callable[[], Any], seconds: float) -> Any:
    """Ask ``check`` until it gives something true or the time is over; its last value."""
    waited, step = 0.0, 0.08
    while not (found := await run_in_threadpool(check)) and waited < seconds:
        await asyncio.sleep(step)
        waited += step
        step = min(step * 1.4, _POLL)
    return found


def events(look: Callable[[], dict[str, Any]]) -> Response:
    """Server-sent events: one when something changes, until it is done or failed."""
    return StreamingResponse(
        _events(look),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"},
    )


async def _events(look: Callable[[], dict[str, Any]]) -> AsyncIterator[str]:
    last, waited = "", 0.0
    while waited < _LONGEST:
        seen = await run_in_threadpool(look)
        line = json.dumps(seen, ensure_ascii=False)
        if line != last:
            last = line
            yield f"event: state\ndata: {line}\n\n"
        if seen.get("state") in ("done", "failed", "gone"):
            return
        await asyncio.sleep(_POLL)
        waited += _POLL


def file_of(service: Service, key: str) -> bytes:
    """A kept file. Problem 404 where the storage has lost it."""
    from api.problems import missing

    try:
        return service.storage.get(key)
    except FileNotFoundError:
        raise missing("原文件") from None
