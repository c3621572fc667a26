"""Check boxes that are drawn instead of typed: they join the characters as ☑ or □."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewer.parsing.pdf.content import Chars, Rect, kept
from reviewer.parsing.pdf.drawing import Drawing

TICKED, EMPTY = "☑", "□"
_TICKS = "√✓✔×✗✘xXvV●■☑☒▪•"
_CLOSE = 2.5
_NESTED = 0.8


def marks(chars: Chars, drawing: Drawing) -> Chars:
    """The characters with one more for each drawn box; a tick typed into a box goes with it."""
    squares = _alone(drawing.squares)
    solid = [box for box in _alone(drawing.solid) if not any(_inside(box, big) for big in squares)]
    if not squares and not solid:
        return chars
    found: list[tuple[str, Rect]] = []
    dropped: set[int] = set()
    for square in squares:
        inner = any(_touches(box, square) for box in drawing.strokes)
        inner |= any(_touches(box, square) and _far(box, square) > _NESTED for box in drawing.solid)
        typed = _typed(chars, square)
        ticks = [index for index in typed if chars.text[index] in _TICKS]
        if len(ticks) < len(typed):
            continue  # a frame around a word
        dropped.update(ticks)
        found.append((TICKED if inner or ticks else EMPTY, square))
    found += [(TICKED, box) for box in solid if not _typed(chars, box)] if squares else []
    return with_marks(_without(chars, dropped), found)


def with_marks(chars: Chars, found: Sequence[tuple[str, Rect]]) -> Chars:
    """The characters with further ones in these boxes."""
    if not found:
        return chars
    boxes = np.array([box for _, box in found], np.float32)
    none = np.zeros(len(found), np.bool_)
    return Chars(
        chars.text + "".join(char for char, _ in found),
        np.concatenate((chars.boxes, boxes)),
        np.concatenate((chars.sizes, boxes[:, 3] - boxes[:, 1])),
        np.concatenate((chars.bold, none)),
        np.concatenate((chars.doubt, none)),
        np.concatenate((chars.turned, none)),
    )


def _without(chars: Chars, dropped: set[int]) -> Chars:
    if not dropped:
        return chars
    return kept(chars, np.array([index not in dropped for index in range(len(chars.text))]))


def _typed(chars: Chars, square: Rect) -> list[int]:
    """Characters whose middle lies in the square."""
    if not chars.text:
        return []
    x = (chars.boxes[:, 0] + chars.boxes[:, 2]) / 2
    y = (chars.boxes[:, 1] + chars.boxes[:, 3]) / 2
    inside = (x > square.x0) & (x < square.x1) & (y > square.top) & (y < square.bottom)
    return [int(k) for k in np.flatnonzero(inside) if not chars.text[k].isspace()]


def _alone(squares: Sequence[Rect]) -> list[Rect]:
    """Each square once: borders are often drawn twice."""
    found: list[Rect] = []
    for square in squares:
        if not any(_far(square, other) < _CLOSE for other in found):
            found.append(square)
    return found


def _far(one: Rect, other: Rect) -> float:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _inside(inner: Rect, outer: Rect) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 < x < outer.x1 and outer.top < y < outer.bottom


def _touches(mark: Rect, square: Rect) -> bool:
    """A tick may stick out of its box; its middle or a good part of it lies inside."""
    across = min(mark.x1, square.x1) - max(mark.x0, square.x0)
    along = min(mark.bottom, square.bottom) - max(mark.top, square.top)
    side = square.x1 - square.x0
    return across > 0.3 * side and along > 0.3 * side
