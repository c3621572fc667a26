"""From page space (origin bottom left, not yet rotated, not yet cropped) to the page as shown."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from reviewer.parsing.pdf.content import Floats

_LETTER = (595.0, 842.0)


class Turning(NamedTuple):
    """box: the visible rectangle (x0, y0, x1, y1) in page space. degrees: clockwise, 0 to 270."""

    box: tuple[float, float, float, float] = (0.0, 0.0, *_LETTER)
    degrees: int = 0

    @classmethod
    def of(cls, page: Any, raw: Any) -> Turning:
        """That of an open page."""
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, rect)
        left, right = sorted((rect.left, rect.right))
        low, high = sorted((rect.bottom, rect.top))
        return cls((left, low, right, high), raw.FPDFPage_GetRotation(page) % 4 * 90)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        x0, y0, x1, y1 = self.box
        return (y1 - y0, x1 - x0) if self.degrees in (90, 270) else (x1 - x0, y1 - y0)

    def boxes(self, page: Floats) -> Floats:
        """(n, 4) rectangles of two opposite corners → (n, 4) x0, top, x1, bottom as shown."""
        x0, y0, x1, y1 = self.box
        x, y = page.T[0::2], page.T[1::2]
        if self.degrees == 90:
            x, y = y - y0, x - x0
        elif self.degrees == 180:
            x, y = x1 - x, y - y0
        elif self.degrees == 270:
            x, y = y1 - y, x1 - x
        else:
            x, y = x - x0, y1 - y
        shown = np.empty((len(page), 4), np.float32)
        shown[:, 0], shown[:, 2] = np.minimum(x[0], x[1]), np.maximum(x[0], x[1])
        shown[:, 1], shown[:, 3] = np.minimum(y[0], y[1]), np.maximum(y[0], y[1])
        return shown
