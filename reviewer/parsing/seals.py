"""Red seals. On the pages of a text PDF they are looked for in small renderings, which cost little."""

from __future__ import annotations

from typing import Any

import numpy as np

from reviewer.limits import Limits
from reviewer.parsing.pdf.content import PageContent, Rect
from reviewer.parsing.rendering import Image, render

_DPI = 48.0
_FIRST = 5  # cover, notes and the promise are among the first pages
_RED = (105, 45)  # a red pixel: its red is so high, and so much above green and blue
_SEAL_CM = (2.2, 7.0)
_SEAL_INK = (0.04, 0.75)  # share of red pixels in the seal's square
_ROUND = 1.5
_SMALLEST = 50.0  # points: a picture or drawing that could be a seal


def likely(content: PageContent) -> bool:
    """Whether a page holds anything that could be a seal; words and ruling lines are none."""
    drawn = [*content.pictures, *content.red]
    if content.number <= _FIRST and drawn:
        return True  # a seal may be cut into strips
    return content.stamped or any(_fits(box) for box in drawn)


def _fits(box: Rect) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) > _SMALLEST


def shows_seal(page: Any, limits: Limits) -> bool:
    """Whether an open page of pypdfium2 shows a red seal."""
    image, dpi = render(page, limits, _DPI)
    return has_seal(red_mask(image), dpi)


def red_mask(image: Image) -> Image:
    """(h, w) 1 where a pixel is red ink."""
    red = image[:, :, 0].astype(np.int16)
    rest = np.maximum(image[:, :, 1], image[:, :, 2]).astype(np.int16)
    return ((red > _RED[0]) & (red - rest > _RED[1])).astype(np.uint8)


def has_seal(red: Image, dpi: float) -> bool:
    """Whether red ink makes a shape of a seal's size, about as high as wide."""
    if int(red.sum()) < (dpi * 0.25) ** 2:
        return False
    import cv2

    side = max(3, int(dpi * 0.06))
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least, most = (cm / 2.54 * dpi for cm in _SEAL_CM)
    for x, y, wide, high, _ in stats[1:count]:
        if not (least < wide < most and least < high < most):
            continue
        if max(wide, high) > _ROUND * min(wide, high):
            continue
        ink = float(red[y : y + high, x : x + wide].mean())
        if _SEAL_INK[0] < ink < _SEAL_INK[1]:
            return True
    return False
