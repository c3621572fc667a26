"""A lone “/” in a cell (nothing to declare) is read as “1” by OCR; its slant tells it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewer.parsing.scan.engine import Image, TextLine

_LIKE_SLASH = frozenset("1lI|丨/J7ノ√")
_SLANT = 0.6  # correlation of a stroke that leans to the right, as thick as it may be


def with_slashes(lines: Sequence[TextLine], ink: Image) -> list[TextLine]:
    """The lines, single strokes that lean read as a slash. ink: (h, w) 1 where the page is dark."""
    return [_judged(line, ink) for line in lines]


def _judged(line: TextLine, ink: Image) -> TextLine:
    if len(line.words) != 1 or line.words[0].char not in _LIKE_SLASH:
        return line
    x0, top, x1, bottom = (int(value) for value in line.box)
    if not leans(ink[max(0, top) : bottom, max(0, x0) : x1]):
        return line
    word = line.words[0]
    return line._replace(words=(word._replace(char="/", confidence=max(word.confidence, 0.9)),))


def leans(ink: Image) -> bool:
    """Whether the dark pixels make one stroke from lower left to upper right."""
    y, x = np.nonzero(_stroke(ink))
    if len(x) < 8 or x.std() < 1 or y.std() < 1 or x.std() < 0.2 * y.std():
        return False
    return float(np.corrcoef(x, y)[0, 1]) < -_SLANT


def _stroke(ink: Image) -> Image:
    """The largest stroke that does not come in from outside, as the borders of the cell do."""
    import cv2

    high, wide = ink.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    best, most = 0, 0
    for label in range(1, count):
        x, y, w, h, area = stats[label].tolist()
        inside = x > 0 and y > 0 and x + w < wide and y + h < high
        if inside and area > most:
            best, most = label, area
    return np.asarray(labels == best, np.uint8) if best else np.zeros_like(ink)
