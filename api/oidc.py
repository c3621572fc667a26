"""Logging in by OpenID Connect (Authlib; the extra ``oidc``).

Accounts are made by administrators: the provider only proves who somebody is. An account is found
by its subject, at first by the verified e-mail or user name that equals its login.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.accounts import LOCAL_USER, digest
from api.db.tables import User
from api.problems import Problem
from api.state import Service

_STATE = "reviewer_oidc"
_PLACE = "/.well-known/openid-configuration"
_MINUTES = 600
_LEEWAY = 60  # seconds that clocks may differ
_ALGORITHMS = ("RS256", "ES256", "PS256")
_log = logging.getLogger(__name__)


async def start(request: Request, service: Service) -> Response:
    """The way to the provider: code flow with PKCE, state and nonce in a cookie of their own."""
    async with _client(request, service) as client:
        facts = await _facts(client, service)
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
    """Whose account it is. Problem 401, 403 or 503."""
    state, _, rest = request.cookies.get(_STATE, "").partition("|")
    verifier, _, nonce = rest.partition("|")
    asked = request.query_params.get("state", "")
    if not state or not secrets.compare_digest(state.encode(), asked.encode()):
        raise Problem(401, "统一身份认证已过期，请重新登录。")
    async with _client(request, service) as client:
        facts = await _facts(client, service)
        try:
            token = await client.fetch_token(
                facts["token_endpoint"],
                code=request.query_params.get("code", ""),
                code_verifier=verifier,
            )
            keys = await client.request("GET", facts["jwks_uri"], withhold_token=True)
            claims = _claims(msgspec.json.decode(keys.content), token["id_token"], nonce, service)
        except Exception as error:  # whatever a provider may answer; never its words
            _log.warning("OIDC login refused: %s", type(error).__name__)
            raise Problem(401, "统一身份认证没有成功，请重新登录。") from None
    return _account(service, claims)


def _client(request: Request, service: Service) -> Any:
    """Authlib's client for the provider, a context manager."""
    settings = service.settings
    if not settings.oidc_issuer:
        raise Problem(404, "没有启用统一身份认证。")
    try:
        from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise Problem(503, "统一身份认证还需要安装可选组件 oidc。") from None
    return AsyncOAuth2Client(
        settings.oidc_client,
        settings.oidc_secret,
        scope="openid profile email",
        redirect_uri=str(request.url_for("oidc_back")),
        code_challenge_method="S256",
    )


async def _facts(client: Any, service: Service) -> dict[str, str]:
    """What the provider tells of itself. Problem 503 where it does not, or is another one."""
    issuer = service.settings.oidc_issuer.rstrip("/")
    try:
        found = await client.request("GET", f"{issuer}{_PLACE}", withhold_token=True)
        facts: dict[str, str] = msgspec.convert(msgspec.json.decode(found.content), _Facts).told()
    except Exception as error:  # of the network, of what came back
        _log.warning("OIDC provider cannot be used: %s", type(error).__name__)
        raise Problem(503, "统一身份认证暂时连不上，请稍后再试，或用密码登录。") from None
    if facts["issuer"].rstrip("/") != issuer:
        raise Problem(503, "统一身份认证的签发者与设置不符，请联系管理员。")
    return facts


class _Facts(Struct):
    """The part of a provider's discovery document that is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str

    def told(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__struct_fields__}


def _claims(keys: Any, token: str, nonce: str, service: Service) -> dict[str, Any]:
    """The claims of the ID token: signature, issuer, audience, expiry and nonce checked."""
    from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped,unused-ignore]
    from joserfc import jwk, jwt

    settings = service.settings
    read = jwt.decode(token, jwk.KeySet.import_key_set(keys), algorithms=list(_ALGORITHMS))
    issuer = settings.oidc_issuer.rstrip("/")
    claims = CodeIDToken(
        read.claims,
        read.header,
        {
            "iss": {"essential": True, "values": [issuer, f"{issuer}/"]},
            "aud": {"essential": True, "value": settings.oidc_client},
            "nonce": {"essential": True, "value": nonce},
        },
        {"nonce": nonce, "client_id": settings.oidc_client},
    )
    claims.validate(leeway=_LEEWAY)
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
