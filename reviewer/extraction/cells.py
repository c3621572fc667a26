"""Pairs labels with values in a grid: beside the label, in its own cell, or below it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from reviewer.extraction.flow import Grid, GridCell, Line
from reviewer.extraction.numbers import leading
from reviewer.extraction.texts import Piece
from reviewer.extraction.wording import split_label

T = TypeVar("T")


class LabelCell(NamedTuple, Generic[T]):
    """A cell that begins with a label. own: the pieces behind the label in the same cell."""

    cell: GridCell
    what: T
    label: str
    own: tuple[Piece, ...]


class Pair(NamedTuple, Generic[T]):
    """A label with its values. cells: the value cells, rows first; empty cells included."""

    label: LabelCell[T]
    cells: tuple[GridCell, ...]


class Rows:
    """The cells that cover each row, left to right."""

    def __init__(self, grid: Grid) -> None:
        self._rows: dict[int, list[GridCell]] = {}
        for cell in sorted(grid.cells, key=lambda cell: cell.col):
            for row in range(cell.row, cell.below):
                self._rows.setdefault(row, []).append(cell)

    def at(self, row: int) -> Sequence[GridCell]:
        """The cells that cover the row."""
        return self._rows.get(row, ())

    @property
    def numbers(self) -> list[int]:
        """Numbers of the rows that have cells."""
        return sorted(self._rows)


def label_cells(grid: Grid, labels: Mapping[str, T], skip: Collection[int]) -> list[LabelCell[T]]:
    """All cells of the grid that begin with one of the labels, in reading order.

    skip: orders of lines that are used already; their cells are no labels.
    """
    found = []
    for cell in grid.cells:
        if cell.lines and cell.lines[0].order not in skip:
            label = read_label(cell, labels)
            if label is not None:
                found.append(label)
    return sorted(found, key=lambda item: (item.cell.row, item.cell.col))


def read_label(cell: GridCell, labels: Mapping[str, T]) -> LabelCell[T] | None:
    """The label that a cell begins with: over one line, several, or one character a line."""
    lines = cell.head
    text = "\n".join(line.text for line in lines)
    number = leading(text)
    for start in dict.fromkeys((0, number.end if number else 0)):
        found = split_label(text, labels, start)
        if found is not None:
            return LabelCell(
                cell, found.what, text[start : found.end], tuple(_behind(lines, found.value))
            )
    return None


def _behind(lines: Sequence[Line], start: int) -> Iterator[Piece]:
    """The pieces of a cell's text from ``start`` on, lines being joined by one newline."""
    position = 0
    for line in lines:
        end = position + len(line.text)
        if start < end:
            yield line.piece.cut(max(0, start - position))
        position = end + 1


def pairs(
    grid: Grid, found: Sequence[LabelCell[T]], below: Callable[[T], int] = lambda _: 1
) -> list[Pair[T]]:
    """Labels with their values, in reading order.

    found: the label cells (``label_cells``). below: for a label at the end of its row, how many
    rows below it may be its value.
    """
    rows = Rows(grid)
    taken = {id(item.cell) for item in found}
    result = []
    for item in found:
        group = _heads_group(item.cell, rows, taken)
        values = [] if group else _beside(item.cell, rows, taken)
        if not item.own and not values and not (group and item.cell.rowspan > 1):
            values = _below(item.cell, rows, taken, below(item.what))
        result.append(Pair(item, tuple(values)))
    return result


def _heads_group(label: GridCell, rows: Rows, taken: set[int]) -> bool:
    """Whether a label follows at once in the row: then this one heads a group."""
    right = next((cell for cell in rows.at(label.row) if cell.col >= label.right), None)
    return right is not None and id(right) in taken


def _beside(label: GridCell, rows: Rows, taken: set[int]) -> list[GridCell]:
    """Cells right of the label up to the next label, over all rows that it spans."""
    found: dict[int, GridCell] = {}
    for row in range(label.row, label.below):
        for cell in rows.at(row):
            if cell.col < label.right:
                continue
            if id(cell) in taken:
                break
            found[id(cell)] = cell
    return sorted(found.values(), key=lambda cell: (cell.row, cell.col))


def _below(label: GridCell, rows: Rows, taken: set[int], most: int) -> list[GridCell]:
    """Cells below the label, up to a row that has a label of its own."""
    found: list[GridCell] = []
    row = label.below
    while len(found) < most:
        below = [cell for cell in rows.at(row) if cell.col < label.right and cell.right > label.col]
        labelled = any(id(cell) in taken and cell.row == row for cell in rows.at(row))
        if not below or labelled or any(id(cell) in taken for cell in below):
            break
        found += below
        row = max(cell.below for cell in below)
    return found
