"""schemathesis over the whole API: whatever is asked, no answer is a 500."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from tests.api.bench import Bench, sample, zipped

_QUICK = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
_FEW = settings(_QUICK, max_examples=3)
# What a worker does, or streams: each takes its time.
_WORK = ("/report", "/tables/{table}", "/pages/{number}", "/events")
# A stream of a job that waits ends only when it is done.
_ENDLESS = ("/jobs/{key}/events",)


def test_no_answer_is_a_500(tmp_path: Path) -> None:
    bench = Bench(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3")
    known = _known(bench)
    token = {"Authorization": f"Bearer {bench.tokens['admin']}"}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", bench.app, headers=token)
    operations = [result.ok() for result in schema.get_all_operations()]
    operations.sort(key=lambda one: one.method == "delete")  # what is deleted can be asked no more
    with bench.working():
        asked = [_ask(one, known, token) for one in operations if not one.path.endswith(_ENDLESS)]
    assert sum(asked) > 120
    bench.close()


def _known(bench: Bench) -> dict[str, str]:
    """Ids of something of every kind, by the first part of the path."""
    made = bench.reviewed(data=sample(4))
    files = {"file": ("批.zip", zipped(甲=sample(4)))}
    batch = bench.as_("bureau").post("/api/v1/batches", files=files).json()["id"]
    bench.work()
    token = bench.as_("admin").post("/api/v1/tokens", json={"label": "x"}).json()
    return {
        "declarations": made["declaration"],
        "drafts": made["draft"],
        "batches": batch,
        "users": bench.ids["rival"],
        "tokens": token["id"],
    }


def _ask(operation: Any, known: dict[str, str], token: dict[str, str]) -> int:
    """Ask an operation with all kinds of values, every other time about something that there is."""
    asked = 0
    own = known.get(operation.path.removeprefix("/api/v1/").split("/")[0])

    @(_FEW if operation.path.endswith(_WORK) else _QUICK)
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        nonlocal asked
        asked += 1
        if own and "key" in (case.path_parameters or {}) and asked % 2:
            case.path_parameters["key"] = own
        case.call_and_validate(headers={**token, "host": "testserver"}, checks=[not_a_server_error])

    ask()
    return asked


def test_the_description_is_whole(tmp_path: Path) -> None:
    bench = Bench(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3")
    described = bench.as_("firm").get("/api/v1/openapi.json").json()
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), (method, path)
            if path.startswith("/api/"):
                problem = operation["responses"]["404"]["content"]
                assert "application/problem+json" in problem
    bench.close()
