"""Reads the table of indicators: own or nested, one or two a row, with or without its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from reviewer.extraction.cells import Rows
from reviewer.extraction.flow import Grid, GridCell, Item, Line
from reviewer.extraction.residue import is_nothing
from reviewer.extraction.texts import Piece, build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import split_label, whole_label
from reviewer.model.declaration import KpiRow, Text
from reviewer.policy.labels import find_kpi, fold
from reviewer.policy.schema import Kpi

_STARS = re.compile(r"[*＊★∗﹡✱※]")
_ARROW = re.compile(r"\s*(?:→|⇒|—>|->|➔|=>)\s*")
_EDGES = " \t　:：，,；;（("
_FIGURE = re.compile(r"\d")
_SURE = 85.0
_FEWEST = 2


class _Layout(NamedTuple):
    """Columns of one indicator in a row; unit is -1 where there is none."""

    before: int
    after: int
    unit: int

    @property
    def first(self) -> int:
        """The leftmost of the value columns: the label stands before it."""
        return min(column for column in self if column >= 0)


class KpiReader:
    """Collects the rows over all grids and lines of the form.

    used: orders of lines that are claimed; labels, headers and values read here are added.
    loose: the labels of indicators that the policy does not know, with their subjects.
    """

    def __init__(self, vocabulary: Vocabulary, used: set[int]) -> None:
        self.rows: list[KpiRow] = []
        self.loose: list[tuple[str, Text]] = []
        self._vocabulary = vocabulary
        self._used = used
        self._layouts: list[_Layout] = []
        self._cols = 0
        self._guessed: tuple[tuple[tuple[int, int], ...], list[_Layout]] = ((), [])

    def read(self, items: Iterable[Item]) -> None:
        """Read all indicators in the items."""
        for item in items:
            if isinstance(item, Line):
                self._line(item)
            else:
                self._grid(item)

    # ---- tables

    def _grid(self, grid: Grid) -> None:
        for cell in grid.cells:
            for nested in cell.grids:
                self._grid(nested)
        if self._turned(Rows(grid)):
            return
        own = [cell for cell in grid.cells if not cell.grids and cell.lines]
        known = sum(self._known(cell) is not None for cell in own)
        headed = any(self._header(row) for row in grid.rows)
        if not headed and known < _FEWEST and not self._goes_on(grid, known):
            for cell in own:
                self._typed(cell)
            return
        self._read_rows(grid, active=not headed)
        self._cols = grid.cols

    def _turned(self, rows: Rows) -> bool:
        """Reads stretches in which the indicators are columns: their names above a row of values
        before and one of values after. False where there is none."""
        found = False
        for number in rows.numbers:
            before, after = self._heads(rows, number), self._heads(rows, number + 1)
            if before is None or after is None:
                continue
            if not (self._is(before, "kpi_before") and self._is(after, "kpi_after")):
                continue
            unit = self._heads(rows, number - 1)
            united = unit is not None and self._is(unit, "kpi_unit")
            names = number - 1 - united
            if self._names(rows.at(names)):
                found = True
                self._columns(rows, names, number, united)
        return found

    def _heads(self, rows: Rows, number: int) -> GridCell | None:
        """The cell that a row begins with."""
        own = [cell for cell in rows.at(number) if cell.row == number and cell.lines]
        return own[0] if own else None

    def _names(self, row: Sequence[GridCell]) -> bool:
        return any(cell.lines and self._known(cell) is not None for cell in row)

    def _columns(self, rows: Rows, names: int, before: int, united: bool) -> None:
        heads = [self._heads(rows, number) for number in range(names, before + 2)]
        self._claim(cell for cell in heads if cell is not None)
        right = max(cell.right for cell in heads[-2:] if cell is not None)
        for cell in rows.at(names):
            if cell.col < right or not cell.lines:
                continue
            values = [self._at(rows.at(row), cell.col) for row in (before, before + 1)]
            unit = self._at(rows.at(names + 1), cell.col) if united else None
            label = cell.text.replace("\n", "") + (
                f"（{unit.text}）" if unit is not None and unit.lines else ""
            )
            first, second = (list(_pieces(v)) if v is not None else [] for v in values)
            self._claim(v for v in (cell, unit, *values) if v is not None)
            self._add(label, first, second, _STARS.search(label) is not None)

    def _goes_on(self, grid: Grid, known: int) -> bool:
        return known > 0 and bool(self._layouts) and grid.cols == self._cols

    def _read_rows(self, grid: Grid, active: bool) -> None:
        rows = Rows(grid)
        if active and grid.cols != self._cols:
            self._layouts = []
        for number in rows.numbers:
            row = rows.at(number)
            header = self._header([cell for cell in row if cell.row == number])
            if header:
                self._layouts, active = header, True
                self._claim(cell for cell in row if cell.row == number)
                self._claim(cell for cell in row if cell.lines and self._is_heading(cell))
            elif active and not self._read_row(row, number):
                active = self._is_group(row) and self._names_below(rows, number)

    def _header(self, row: Sequence[GridCell]) -> list[_Layout]:
        """The value columns that a header row names; empty where it is none."""
        before = [cell.col for cell in row if self._is(cell, "kpi_before")]
        if not before:
            return []
        after = [cell.col for cell in row if self._is(cell, "kpi_after")]
        unit = [cell.col for cell in row if self._is(cell, "kpi_unit")]
        layouts = []
        for index, (first, second) in enumerate(zip(before, after, strict=False)):
            layouts.append(_Layout(first, second, unit[index] if index < len(unit) else -1))
        return layouts

    def _is(self, cell: GridCell, group: str) -> bool:
        labels = self._vocabulary.word_labels(group)
        return bool(cell.lines) and whole_label(cell.text, labels) is not None

    def _is_heading(self, cell: GridCell) -> bool:
        return fold(cell.text) in self._vocabulary.words("part_headings")

    def _read_row(self, row: Sequence[GridCell], number: int) -> bool:
        """Reads the indicators of a row; False where the row ends the table."""
        if len(row) == 1 or self._is_form_row(row):
            return self._is_blank(row) or any(self._is_heading(cell) for cell in row)
        layouts = self._layouts or self._guess(row)
        left = 0
        for layout in layouts:
            self._indicator(row, number, layout, left)
            left = max(layout) + 1
        return True

    def _is_group(self, row: Sequence[GridCell]) -> bool:
        """一、能力指标 across the table, which parts the indicators into groups."""
        return len(row) == 1 and not self._is_form_row(row)

    def _names_below(self, rows: Rows, number: int) -> bool:
        """Whether the next row names an indicator; the row above it is theirs then."""
        following = next((other for other in rows.numbers if other > number), None)
        if following is None or not self._names(rows.at(following)):
            return False
        (cell,) = rows.at(number)
        self._claim([cell])
        self.loose.append((f"kpi:{cell.text}", build(_pieces(cell))))
        return True

    def _is_form_row(self, row: Sequence[GridCell]) -> bool:
        first = next((cell for cell in row if cell.lines and not self._is_heading(cell)), None)
        if first is None or self._known(first) is not None:
            return False
        return whole_label(first.text, self._vocabulary.fields) is not None

    def _is_blank(self, row: Sequence[GridCell]) -> bool:
        return not any(cell.lines for cell in row)

    def _guess(self, row: Sequence[GridCell]) -> list[_Layout]:
        """Without a header: the two cells right of each known label; a label of one's own in a row
        of the same cells as the one before is read like it."""
        found = []
        for index, cell in enumerate(row):
            if cell.lines and self._known(cell) is not None and index + 2 < len(row):
                found.append(_Layout(row[index + 1].col, row[index + 2].col, -1))
        shape = tuple((cell.col, cell.right) for cell in row)
        if found:
            self._guessed = (shape, found)
        return found or (self._guessed[1] if self._guessed[0] == shape else [])

    def _indicator(self, row: Sequence[GridCell], number: int, layout: _Layout, left: int) -> None:
        before, after = self._at(row, layout.before), self._at(row, layout.after)
        label = self._label(row, layout.first, left)
        if label is None or before is None or after is None or before is after:
            return
        text = "".join(line.text for line in label.lines)
        values = [cell for cell in (before, after) if cell.row == number]
        if not text and not any(cell.lines for cell in values):
            return
        unit = self._at(row, layout.unit) if layout.unit >= 0 else None
        if unit is not None and self._says_more(unit, label, (before, after)):
            text = f"{text}（{unit.text}）"
        starred = any(_STARS.search(cell.text) for cell in row if left <= cell.col < layout.first)
        self._claim([*(cell for cell in row if left <= cell.col <= max(layout)), before, after])
        name = "".join(line.text for line in label.lines)
        self._add(text, _pieces(before), _pieces(after), starred, name)
        if not self.rows[-1].name and text:
            self.loose.append((f"kpi:{text}", build(_pieces(label))))

    def _says_more(self, unit: GridCell, label: GridCell, values: Sequence[GridCell]) -> bool:
        """Whether the column 单位 belongs to the label: it is no dash; the form's own indicators
        bear it always, others where the values do not bear it themselves."""
        if is_nothing(unit.text, self._vocabulary):
            return False
        borne = all(value.text.endswith(unit.text) for value in values)
        return not borne or self._known(label) is not None

    def _label(self, row: Sequence[GridCell], first: int, left: int) -> GridCell | None:
        """The nearest cell before the values that is no bare number."""
        cells = [cell for cell in row if left <= cell.col < first]
        named = [cell for cell in cells if cell.lines and not self._is_heading(cell)]
        worded = [cell for cell in named if not _STARS.sub("", cell.text).strip(" .、").isdigit()]
        if worded:
            return worded[-1]
        return cells[-1] if cells and not named else None

    def _at(self, row: Sequence[GridCell], column: int) -> GridCell | None:
        return next((cell for cell in row if cell.col <= column < cell.right), None)

    def _known(self, cell: GridCell) -> Kpi | None:
        return find_kpi(self._vocabulary.policy, cell.text) if len(cell.text) < 80 else None

    def _claim(self, cells: Iterable[GridCell]) -> None:
        self._used.update(line.order for cell in cells for line in cell.lines)

    # ---- lines: 关键设备联网率：建设前60%，建成后95%

    def _typed(self, cell: GridCell) -> None:
        """A cell in which the indicators are lines."""
        if sum(self._known_line(line) for line in cell.lines) >= _FEWEST:
            for line in cell.lines:
                self._line(line)

    def _known_line(self, line: Line) -> bool:
        text = _STARS.sub("", line.text[line.leading[1] :])
        return split_label(text, self._vocabulary.kpis) is not None

    def _line(self, line: Line) -> None:
        _, start = line.leading
        text = line.text
        begin = start + len(text[start:]) - len(_STARS.sub(" ", text[start:]).lstrip())
        label = split_label(text, self._vocabulary.kpis, begin)
        if label is None or label.value >= len(text):
            return
        end = label.end + self._named_behind(text[label.end :])
        values = self._split(line.piece.cut(max(end, label.value)))
        if values is None:
            return
        self._used.add(line.order)
        starred = _STARS.search(text[: label.value]) is not None
        self._add(text[start:end], [values[0]], [values[1]], starred)

    def _named_behind(self, rest: str) -> int:
        """How much of the rest of a line still names the indicator: 其他成效指标：自控率：建设前…"""
        before = _find(rest, self._vocabulary.words("kpi_before"))
        named = rest[: before[0]].rstrip(_EDGES) if before else ""
        return len(named) if named[:1] in (":", "：") and not _FIGURE.search(named) else 0

    def _split(self, piece: Piece) -> tuple[Piece, Piece] | None:
        """The values before and after in the rest of a line, None where it does not say both."""
        text = piece.text
        before = _find(text, self._vocabulary.words("kpi_before"))
        after = _find(text, self._vocabulary.words("kpi_after"))
        if before and after and before[1] <= after[0]:
            return _value(piece.cut(before[1], after[0])), _value(piece.cut(after[1]))
        arrow = _ARROW.search(text)
        if arrow is None:
            return None
        return _value(piece.cut(0, arrow.start())), _value(piece.cut(arrow.end()))

    # ---- both

    def _add(
        self,
        label: str,
        before: Iterable[Piece],
        after: Iterable[Piece],
        starred: bool,
        name: str = "",
    ) -> None:
        """name: the label without the unit of a column of its own."""
        kpi = self._match(label) or self._match(name)
        self.rows.append(
            KpiRow(
                name=kpi.name if kpi else "",
                label=label,
                before=build(before),
                after=build(after),
                row=len(self.rows) + 1,
                starred=kpi.starred if kpi else starred,
            )
        )

    def _match(self, label: str) -> Kpi | None:
        """By the label's exact readings, else by a very close wording."""
        exact = find_kpi(self._vocabulary.policy, label)
        if exact is not None or not label:
            return exact
        near = process.extractOne(
            fold(label), list(self._vocabulary.kpis), scorer=ratio, score_cutoff=_SURE
        )
        return self._vocabulary.kpis[near[0]] if near else None


def _pieces(cell: GridCell) -> Iterator[Piece]:
    return (line.piece for line in cell.lines)


def _find(text: str, words: Iterable[str]) -> tuple[int, int] | None:
    """The first of the words in the text, with the colon or 为 behind it."""
    written = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    match = (
        re.search(rf"(?:{written})\s*(?:[（(][^）)]*[）)])?\s*[:：为是]?\s*", text)
        if written
        else None
    )
    return match.span() if match else None


def _value(piece: Piece) -> Piece:
    value = piece.strip(" \t　，,；;。、/|")
    return value if value.start < value.end else piece.strip(" \t　，,；;。、|")
