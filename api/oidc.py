"""Logging in by OpenID Connect (Authlib; the extra ``oidc``).

Accounts are made by administrators: the provider only proves who somebody is. An account is found
by its subject, at first by the verified e-mail or user name that equals its login.
"""

from __future__ import annotations

import secrets
from typing import Any

import msgspec
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.accounts import LOCAL_USER, digest
from api.db.tables import User
from api.problems import Problem
from api.state import Service

_STATE = "reviewer_oidc"
_MINUTES = 600


async def start(request: Request, service: Service) -> Response:
    """The way to the provider: code flow with PKCE, state and nonce in a cookie of their own."""
    client, facts = await _client(request, service)
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    url, state = client.create_authorization_url(
        facts["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    answer = RedirectResponse(url, status_code=303)
    kept = f"{state}|{verifier}|{nonce}"
    answer.set_cookie(
        _STATE,
        kept,
        max_age=_MINUTES,
        httponly=True,
        secure=service.settings.https,
        samesite="lax",
        path="/oidc",
    )
    return answer


async def finish(request: Request, service: Service) -> User:
    """Whose account it is. Problem 401 or 403."""
    state, _, rest = request.cookies.get(_STATE, "").partition("|")
    verifier, _, nonce = rest.partition("|")
    if not state or not secrets.compare_digest(state, request.query_params.get("state", "")):
        raise Problem(401, "统一身份认证已过期，请重新登录。")
    client, facts = await _client(request, service)
    try:
        token = await client.fetch_token(
            facts["token_endpoint"],
            code=request.query_params.get("code", ""),
            code_verifier=verifier,
        )
        claims = await _claims(client, facts, token["id_token"], nonce, service)
    except Problem:
        raise
    except Exception:
        raise Problem(401, "统一身份认证没有成功，请重新登录。") from None
    return _account(service, claims)


async def _client(request: Request, service: Service) -> tuple[Any, dict[str, str]]:
    settings = service.settings
    if not settings.oidc_issuer:
        raise Problem(404, "没有启用统一身份认证。")
    try:
        from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise Problem(503, "统一身份认证还需要安装可选组件 oidc。") from None
    client = AsyncOAuth2Client(
        settings.oidc_client,
        settings.oidc_secret,
        scope="openid profile email",
        redirect_uri=str(request.url_for("oidc_back")),
        code_challenge_method="S256",
    )
    place = settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration"
    found = await client.get(place, withhold_token=True)
    return client, msgspec.json.decode(found.content)


async def _claims(
    client: Any, facts: dict[str, str], token: str, nonce: str, service: Service
) -> dict[str, Any]:
    """The claims of the ID token: signature, issuer, audience, expiry and nonce checked."""
    from authlib.jose import JsonWebKey, JsonWebToken  # type: ignore[import-untyped,unused-ignore]
    from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped,unused-ignore]

    keys = await client.get(facts["jwks_uri"], withhold_token=True)
    claims = JsonWebToken(["RS256", "ES256", "PS256"]).decode(
        token,
        JsonWebKey.import_key_set(msgspec.json.decode(keys.content)),
        claims_cls=CodeIDToken,
        claims_options={
            "iss": {"essential": True, "value": facts["issuer"]},
            "aud": {"essential": True, "value": service.settings.oidc_client},
        },
        claims_params={"nonce": nonce},
    )
    claims.validate()
    return dict(claims)


def _account(service: Service, claims: dict[str, Any]) -> User:
    subject = f"{claims['iss']}|{claims['sub']}"[:300]
    with service.database.write() as session:
        user = session.scalar(select(User).where(User.subject == subject, User.active))
        if user is None:
            names = {str(claims.get("preferred_username", ""))}
            if claims.get("email_verified"):
                names.add(str(claims.get("email", "")))
            user = session.scalar(
                select(User).where(
                    User.login.in_(names - {""}),
                    User.active,
                    User.subject.is_(None),
                    User.id != LOCAL_USER,
                )
            )
            if user is None:
                raise Problem(
                    403, f"还没有您的账号，请联系管理员开通（编号 {digest(subject)[:8]}）。"
                )
            user.subject = subject
    return user
