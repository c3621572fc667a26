"""Every endpoint × everybody: who must not see or change an object of others meets 401, 403 or 404.

The endpoints are those of the application itself: a route that the table below does not know fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from api.db.tables import Copied, Job
from tests.api.bench import PEOPLE, Bench, sample, zipped
from tests.api.conftest import DATABASES, fresh

OWN = {"firm", "expert", "second", "chair", "bureau", "admin"}
REGION = {"bureau", "admin"}
ALL = set(PEOPLE)
JUDGES = {"expert", "second", "chair", "bureau", "elsewhere", "admin"}
BUREAUS = {"bureau", "elsewhere", "admin"}
OPEN = {"/healthz", "/metrics", "/login", "/oidc", "/oidc/callback"}
DENIED = {401, 403, 404}

# (method, path) → who may. Anybody else, and nobody without login, is denied.
MAY: dict[tuple[str, str], set[str]] = {
    ("GET", "/api/v1/declarations"): ALL,
    ("POST", "/api/v1/declarations"): ALL - {"expert", "second", "chair"},
    ("GET", "/api/v1/declarations/{key}"): OWN,
    ("DELETE", "/api/v1/declarations/{key}"): {"firm", "bureau", "admin"},
    ("POST", "/api/v1/declarations/{key}/drafts"): {"firm", "bureau", "admin"},
    ("GET", "/api/v1/declarations/{key}/comparison"): OWN,
    ("GET", "/api/v1/declarations/{key}/panel"): OWN,
    ("POST", "/api/v1/declarations/{key}/assignments"): REGION,
    ("DELETE", "/api/v1/declarations/{key}/assignments/{assignment}"): REGION,
    ("PUT", "/api/v1/declarations/{key}/sheet"): {"expert", "second", "chair"},
    ("POST", "/api/v1/declarations/{key}/signature"): {"expert", "second", "chair"},
    ("POST", "/api/v1/declarations/{key}/freeze"): {"chair", "bureau", "admin"},
    ("DELETE", "/api/v1/declarations/{key}/freeze"): {"admin"},
    ("GET", "/api/v1/drafts/{key}"): OWN,
    ("GET", "/api/v1/drafts/{key}/events"): OWN,
    ("GET", "/api/v1/drafts/{key}/review"): OWN,
    ("GET", "/api/v1/drafts/{key}/report"): OWN,
    ("GET", "/api/v1/drafts/{key}/original"): OWN,
    ("GET", "/api/v1/drafts/{key}/stamped"): OWN,
    ("GET", "/api/v1/drafts/{key}/pages/{number}"): set(),  # the sample is no PDF
    ("POST", "/api/v1/drafts/{key}/corrections"): OWN - {"firm"},
    ("PUT", "/api/v1/drafts/{key}/verdicts/{finding}"): {"expert", "second", "chair"},
    ("GET", "/api/v1/jobs/{key}"): OWN,
    ("GET", "/api/v1/jobs/{key}/events"): OWN,
    ("GET", "/api/v1/experts"): BUREAUS,
    ("POST", "/api/v1/batches"): BUREAUS,
    ("GET", "/api/v1/batches"): BUREAUS,
    ("GET", "/api/v1/batches/{key}"): REGION,
    ("PATCH", "/api/v1/batches/{key}"): REGION,
    ("GET", "/api/v1/batches/{key}/events"): REGION,
    ("GET", "/api/v1/batches/{key}/rows"): REGION,
    ("GET", "/api/v1/batches/{key}/marks"): REGION,
    ("POST", "/api/v1/batches/{key}/marks"): REGION,
    ("GET", "/api/v1/batches/{key}/triage"): REGION,
    ("GET", "/api/v1/batches/{key}/duplicates"): REGION,
    ("GET", "/api/v1/batches/{key}/duplicates/{pair}"): REGION,
    ("GET", "/api/v1/batches/{key}/quotas"): REGION,
    ("GET", "/api/v1/batches/{key}/tables/{table}"): REGION,
    ("GET", "/api/v1/policies"): ALL,
    ("GET", "/api/v1/policies/{policy}"): ALL,
    ("GET", "/api/v1/policies/{policy}/scenarios"): ALL,
    ("GET", "/api/v1/rules"): ALL,
    ("POST", "/api/v1/match"): ALL,
    ("GET", "/api/v1/me"): ALL,
    ("GET", "/api/v1/users"): {"admin"},
    ("POST", "/api/v1/users"): {"admin"},
    ("PATCH", "/api/v1/users/{key}"): {"admin"},
    ("GET", "/api/v1/tokens"): ALL,
    ("POST", "/api/v1/tokens"): ALL,
    ("DELETE", "/api/v1/tokens/{key}"): {"firm", "admin"},
    ("GET", "/api/v1/audit"): {"admin"},
    ("POST", "/logout"): ALL,
    ("GET", "/"): ALL,
    ("GET", "/sample"): ALL,
    ("GET", "/declarations"): ALL,
    ("GET", "/declarations/{key}"): OWN,
    ("GET", "/declarations/{key}/comparison"): OWN,
    ("GET", "/declarations/{key}/agreement"): OWN - {"firm"},
    ("GET", "/drafts/{key}"): OWN,
    ("GET", "/account"): ALL,
    ("GET", "/panel"): JUDGES,
    ("GET", "/batches"): BUREAUS,
    ("GET", "/batches/{key}"): REGION,
    ("GET", "/batches/{key}/rows"): REGION,
    ("GET", "/batches/{key}/duplicates"): REGION,
    ("GET", "/batches/{key}/duplicates/{pair}"): REGION,
    ("GET", "/admin/users"): {"admin"},
    ("GET", "/admin/audit"): {"admin"},
    ("GET", "/policy"): ALL,
    ("GET", "/rules"): ALL,
    ("GET", "/scenarios/{number}"): ALL,
    ("GET", "/match"): ALL,
}
BODIES: dict[str, Any] = {
    "/assignments": lambda ids: {"expert": ids["admin"], "chair": False},
    "/sheet": lambda ids: {"scores": {}, "opinion": ""},
    "/corrections": lambda ids: {"at": "list:main:1", "scenario": 1},
    "/verdicts/{finding}": lambda ids: {"verdict": "confirm", "reason": ""},
    "/match": lambda ids: {"entries": ["生产作业-在线智能检测-甲"]},
    "/users": lambda ids: {"login": "new", "role": "admin"},
    "/users/{key}": lambda ids: {"role": "admin"},
    "/batches/{key}": lambda ids: {"archived": True},
    "/marks": lambda ids: {"firms": ["某某公司"], "mark": "nominee"},
    "/tokens": lambda ids: {"label": "x"},
}


@pytest.fixture(scope="module", params=DATABASES)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Bench, dict[str, str]]]:
    """A firm's declaration with experts, and a bureau's batch with a pair."""
    folder: Path = tmp_path_factory.mktemp("matrix")
    sqlite = request.param == "sqlite"
    url = (
        f"sqlite:///{folder / 'x.sqlite3'}"
        if sqlite
        else fresh(request.getfixturevalue("postgres"))
    )
    bench = Bench(folder, url)
    yield bench, _made(bench)
    bench.close()


def _made(bench: Bench) -> dict[str, str]:
    pdf = b"%PDF-1.4\n%%EOF"
    files = [("file", ("申报书.docx", sample())), ("file", ("盖章.pdf", pdf))]
    made = bench.as_("firm").post("/api/v1/declarations", files=files).json()
    files = {"file": ("批.zip", zipped(甲=sample(1), 乙=sample(1)))}
    batch = bench.as_("bureau").post("/api/v1/batches", files=files).json()
    bench.work()
    place = f"/api/v1/declarations/{made['declaration']}/assignments"
    for expert in ("expert", "second", "chair"):
        words = {"expert": bench.ids[expert], "chair": expert == "chair"}
        answer = bench.as_("bureau").post(place, json=words)
        assert answer.status_code == 201, answer.text
    review = bench.as_("firm").get(f"/api/v1/drafts/{made['draft']}/review").json()
    with bench.service.database.read() as session:
        job = session.scalar(select(Job.id).where(Job.subject == made["draft"]))
        pair = session.scalar(select(Copied.id))
    assert job and pair
    return {
        "declaration": made["declaration"],
        "draft": made["draft"],
        "batch": batch["id"],
        "pair": pair,
        "job": job,
        "assignment": answer.json()["id"],
        "token": bench.as_("firm").get("/api/v1/tokens").json()[0]["id"],
        "finding": review["findings"][0]["id"],
        "admin": bench.ids["admin"],
        "firm": bench.ids["firm"],
    }


def _routes(bench: Bench) -> set[tuple[str, str]]:
    from api.routes import ROUTERS

    return {
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
        if route.path not in OPEN
    }


def _place(path: str, ids: dict[str, str]) -> tuple[str, dict[str, str]]:
    kind = path.removeprefix("/api/v1").split("/")[1]
    keys = {
        "declarations": "declaration",
        "drafts": "draft",
        "batches": "batch",
        "jobs": "job",
        "users": "firm",
        "tokens": "token",
    }
    values = dict(ids, key=ids.get(keys.get(kind, ""), ""), number="1", policy="hebei-2026")
    query = {"old": ids["draft"], "new": ids["draft"]} if path.endswith("comparison") else {}
    if path.endswith("report"):
        query = {"format": "pdf"}  # refused for Word, by a worker: no file is made for each of them
    return path.format(**{**values, "table": "附件1"}), query


def _ask(bench: Bench, who: str | None, method: str, path: str, ids: dict[str, str]) -> int:
    client = bench.as_(who) if who else bench.anybody()
    place, query = _place(path, ids)
    words: dict[str, Any] = {"params": query, "follow_redirects": False}
    body = next((make for end, make in BODIES.items() if path.endswith(end)), None)
    if method in ("POST", "PUT", "PATCH"):
        if path.endswith(("/declarations", "/drafts", "/batches")):
            words["files"] = {"file": ("a.docx", sample())}
        elif body is not None:
            words["json"] = body(ids)
    return client.request(method, place, **words).status_code


def test_the_table_knows_every_endpoint(world: tuple[Bench, dict[str, str]]) -> None:
    bench, _ = world
    assert _routes(bench) == set(MAY)
    described = bench.as_("admin").get("/api/v1/openapi.json").json()["paths"]
    assert {p for p in described if p not in OPEN} == {
        path for _, path in MAY if path.startswith("/api/")
    }


def test_others_are_denied_and_change_nothing(world: tuple[Bench, dict[str, str]]) -> None:
    bench, ids = world
    wrong = []
    for (method, path), may in MAY.items():
        for who in [None, *PEOPLE]:
            if who in may:
                continue
            status = _ask(bench, who, method, path, ids)
            page = who is None and status == 303
            if status not in DENIED and not page:
                wrong.append((method, path, who, status))
    assert wrong == []
    assert bench.as_("firm").get(f"/api/v1/drafts/{ids['draft']}").json()["state"] == "done"


def test_those_who_may_read_can(world: tuple[Bench, dict[str, str]]) -> None:
    bench, ids = world
    wrong = []
    with bench.working():
        for (method, path), may in MAY.items():
            if method != "GET":
                continue
            for who in may:
                status = _ask(bench, who, method, path, ids)
                if status in DENIED or status >= 500:
                    wrong.append((path, who, status))
    assert wrong == []


def test_lists_show_own_rows_only(world: tuple[Bench, dict[str, str]]) -> None:
    bench, _ = world
    seen = {who: bench.as_(who).get("/api/v1/declarations").json()["total"] for who in PEOPLE}
    one = ("firm", "expert", "second", "chair")
    assert all(seen[who] == 1 for who in one)
    assert (seen["bureau"], seen["admin"]) == (3, 3)
    assert (seen["rival"], seen["elsewhere"]) == (0, 0)
