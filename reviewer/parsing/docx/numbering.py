"""Automatic numbering: what Word prints before a paragraph (ECMA-376 part 1, 17.9).

Lists of one abstract definition share their counters; a ``w:num`` with ``startOverride`` restarts
them when it is first used. A level restarts after any higher level unless ``lvlRestart`` says
otherwise.
"""

from __future__ import annotations

import re

from lxml import etree
from msgspec import Struct

from reviewer.model.clean import clean
from reviewer.parsing.docx.names import FALLBACK, ILVL, NUM_ID, VAL, W
from reviewer.parsing.docx.numerals import numeral
from reviewer.parsing.docx.styles import Style, Styles
from reviewer.parsing.docx.symbols import guessed
from reviewer.parsing.docx.values import clamped, integer, on, val_integer

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_LARGEST = 1_000_000
_LONGEST_TEXT = 200


class Level(Struct, frozen=True):
    """One level of a list. restart: the higher level (from 1) after which it restarts, 0 never."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""
    restart: int | None = None
    legal: bool = False


class List(Struct, frozen=True):
    """A resolved ``w:num``. key: shared by lists that count together; restarts: by level."""

    key: int
    levels: dict[int, Level]
    restarts: dict[int, int]


class Numbering:
    """The numbering definitions and the counters of one document, asked in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._nums: dict[int, etree._Element] = {}
        self._abstracts: dict[int, etree._Element] = {}
        self._lists: dict[int, List | None] = {}
        self._counters: dict[int, dict[int, int]] = {}
        self._restarted: set[tuple[int, int]] = set()
        for element in root if root is not None else ():
            if element.tag == W + "num":
                self._nums.setdefault(integer(element.get(NUM_ID), -1) or 0, element)
            elif element.tag == W + "abstractNum":
                key = integer(element.get(W + "abstractNumId"), -1)
                self._abstracts.setdefault(-1 if key is None else key, element)

    def label(self, num: int | None, ilvl: int | None, style: Style) -> str:
        """Count one paragraph and return its number as printed, "" where it has none.

        num, ilvl: what the paragraph itself says; the style fills in what it leaves open.
        """
        number = style.num if num is None else num
        found = self._list(number) if number else None
        if found is None or number is None:
            return ""
        level = self._level(found, ilvl, style)
        self._count(number, found, level)
        return self._printed(found, level)

    def _level(self, found: List, ilvl: int | None, style: Style) -> int:
        if ilvl is None:
            ilvl = style.ilvl
        if ilvl is None:
            linked = (i for i, level in found.levels.items() if level.style in style.chain)
            ilvl = next(linked, 0)
        return max(0, min(_LEVELS - 1, ilvl))

    def _count(self, number: int, found: List, level: int) -> None:
        counter = self._counters.setdefault(found.key, {})
        if level in found.restarts and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counter[level] = found.restarts[level]
        elif level in counter:
            counter[level] += 1
        else:
            counter[level] = _first(found, level)
        for higher in range(level):  # a level that was skipped counts as begun
            counter.setdefault(higher, _first(found, higher))
        for deeper in range(level + 1, _LEVELS):
            restart = _at(found, deeper).restart
            if level < (deeper if restart is None else restart):
                counter.pop(deeper, None)

    def _printed(self, found: List, level: int) -> str:
        own = _at(found, level)
        if own.form == "bullet":
            return ""
        counter = self._counters[found.key]

        def put(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            if at > level:
                return ""
            form = "decimal" if own.legal else _at(found, at).form
            return numeral(counter[at], form)

        return _PLACEHOLDER.sub(put, own.text)

    def _list(self, number: int) -> List | None:
        if number not in self._lists:
            self._lists[number] = self._resolve(number)
        return self._lists[number]

    def _resolve(self, number: int) -> List | None:
        num = self._nums.get(number)
        key = self._abstract_of(num)
        for _ in range(_LEVELS):  # numbering styles refer on to another list, never far
            abstract = self._abstracts.get(key)
            link = None if abstract is None else _value(abstract, "numStyleLink")
            other = self._styles.style(link).num if link else None
            if other is None or other not in self._nums:
                break
            key = self._abstract_of(self._nums[other])
        if num is None or key not in self._abstracts:
            return None
        levels = dict(_levels(self._abstracts[key]))
        restarts: dict[int, int] = {}
        for override in num.iterchildren(W + "lvlOverride"):
            at = clamped(override.get(ILVL), 0, _LEVELS - 1, 0)
            for _, level in _levels(override):
                levels[at] = level
            for start in override.iterchildren(W + "startOverride"):
                restarts[at] = _start(start)
        return List(key, levels, restarts)

    def _abstract_of(self, num: etree._Element | None) -> int:
        text = None if num is None else _value(num, "abstractNumId")
        key = integer(text, -1)
        return -1 if key is None else key


def _at(found: List, level: int) -> Level:
    return found.levels.get(level, _NO_LEVEL)


def _first(found: List, level: int) -> int:
    """The number that the level begins with."""
    return found.restarts.get(level, _at(found, level).start)


_NO_LEVEL = Level()


def _levels(parent: etree._Element) -> list[tuple[int, Level]]:
    return [
        (clamped(element.get(ILVL), 0, _LEVELS - 1, 0), _read_level(element))
        for element in parent.iterchildren(W + "lvl")
    ]


def _read_level(element: etree._Element) -> Level:
    start = next(element.iterchildren(W + "start"), None)
    restart = next(element.iterchildren(W + "lvlRestart"), None)
    legal = next(element.iterchildren(W + "isLgl"), None)
    form = next(element.iterchildren(W + "numFmt"), None)
    if form is None:  # Word wraps newer formats; the fallback names one that everybody knows
        form = next((n for f in element.iter(FALLBACK) for n in f.iter(W + "numFmt")), None)
    return Level(
        start=_start(start) if start is not None else 0,
        form=(form.get(VAL) if form is not None else None) or "decimal",
        text=guessed(clean((_value(element, "lvlText") or "")[:_LONGEST_TEXT])),
        style=_value(element, "pStyle") or "",
        restart=None if restart is None else val_integer(restart),
        legal=legal is not None and on(legal),
    )


def _start(element: etree._Element) -> int:
    return clamped(element.get(VAL), 0, _LARGEST, 0)


def _value(parent: etree._Element, name: str) -> str | None:
    child = next(parent.iterchildren(W + name), None)
    return None if child is None else child.get(VAL)
