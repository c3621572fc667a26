"""Logging in by OpenID Connect, against a provider that signs: what is wrong with a token is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc import jwk
from sqlalchemy import select

from api.db.tables import User
from tests.api.bench import Bench
from tests.api.provider import CLIENT, SECRET, Provider, provider


@pytest.fixture(scope="module")
def identity() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path, identity: Provider) -> Iterator[tuple[Bench, Provider]]:
    identity.claims, identity.issuer, identity.key = {}, identity.place, identity.known
    identity.person = {"sub": "42", "preferred_username": "firm"}
    words = {"oidc_issuer": identity.place, "oidc_client": CLIENT, "oidc_secret": SECRET}
    bench = Bench(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", **words)
    yield bench, identity
    bench.close()


def _log_in(client: TestClient, change: str = "") -> httpx.Response:
    """Go to the provider and come back, as a browser does. change: another state to come back with."""
    away = client.get("/oidc", follow_redirects=False)
    assert away.status_code == 303, away.text
    back = httpx.get(away.headers["location"]).headers["location"]
    if change:
        back = back.rpartition("state=")[0] + f"state={change}"
    return client.get(back.partition("testserver")[2], follow_redirects=False)


def test_who_is_known_is_logged_in(site: tuple[Bench, Provider]) -> None:
    bench, _ = site
    client = bench.anybody()
    answer = _log_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/api/v1/me").json()["login"] == "firm"
    with bench.service.database.read() as session:
        user = session.scalar(select(User).where(User.login == "firm"))
    assert user is not None and user.subject and user.subject.endswith("|42")


def test_an_account_stays_with_its_subject(site: tuple[Bench, Provider]) -> None:
    bench, identity = site
    assert _log_in(bench.anybody()).status_code == 303
    identity.person = {"sub": "43", "preferred_username": "firm"}
    assert _log_in(bench.anybody()).status_code == 403
    identity.person = {"sub": "42", "preferred_username": "renamed"}
    client = bench.anybody()
    assert _log_in(client).status_code == 303
    assert client.get("/api/v1/me").json()["login"] == "firm"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another client"], "azp": "another client"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
    ],
)
def test_a_wrong_token_is_refused(site: tuple[Bench, Provider], claims: dict[str, object]) -> None:
    bench, identity = site
    identity.claims = claims
    client = bench.anybody()
    assert _log_in(client).status_code == 401
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_signed_by_another_is_refused(site: tuple[Bench, Provider]) -> None:
    bench, identity = site
    identity.key = jwk.RSAKey.generate_key(2048, {"kid": "one"}, auto_kid=False)
    assert _log_in(bench.anybody()).status_code == 401


def test_another_state_and_a_used_code_are_refused(site: tuple[Bench, Provider]) -> None:
    bench, _ = site
    assert _log_in(bench.anybody(), change="forged").status_code == 401
    assert bench.anybody().get("/oidc/callback?code=code0&state=").status_code == 401
    client = bench.anybody()
    away = client.get("/oidc", follow_redirects=False)
    back = httpx.get(away.headers["location"]).headers["location"].partition("testserver")[2]
    assert client.get(back, follow_redirects=False).status_code == 303
    assert client.get(back, follow_redirects=False).status_code == 401


def test_a_stranger_and_a_closed_account_are_refused(site: tuple[Bench, Provider]) -> None:
    bench, identity = site
    identity.person = {"sub": "7", "preferred_username": "nobody"}
    assert _log_in(bench.anybody()).status_code == 403
    identity.person = {"sub": "8", "email": "rival", "email_verified": False}
    assert _log_in(bench.anybody()).status_code == 403
    assert _log_in_closed(bench, identity) == 403


def _log_in_closed(bench: Bench, identity: Provider) -> int:
    with bench.service.database.write() as session:
        session.query(User).filter(User.login == "rival").update({"active": False})
    identity.person = {"sub": "9", "preferred_username": "rival"}
    return _log_in(bench.anybody()).status_code


def test_a_provider_that_is_another_or_silent_is_told(site: tuple[Bench, Provider]) -> None:
    bench, identity = site
    identity.issuer = "https://elsewhere.example"
    assert bench.anybody().get("/oidc", follow_redirects=False).status_code == 503
    identity.issuer = ""
    identity.facts = dict  # type: ignore[method-assign]
    try:
        assert bench.anybody().get("/oidc", follow_redirects=False).status_code == 503
    finally:
        del identity.facts
