"""Ticks between brackets, which OCR reads as empty ones: 否（√）."""

from __future__ import annotations

from itertools import pairwise

from reviewer.parsing.rendering import Image
from reviewer.parsing.scan.engine import TextLine, Word

_OPEN, _CLOSE = "（([【", "）)]】"
_ROOM = 0.95  # pitches between the middles of two brackets with something between
_EDGE = 0.25  # pitches on either side that may belong to the brackets
_INK = 0.08
_READ = 0.75  # confidence given


def with_ticks(line: TextLine, ink: Image, em: float) -> TextLine:
    """The line with a tick between brackets that hold something, though nothing was read.

    ink: (h, w) 1 where the page is dark. em: pixels from one character to the next.
    """
    words: list[Word] = list(line.words[:1])
    for one, two in pairwise(line.words):
        if one.char in _OPEN and two.char in _CLOSE:
            left, right = ((word.box[0] + word.box[2]) / 2 for word in (one, two))
            if right - left > _ROOM * em and _holds_ink(line, ink, left, right, em):
                box = (left + _EDGE * em, one.box[1], right - _EDGE * em, one.box[3])
                words.append(Word("√", box, _READ))
        words.append(two)
    return line._replace(words=tuple(words))


def _holds_ink(line: TextLine, ink: Image, left: float, right: float, em: float) -> bool:
    """Away from the brackets and from the rules of the table."""
    high = line.box[3] - line.box[1]
    top, bottom = (max(0, int(line.box[1] + share * high)) for share in (0.25, 0.75))
    part = ink[top:bottom, max(0, int(left + _EDGE * em)) : max(0, int(right - _EDGE * em))]
    return bool(part.size) and float(part.mean()) > _INK
