"""schemathesis over the whole API: whatever is asked, no answer is a 500."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from tests.api.bench import Bench, sample

_QUICK = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
# Streams and waits for a worker; their answers are tested elsewhere.
_SLOW = ("/events", "/report", "/pages/{number}", "/tables/{table}")


def test_no_answer_is_a_500(tmp_path: Path) -> None:
    bench = Bench(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3")
    made = bench.reviewed(data=sample(4))
    token = {"Authorization": f"Bearer {bench.tokens['admin']}"}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", bench.app, headers=token)
    asked = [
        _ask(result.ok(), made, token)
        for result in schema.get_all_operations()
        if not result.ok().path.endswith(_SLOW) and result.ok().method != "delete"
    ]
    assert sum(asked) > 100
    bench.close()


def _ask(operation: Any, made: dict[str, str], token: dict[str, str]) -> int:
    """Ask an operation with all kinds of values, every other time about something that there is."""
    asked = 0
    known = made["draft" if "/drafts/" in operation.path else "declaration"]

    @_QUICK
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        nonlocal asked
        asked += 1
        if "key" in (case.path_parameters or {}) and asked % 2:
            case.path_parameters["key"] = known
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
