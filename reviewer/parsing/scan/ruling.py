"""Ruling lines and check boxes in the picture of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reviewer.parsing.pdf.content import Rule
from reviewer.parsing.rendering import Image

_LONG_ACROSS, _LONG_DOWN = 0.30, 0.24  # inches; strokes of letters are shorter
_THICKEST = 0.06
_GAP, _FAR = 7, 4  # pixels that may lack; lengths that such a line has at least
_BOX_SIDE = (0.075, 0.24)
_INNER = 0.22  # share of the side that is the box's own stroke
_TICKED, _SOLID = 0.09, 0.7


class Square(NamedTuple):
    """A small hollow or filled square, pixels. ink: share of dark pixels inside."""

    x0: int
    top: int
    x1: int
    bottom: int
    ink: float

    @property
    def ticked(self) -> bool:
        """Whether something stands inside."""
        return self.ink > _TICKED


def dark(grey: Image) -> Image:
    """(h, w) 1 where there is ink, by the neighbourhood's brightness."""
    import cv2

    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    return np.asarray(
        cv2.adaptiveThreshold(soft, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 14),
        np.uint8,
    )


def rules(ink: Image, dpi: float) -> tuple[list[Rule], list[Rule]]:
    """Lines across and down, in points."""
    across = _lines(ink, int(_LONG_ACROSS * dpi), dpi, across=True)
    down = _lines(ink, int(_LONG_DOWN * dpi), dpi, across=False)
    return across, down


def _lines(ink: Image, length: int, dpi: float, *, across: bool) -> list[Rule]:
    import cv2

    # A line that is a little aslant steps from one row of pixels to the next.
    thick = cv2.dilate(ink, np.ones((3, 1) if across else (1, 3), np.uint8))
    kernel = np.ones((1, length) if across else (length, 1), np.uint8)
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
    # A thin line in a poor scan has gaps; strokes of letters never go on for that long.
    gap, far = _GAP, _FAR * length
    joined = cv2.morphologyEx(
        ink, cv2.MORPH_CLOSE, np.ones((1, gap) if across else (gap, 1), np.uint8)
    )
    whole = np.ones((1, far) if across else (far, 1), np.uint8)
    long = np.maximum(long, cv2.morphologyEx(joined, cv2.MORPH_OPEN, whole))
    count, _, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    scale = 72 / dpi
    found = []
    for x, y, wide, high, _ in stats[1:count].tolist():
        if (high if across else wide) > _THICKEST * dpi + 4:
            continue
        if across:
            found.append(Rule((y + high / 2) * scale, x * scale, (x + wide) * scale))
        else:
            found.append(Rule((x + wide / 2) * scale, y * scale, (y + high) * scale))
    return found


def squares(ink: Image, dpi: float) -> list[Square]:
    """Small squares standing alone: check boxes, and characters that look like one."""
    import cv2

    least, most = (int(side * dpi) for side in _BOX_SIDE)
    contours, _ = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Square] = []
    for contour in contours:
        x, y, wide, high = cv2.boundingRect(contour)
        if not (least <= wide <= most and least <= high <= most and 0.75 < wide / high < 1.33):
            continue
        if cv2.contourArea(contour) < 0.72 * (wide - 1) * (high - 1):
            continue  # no square but some stroke
        found.append(Square(x, y, x + wide, y + high, _inside(ink, x, y, wide, high)))
    return _single(found)


def _single(found: Sequence[Square]) -> list[Square]:
    """One square for each box: of two contours one in the other, the outer frame with the ink
    inside the inner, where no part of a thick frame is counted."""
    kept = []
    for outer in found:
        inner = [one for one in found if one is not outer and _holds(outer, one)]
        if any(_holds(one, outer) for one in found if one is not outer):
            continue
        kept.append(outer._replace(ink=inner[0].ink) if inner else outer)
    return kept


def _holds(outer: Square, inner: Square) -> bool:
    return (
        outer.x0 < inner.x0 and outer.top < inner.top
        and inner.x1 < outer.x1 and inner.bottom < outer.bottom
    )  # fmt: skip


def _inside(ink: Image, x: int, y: int, wide: int, high: int) -> float:
    margin_x, margin_y = max(2, int(_INNER * wide)), max(2, int(_INNER * high))
    inner = ink[y + margin_y : y + high - margin_y, x + margin_x : x + wide - margin_x]
    return float(inner.mean()) if inner.size else 0.0
