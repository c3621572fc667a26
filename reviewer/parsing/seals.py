"""Red seals on the pages of a text PDF: looked for in small renderings, so that it costs little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from reviewer.limits import Limits
from reviewer.parsing.pdf.content import PageContent, Rect

_DPI = 48.0
_FIRST = 5  # cover, notes and the promise are among the first pages
_MOST = 40
_LEAST_RED = 30  # pixels
_SMALLEST = 50.0  # points: a picture that could be a seal


def sealed(document: Any, contents: Sequence[PageContent], limits: Limits) -> tuple[int, ...]:
    """Numbers of the pages (from 1) that show a red seal; only likely ones are looked at."""
    return tuple(number for number in _likely(contents) if _has_seal(document, number, limits))


def _likely(contents: Sequence[PageContent]) -> Iterable[int]:
    """The first pages, and those with pictures or annotations of a seal's size."""
    found = [
        content.number
        for content in contents
        if content.number <= _FIRST
        or any(_fits(picture) for picture in content.pictures)
        or content.stamped
    ]
    return found[:_MOST]


def _fits(picture: Rect) -> bool:
    return min(picture.x1 - picture.x0, picture.bottom - picture.top) > _SMALLEST


def _has_seal(document: Any, number: int, limits: Limits) -> bool:
    from reviewer.parsing.scan.pages import render

    page = document[number - 1]
    try:
        image, dpi = render(page, limits, _DPI)
    finally:
        page.close()
    red = image[:, :, 0].astype(np.int16) - np.maximum(image[:, :, 1], image[:, :, 2])
    if int((red > 40).sum()) < _LEAST_RED:
        return False
    from reviewer.parsing.scan.picture import has_seal, red_mask  # loads OpenCV

    return has_seal(red_mask(image), dpi)
