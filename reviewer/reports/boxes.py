"""From spans to rectangles on the pages: which lines of a paragraph a stretch of it covers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from reviewer.model.declaration import Span
from reviewer.model.document import Box

_HALF = 0.5


def boxes_of(spans: Sequence[Span], texts: Mapping[int, str]) -> list[Box]:
    """The boxes of all spans that have any. texts: of paragraphs, by block number."""
    return [box for span in spans for box in _of(span, texts.get(span.place.block, ""))]


def _of(span: Span, text: str) -> list[Box]:
    """The part of each line that holds characters [start, end).

    A paragraph tells its lines' boxes but not which characters stand in which: they are reckoned
    from widths (an East Asian character is twice as wide as a Latin one).
    """
    lines = span.place.boxes
    if not lines or not 0 <= span.start < span.end <= len(text):
        return list(lines)
    total = _width(text) or 1.0
    start, end = _width(text[: span.start]) / total, _width(text[: span.end]) / total
    lengths = [max(box.x1 - box.x0, 0.1) for box in lines]
    full = sum(lengths)
    found: list[Box] = []
    before = 0.0
    for box, length in zip(lines, lengths, strict=True):
        first, last = (start * full - before) / length, (end * full - before) / length
        before += length
        if first < 1 - 1e-6 and last > 1e-6:
            left = box.x0 + max(0.0, first) * length
            right = box.x0 + min(1.0, last) * length
            found.append(Box(box.page, left, box.top, right, box.bottom))
    return found


def _width(text: str) -> float:
    return sum(
        1.0 if unicodedata.east_asian_width(char) in "WFA" else _HALF
        for char in text
        if char != "\n"
    )
