"""A table of contents typed by hand: lines with leaders and page numbers, or titles under 目录."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.extraction.flow import Item, Line
from reviewer.extraction.headings import starts_like_heading
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.policy.labels import fold

_LEADER = re.compile(r"(?:[.．。…·‥_\-—]{3,}|\t|\s{3,}|…{1,})\s*[（(]?\d{1,3}[)）]?\s*$")
_LAST = frozenset("0123456789０１２３４５６７８９)）")
_NUMBER = re.compile(r"[（(]?\d{1,3}[)）]?")
_PAGED = re.compile(r"\D\s*\d{1,3}$")
_FEWEST = 3
_LONGEST_TITLE = 60


def contents(items: Sequence[Item], vocabulary: Vocabulary) -> frozenset[int]:
    """Positions in ``items`` that belong to a typed table of contents."""
    found: set[int] = set()
    position = 0
    while position < len(items):
        run = _run(items, position, vocabulary)
        found |= run
        position = max(run) + 1 if run else position + 1
    return frozenset(found)


def _run(items: Sequence[Item], start: int, vocabulary: Vocabulary) -> set[int]:
    """Positions of the contents that begin at ``start``; empty where none do."""
    titled = _is_title(items[start], vocabulary)
    position = start + titled
    seen: set[str] = set()
    while position < len(items) and _belongs(items[position], vocabulary, seen, titled):
        position += 1
    length = position - start - titled
    return set(range(start, position)) if length >= (1 if titled else _FEWEST) else set()


def _is_title(item: Item, vocabulary: Vocabulary) -> bool:
    return (
        isinstance(item, Line)
        and len(item.text) <= _LONGEST_TITLE
        and fold(item.text) in vocabulary.words("contents")
    )


def _belongs(item: Item, vocabulary: Vocabulary, seen: set[str], titled: bool) -> bool:
    """A line with leader and page; under the title also a heading met for the first time."""
    if not isinstance(item, Line):
        return False
    if item.text[-1:] in _LAST and _LEADER.search(item.text):
        seen.add(fold(_LEADER.sub("", item.text)))
        return True
    if not titled:
        return False
    if _NUMBER.fullmatch(item.text):
        return True
    text = re.sub(r"\s*\d{1,3}$", "", item.text) if _PAGED.search(item.text) else item.text
    key = fold(text)
    if key in seen or not starts_like_heading(item, text, vocabulary):
        return False
    seen.add(key)
    return True
