"""Problems as answers: problem+json for programs, a page for people."""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Scope

from api.problems import Problem, title
from reviewer.model.clean import shown

_log = logging.getLogger(__name__)
_MOST_NAMED = 5
_FULL = (errno.ENOSPC, errno.EDQUOT)
_BODY = {"body", "query", "path", "header"}


def answer(scope: Scope, problem: Problem) -> Response:
    """The answer of a problem: a page outside of the API where a browser asks."""
    path: str = scope["path"]
    if path.startswith("/api/") or not _wants_page(scope):
        return _json(path, problem)
    if problem.status == 401:
        return RedirectResponse(f"/login?next={quote(path)}", status_code=303)
    from api.pages import plain_page

    return plain_page(problem)


async def on_problem(request: Request, error: Exception) -> Response:
    """Handler of Problem."""
    assert isinstance(error, Problem)
    return answer(request.scope, error)


async def on_http(request: Request, error: Exception) -> Response:
    """Handler of the framework's own errors (404, 405 …)."""
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, OSError) and error.__cause__.errno in _FULL:
        return await on_full(request, error)  # no room for the body while it was read
    words = {404: "没有这个地址，请检查网址。", 405: "这个地址不支持这种操作。"}
    detail = words.get(error.status_code, "请求的内容无法识别，请检查后再试。")
    return answer(request.scope, Problem(error.status_code, detail, headers=error.headers))


async def on_invalid(request: Request, error: Exception) -> Response:
    """Handler of values that do not fit the API's types."""
    assert isinstance(error, RequestValidationError)
    named = []
    for item in error.errors()[:_MOST_NAMED]:
        path = ".".join(str(part) for part in item["loc"] if part not in _BODY)
        named.append(shown(path) or "内容")
    return answer(request.scope, Problem(422, f"这些项缺少或写法不对：{'、'.join(named)}。"))


async def on_crash(request: Request, error: Exception) -> Response:
    """Handler of everything unforeseen; what it was stands in the log."""
    return answer(request.scope, Problem(500, "服务内部出错，已记录，请稍后再试或联系管理员。"))


async def on_busy(request: Request, error: Exception) -> Response:
    """Handler of a database that is locked or away."""
    _log.warning("database: %s at %s", type(error).__name__, request.url.path, exc_info=error)
    if "disk is full" in str(error) or "No space left" in str(error):
        return await on_full(request, error)
    busy = Problem(503, "数据库繁忙，请稍后再试。", headers={"Retry-After": "2"})
    return answer(request.scope, busy)


async def on_full(request: Request, error: Exception) -> Response:
    """Handler of a full disk."""
    return answer(
        request.scope, Problem(507, "服务器磁盘空间不足，这次上传没有收下，请联系管理员。")
    )


def _json(path: str, problem: Problem) -> Response:
    body: Mapping[str, object] = {
        "type": "about:blank",
        "title": title(problem.status),
        "status": problem.status,
        "detail": problem.detail,
        "instance": shown(path, 200),
    }
    return JSONResponse(
        body, problem.status, problem.headers, media_type="application/problem+json"
    )


def _wants_page(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"accept":
            return b"text/html" in value
    return False
