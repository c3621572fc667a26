"""Pages: the templates' environment, and what every page shows around its content."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.access import Actor
from api.accounts import ROLES
from api.problems import Problem
from reviewer import __version__
from reviewer.model.clean import clean
from reviewer.policy.load import load
from reviewer.policy.schema import Policy

_HERE = Path(__file__).parent
_BEIJING = timezone(timedelta(hours=8))
TIERS = {"basic": "基础级", "advanced": "先进级", "excellent": "卓越级", "leading": "领航级"}
STATES = {"queued": "排队中", "running": "审阅中", "done": "已审阅", "failed": "未能审阅"}

_ENTERPRISE = (("/", "上传审阅"), ("/declarations", "我的申报书"))
_BUREAU = (("/batches", "批量审阅"), ("/declarations", "申报书"), ("/", "单份上传"))
_KNOWLEDGE = (("/policy", "政策与规则"), ("/match", "场景匹配"))
MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    "enterprise": (*_ENTERPRISE, *_KNOWLEDGE),
    "expert": (("/panel", "我的评审"), *_KNOWLEDGE),
    "bureau": (*_BUREAU, *_KNOWLEDGE),
    "admin": (
        ("/", "上传审阅"),
        ("/declarations", "申报书"),
        ("/batches", "批量审阅"),
        ("/panel", "我的评审"),
        *_KNOWLEDGE,
        ("/admin/users", "账号"),
        ("/admin/audit", "审计"),
    ),
}


def page(
    request: Request, template: str, who: Actor | None, *, status: int = 200, **values: Any
) -> Response:
    """A page of the service."""
    path = request.url.path
    menu = MENUS.get(who.role, ()) if who else ()
    text = (
        _environment()
        .get_template(template)
        .render(who=who, path=path, menu=menu, current=_current(path, menu), **values)
    )
    return HTMLResponse(text, status)


def plain_page(problem: Problem) -> Response:
    """A problem as a page of its own."""
    text = (
        _environment()
        .get_template("problem.html")
        .render(who=None, path="", menu=(), current="", problem=problem)
    )
    return HTMLResponse(text, problem.status, problem.headers)


def pack(name: str) -> Policy:
    """The policy of a declaration."""
    return load(name)


def _current(path: str, menu: tuple[tuple[str, str], ...]) -> str:
    fitting = [place for place, _ in menu if path == place or path.startswith(place + "/")]
    if path.startswith(("/rules", "/scenarios")):
        return "/policy"
    if path.startswith("/drafts"):
        return "/declarations"
    return max(fitting, key=len, default="")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.filters |= {"when": _when, "size": _size, "tier": lambda key: TIERS.get(key, key or "—")}
    made.globals |= {
        "asset": _asset,
        "version": __version__,
        "ROLES": ROLES,
        "STATES": STATES,
        "TIERS": TIERS,
    }
    return made


def _when(seconds: float | None) -> str:
    """A time as people of one time zone read it."""
    if seconds is None:
        return "—"
    return datetime.fromtimestamp(seconds, _BEIJING).strftime("%Y-%m-%d %H:%M")


def _size(number: int) -> str:
    if number < 1 << 20:
        return f"{max(1, number >> 10)} KB"
    return f"{number / (1 << 20):.1f} MB"


@lru_cache(maxsize=64)
def _asset(name: str) -> str:
    """The address of a static file, which changes when the file does."""
    data = (_HERE / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:12]}"
