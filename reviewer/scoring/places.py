"""Where a sentence stands and what that says of it: subject → source, dimension, scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
PLANS, ROWS = "plans", "rows"
_MONTH = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})(?!\d)")
_WHOLE = {"2.2"}
_BACKGROUND = {"2.1"}
_SUMMARY = {"企业简介", "项目简述"}
_PARTS = {"desc": "desc", "tech": "tech", "result": "result", "ai_desc": "ai", "": "rows"}


class Place(Struct, frozen=True):
    """source: one of SOURCES; PLANS, or "" where nothing counts as evidence (pain, proofs).

    dimension: number 1–5 of the section, 0 elsewhere. scenario: the block's, None elsewhere.
    title: what the form asks for there, where no dimension tells it (2.2).
    """

    source: str
    dimension: int = 0
    scenario: int | None = None
    title: str = ""


class Map(Struct, frozen=True):
    """Places by subject, made once a declaration."""

    dimensions: dict[str, int]
    scenarios: dict[str, int | None]
    planned: frozenset[str] = frozenset()
    titles: dict[str, str] = {}

    def place(self, subject: str) -> Place:
        """The place of a sentence by its subject (``section:3.3``, ``body:3.3.2/tech`` …)."""
        kind, _, rest = subject.partition(":")
        if kind == "section":
            return self._section(rest)
        if kind != "body":
            return Place("")
        at, _, part = rest.partition("/")
        source = PLANS if at in self.planned else _PARTS.get(part, "")
        section = at.rpartition(".")[0]
        return Place(source, self.dimensions.get(section, 0), self.scenarios.get(at))

    def _section(self, name: str) -> Place:
        if name in self.dimensions:
            return Place("narrative", self.dimensions[name])
        if name in _WHOLE:
            return Place("whole", title=self.titles.get(name, ""))
        if name in _BACKGROUND:
            return Place("background")
        if name in _SUMMARY:
            return Place("summary")
        if name in {"4", "5", "6"}:
            # The form asks in 五 what a clause of the first dimension asks: is it safe, whose is it.
            return Place("closing", 1 if name == "5" else 0)
        if name.startswith("7"):
            return Place(PLANS)
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
    sections = {one.section: one.number for one in policy.dimensions}
    titles = {one.id: min(one.titles, key=len) for one in policy.template.sections if one.titles}
    return Map(sections, scenarios, frozenset(_planned(declaration)), titles)


def _planned(declaration: Declaration) -> Iterator[str]:
    """Blocks whose construction begins after the declaration's date: nothing stands there yet."""
    declared = declared_on(declaration)
    if declared is None:
        return
    for block in declaration.blocks:
        begun = _day(block.period.text)
        if begun is not None and begun > declared:
            yield block.at.partition(":")[2]


def declared_on(declaration: Declaration) -> tuple[int, int] | None:
    """Year and month of the declaration: the cover's date, else the commitment's."""
    cover = declaration.fields.get("申报日期")
    return _day(cover.text.text if cover else "") or _day(declaration.commitment_date.text)


def _day(text: str) -> tuple[int, int] | None:
    """The first year and month in a text."""
    found = _MONTH.search(text)
    return (int(found[1]), int(found[2])) if found else None
