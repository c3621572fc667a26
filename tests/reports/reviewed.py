"""Samples reviewed once for all tests of reports, and the same review full of hostile text."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from reviewer.model.review import Review
from reviewer.reports import Material
from reviewer.reports.json import encode
from reviewer.service import Reviewer
from tests.generator.render import render_docx

SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples").glob("*.json"))
HOSTILE = (
    '=HYPERLINK("http://x.example","a") <script>alert(1)</script><img src=x onerror=alert(1)> '
    "{{7*7}} {%x%} \x00\x07\x1b[31m\u202e]]>&amp;"
)
_CLOSED = {
    "rule", "severity", "subject", "at", "method", "status", "gate", "kind", "tier", "basis",
    "schema_version", "id", "part", "code",
}  # fmt: skip


@cache
def reviewer() -> Reviewer:
    return Reviewer("hebei-2026")


@cache
def material(sample: int = 3, layout: str = "template") -> Material:
    """A sample rendered and reviewed."""
    declaration = json.loads(SAMPLES[sample].read_text(encoding="utf-8"))
    data = render_docx(declaration, layout, 1)
    document = reviewer().read(data, "申报书.docx")
    declared = reviewer().declared(document)
    review = reviewer().review_declaration(declared)
    return Material(review, reviewer().policy, data, document, declared)


def hostile(extra: str = "") -> Material:
    """The same with every free text replaced."""
    made = material()
    raw = _poisoned(json.loads(encode(made.review)), HOSTILE + extra)
    return msgspec.structs.replace(made, review=msgspec.convert(raw, Review))


def _poisoned(value: Any, words: str, key: str = "") -> Any:
    if isinstance(value, dict):
        keys = (
            value
            if key in ("coverage", "dimensions", "clauses", "requirements", "sections")
            else ()
        )
        return {
            k: _poisoned(v, words, "" if k in keys and key != "sections" else k)
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [_poisoned(item, words, key) for item in value]
    return words if isinstance(value, str) and key not in _CLOSED else value
