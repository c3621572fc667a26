"""Reads the six optional lists of 九, by their columns or by the title before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reviewer.extraction.cells import Rows
from reviewer.extraction.flow import Grid, GridCell, Item, Line
from reviewer.extraction.listlines import typed_rows
from reviewer.extraction.residue import is_nothing
from reviewer.extraction.texts import build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import Labels, whole_label
from reviewer.model.declaration import Row
from reviewer.policy.labels import fold, readings
from reviewer.policy.schema import ListSpec

_TITLE = re.compile(r"^\s*附\s*[件表]\s*(\d|[一二三四五六])")
_LONGEST_TITLE = 60
_LONGEST_REMARKED = 200  # with remarks in brackets
_FEWEST_HEADS = 2
_LONGEST_HEAD = 10
_DIGITS = "零一二三四五六"


class AppendixReader:
    """Collects the rows of 附件1 … 附件6.

    used: orders of lines that are claimed; those of the lists and their titles are added.
    """

    def __init__(self, vocabulary: Vocabulary, used: set[int]) -> None:
        self.lists: dict[str, list[Row]] = {}
        self.titles: dict[str, list[Line]] = {}
        self._vocabulary = vocabulary
        self._used = used
        self._specs = {spec.id: spec for spec in vocabulary.policy.template.lists}
        self._heads = {
            spec.id: Labels((fold(column), index) for index, column in enumerate(spec.columns))
            for spec in self._specs.values()
        }
        self._titles = {
            fold(title): spec.id
            for spec in self._specs.values()
            for title in (spec.title, *_section_titles(vocabulary, spec.id))
        }
        self._title: str | None = None
        self._spec: ListSpec | None = None
        self._map: dict[int, int] = {}
        self._cols = 0
        self._typed: list[Line] = []

    def read(self, items: Iterable[Item], sure: bool, heading: Line | None = None) -> None:
        """Read titles and tables, in order.

        sure: lists stand here; elsewhere only the title's own words begin one. heading: of the
        items, which may be a list's title itself.
        """
        self._title, self._spec = None, None
        for item in items if heading is None else (heading, *items):
            if isinstance(item, Line):
                self._line(item, sure)
            elif sure or self._title or self._spec:
                self._grid(item)
        self._flush()

    def _line(self, line: Line, sure: bool) -> None:
        title = self._titled(line.text, sure)
        if title is None:
            if sure and self._title is not None:
                self._typed.append(line)
            return
        self._flush()
        self._title, self._spec, self._map = title, None, {}
        self.titles.setdefault(title, []).append(line)
        self._used.add(line.order)

    def _flush(self) -> None:
        """Lines under a title that no table followed are the list itself."""
        lines, self._typed = self._typed, []
        if self._title is None or not lines:
            return
        rows = list(typed_rows(lines, self._specs[self._title], self._vocabulary))
        if rows:
            self.lists.setdefault(self._title, []).extend(rows)
            self._used.update(line.order for line in lines)

    def _titled(self, text: str, sure: bool) -> str | None:
        for reading in readings(text) if len(text) <= _LONGEST_REMARKED else ():
            if reading in self._titles:
                return self._titles[reading]
        match = _TITLE.match(text)
        if match is None or not sure or len(text) > _LONGEST_TITLE:
            return None
        written = match.group(1)
        number = int(written) if written.isdigit() else _DIGITS.index(written)
        return next((key for key in self._specs if key.endswith(str(number))), None)

    def _grid(self, grid: Grid) -> None:
        rows = Rows(grid)
        header = self._header(rows)
        if header is None and not self._goes_on(grid) and not self._unheaded(rows):
            return
        self._cols = grid.cols
        for number in rows.numbers:
            if header is None or number > header:
                cells = [cell for cell in rows.at(number) if cell.row == number]
                if not self._heads_another(cells):
                    self._by_title(cells)
                    self._row(cells)
        self._used.update(line.order for line in grid.lines)

    def _heads_another(self, cells: Sequence[GridCell]) -> bool:
        """Whether the row is the title or the heads of a further list in the same table."""
        filled = [cell for cell in cells if cell.lines]
        if len(filled) == 1 and (title := self._titled(filled[0].text, True)) is not None:
            self._title = title
            self.titles.setdefault(title, []).extend(filled[0].lines)
            return True
        spec, columns = self._match(cells)
        if spec is None or (len(columns) < _FEWEST_HEADS and spec.id != self._title):
            return False
        self._spec, self._map, self._title = spec, columns, None
        self.lists.setdefault(spec.id, [])
        return True

    def _header(self, rows: Rows) -> int | None:
        """The row that names the columns of a list; sets the list and its columns."""
        for number in rows.numbers[:3]:
            cells = [cell for cell in rows.at(number) if cell.row == number]
            spec, columns = self._match(cells)
            if spec is not None:
                self._spec, self._map, self._title = spec, columns, None
                self._typed = []
                self.lists.setdefault(spec.id, [])
                return number
        return None

    def _match(self, cells: Sequence[GridCell]) -> tuple[ListSpec | None, dict[int, int]]:
        """The list whose first column is among the cells, or the titled one if other columns fit."""
        for spec in self._specs.values():
            columns = self._columns(cells, spec)
            if 0 in columns.values():
                return spec, columns
        titled = self._specs.get(self._title or "")
        if titled is not None:
            columns = self._columns(cells, titled)
            if columns:
                return titled, self._with_first(cells, columns)
        return None, {}

    def _columns(self, cells: Sequence[GridCell], spec: ListSpec) -> dict[int, int]:
        heads = self._heads[spec.id]
        found = ((cell.col, whole_label(cell.text, heads)) for cell in cells if cell.lines)
        return {col: index for col, index in found if index is not None}

    def _with_first(self, cells: Sequence[GridCell], columns: dict[int, int]) -> dict[int, int]:
        """名称 alone heads the first column of a titled list."""
        for cell in cells:
            if cell.lines and cell.col not in columns and not self._is_ordinal(cell):
                return {cell.col: 0, **columns}
        return columns

    def _is_ordinal(self, cell: GridCell) -> bool:
        return fold(cell.text) in self._vocabulary.words("ordinal")

    def _goes_on(self, grid: Grid) -> bool:
        """A table split over pages: the same columns, no title between."""
        return self._spec is not None and grid.cols == self._cols and self._title is None

    def _unheaded(self, rows: Rows) -> bool:
        """A table without heads under a list's title: the columns in the form's order, the last
        one (备注) perhaps left out. A row of short words alone may be heads in other words."""
        first = rows.at(rows.numbers[0]) if rows.numbers else ()
        spec = self._specs.get(self._title or "")
        numbered = bool(first) and _is_number(first[0].text)
        told = numbered or any(len(cell.text) > _LONGEST_HEAD for cell in first)
        width = len(first) - numbered
        if spec is None or not told or width > len(spec.columns):
            return False
        if width < max(_FEWEST_HEADS, len(spec.columns) - 1):
            return False
        self._by_title(first)
        return True

    def _by_title(self, row: Sequence[GridCell]) -> None:
        """After a title without heads: the columns in the form's order behind the row's number."""
        spec = self._specs.get(self._title or "")
        if spec is None or not row:
            return
        own = row[1:] if _is_number(row[0].text) else row
        self._map = {cell.col: index for index, cell in enumerate(own[: len(spec.columns)])}
        self._spec, self._title, self._typed = spec, None, []
        self.lists.setdefault(spec.id, [])

    def _row(self, cells: Sequence[GridCell]) -> None:
        if self._spec is None:
            return
        values: list[list[GridCell]] = [[] for _ in self._spec.columns]
        for cell in cells:
            index = self._map.get(cell.col)
            if index is not None and cell.lines:
                values[index].append(cell)
        texts = tuple("\n".join(cell.text for cell in value) for value in values)
        if all(is_nothing(text, self._vocabulary) for text in texts):
            return
        pieces = (line.piece for value in values for cell in value for line in cell.lines)
        self.lists[self._spec.id].append(Row(texts, build(pieces)))


def _is_number(text: str) -> bool:
    return text.strip(" .、．").isdecimal()


def _section_titles(vocabulary: Vocabulary, list_id: str) -> tuple[str, ...]:
    """The wordings of a list's title in the outline (section 9.1 for 附件1)."""
    number = list_id.removeprefix("附件")
    for spec in vocabulary.policy.template.sections:
        if spec.id == f"9.{number}":
            return spec.titles
    return ()
