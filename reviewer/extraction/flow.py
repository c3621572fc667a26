"""The document as one stream of lines and grids in reading order.

A paragraph's lines are taken apart at its line breaks, since a label and its value may stand in one
paragraph. Every visible line of the document is in the stream exactly once (but a table of contents
that the reader marked), so that what no part of the declaration claims can be found in the end.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable, Iterator
from functools import cached_property

from reviewer.extraction.numbers import Number, leading
from reviewer.extraction.texts import Piece
from reviewer.model.document import Block, Cell, Document, Paragraph, Table
from reviewer.policy.labels import fold

_LONGEST_PROMPT = 60


class Line:
    """A line of text, stripped, never blank.

    order: its number over the whole stream. number: the automatic number, first line only.
    table: ordinal of the grid whose rows were unrolled into lines, -1 for the body.
    role: "label" or "value" where it was unrolled from such a cell, else "".
    """

    __slots__ = ("_leading", "number", "order", "piece", "role", "table", "text")

    def __init__(self, piece: Piece, order: int, number: str = "") -> None:
        self.piece = piece
        self.order = order
        self.number = number
        self.text = piece.text
        self.table = -1
        self.role = ""
        self._leading: tuple[list[Number], int] | None = None

    @property
    def leading(self) -> tuple[list[Number], int]:
        """The numbers that the line begins with, automatic and typed, and where its wording
        begins."""
        if self._leading is None:
            automatic = leading(self.number) if self.number else None
            typed = leading(self.text)
            found = [number for number in (automatic, typed) if number is not None]
            self._leading = found, typed.end if typed else 0
        return self._leading

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that the line is of."""
        return self.piece.paragraph

    def __repr__(self) -> str:
        return f"Line({self.order}, {self.number!r}, {self.text!r})"


class GridCell:
    """A cell with its lines and nested grids."""

    __slots__ = ("col", "colspan", "items", "lines", "row", "rowspan", "text")

    def __init__(self, cell: Cell, items: tuple[Item, ...]) -> None:
        self.row, self.col = cell.row, cell.col
        self.rowspan, self.colspan = cell.rowspan, cell.colspan
        self.items = items
        self.lines = tuple(lines_of(items))
        self.text = "\n".join(line.text for line in self.lines)

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines before the first nested table."""
        lines = itertools.takewhile(lambda item: isinstance(item, Line), self.items)
        return tuple(item for item in lines if isinstance(item, Line))

    def moved(self, rows: int) -> GridCell:
        """The same cell so many rows further down."""
        other = copy.copy(self)
        other.row += rows
        return other

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables nested in the cell."""
        return tuple(item for item in self.items if isinstance(item, Grid))

    @property
    def right(self) -> int:
        """The first column right of the cell."""
        return self.col + self.colspan

    @property
    def below(self) -> int:
        """The first row below the cell."""
        return self.row + self.rowspan


class Grid:
    """A table, or a stretch of its rows. table: ordinal of the table over the document."""

    def __init__(self, cells: Iterable[GridCell], cols: int, table: int) -> None:
        self.cells = tuple(cells)
        self.cols = cols
        self.table = table

    @cached_property
    def rows(self) -> tuple[tuple[GridCell, ...], ...]:
        """The cells that begin in each row, left to right; rows without any are left out."""
        ordered = sorted(self.cells, key=lambda cell: (cell.row, cell.col))
        return tuple(
            tuple(group) for _, group in itertools.groupby(ordered, key=lambda cell: cell.row)
        )

    @property
    def lines(self) -> Iterator[Line]:
        """All lines of the table, nested ones included."""
        for cell in self.cells:
            yield from cell.lines


Item = Line | Grid


def joined(items: Iterable[Item]) -> Iterator[Item]:
    """Tables that follow one another with the same columns as one: a table split over pages."""
    for cols, group in itertools.groupby(items, key=lambda i: i.cols if isinstance(i, Grid) else 0):
        if not cols:
            yield from group
            continue
        grids = [item for item in group if isinstance(item, Grid)]
        yield grids[0] if len(grids) == 1 else Grid(_stacked(grids), cols, grids[0].table)


def _stacked(grids: Iterable[Grid]) -> Iterator[GridCell]:
    """The cells of all grids, each grid's rows below those of the one before."""
    below = 0
    for grid in grids:
        yield from (cell.moved(below) for cell in grid.cells)
        below += max((cell.below for cell in grid.cells), default=0)


def lines_of(items: Iterable[Item]) -> Iterator[Line]:
    """All lines, those inside grids included, in reading order."""
    for item in items:
        if isinstance(item, Line):
            yield item
        else:
            yield from item.lines


def flow(document: Document, prompts: frozenset[str] = frozenset()) -> tuple[Item, ...]:
    """The body of the document as lines and grids.

    prompts: folded words of empty content controls, which ask to be filled in and say nothing.
    """
    return _Flow(prompts).items(document.blocks)


class _Flow:
    def __init__(self, prompts: frozenset[str]) -> None:
        self._prompts = prompts
        self._orders = itertools.count()
        self._tables = itertools.count()

    def items(self, blocks: Iterable[Block]) -> tuple[Item, ...]:
        found: list[Item] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                found += self._lines(block)
            elif isinstance(block, Table):
                found.append(self._grid(block))
        return tuple(found)

    def _lines(self, paragraph: Paragraph) -> Iterator[Line]:
        if paragraph.toc:
            return
        number, start = paragraph.number, 0
        for raw in paragraph.text.split("\n"):
            end = start + len(raw)
            piece = Piece(paragraph, start, end).strip()
            start = end + 1
            if piece.start < piece.end and not self._is_prompt(piece.text):
                yield Line(piece, next(self._orders), number)
                number = ""

    def _is_prompt(self, text: str) -> bool:
        return len(text) < _LONGEST_PROMPT and fold(text) in self._prompts

    def _grid(self, table: Table) -> Grid:
        number = next(self._tables)
        cells = [GridCell(cell, self.items(cell.blocks)) for cell in table.cells]
        return Grid(cells, table.cols, number)
