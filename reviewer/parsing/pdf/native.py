"""PDFium's functions bound for bulk calls: ``map`` over addresses instead of objects.

pypdfium2 wraps every argument in a typed pointer, which costs more than the call itself where it is
made once a character. PDFium is not thread-safe, and neither is anything here: one process, one
document at a time.
"""

from __future__ import annotations

import ctypes as c
from collections.abc import Callable, Iterable
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewer.parsing.pdf.content import Floats

_PTR = c.c_void_p


class Native:
    """The functions that run once a character or once a drawn object; arguments are addresses."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.loose_box = _bind(raw.FPDFText_GetLooseCharBox, _PTR, c.c_int, _PTR)
        self.unicode = _bind(raw.FPDFText_GetUnicode, _PTR, c.c_int)
        self.text_object = _bind(raw.FPDFText_GetTextObject, _PTR, c.c_int, result=_PTR)
        self.generated = _bind(raw.FPDFText_IsGenerated, _PTR, c.c_int)
        self.unmapped = _bind(raw.FPDFText_HasUnicodeMapError, _PTR, c.c_int)
        self.page_object = _bind(raw.FPDFPage_GetObject, _PTR, c.c_int, result=_PTR)
        self.form_object = _bind(raw.FPDFFormObj_GetObject, _PTR, c.c_ulong, result=_PTR)
        self.form_count = _bind(raw.FPDFFormObj_CountObjects, _PTR)
        self.type = _bind(raw.FPDFPageObj_GetType, _PTR)
        self.bounds = _bind(raw.FPDFPageObj_GetBounds, *[_PTR] * 5)
        self.matrix = _bind(raw.FPDFPageObj_GetMatrix, _PTR, _PTR)
        self.font = _bind(raw.FPDFTextObj_GetFont, _PTR, result=_PTR)
        self.font_size = _bind(raw.FPDFTextObj_GetFontSize, _PTR, _PTR)
        self.render_mode = _bind(raw.FPDFTextObj_GetTextRenderMode, _PTR)
        self.font_name = _bind(
            raw.FPDFFont_GetBaseFontName, _PTR, _PTR, c.c_size_t, result=c.c_size_t
        )
        self.segments = _bind(raw.FPDFPath_CountSegments, _PTR)
        self.segment = _bind(raw.FPDFPath_GetPathSegment, _PTR, c.c_int, result=_PTR)
        self.point = _bind(raw.FPDFPathSegment_GetPoint, _PTR, _PTR, _PTR)
        self.segment_type = _bind(raw.FPDFPathSegment_GetType, _PTR)
        self.closes = _bind(raw.FPDFPathSegment_GetClose, _PTR)
        self.draw_mode = _bind(raw.FPDFPath_GetDrawMode, _PTR, _PTR, _PTR)

    def char_boxes(self, textpage: int, count: int) -> Floats:
        """(count, 4): left, top, right, bottom in page space (FS_RECTF), 0 where unknown."""
        out = np.zeros((count, 4), np.float32)
        first = out.ctypes.data
        rows = range(first, first + 16 * count, 16)
        _all(map(self.loose_box, repeat(textpage), range(count), rows))
        return out

    def object_bounds(self, objects: list[int]) -> Floats:
        """(n, 4): left, bottom, right, top in the space that the objects are drawn in."""
        out = np.zeros((len(objects), 4), np.float32)
        first, size = out.ctypes.data, 16 * len(objects)
        fields = [range(first + 4 * k, first + 4 * k + size, 16) for k in range(4)]
        _all(map(self.bounds, objects, *fields))
        return out

    def matrix_of(self, address: int) -> tuple[float, float, float, float, float, float]:
        """The matrix of an object: a, b, c, d, e, f."""
        values = (c.c_float * 6)()
        self.matrix(address, c.addressof(values))
        a, b, cc, d, e, f = values
        return a, b, cc, d, e, f

    def matrices(self, objects: list[int]) -> Floats:
        """(n, 6): a, b, c, d, e, f of each object; the identity for address 0."""
        out = np.tile(np.array([1, 0, 0, 1, 0, 0], np.float32), (len(objects), 1))
        first = out.ctypes.data
        for row, where in enumerate(objects):
            if where:
                self.matrix(where, first + 24 * row)
        return out

    def font_sizes(self, objects: list[int]) -> Floats:
        """(n,): the font size of each text object, before its matrix; 0 for address 0."""
        out = np.zeros(len(objects), np.float32)
        first = out.ctypes.data
        for row, where in enumerate(objects):
            if where:
                self.font_size(where, first + 4 * row)
        return out

    def codes_of(self, textpage: int, count: int) -> NDArray[np.uint32]:
        """(count,): the code point of each character, 0 where it is none."""
        read = map(self.unicode, repeat(textpage), range(count))
        codes = np.fromiter(read, np.int64, count).astype(np.uint32)
        codes[(codes >= 0x110000) | ((codes >= 0xD800) & (codes < 0xE000))] = 0
        return codes


def address(pointer: Any) -> int:
    """The address that a ctypes pointer holds, 0 for none."""
    return c.cast(pointer, c.c_void_p).value or 0


@cache
def native() -> Native:
    """The bound functions; PDFium is loaded at the first call."""
    return Native()


def _bind(function: Any, *arguments: Any, result: Any = c.c_int) -> Callable[..., Any]:
    where = c.cast(function, c.c_void_p).value
    assert where is not None
    return c.PYFUNCTYPE(result, *arguments)(where)


def _all(calls: Iterable[Any]) -> None:
    for _ in calls:
        pass
