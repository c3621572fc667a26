"""PDFium's functions bound for bulk calls: ``map`` over columns of arguments.

pypdfium2 wraps every argument in a typed pointer, which costs more than the call itself where it is
made once a character. PDFium is not thread-safe, and neither is anything here: one process, one
document at a time.
"""

from __future__ import annotations

import ctypes as c
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewer.parsing.pdf.content import Floats

_PTR = c.c_void_p
_AT_ONCE = 1024
Pointer = c.c_void_p
Codes = NDArray[np.uint32]


class _Slots:
    """Room for results that functions write where they are told.

    The references are made once and used for every page: to make one costs more than the call.
    width: floats of one result.
    """

    def __init__(self, width: int) -> None:
        self._results = np.zeros((_AT_ONCE, width), np.float32)
        rows = (c.c_float * width * _AT_ONCE).from_buffer(self._results.data)
        self._references = [c.byref(row) for row in rows]

    def fill(self, function: Callable[..., Any], *arguments: Sequence[Any]) -> Floats:
        """(n, width): what ``function(*row of arguments, reference)`` wrote, 0 where nothing.

        arguments: columns of the same length n.
        """
        count = len(arguments[0])
        found = np.empty((count, self._results.shape[1]), np.float32)
        for start in range(0, count, _AT_ONCE):
            part = [column[start : start + _AT_ONCE] for column in arguments]
            results = self._results[: len(part[0])]
            results[:] = 0
            deque(map(function, *part, self._references), 0)
            found[start : start + len(results)] = results
        return found


class Native:
    """The functions that run once a character or once a drawn object.

    Where they take several arguments, ctypes spends longer on telling their types than PDFium on
    the work. Those here marked bare are therefore given ctypes instances and small integers as they
    are.
    """

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.generated = _bare(raw.FPDFText_IsGenerated)
        self.unmapped = _bare(raw.FPDFText_HasUnicodeMapError)
        self.page_object = _bare(raw.FPDFPage_GetObject, result=_PTR)
        self.form_object = _bind(raw.FPDFFormObj_GetObject, _PTR, c.c_ulong, result=_PTR)
        self.form_count = _bind(raw.FPDFFormObj_CountObjects, _PTR)
        self.type = _bind(raw.FPDFPageObj_GetType, _PTR)
        self.bounds = _bind(raw.FPDFPageObj_GetBounds, *[_PTR] * 5)
        self.matrix = _bind(raw.FPDFPageObj_GetMatrix, _PTR, _PTR)
        self.font = _bare(raw.FPDFTextObj_GetFont, result=_PTR)
        self.render_mode = _bare(raw.FPDFTextObj_GetTextRenderMode)
        self.font_name = _bind(
            raw.FPDFFont_GetBaseFontName, _PTR, _PTR, c.c_size_t, result=c.c_size_t
        )
        self.segments = _bind(raw.FPDFPath_CountSegments, _PTR)
        self.segment = _bind(raw.FPDFPath_GetPathSegment, _PTR, c.c_int, result=_PTR)
        self.point = _bind(raw.FPDFPathSegment_GetPoint, _PTR, _PTR, _PTR)
        self.segment_type = _bind(raw.FPDFPathSegment_GetType, _PTR)
        self.closes = _bind(raw.FPDFPathSegment_GetClose, _PTR)
        self.draw_mode = _bind(raw.FPDFPath_GetDrawMode, _PTR, _PTR, _PTR)
        self._text = _bind(raw.FPDFText_GetText, _PTR, c.c_int, c.c_int, _PTR)
        self._fill_colour = _bind(raw.FPDFPageObj_GetFillColor, *[_PTR] * 5)
        self._stroke_colour = _bind(raw.FPDFPageObj_GetStrokeColor, *[_PTR] * 5)
        self._unicode = _bare(raw.FPDFText_GetUnicode, result=c.c_uint)
        self._text_object = _bare(raw.FPDFText_GetTextObject, result=c.c_size_t)
        self._loose_box = _bare(raw.FPDFText_GetLooseCharBox)
        self._matrix = _bare(raw.FPDFPageObj_GetMatrix)
        self._font_size = _bare(raw.FPDFTextObj_GetFontSize)
        self._fours, self._sixes, self._ones = _Slots(4), _Slots(6), _Slots(1)

    def char_boxes(self, textpage: Pointer, count: int) -> Floats:
        """(count, 4): left, top, right, bottom in page space (FS_RECTF), 0 where unknown."""
        return self._fours.fill(self._loose_box, [textpage] * count, range(count))

    def text_objects(self, textpage: Pointer, count: int) -> NDArray[np.uint64]:
        """(count,): the address of the text object of each character, 0 for what PDFium added."""
        read = map(self._text_object, repeat(textpage), range(count))
        return np.fromiter(read, np.uint64, count)

    def colours(self, where: int) -> list[tuple[int, int, int]]:
        """Red, green and blue (0 to 255) that a path is filled and drawn with; what is known of them."""
        parts = (c.c_uint * 4)()
        first = c.addressof(parts)
        found = []
        for function in (self._fill_colour, self._stroke_colour):
            if function(where, first, first + 4, first + 8, first + 12):
                red, green, blue, _ = parts
                found.append((red, green, blue))
        return found

    def object_bounds(self, objects: list[int]) -> Floats:
        """(n, 4): left, bottom, right, top in the space that the objects are drawn in."""
        out = np.zeros((len(objects), 4), np.float32)
        first, size = out.ctypes.data, 16 * len(objects)
        fields = [range(first + 4 * k, first + 4 * k + size, 16) for k in range(4)]
        deque(map(self.bounds, objects, *fields), 0)
        return out

    def matrix_of(self, address: int) -> tuple[float, float, float, float, float, float]:
        """The matrix of an object: a, b, c, d, e, f."""
        values = (c.c_float * 6)()
        self.matrix(address, c.addressof(values))
        a, b, cc, d, e, f = values
        return a, b, cc, d, e, f

    def matrices(self, objects: list[Pointer]) -> Floats:
        """(n, 6): a, b, c, d, e, f of each object; zeros for a null pointer."""
        return self._sixes.fill(self._matrix, objects)

    def font_sizes(self, objects: list[Pointer]) -> Floats:
        """(n,): the font size of each text object, before its matrix; 0 for a null pointer."""
        return self._ones.fill(self._font_size, objects)[:, 0]

    def codes_of(self, textpage: Pointer, count: int) -> Codes:
        """(count,): the code point of each character, 0 where it is none.

        Of one that PDFium gives in two halves, the second is a line end, as which it is nothing.
        """
        units = np.zeros(count + 1, np.uint16)
        got = self._text(textpage, 0, count, units.ctypes.data)
        if got == count + 1:
            return _whole(units[:count].astype(np.uint32))
        # Some have no place in the text: only one call each tells which.
        read = map(self._unicode, repeat(textpage), range(count))
        return _whole(np.fromiter(read, np.uint32, count))


def _whole(codes: Codes) -> Codes:
    """The codes, halves of characters made one, and 0 for what is no character."""
    high, low = (codes >> 10) == 0xD800 >> 10, (codes >> 10) == 0xDC00 >> 10
    if high.any() or low.any():
        first = np.flatnonzero(high[:-1] & low[1:])
        joined = 0x10000 + ((codes[first] & 0x3FF) << 10) + (codes[first + 1] & 0x3FF)
        codes[high | low] = 0
        codes[first], codes[first + 1] = joined, ord("\n")
    codes[codes >= 0x110000] = 0
    return codes


def address(pointer: Any) -> int:
    """The address that a ctypes pointer holds, 0 for none."""
    return c.cast(pointer, c.c_void_p).value or 0


@cache
def native() -> Native:
    """The bound functions; PDFium is loaded at the first call."""
    return Native()


def _bind(function: Any, *arguments: Any, result: Any = c.c_int) -> Callable[..., Any]:
    """Takes addresses and integers of these types."""
    where = c.cast(function, c.c_void_p).value
    assert where is not None
    return c.PYFUNCTYPE(result, *arguments)(where)


def _bare(function: Any, result: Any = c.c_int) -> Callable[..., Any]:
    """Takes ctypes instances, and integers where PDFium wants an int; an address would be cut."""
    return _bind(function, result=result)
