"""Form fields and typed remarks of a PDF, which are no part of its page content."""

from __future__ import annotations

import ctypes as c
from typing import Any

import numpy as np

from reviewer.parsing.pdf.content import Chars, Rect
from reviewer.parsing.pdf.marks import EMPTY, TICKED, with_marks
from reviewer.parsing.pdf.turning import Turning

_WIDGET, _FREE_TEXT = 20, 3
_FLAT = (1, 2, 3, 9, 10, 11, 12, 16)  # notes, links, words, marked words, pop-ups: never a seal
_MOST = 2_000
_LONGEST = 4_000
_HIDDEN = 2


def widgets(raw: Any, page: Any, turning: Turning, chars: Chars) -> tuple[Chars, bool]:
    """The characters with those of check boxes, text fields and free text annotations; and whether
    there are stamps, fields or drawn remarks, which may show a seal."""
    stamped = False
    found: list[tuple[str, Rect]] = []
    for number in range(min(max(0, raw.FPDFPage_GetAnnotCount(page)), _MOST)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        try:
            stamped |= raw.FPDFAnnot_GetSubtype(note) not in _FLAT
            if not raw.FPDFAnnot_GetFlags(note) & _HIDDEN:
                found += _of(raw, note, turning)
        finally:
            raw.FPDFPage_CloseAnnot(note)
    return with_marks(chars, [item for item in found if not _already(chars, item)]), stamped


def _of(raw: Any, note: Any, turning: Turning) -> list[tuple[str, Rect]]:
    kind = raw.FPDFAnnot_GetSubtype(note)
    if kind not in (_WIDGET, _FREE_TEXT):
        return []
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(note, rect):
        return []
    corners = np.array([[rect.left, rect.bottom, rect.right, rect.top]], np.float32)
    box = Rect(*turning.boxes(corners)[0].tolist())
    state = _string(raw, note, b"AS") if kind == _WIDGET else ""
    if state:
        return [(EMPTY if state == "Off" else TICKED, box)]
    text = _string(raw, note, b"V" if kind == _WIDGET else b"Contents")
    return _spread(text, box)


def _spread(text: str, box: Rect) -> list[tuple[str, Rect]]:
    """The lines of a field's value, laid out in its box."""
    lines = text.splitlines()
    high = (box.bottom - box.top) / max(1, len(lines))
    found = []
    for row, line in enumerate(lines):
        size = min(high * 0.8, 12.0, (box.x1 - box.x0) / max(1, len(line)))
        top = box.top + row * high + (high - size) / 2
        for column, char in enumerate(line):
            x = box.x0 + 1 + column * size
            found.append((char, Rect(x, top, x + size, top + size)))
    return found


def _string(raw: Any, note: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if size <= 2:
        return ""
    size = min(size, 2 * _LONGEST)
    buffer = c.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, key, c.cast(buffer, c.POINTER(c.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "ignore").split("\0")[0]


def _already(chars: Chars, item: tuple[str, Rect]) -> bool:
    """PDFium gives the text of some appearances with the page's own."""
    char, box = item
    if not chars.text:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    near = (np.abs((chars.boxes[:, 0] + chars.boxes[:, 2]) / 2 - x) < 3) & (
        np.abs((chars.boxes[:, 1] + chars.boxes[:, 3]) / 2 - y) < 4
    )
    return any(chars.text[k] == char for k in np.flatnonzero(near))
