"""A page of a PDF as a picture."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewer.limits import Limits

Image = NDArray[np.uint8]
DPI = 150.0
"""What is read by OCR is rendered so fine."""


def render(page: Any, limits: Limits, dpi: float = DPI) -> tuple[Image, float]:
    """(h, w, 3) RGB of a page and its resolution, lowered for pages that would be too large."""
    width, height = page.get_size()
    scale = min(dpi / 72, math.sqrt(limits.pixels / max(1.0, width * height)))
    scale = min(scale, 10_000 / max(1.0, width, height))
    picture = page.render(scale=scale, rev_byteorder=True).to_numpy()
    if picture.ndim == 2:
        picture = np.repeat(picture[:, :, None], 3, axis=2)
    return np.ascontiguousarray(picture[:, :, :3]), scale * 72
