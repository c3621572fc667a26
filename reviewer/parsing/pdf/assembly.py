"""From laid-out pages to the blocks of a Document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from reviewer.model.document import Block, Cell, Paragraph, Picture, Place, Table
from reviewer.parsing.pdf.content import Rect
from reviewer.parsing.pdf.footnotes import take_footnotes
from reviewer.parsing.pdf.furniture import take_furniture
from reviewer.parsing.pdf.layout import Item, Page, PageTable
from reviewer.parsing.pdf.lines import Line
from reviewer.parsing.pdf.paragraphs import box_on, join
from reviewer.parsing.pdf.stitch import stitch

_MARGIN = 0.12  # of the page's width, where nothing tells more
_SAME_EDGE = 2.5
_FEW = 3
_HANGING = "，。、；：？！”’）》】"


class Assembled:
    """blocks, headers and footers of a document."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._numbers = count()
        headers, footers = take_furniture(pages)
        for page in pages:
            take_footnotes(page)
        _set_margins(pages)
        items = stitch(pages)
        self.blocks = tuple(self._blocks(items))
        marks = dict.fromkeys(mark for page in pages for mark in page.skewed)
        self.headers = tuple(self._single(line) for line in headers) + tuple(
            Paragraph(mark, Place(self._next(), 1)) for mark in marks
        )
        self.footers = tuple(self._single(line) for line in footers)

    def _next(self) -> int:
        return next(self._numbers)

    def _single(self, line: Line) -> Paragraph:
        return join([line], self._next)[0]

    def _blocks(self, items: Sequence[Item]) -> list[Block]:
        found: list[Block] = []
        lines: list[Line] = []
        for item in items:
            if isinstance(item, Line):
                lines.append(item)
                continue
            found += join(lines, self._next)
            lines = []
            if isinstance(item, PageTable):
                found.append(self._table(item))
            else:
                found.append(Picture(self._place(item.page, item.box)))
        return [*found, *join(lines, self._next)]

    def _table(self, table: PageTable) -> Table:
        place = self._place(table.first_page, table.box)
        cells = []
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col)):
            blocks = tuple(self._blocks(cell.items))
            cells.append(Cell(cell.row, cell.col, cell.rowspan, cell.colspan, blocks))
        return Table(table.rows, len(table.xs) - 1, tuple(cells), place)

    def _place(self, page: int, box: Rect) -> Place:
        return Place(self._next(), page, boxes=(box_on(page, box),))


def _set_margins(pages: Sequence[Page]) -> None:
    """Where lines outside of tables begin and end at most, by the width of the page."""
    sizes = {round(page.width) for page in pages}
    sides = {size: _sides([p for p in pages if round(p.width) == size], size) for size in sizes}
    for page in pages:
        left, right = sides[round(page.width)]
        page.items = [
            item._replace(left=left, right=right) if isinstance(item, Line) else item
            for item in page.items
        ]


def _sides(pages: Sequence[Page], width: float) -> tuple[float, float]:
    lines = [item for page in pages for item in page.items if isinstance(item, Line)]
    tables = [item for page in pages for item in page.items if isinstance(item, PageTable)]
    left = _outermost(sorted(line.box.x0 for line in lines))
    right = _outermost(sorted((_end(line) for line in lines), reverse=True))
    if left is None:
        left = min((table.xs[0] for table in tables), default=_MARGIN * width)
    if right is None or right < 0.7 * width:
        right = max((table.xs[-1] for table in tables), default=(1 - _MARGIN) * width)
    return left, right


def _end(line: Line) -> float:
    """Where a line ends but for closing punctuation, which may hang over the margin."""
    return line.box.x1 - (line.size if line.text[-1] in _HANGING else 0.0)


def _outermost(values: Sequence[float]) -> float | None:
    """The outermost edge that several lines share."""
    for k in range(len(values) - _FEW + 1):
        if abs(values[k] - values[k + _FEW - 1]) < _SAME_EDGE:
            return values[k]
    return values[0] if values else None
