"""Turns tables that are only a layout back into lines.

A narrative in a frame of one cell, a heading in a one-cell table, a whole scenario block as a
table of two columns: what such tables say is said by their labels, so their rows become lines with
the roles "label" and "value". Tables that hold data stay grids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.extraction.flow import Grid, GridCell, Item, Line
from reviewer.extraction.scenario_heading import scenario_heading
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import split_label, whole_label
from reviewer.policy.labels import fold

_LONG_TITLE = 5
_PARTED = 2


def unroll(items: Sequence[Item], vocabulary: Vocabulary) -> list[Item]:
    """The stream with layout tables taken apart."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Line):
            found.append(item)
        else:
            found += _grid(item, vocabulary)
    return found


def _grid(grid: Grid, vocabulary: Vocabulary) -> Iterator[Item]:
    if all(len(row) == 1 for row in grid.rows) and not _is_form(grid, vocabulary):
        for cell in grid.cells:
            yield from unroll(cell.items, vocabulary)
        return
    if _is_parted(grid, vocabulary):
        yield from (line for cell in grid.cells for line in cell.lines)
        return
    outline = [_is_outline(row, vocabulary) for row in grid.rows]
    if not any(outline) or (outline.count(True) == 1 and not _is_sure(grid, outline, vocabulary)):
        yield grid
        return
    outline = [
        heads or _is_value(row, vocabulary) for row, heads in zip(grid.rows, outline, strict=True)
    ]
    yield from _Rows(grid, vocabulary).items(outline)


def _is_form(grid: Grid, vocabulary: Vocabulary) -> bool:
    """A frame of single cells may be the form itself, label and value in one cell."""
    labels = sum(
        split_label(cell.text, vocabulary.fields) is not None
        for cell in grid.cells
        if len(cell.lines) < 4
    )
    return labels >= 2


def _is_parted(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Labels, one a line, in one cell, and as many lines of values in the next."""
    if len(grid.cells) != _PARTED:
        return False
    labels, values = (cell.lines for cell in grid.cells)
    alike = len(labels) == len(values) > 1
    return alike and all(whole_label(x.text, vocabulary.fields) is not None for x in labels)


def _unnumbered(row: Sequence[GridCell]) -> Sequence[GridCell]:
    """The row without a leading cell that holds nothing but its number."""
    bare = len(row) > _PARTED and row[0].text.strip(" .、").isdecimal()
    return row[1:] if bare and row[0].rowspan == 1 else row


def _is_outline(row: Sequence[GridCell], vocabulary: Vocabulary) -> bool:
    """The row begins with a heading or with the label of a block's part."""
    row = _unnumbered(row)
    filled = [cell for cell in row if cell.lines]
    if not filled or filled[0] is not row[0]:
        return False
    line = filled[0].lines[0]
    numbers, start = line.leading
    text = filled[0].text
    if split_label(text, vocabulary.parts, start) is not None:
        return len(filled) <= 2 or bool(numbers) or row[0].rowspan > 1
    if len(filled) > 2:
        return False
    title = split_label(text, vocabulary.titles, start)
    if title is not None:
        wanted = vocabulary.number(title.what.id)
        agreed = any(number.kind in ("chinese", "dotted") for number in numbers)
        agreed = agreed or any(wanted and n[:2] == wanted[:2] for n in numbers)
        return agreed or len(fold(text[start : title.end])) >= _LONG_TITLE
    return _heads_scenario(line, len(filled) == 1, vocabulary) or _counts_scenario(
        filled, vocabulary
    )


def _counts_scenario(filled: Sequence[GridCell], vocabulary: Vocabulary) -> bool:
    """场景1 in a cell, its entry in the next."""
    heading = scenario_heading(filled[0].lines[0], vocabulary)
    if heading is None or not heading.counted or len(filled) != 2:
        return False
    entry = scenario_heading(filled[1].lines[0], vocabulary)
    bare = len(filled[0].lines) == 1 and heading.entry >= len(filled[0].text)
    return bare and entry is not None and entry.named


def _is_value(row: Sequence[GridCell], vocabulary: Vocabulary) -> bool:
    """A row of part (2) in a block's table: 起止日期 beside its value."""
    filled = [cell for cell in row if cell.lines]
    label = filled[0] if filled and filled[0] is row[0] else None
    return (
        label is not None
        and len(filled) <= 2
        and whole_label(label.text, vocabulary.values) is not None
    )


def _heads_scenario(line: Line, alone: bool, vocabulary: Vocabulary) -> bool:
    heading = scenario_heading(line, vocabulary)
    if heading is None:
        return False
    return heading.labelled or (heading.deep and (heading.named or alone))


def _is_sure(grid: Grid, outline: Sequence[bool], vocabulary: Vocabulary) -> bool:
    """One outline row alone takes a table apart only where it bears a number or heads the table."""
    row = _unnumbered(grid.rows[outline.index(True)])
    numbers, _ = row[0].lines[0].leading
    return bool(numbers) or _heads_scenario(row[0].lines[0], False, vocabulary)


class _Rows:
    """Takes a grid apart row by row."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary) -> None:
        self._grid = grid
        self._vocabulary = vocabulary
        self._kept: list[GridCell] = []
        self._started = False
        self._label: GridCell | None = None

    def items(self, outline: Sequence[bool]) -> Iterator[Item]:
        for row, heads in zip(self._grid.rows, outline, strict=True):
            if heads:
                yield from self._flush()
                yield from self._outline_row(row)
            elif self._started and self._continues(row):
                yield from self._flush()
                for cell in row:
                    yield from self._lines(cell, "value")
            elif self._started or not self._is_head(row, outline):
                self._kept += row
        yield from self._flush()

    def _is_head(self, row: Sequence[GridCell], outline: Sequence[bool]) -> bool:
        """序号, 项目, 内容 above numbered rows of an outline."""
        numbered = any(
            heads and _unnumbered(other) is not other
            for other, heads in zip(self._grid.rows, outline, strict=True)
        )
        return numbered and fold(row[0].text) in self._vocabulary.words("ordinal")

    def _outline_row(self, row: Sequence[GridCell]) -> Iterator[Item]:
        self._started = True
        row = _unnumbered(row)
        label, rest = row[0], row[1:]
        self._label = label
        yield from self._lines(label, "label" if rest else "")
        filled = [cell for cell in rest if cell.items]
        if len(filled) > 1:
            self._kept += rest
            return
        for cell in filled:
            yield from self._lines(cell, "value")

    def _continues(self, row: Sequence[GridCell]) -> bool:
        """A row of one cell goes on with what the label above began, unless it is data's."""
        filled = [cell for cell in row if cell.items]
        return len(filled) == 1 and not self._kept and self._is_value(filled[0])

    def _is_value(self, cell: GridCell) -> bool:
        return cell.colspan >= self._grid.cols or (
            self._label is not None
            and cell.col >= self._label.right
            and cell.right >= self._grid.cols
        )

    def _lines(self, cell: GridCell, role: str) -> Iterator[Item]:
        for item in unroll(cell.items, self._vocabulary):
            if isinstance(item, Line):
                item.table = self._grid.table
                item.role = role
            yield item

    def _flush(self) -> Iterator[Item]:
        if any(cell.items for cell in self._kept):
            yield Grid(self._kept, self._grid.cols, self._grid.table)
        self._kept = []
