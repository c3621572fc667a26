"""Logging in and out, by password or OIDC."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api import accounts, audit
from api.access import Actor
from api.db.tables import Login, User
from api.pages import page
from api.problems import Problem
from api.settings import Settings
from api.state import COOKIE, Parts, Who, address_of, same_origin

router = APIRouter(include_in_schema=False)
Next = Annotated[str, Query(alias="next", max_length=300)]
_HOMES = {"enterprise": "/", "expert": "/panel", "bureau": "/batches", "admin": "/"}
_WRONG = "登录名或密码不对，请重新输入。"


@router.get("/login")
def form(request: Request, service: Parts, place: Next = "") -> Response:
    """The form to log in."""
    oidc = bool(service.settings.oidc_issuer)
    return page(request, "login.html", None, next=inside(place), error="", login="", oidc=oidc)


@router.post("/login")
def log_in(
    request: Request,
    service: Parts,
    login: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    place: Annotated[str, Form(alias="next", max_length=300)] = "",
) -> Response:
    """Check the password and open a session."""
    same_origin(request)
    settings, error, status = service.settings, "", 200
    login = login.replace("\x00", "")
    try:
        with service.database.write() as session:
            user = accounts.log_in(session, login, password, address_of(request), settings)
            action = "login" if user else "login.failed"
            audit.note(session, _nobody(request, login, user), action)
            secret = accounts.open_login(session, user, settings) if user else ""
    except Problem as problem:
        user, secret, error, status = None, "", problem.detail, problem.status
    if user is None:
        return page(
            request,
            "login.html",
            None,
            status=status if error else 401,
            next=inside(place),
            error=error or _WRONG,
            login=login,
            oidc=bool(settings.oidc_issuer),
        )
    answer = RedirectResponse(inside(place) or _HOMES[user.role], status_code=303)
    set_cookie(answer, secret, settings)
    return answer


@router.post("/logout", status_code=204)
def log_out(request: Request, who: Who, service: Parts) -> Response:
    """End the session at once."""
    with service.database.write() as session:
        found = session.get(Login, accounts.digest(request.cookies.get(COOKIE, "")))
        if found is not None:
            session.delete(found)
        audit.note(session, who, "logout")
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/oidc")
async def oidc(request: Request, service: Parts) -> Response:
    """Send the browser to the identity provider."""
    from api import oidc as provider

    return await provider.start(request, service)


@router.get("/oidc/callback")
async def oidc_back(request: Request, service: Parts) -> Response:
    """Take the browser back from the identity provider."""
    from api import oidc as provider

    user = await provider.finish(request, service)
    with service.database.write() as session:
        secret = accounts.open_login(session, user, service.settings)
        audit.note(session, _nobody(request, user.login, user), "login", detail="统一身份认证")
    answer = RedirectResponse(_HOMES[user.role], status_code=303)
    set_cookie(answer, secret, service.settings)
    return answer


def set_cookie(answer: Response, secret: str, settings: Settings) -> None:
    """The session's cookie: never read by scripts, never sent from other sites."""
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=int(settings.session_hours * 3600),
        httponly=True,
        secure=settings.https,
        samesite="lax",
    )


def inside(place: str) -> str:
    """A place to go to after logging in: a path of this service, else ""."""
    plain = place.startswith("/") and not place.startswith(("//", "/\\"))
    return place if plain and place.isprintable() and "\\" not in place else ""


def _nobody(request: Request, login: str, user: User | None) -> Actor:
    return Actor(
        id=user.id if user else "",
        login=login if user else accounts.digest(login)[:12],
        name="",
        role="",
        region="",
        address=address_of(request),
    )
