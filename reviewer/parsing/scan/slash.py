"""Lone strokes: a “/” in a cell (nothing to declare) is read as “1”, or overlooked as at a line's end (万元/).

Its slant tells it: one stroke from lower left to upper right, alone, as high as the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from reviewer.parsing.rendering import Image
from reviewer.parsing.scan.decoding import Box
from reviewer.parsing.scan.engine import TextLine, Word

_LIKE_SLASH = frozenset("1lI|丨/J7ノ√")
_SLANT = 0.6  # correlation of a stroke that leans to the right, as thick as it may be
_SURE_SLANT = 0.75  # where nothing was read at all
_HIGH, _WIDE = (0.09, 0.22), (0.03, 0.17)  # inches
_FULL = 0.6  # of its frame that a thin stroke covers at most
_SURE = 0.9
_TALL = 0.4  # of its line's height: no stroke of a character beside it
_FEW = 3  # characters of a cell's last line (/人): longer lines begin with legs of 八 and 六
_ROOM = 0.66  # of its line's height: more than a character takes


def with_slashes(lines: Sequence[TextLine], ink: Image, dpi: float) -> list[TextLine]:
    """The lines, single strokes that lean read as a slash, and those that were overlooked.

    ink: (h, w) 1 where the page is dark.
    """
    judged = [_judged(line, ink) for line in lines]
    return [*judged, *_overlooked(judged, ink, dpi)]


def _judged(line: TextLine, ink: Image) -> TextLine:
    if len(line.words) != 1 or line.words[0].char not in _LIKE_SLASH:
        return line
    x0, top, x1, bottom = (int(value) for value in line.box)
    if not leans(ink[max(0, top) : bottom, max(0, x0) : x1]):
        return line
    word = line.words[0]
    return line._replace(words=(word._replace(char="/", confidence=max(word.confidence, _SURE)),))


def _overlooked(lines: Sequence[TextLine], ink: Image, dpi: float) -> Iterator[TextLine]:
    """Slashes where nothing was read, a little lower than their line's frame at most."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    size = stats[:, 2:4] / dpi
    likely = (size[:, 0] > _WIDE[0]) & (size[:, 0] < _WIDE[1])
    likely &= (size[:, 1] > _HIGH[0]) & (size[:, 1] < _HIGH[1])
    likely &= stats[:, 4] < _FULL * stats[:, 2] * stats[:, 3]
    words = np.array([word.box for line in lines for word in line.words] or [(0, 0, 0, 0)])
    short = [_head(line) for line in lines if len(line.words) <= _FEW]
    heads = np.array(short or [(0.0,) * 6])
    for label in np.flatnonzero(likely[1:count]) + 1:
        x, y, wide, high, _ = stats[label].tolist()
        follower = _before(heads, x + wide, y + high / 2, high)
        if follower is None and _within(words, x + wide / 2, y + high / 2).any():
            continue
        row, column = np.nonzero(labels[y : y + high, x : x + wide] == label)
        if float(np.corrcoef(column, row)[0, 1]) < -_SURE_SLANT:
            # Frames of characters are rough: the order is what counts.
            x1 = float(x + wide) if follower is None else min(x + wide, follower)
            box: Box = (x1 - wide, float(y), x1, float(y + high))
            yield TextLine((Word("/", box, _SURE),), box)


def _within(words: np.ndarray, x: float, y: float) -> np.ndarray:
    """(n,) whether the point lies in a character's frame, made wider by a fifth of its height."""
    more = (words[:, 3] - words[:, 1]) * 0.2
    return np.asarray(
        (words[:, 0] - more < x) & (x < words[:, 2] + more)
        & (words[:, 1] < y) & (y < words[:, 3])
    )  # fmt: skip


def _head(line: TextLine) -> tuple[float, float, float, float, float, float]:
    """Left, top, bottom of the frame, middle and left of the first character, and where a stroke
    before it must end to leave room for all that was read."""
    x0, top, x1, bottom = line.box
    first = line.words[0].box
    room = len(line.words) * _ROOM * (bottom - top)
    return x0, top, bottom, (first[0] + first[2]) / 2, first[0], x1 - room


def _before(heads: np.ndarray, right: float, y: float, high: float) -> float | None:
    """Left of the first character of the line at whose beginning a tall stroke stands, if any does.

    heads: (n, 6) of ``_head``; the frames of lone characters take in what stands before them.
    """
    x0, top, bottom, middle, left, most = heads.T
    inside = (x0 < right) & (right < middle) & (right < most)
    inside &= (top < y) & (y < bottom) & (high > _TALL * (bottom - top))
    return float(left[inside][0]) if inside.any() else None


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
