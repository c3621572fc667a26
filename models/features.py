"""From an entry's parts to the terms that the linear model weighs. One code for training and use.

A text is folded (half-width, upper case, no white space), its signs become breaks, and every
stretch of up to ``LONGEST`` units between breaks that is in the vocabulary counts: single units,
pairs, and longer words that training found worth keeping. A unit is an ideograph, a whole Latin
word (AGV, 5G), or a number, whatever its value. No tokenizer is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Container
from operator import add

from reviewer.model.folding import fold

LONGEST = 6
STAGE_MARK = "§"
BREAK = " "
NUMBER = "0"
_MOST = 600
_LATIN = re.compile(r"[A-Z0-9]")
_SIGNS = re.compile(r"[\W_]+")
_UNIT = re.compile(r"[0-9]+(?![A-Z0-9])|[A-Z0-9]+|.")


def plain(text: str) -> str:
    """``text`` folded, signs turned into single breaks, cut at 600 characters."""
    folded = fold(text[: 4 * _MOST])[:_MOST]
    return _SIGNS.sub(BREAK, folded).strip(BREAK)


def body(stage: str, name: str, instance: str, stages: frozenset[str]) -> tuple[str, str]:
    """(text, stage mark) of an entry. A stage that is none of ``stages`` is part of the text."""
    known = fold(stage).removesuffix("环节")
    mark = STAGE_MARK + known if known in stages else ""
    pieces = (name, instance) if mark or not stage else (stage, name, instance)
    return BREAK.join(filter(None, map(plain, pieces))), mark


def units(run: str) -> list[str]:
    """The units of a stretch without breaks."""
    return [NUMBER if unit.isdigit() else unit for unit in _UNIT.findall(run)]


def opening(term: str) -> str:
    """The first two units of a term."""
    return "".join(units(term)[:2]) if _LATIN.search(term) else term[:2]


def stretches(
    text: str, longest: int = LONGEST, beginnings: Container[str] | None = None
) -> list[str]:
    """All stretches of 1 to ``longest`` units that hold no break: of each run the single units,
    the pairs, then the longer ones.

    beginnings: the pairs that a longer one must begin with, for speed; None for any.
    """
    found: list[str] = []
    for run in text.split(BREAK):
        row = units(run) if _LATIN.search(run) else run  # else every unit is one character
        pairs = list(map(add, row, row[1:])) if longest > 1 else []
        found += row
        found += pairs
        for start, pair in enumerate(pairs):
            if beginnings is None or pair in beginnings:
                last = min(len(row), start + longest)
                found += ["".join(row[start:end]) for end in range(start + 3, last + 1)]
    return found


def terms(text: str, mark: str, beginnings: Container[str] | None = None) -> list[str]:
    """What may be in the vocabulary: the stretches, and the stage's mark."""
    found = stretches(text, LONGEST, beginnings)
    return [*found, mark] if mark else found
