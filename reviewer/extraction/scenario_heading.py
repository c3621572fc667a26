"""Tells the heading of a described scenario from other lines, and takes its entry out of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from reviewer.extraction.flow import Line
from reviewer.extraction.numbers import leading
from reviewer.extraction.texts import Piece
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import Labelled, opened, split_label
from reviewer.policy.labels import fold

_SEPARATOR = re.compile(r"[-‐-―－—–_－一/／|｜:：·•]+")
_AFTER = re.compile(r"[\s:：、.．\-—–】〗]*")
_COUNTED = re.compile(
    r"\s*(?:\d{1,3}(?:\s*[.．\-]\s*\d{1,3}){0,2}|[一二三四五六七八九十]{1,3}|[NnＮ])\s*(?:[:：、.．\s\-—–】〗]|$)"
)
_LONGEST = 120


class ScenarioHeading(NamedTuple):
    """What a line says as a heading.

    entry: where the entry begins in the line (== len: on the next line). labelled: the words
    场景名称 stand before it. counted: 场景2 or only 场景 does. deep: it bears a number of three
    parts. named: the wording begins with a stage or is a scenario's name.
    """

    entry: int
    labelled: bool
    counted: bool
    deep: bool
    named: bool


def scenario_heading(line: Line, vocabulary: Vocabulary) -> ScenarioHeading | None:
    """Reads a line as a scenario's heading; None where it cannot be one."""
    text = line.text
    if len(text) > _LONGEST and not line.paragraph.level:
        return None
    numbers, start = line.leading
    start = opened(text, start)
    counted = _counted(text, start, vocabulary)
    label = _label(text, start if counted is None else counted, vocabulary)
    weak = label is not None and label.what == min(vocabulary.headings, key=len)
    entry = label.value if label is not None else start if counted is None else counted
    return ScenarioHeading(
        entry,
        labelled=label is not None and not weak,
        counted=counted is not None or weak,
        deep=any(len(number.values) == 3 for number in numbers),
        named=_is_named(text[entry:], vocabulary),
    )


def is_placeholder(text: str, vocabulary: Vocabulary) -> bool:
    """The template's own 环节名称-场景名称-场景实例名称."""
    words = vocabulary.words("placeholders")
    parts = [fold(part) for part in _SEPARATOR.split(text) if part.strip()]
    number = leading(parts[0]) if parts else None
    if number is not None:
        parts[0] = parts[0][number.end :]
    return len(parts) >= 2 and sum(part in words for part in parts) >= 2


def entry_piece(line: Line, heading: ScenarioHeading) -> Piece:
    """The entry in the heading's line, possibly empty."""
    return line.piece.cut(heading.entry).strip()


def _label(text: str, start: int, vocabulary: Vocabulary) -> Labelled[str] | None:
    """The heading word with a colon, brackets or white space behind it."""
    found = split_label(text, vocabulary.heading_words, start)
    return found if found is not None and _is_label(text, found.end) else None


def _counted(text: str, start: int, vocabulary: Vocabulary) -> int | None:
    """Behind the shortest heading word with a number: 场景2：, 场景二、"""
    for word in sorted(vocabulary.headings, key=len):
        if text.startswith(word, start):
            match = _COUNTED.match(text, start + len(word))
            if match:
                after = _AFTER.match(text, match.end())
                return after.end() if after else match.end()
    return None


def _is_label(text: str, end: int) -> bool:
    rest = text[end:].lstrip()
    return not rest or rest[0] in ":：（(" or text[end : end + 1].isspace()


def _is_named(text: str, vocabulary: Vocabulary) -> bool:
    """Begins with a stage and a separator, or is a scenario's name."""
    first, *others = _SEPARATOR.split(text, maxsplit=1)
    if others and fold(first) in vocabulary.stages:
        return True
    return fold(first) in vocabulary.scenarios or fold(text) in vocabulary.scenarios
