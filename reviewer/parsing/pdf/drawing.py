"""What is drawn on a page: ruling lines, small squares with or without something in them, pictures.

Most producers draw a border as one thin path, so that its bounds alone tell the line; only paths
with some extent both ways are looked at segment by segment.
"""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterator
from itertools import repeat

import numpy as np

from reviewer.parsing.pdf.content import Floats, Rect, Rule
from reviewer.parsing.pdf.native import Native, Pointer
from reviewer.parsing.pdf.turning import Turning

_PATH, _IMAGE, _SHADING, _FORM = 2, 3, 4, 5
_THIN = 3.0
_SHORTEST = 4.0
_SQUARE = (4.5, 18.0)
_SHORTEST_STROKE = 2.5
_MOST_OBJECTS = 60_000
_MOST_SEGMENTS = 60_000
_DEEPEST = 6
_LINE_TO, _BEZIER_TO, _MOVE_TO = 0, 1, 2
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_RED = 40  # so much above green and blue
_PATTERN = (191, 191, 191)  # what PDFium says where it is no plain colour
Matrix = tuple[float, float, float, float, float, float]


class Drawing:
    """squares: small square outlines. solid: small filled squares. strokes: other small drawings.

    red: where a colour that may be a seal's was drawn with, by lines that are no ruling lines.
    """

    def __init__(self) -> None:
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.pictures: list[Rect] = []
        self.squares: list[Rect] = []
        self.solid: list[Rect] = []
        self.strokes: list[Rect] = []
        self.red: list[Rect] = []


def draw(lib: Native, page: int, turning: Turning, texts: frozenset[int] = frozenset()) -> Drawing:
    """All drawings of a page; those inside form objects included. texts: known to be none."""
    return _Drawer(lib, turning, texts).run(page)


class _Drawer:
    def __init__(self, lib: Native, turning: Turning, texts: frozenset[int]) -> None:
        self._lib, self._turning, self._texts = lib, turning, texts
        self._drawing = Drawing()
        self._objects = _MOST_OBJECTS
        self._segments = _MOST_SEGMENTS
        self._x, self._y = c.c_float(), c.c_float()

    def run(self, page: int) -> Drawing:
        count = min(
            self._lib.raw.FPDFPage_CountObjects(page_pointer(self._lib, page)), self._objects
        )
        objects = map(self._lib.page_object, repeat(Pointer(page)), range(count))
        self._layer(list(objects), _IDENTITY, 0)
        return self._drawing

    def _layer(self, objects: list[int], matrix: Matrix, depth: int) -> None:
        self._objects -= len(objects)
        objects = [where for where in objects if where and where not in self._texts]
        kinds = list(map(self._lib.type, objects))
        drawn = [
            (where, kind)
            for where, kind in zip(objects, kinds, strict=True)
            if kind in (_PATH, _IMAGE, _SHADING)
        ]
        if drawn:
            bounds = self._bounds([where for where, _ in drawn], matrix)
            self._sort(drawn, bounds, matrix)
        if depth < _DEEPEST:
            for where, kind in zip(objects, kinds, strict=True):
                if kind == _FORM and self._objects > 0:
                    self._form(where, matrix, depth)

    def _form(self, where: int, matrix: Matrix, depth: int) -> None:
        count = min(max(0, self._lib.form_count(where)), self._objects)
        inner = _times(self._lib.matrix_of(where), matrix)
        self._layer(list(map(self._lib.form_object, repeat(where), range(count))), inner, depth + 1)

    def _bounds(self, objects: list[int], matrix: Matrix) -> Floats:
        bounds = self._lib.object_bounds(objects)
        if matrix != _IDENTITY:
            bounds = _moved(bounds, matrix)
        return self._turning.boxes(bounds)

    def _sort(self, drawn: list[tuple[int, int]], bounds: Floats, matrix: Matrix) -> None:
        out = self._drawing
        for (where, kind), (x0, top, x1, bottom) in zip(drawn, bounds.tolist(), strict=True):
            wide, high = x1 - x0, bottom - top
            rect = Rect(x0, top, x1, bottom)
            if kind == _IMAGE:
                out.pictures.append(rect)
            elif kind == _SHADING:
                out.red.append(rect)
            elif high <= _THIN and wide > _SHORTEST:
                out.across.append(Rule((top + bottom) / 2, x0, x1))
            elif wide <= _THIN and high > _SHORTEST:
                out.down.append(Rule((x0 + x1) / 2, top, bottom))
            else:
                if self._is_red(where):
                    out.red.append(rect)
                if wide < _SQUARE[1] and high < _SQUARE[1]:
                    self._small(where, rect, matrix)
                elif wide > _THIN and high > _THIN:
                    self._large(where, matrix)

    def _is_red(self, where: int) -> bool:
        colours = self._lib.colours(where)
        return _PATTERN in colours or any(r - max(g, b) > _RED for r, g, b in colours)

    def _small(self, where: int, rect: Rect, matrix: Matrix) -> None:
        wide, high = rect.x1 - rect.x0, rect.bottom - rect.top
        square = min(wide, high) >= _SQUARE[0] and 0.8 < wide / max(high, 0.1) < 1.25
        if square and self._is_rectangle(where, matrix):
            filled, stroked = self._mode(where)
            (self._drawing.solid if filled and not stroked else self._drawing.squares).append(rect)
        elif max(wide, high) > _SHORTEST_STROKE:
            self._drawing.strokes.append(rect)

    def _is_rectangle(self, where: int, matrix: Matrix) -> bool:
        """Four straight sides along the page's edges; a cross in a box has as many, slanting."""
        count = self._lib.segments(where)
        if not 4 <= count <= 12:
            return False
        kinds = [self._lib.segment_type(self._lib.segment(where, k)) for k in range(count)]
        if _BEZIER_TO in kinds:
            return False
        lines = self._lines(where, _times(self._lib.matrix_of(where), matrix))
        return all(x1 - x0 < 1 or bottom - top < 1 for x0, top, x1, bottom in lines)

    def _mode(self, where: int) -> tuple[bool, bool]:
        fill, stroke = c.c_int(), c.c_int()
        self._lib.draw_mode(where, c.addressof(fill), c.addressof(stroke))
        return bool(fill.value), bool(stroke.value)

    def _large(self, where: int, matrix: Matrix) -> None:
        filled, stroked = self._mode(where)
        if not stroked and not filled:
            return
        lines = list(self._lines(where, _times(self._lib.matrix_of(where), matrix)))
        if not stroked and not _is_frame(lines):
            return  # a coloured ground is no border
        for x0, top, x1, bottom in lines:
            if bottom - top < 1 and x1 - x0 > _SHORTEST:
                self._drawing.across.append(Rule((top + bottom) / 2, x0, x1))
            elif x1 - x0 < 1 and bottom - top > _SHORTEST:
                self._drawing.down.append(Rule((x0 + x1) / 2, top, bottom))

    def _lines(self, where: int, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
        """The straight segments of a path as boxes on the page as shown."""
        count = min(self._lib.segments(where), self._segments)
        self._segments -= max(0, count)
        found: list[tuple[float, float, float, float]] = []
        start = last = (0.0, 0.0)
        for number in range(max(0, count)):
            segment = self._lib.segment(where, number)
            self._lib.point(segment, c.addressof(self._x), c.addressof(self._y))
            here = _point(self._x.value, self._y.value, matrix)
            kind = self._lib.segment_type(segment)
            if kind == _MOVE_TO:
                start = here
            elif kind == _LINE_TO:
                found.append((*last, *here))
            last = here
            if self._lib.closes(segment):
                found.append((*last, *start))
                last = start
        if found:
            boxes = self._turning.boxes(np.array(found, np.float32))
            yield from (tuple(row) for row in boxes.tolist())


def page_pointer(lib: Native, page: int) -> object:
    """The typed pointer of a page's address."""
    return c.cast(page, lib.raw.FPDF_PAGE)


def _is_frame(lines: list[tuple[float, float, float, float]]) -> bool:
    """A filled path that is the outline of a border: more than one rectangle."""
    return len(lines) >= 8


def _point(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n."""
    if n == _IDENTITY:
        return m
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _moved(bounds: Floats, m: Matrix) -> Floats:
    """Left, bottom, right, top through a matrix; the bounds of the four corners."""
    xs, ys = bounds[:, [0, 2, 0, 2]], bounds[:, [1, 1, 3, 3]]
    x, y = m[0] * xs + m[2] * ys + m[4], m[1] * xs + m[3] * ys + m[5]
    return np.stack((x.min(1), y.min(1), x.max(1), y.max(1)), axis=1).astype(np.float32)
