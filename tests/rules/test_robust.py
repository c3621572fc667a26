"""Whatever a declaration holds, the rules say findings and never crash."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.rules import run
from tests.rules.build import base, context

STRANGE = [
    "",
    "/",
    "无",
    "XXXX年XX月XX日",
    "\x00",
    "😀",
    "字" * 3000,
    "{name}",
    "{0}",
    "-1",
    "1e999",
    "９９９％",
    "是",
    "1/0",
    "2025年13月45日",
    "（((",
    "C 36",
]


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all strings in the data."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    found = []
    for key, value in items:
        if isinstance(value, (dict, list)):
            found += leaves(value, (*path, key))
        elif isinstance(value, str) and path:
            found.append((*path, key))
    return found


def put(data: Any, path: tuple[Any, ...], value: str) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


PLACES = leaves(base())
# Braces of their own would look like a wording that was not filled in.
TEXT = st.text(st.characters(exclude_characters="{}"), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(STRANGE) | TEXT),
        max_size=25,
    ),
    st.sampled_from(["basic", "advanced", "excellent", "leading", None]),
    st.sampled_from(["docx", "pdf", "scan"]),
)
def test_strange_cells(
    changes: list[tuple[tuple[Any, ...], str]], tier: str | None, kind: str
) -> None:
    data = base() | {"tier": tier, "kind": kind}
    for path, value in changes:
        put(data, path, value)
    findings, complete = run(context(data))
    assert complete
    for finding in findings:
        assert finding.message and "{" not in finding.message.replace("{name}", "").replace(
            "{0}", ""
        )
        assert finding.id and finding.code and finding.subject


def empty() -> dict[str, Any]:
    return {
        "tier": "advanced",
        "cover": {},
        "commitment_date": "",
        "company": {},
        "factory": {},
        "kpis": [],
        "s2": {},
        "s3": {},
        "s7": {},
        "s9": {},
    }


def test_an_empty_declaration() -> None:
    findings, complete = run(context(empty()))
    assert complete
    rules = {finding.rule for finding in findings}
    assert {
        "missing-section",
        "field-missing",
        "checkbox-conflict",
        "kpi-missing",
        "dimension-uncovered",
    } == rules
    sections = [f.subject for f in findings if f.rule == "missing-section"]
    assert len(sections) == len(set(sections)) == 17
