"""From an entry's parts to the terms that the linear model weighs. One code for training and use.

A text is folded (half-width, upper case, no white space), its signs become breaks, and every
stretch of up to ``LONGEST`` units between breaks that is in the vocabulary counts: single units,
pairs, and longer words that training found worth keeping. A unit is an ideograph, a whole Latin
word (AGV, 5G), or a number, whatever its value. No tokenizer is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.model.folding import fold

LONGEST = 6
STAGE_MARK = "§"
BREAK = " "
NUMBER = "0"
_MOST = 600
_LATIN = re.compile(r"[A-Z0-9]")
_UNIT = re.compile(r"[0-9]+(?![A-Z0-9])|[A-Z0-9]+|.")


def plain(text: str) -> str:
    """``text`` folded, signs turned into single breaks, cut at 600 characters."""
    folded = fold(text[: 4 * _MOST])[:_MOST]
    return " ".join("".join(c if c.isalnum() else BREAK for c in folded).split())


def body(stage: str, name: str, instance: str, stages: frozenset[str]) -> tuple[str, str]:
    """(text, stage mark) of an entry. A stage that is none of ``stages`` is part of the text."""
    known = fold(stage).removesuffix("环节")
    mark = STAGE_MARK + known if known in stages else ""
    pieces = (name, instance) if mark or not stage else (stage, name, instance)
    return BREAK.join(filter(None, map(plain, pieces))), mark


def units(run: str) -> list[str]:
    """The units of a stretch without breaks."""
    return [NUMBER if unit.isdigit() else unit for unit in _UNIT.findall(run)]


def stretches(text: str, longest: int = LONGEST) -> Iterator[str]:
    """All stretches of 1 to ``longest`` units that hold no break."""
    for run in text.split(BREAK):
        if _LATIN.search(run) is None:  # every unit is one character: slices will do
            for start in range(size := len(run)):
                for end in range(start + 1, min(size, start + longest) + 1):
                    yield run[start:end]
            continue
        row = units(run)
        for start in range(size := len(row)):
            for end in range(start + 1, min(size, start + longest) + 1):
                yield "".join(row[start:end])


def terms(text: str, mark: str, longest: int = LONGEST) -> Iterator[str]:
    """What may be in the vocabulary: the stretches, and the stage's mark."""
    yield from stretches(text, longest)
    if mark:
        yield mark
