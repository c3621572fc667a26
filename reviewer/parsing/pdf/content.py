"""What stands on one page, before anything is understood: the common ground of text PDFs and scans.

All coordinates are points (1/72 in) on the page as it is shown, origin top left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


class Rule(NamedTuple):
    """A ruling line: at y from x to x (across), or at x from y to y (down)."""

    at: float
    start: float
    end: float


class Rect(NamedTuple):
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float


class Chars(NamedTuple):
    """The characters of a page in the order of its content stream, without line ends.

    text: one character each. boxes: (n, 4) x0, top, x1, bottom, as wide as the character's advance.
    sizes: (n,) points. bold: (n,). doubt: (n,) read by OCR with low confidence.
    turned: (n,) set at a right angle to the reading direction.
    """

    text: str
    boxes: Floats
    sizes: Floats
    bold: Flags
    doubt: Flags
    turned: Flags


def kept(chars: Chars, keep: Flags) -> Chars:
    """The characters where ``keep`` (n,) is true."""
    text = "".join(char for char, stays in zip(chars.text, keep.tolist(), strict=True) if stays)
    return Chars(
        text,
        chars.boxes[keep],
        chars.sizes[keep],
        chars.bold[keep],
        chars.doubt[keep],
        chars.turned[keep],
    )


def no_chars() -> Chars:
    """An empty page's characters."""
    none = np.zeros(0, np.bool_)
    return Chars("", np.zeros((0, 4), np.float32), np.zeros(0, np.float32), none, none, none)


class PageContent(NamedTuple):
    """number: from 1. skewed: text set at an angle (watermarks). ocr: was read by OCR.

    drawn: number of small drawings that are neither lines nor squares. unmapped: most
        characters are guesses, since the fonts do not tell. stamped: has stamps, fields or drawn
        remarks. red: where something red was drawn, words and ruling lines apart.
    """

    number: int
    width: float
    height: float
    chars: Chars
    across: list[Rule]
    down: list[Rule]
    pictures: list[Rect]
    skewed: tuple[str, ...] = ()
    ocr: bool = False
    drawn: int = 0
    unmapped: bool = False
    stamped: bool = False
    red: Sequence[Rect] = ()
