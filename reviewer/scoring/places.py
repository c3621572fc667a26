"""Where a sentence stands and what that says of it: subject → source, dimension, scenario."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reviewer.model.declaration import Declaration
from reviewer.model.review import EntryMatch
from reviewer.policy.schema import Policy

# Sources of evidence, the order fixes the columns of the judge's features.
SOURCES = (
    "narrative",
    "whole",
    "background",
    "summary",
    "closing",
    "desc",
    "tech",
    "result",
    "ai",
    "rows",
    "annex",
)
_WHOLE = {"2.2"}
_BACKGROUND = {"2.1"}
_SUMMARY = {"企业简介", "项目简述"}
_PARTS = {"desc": "desc", "tech": "tech", "result": "result", "ai_desc": "ai", "": "rows"}


class Place(Struct, frozen=True):
    """source: one of SOURCES, "" where nothing counts as evidence (pain, plans, proofs).

    dimension: number 1–5 of the section, 0 elsewhere. scenario: the block's, None elsewhere.
    """

    source: str
    dimension: int = 0
    scenario: int | None = None


class Map(Struct, frozen=True):
    """Places by subject, made once a declaration."""

    dimensions: dict[str, int]
    scenarios: dict[str, int | None]
    planned: frozenset[str] = frozenset()

    def place(self, subject: str) -> Place:
        """The place of a sentence by its subject (``section:3.3``, ``body:3.3.2/tech`` …)."""
        kind, _, rest = subject.partition(":")
        if kind == "section":
            return self._section(rest)
        if kind != "body":
            return Place("")
        at, _, part = rest.partition("/")
        source = "" if at in self.planned else _PARTS.get(part, "")
        section = at.rpartition(".")[0]
        return Place(source, self.dimensions.get(section, 0), self.scenarios.get(at))

    def _section(self, name: str) -> Place:
        if name in self.dimensions:
            return Place("narrative", self.dimensions[name])
        if name in _WHOLE:
            return Place("whole")
        if name in _BACKGROUND:
            return Place("background")
        if name in _SUMMARY:
            return Place("summary")
        if name in {"4", "5", "6"}:
            return Place("closing")
        if name in {"9.1", "9.2", "9.3", "9.6"}:
            return Place("annex")
        return Place("")


def mapped(declaration: Declaration, matches: Mapping[str, EntryMatch], policy: Policy) -> Map:
    """The map of one declaration."""
    scenarios = {
        block.at.partition(":")[2]: matches[block.at].scenario
        for block in declaration.blocks
        if block.at in matches
    }
    return Map({one.section: one.number for one in policy.dimensions}, scenarios)
