"""Logging in, sessions, forged requests, revocation, local mode, hosts and bodies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.app import create
from api.settings import Settings, from_environment, is_loopback
from reviewer.errors import UsageError
from tests.api.bench import PASSWORD, Bench, sample


def _csrf(client: object) -> str:
    page = client.get("/").text  # type: ignore[attr-defined]
    found = re.search(r'name="csrf" content="([^"]*)"', page)
    assert found
    return found[1]


def test_a_session_needs_its_own_token_to_change_something(bench: Bench) -> None:
    client = bench.browser("firm")
    files = {"file": ("a.docx", sample())}
    assert client.post("/api/v1/declarations", files=files).status_code == 403
    other = {"X-CSRF-Token": _csrf(bench.browser("rival"))}
    assert client.post("/api/v1/declarations", files=files, headers=other).status_code == 403
    own = {"X-CSRF-Token": _csrf(client)}
    assert client.post("/api/v1/declarations", files=files, headers=own).status_code == 201
    forged = {**own, "Origin": "https://evil.example"}
    assert client.post("/api/v1/declarations", files=files, headers=forged).status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts(bench: Bench) -> None:
    words = {"login": "firm", "password": PASSWORD}
    answer = bench.anybody().post("/login", data=words, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie


def test_wrong_passwords_are_limited(bench: Bench) -> None:
    client = bench.anybody()
    words = {"login": "firm", "password": "wrong-password"}
    statuses = [client.post("/login", data=words).status_code for _ in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    right = {"login": "firm", "password": PASSWORD}
    assert client.post("/login", data=right, follow_redirects=False).status_code == 429
    other = {"login": "admin", "password": PASSWORD}
    assert client.post("/login", data=other, follow_redirects=False).status_code == 303


def test_revocation_works_on_the_next_request(bench: Bench) -> None:
    client, token = bench.browser("expert"), bench.as_("expert")
    assert client.get("/api/v1/me").status_code == token.get("/api/v1/me").status_code == 200
    place = f"/api/v1/users/{bench.ids['expert']}"
    assert bench.as_("admin").patch(place, json={"active": False}).status_code == 200
    assert client.get("/api/v1/me").status_code == token.get("/api/v1/me").status_code == 401
    words = {"login": "expert", "password": PASSWORD}
    assert bench.anybody().post("/login", data=words).status_code == 401


def test_logging_out_ends_the_session_for_good(bench: Bench) -> None:
    client = bench.browser("firm")
    secret = client.cookies["reviewer_session"]
    assert client.post("/logout", headers={"X-CSRF-Token": _csrf(client)}).status_code == 204
    client.cookies.set("reviewer_session", secret)
    assert client.get("/api/v1/me").status_code == 401


def test_a_revoked_token_is_dead(bench: Bench) -> None:
    made = bench.as_("firm").post("/api/v1/tokens", json={"label": "脚本"}).json()
    client = bench.anybody(headers={"Authorization": f"Bearer {made['secret']}"})
    assert client.get("/api/v1/me").json()["login"] == "firm"
    assert bench.as_("firm").delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    assert client.get("/api/v1/me").status_code == 401


def test_nothing_secret_is_kept_as_it_is(bench: Bench) -> None:
    from sqlalchemy import text

    bench.browser("firm")
    secrets = [PASSWORD, *bench.tokens.values()]
    with bench.service.database.read() as session:
        kept = str(
            [
                session.execute(text(f"SELECT * FROM {table}")).all()
                for table in ("users", "tokens", "logins")
            ]
        )
    assert not any(secret in kept for secret in secrets)


def test_an_administrator_cannot_lock_himself_out(bench: Bench) -> None:
    place = f"/api/v1/users/{bench.ids['admin']}"
    assert bench.as_("admin").patch(place, json={"active": False}).status_code == 409
    assert bench.as_("admin").patch(place, json={"role": "firm"}).status_code == 422


def test_after_login_one_stays_on_this_site(bench: Bench) -> None:
    for place in ("https://evil.example", "//evil.example", "/\\evil.example"):
        words = {"login": "firm", "password": PASSWORD, "next": place}
        answer = bench.anybody().post("/login", data=words, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_server_mode_refuses_to_start_without_accounts(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="管理员账号"):
        create(Settings(data=tmp_path, database=url, local=False))


def test_local_mode_needs_no_login_but_refuses_other_sites(tmp_path: Path, url: str) -> None:
    bench = Bench(tmp_path, url, local=True)
    client = bench.anybody()
    files = {"file": ("a.docx", sample())}
    assert client.get("/").status_code == 200
    assert client.post("/api/v1/declarations", files=files).status_code == 201
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post("/api/v1/declarations", files=files, headers=headers)
        assert answer.status_code == 403
    bench.close()


def test_strange_hosts_and_large_bodies_are_answered_at_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", body=200_000)
    assert bench.as_("firm").get("/", headers={"Host": "evil.example"}).status_code == 400
    files = {"file": ("a.docx", b"PK\x03\x04" + bytes(300_000))}
    answer = bench.as_("firm").post("/api/v1/declarations", files=files)
    assert answer.status_code == 413 and "上限" in answer.json()["detail"]

    def endless() -> object:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        yield from (b"x" * 50_000 for _ in range(20))

    form = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = bench.as_("firm").post("/api/v1/declarations", content=endless(), headers=form)
    assert answer.status_code == 413
    bench.close()


def test_headers_of_every_answer(bench: Bench) -> None:
    for place in ("/login", "/api/v1/me", "/nowhere", "/static/app.js"):
        headers = bench.anybody().get(place).headers
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_settings_come_from_the_environment() -> None:
    words = {"REVIEWER_DATABASE": "postgres://a@b/c", "REVIEWER_RETENTION_DAYS": "30"}
    settings = from_environment(words)
    assert settings.database_url == "postgresql+psycopg://a@b/c" and settings.retention == 30
    with pytest.raises(UsageError, match="REVIEWER_RETENTION_DAYS"):
        from_environment({"REVIEWER_RETENTION_DAYS": "viel"})


@pytest.mark.parametrize(
    ("host", "own"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("x.y", False)]
)
def test_loopback_is_told_from_the_world(host: str, own: bool) -> None:
    assert is_loopback(host) is own
