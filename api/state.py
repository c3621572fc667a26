"""What every request needs: the service's parts, and who asks."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from msgspec import Struct

from api import accounts
from api.access import Actor
from api.accounts import Person, same
from api.db.engine import Database
from api.problems import Problem, forbidden
from api.settings import Settings
from api.storage import Storage

COOKIE = "reviewer_session"
_SAFE = ("GET", "HEAD", "OPTIONS")


class Service(Struct, frozen=True):
    """The parts of the running service."""

    settings: Settings
    database: Database
    storage: Storage


async def service_part(request: Request) -> Service:
    """The service that a request came to, as a dependency."""
    return service_of(request)


def service_of(request: Request) -> Service:
    """The service that a request came to."""
    service: Service = request.app.state.service
    return service


def address_of(request: Request) -> str:
    """The client's address (behind a proxy as uvicorn's proxy headers tell it)."""
    return request.client.host if request.client else ""


def maybe_actor(request: Request) -> Actor | None:
    """Who asks, or None. Problem 401 for a token that is none, 403 for a forged request."""
    service = service_of(request)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        with service.database.read() as session:
            user = accounts.find_token(session, secret.strip())
        if user is None:
            raise Problem(401, "令牌无效或已被撤销，请换一个。")
        return _actor(user, request)
    if service.settings.local:
        same_origin(request)
        with service.database.read() as session:
            user = accounts.find_local(session)
        return _actor(user, request, local=True) if user else None
    return _of_cookie(request, service)


def _of_cookie(request: Request, service: Service) -> Actor | None:
    secret = request.cookies.get(COOKIE, "")
    if not secret:
        return None
    with service.database.read() as session:
        found = accounts.find_login(session, secret)
    if found is None:
        return None
    if request.method not in _SAFE:
        same_origin(request)
        if not same(request.headers.get("x-csrf-token", ""), found.csrf):
            raise forbidden("这个请求（页面已过期，请刷新后再试）")
    return _actor(found, request)


async def actor(found: Annotated[Actor | None, Depends(maybe_actor)]) -> Actor:
    """Who asks. Problem 401 where nobody is logged in."""
    if found is None:
        raise Problem(401, "请先登录，或在请求头里带上令牌（Authorization: Bearer …）。")
    return found


Who = Annotated[Actor, Depends(actor)]
Parts = Annotated[Service, Depends(service_part)]


def same_origin(request: Request) -> None:
    """Refuse what another site has a browser send here."""
    if request.method in _SAFE:
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise forbidden("来自其他网站的请求")
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise forbidden("来自其他网站的请求")


def _actor(user: Person, request: Request, *, local: bool = False) -> Actor:
    return Actor(
        id=user.id,
        login=user.login,
        name=user.name or user.login,
        role=user.role,
        region=user.region,
        csrf=user.csrf,
        address=address_of(request),
        local=local,
    )
