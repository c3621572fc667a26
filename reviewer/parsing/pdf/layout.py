"""The layout of one page: lines, tables with their cells, pictures, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reviewer.parsing.pdf.beside import pair
from reviewer.parsing.pdf.carve import carved
from reviewer.parsing.pdf.content import Chars, PageContent, Rect, Rule
from reviewer.parsing.pdf.grid import Grid, GridCell, grids
from reviewer.parsing.pdf.lines import Line, Run, lines, runs
from reviewer.parsing.pdf.struck import without_struck

_PAD = (0.5, 8.0)
_SMALLEST_PICTURE = 24.0
_PAGE_SHARE = 0.75  # a single cell of this share of the page's height may be the page's frame
_FRAME_PAD = 15.0


@dataclass(slots=True)
class PagePicture:
    """A picture on a page."""

    page: int
    box: Rect


@dataclass(slots=True)
class PageCell:
    """A cell; items in reading order."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Rect
    items: list[Item] = field(default_factory=list)

    @property
    def below(self) -> int:
        """The first row below."""
        return self.row + self.rowspan

    @property
    def right(self) -> int:
        """The first column right of it."""
        return self.col + self.colspan

    @property
    def text(self) -> str:
        """Its text without white space."""
        return "".join("".join(line.text.split()) for line in lines_in(self.items))


@dataclass(slots=True)
class PageTable:
    """A table, of one page or stitched. page: the last one that it stands on.

    xs: column edges. rows: their number. box: on its last page; heights: of its first and last row.
    open_bottom, open_top: no line was drawn there.
    """

    page: int
    first_page: int
    box: Rect
    xs: list[float]
    rows: int
    cells: list[PageCell]
    open_top: bool = False
    open_bottom: bool = False


Middles = tuple[
    NDArray[np.floating], NDArray[np.floating]
]  # (n,) x and y of the characters' middles
Item = Line | PageTable | PagePicture


@dataclass(slots=True)
class Page:
    """A page laid out. loose: lines across that belong to no table."""

    number: int
    width: float
    height: float
    items: list[Item]
    loose: list[Rule]
    skewed: tuple[str, ...] = ()
    ocr: bool = False


def lines_in(items: Sequence[Item]) -> Iterator[Line]:
    """All lines of the items, those of nested tables included."""
    for item in items:
        if isinstance(item, Line):
            yield item
        elif isinstance(item, PageTable):
            for cell in item.cells:
                yield from lines_in(cell.items)


def box_of(item: Item) -> Rect:
    """Where an item stands."""
    return item.box


def lay_out(
    content: PageContent, second: Callable[[PageContent], list[Grid] | None] | None = None
) -> Page:
    """Lay out a page. second: asked for its tables where the ruling lines make no whole cells."""
    found, loose = grids(content.across, content.down)
    if second is not None and not all(grid.whole for grid in found):
        given = second(content)
        found = found if given is None else given
    middles = _middles(content.chars)
    found = [grid for grid in found if not _is_frame(grid, content, middles)]
    found = [part for grid in found for part in (carved(grid) if grid.whole else [grid])]
    found.sort(key=lambda grid: (grid.box.top - grid.box.bottom) * (grid.box.x1 - grid.box.x0))
    chars = content.chars
    if not content.ocr:  # in a picture, strokes of characters join to lines as long as a word
        chars = without_struck(chars, loose)
    region, bases = _regions(middles if chars is content.chars else _middles(chars), found)
    own = runs(chars, region)
    tables = [
        _table(grid, base, own, content.number) for grid, base in zip(found, bases, strict=True)
    ]
    items: list[Item] = list(pair(lines(own.get(-1, []), content.number)))
    items += _nest(tables, found)
    items += [
        PagePicture(content.number, box)
        for box in content.pictures
        if min(box.x1 - box.x0, box.bottom - box.top) >= _SMALLEST_PICTURE
    ]
    items.sort(key=_height)
    return Page(
        content.number, content.width, content.height, items, loose, content.skewed, content.ocr
    )


def _height(item: Item) -> float:
    return item.middle if isinstance(item, Line) else item.box.top


def _middles(chars: Chars) -> Middles:
    boxes = chars.boxes
    return (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2


def _is_frame(grid: Grid, content: PageContent, middles: Middles) -> bool:
    """A frame around the page, and what only looks like a table because nothing stands in it."""
    box = grid.box
    x, y = middles
    inside = (x > box.x0) & (x < box.x1) & (y > box.top) & (y < box.bottom)
    if not inside.any():
        return True
    if len(grid.cells) > 1 or box.bottom - box.top < _PAGE_SHARE * content.height:
        return False
    return float(content.chars.boxes[inside, 0].min()) - box.x0 > _FRAME_PAD


def _regions(middles: Middles, found: list[Grid]) -> tuple[NDArray[np.int32], list[int]]:
    """(n,) the cell of each character, -1 for the page itself; and each grid's first number."""
    x, y = middles
    region = np.full(len(x), -1, np.int32)
    base, bases = 0, []
    for grid in found:  # larger ones first: a nested table takes its characters from the cell
        box = grid.box
        inside = np.flatnonzero((x > box.x0) & (x < box.x1) & (y > box.top) & (y < box.bottom))
        column = np.searchsorted(grid.xs, x[inside]) - 1
        row = np.searchsorted(grid.ys, y[inside]) - 1
        owner = grid.owner[row.clip(0, len(grid.ys) - 2), column.clip(0, len(grid.xs) - 2)]
        region[inside[owner >= 0]] = owner[owner >= 0] + base
        bases.append(base)
        base += len(grid.cells)
    return region, bases


def _table(grid: Grid, base: int, own: dict[int, list[Run]], page: int) -> PageTable:
    cells = []
    for number, square in enumerate(grid.cells):
        cell = _cell(grid, square)
        cell.items = list(pair(lines(own.get(base + number, []), page)))
        cells.append(cell)
    _set_sides(cells)
    return PageTable(
        page, page, grid.box, grid.xs, len(grid.ys) - 1, cells, grid.open_top, grid.open_bottom
    )


def _cell(grid: Grid, square: GridCell) -> PageCell:
    return PageCell(
        square.top,
        square.left,
        square.bottom - square.top,
        square.right - square.left,
        grid.cell_box(square),
    )


def _set_sides(cells: list[PageCell]) -> None:
    """Where lines of each cell begin and end at most: the edges less the table's padding."""
    pads = [
        line.box.x0 - cell.box.x0 for cell in cells for line in cell.items if isinstance(line, Line)
    ]
    pad = min(_PAD[1], max(_PAD[0], min(pads, default=_PAD[1])))
    for cell in cells:
        cell.items = [
            item._replace(left=cell.box.x0 + pad, right=cell.box.x1 - pad)
            if isinstance(item, Line)
            else item
            for item in cell.items
        ]


def _nest(tables: list[PageTable], found: list[Grid]) -> list[Item]:
    """Tables inside cells of larger ones go there; the others stay."""
    outer: list[Item] = []
    for index, table in enumerate(tables):
        cell = next(
            (
                cell
                for other in reversed(tables[:index])
                for cell in other.cells
                if _within(table.box, cell.box)
            ),
            None,
        )
        if cell is None:
            outer.append(table)
        else:
            cell.items.append(table)
            cell.items.sort(key=_height)
    return outer


def _within(inner: Rect, outer: Rect) -> bool:
    return (
        inner.x0 > outer.x0 - 1
        and inner.x1 < outer.x1 + 1
        and inner.top > outer.top - 1
        and inner.bottom < outer.bottom + 1
    )
