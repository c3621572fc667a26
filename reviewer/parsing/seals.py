"""Red seals on the pages of a text PDF: looked for in small renderings, so that it costs little."""

from __future__ import annotations

from typing import Any

import numpy as np

from reviewer.limits import Limits
from reviewer.parsing.pdf.content import PageContent, Rect

_DPI = 48.0
_FIRST = 5  # cover, notes and the promise are among the first pages
_LEAST_RED = 30  # pixels
_SMALLEST = 50.0  # points: a picture or drawing that could be a seal


def likely(content: PageContent) -> bool:
    """Whether a page holds anything that could be a seal; words and ruling lines are none."""
    drawn = [*content.pictures, *content.red]
    if content.number <= _FIRST and drawn:
        return True  # a seal may be cut into strips
    return content.stamped or any(_fits(box) for box in drawn)


def _fits(box: Rect) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) > _SMALLEST


def has_seal(page: Any, limits: Limits) -> bool:
    """Whether an open page of pypdfium2 shows a red seal."""
    from reviewer.parsing.scan.pages import render

    image, dpi = render(page, limits, _DPI)
    red = image[:, :, 0].astype(np.int16) - np.maximum(image[:, :, 1], image[:, :, 2])
    if int((red > 40).sum()) < _LEAST_RED:
        return False
    from reviewer.parsing.scan import picture  # loads OpenCV

    return picture.has_seal(picture.red_mask(image), dpi)
