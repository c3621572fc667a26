"""Reads the tables of a block: suppliers of (1), equipment, software, process, technology of (7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reviewer.extraction.cells import Rows
from reviewer.extraction.flow import Grid, GridCell, Item, Line
from reviewer.extraction.residue import is_nothing, is_remark
from reviewer.extraction.texts import Piece, build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import Labels, mended, split_label, whole_label
from reviewer.model.declaration import Row
from reviewer.policy.labels import fold

_VALUE = re.compile(r"[^\s；;，,、|｜/]+")
_TELEPHONE = re.compile(r"\d(?:[\-－—]?\d){6,}")
_PARTING = " \t　；;，,、|（("
_KINDS = ("equipment", "software")
_DESCRIBED = ("process", "technology")


class ResourceReader:
    """Collects rows by table id; ``suppliers`` with the others.

    A table's label stands in a merged cell, in a line before it, or nowhere: then its columns and
    the kinds in it tell equipment from software, and the order tells process from technology.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        block = vocabulary.policy.template.block
        self.rows: dict[str, list[Row]] = {key: [] for key in block.tables}
        self._vocabulary = vocabulary
        self._columns = {
            key: {fold(column): index for index, column in enumerate(columns)}
            for key, columns in block.tables.items()
        }
        self._heads = Labels((head, head) for columns in self._columns.values() for head in columns)
        self._software = {fold(kind) for kind in block.software_kinds}
        self._label = ""
        self._guessed = False
        self._map: dict[int, str] = {}
        self._pending: dict[str, tuple[Piece, ...]] = {}
        self._keys: dict[str, str | None] = {}

    def read(self, items: Iterable[Item], label: str = "") -> None:
        """Read tables and the lines that label them. label: the table id to begin with."""
        self._begin(label)
        for item in items:
            if isinstance(item, Grid):
                self._grid(item)
            else:
                self._line(item)
        self._flush()

    def _line(self, line: Line) -> None:
        _, start = line.leading
        key = whole_label(line.text[start:], self._vocabulary.resources)
        if key is not None:
            self._begin(key)
            return
        if self._label != "suppliers":
            return
        found = split_label(line.text, self._supplier_heads(), start)
        if found is not None and found.value >= len(line.text):
            return
        if not self._supplier_line(line, start):
            self._plain_supplier(line, start)

    def _grid(self, grid: Grid) -> None:
        rows = Rows(grid)
        for number in rows.numbers:
            row = rows.at(number)
            own = [cell for cell in row if cell.row == number]
            row = self._labelled(row, own)
            nested = [grid for cell in row if cell in own for grid in cell.grids]
            for sub in nested:
                self._grid(sub)
            if not nested:
                self._row([cell for cell in row if cell in own])

    def _labelled(self, row: Sequence[GridCell], own: Sequence[GridCell]) -> list[GridCell]:
        """The row without the cells of the labels; the label of a merged cell holds for all its
        rows, one that is not merged until the next."""
        rest = []
        for cell in row:
            key = self._key(cell)
            if key is None:
                rest.append(cell)
            elif key != self._label or cell in own:
                kept = self._map if cell not in own else {}
                self._begin(key)
                self._map = kept
        return rest

    def _key(self, cell: GridCell) -> str | None:
        """The table whose label the cell is, though a page break went through it."""
        if not cell.lines:
            return None
        text = cell.text
        if text not in self._keys:
            known = self._vocabulary.resources
            self._keys[text] = whole_label(text, known) or whole_label(mended(text), known)
        return self._keys[text]

    def _begin(self, label: str) -> None:
        """A label was met: what follows belongs to that table."""
        self._label, self._map, self._guessed = label, {}, False

    def _row(self, cells: Sequence[GridCell]) -> None:
        heads = {cell.col: head for cell in cells if (head := self._head(cell))}
        if self._alternate(cells, heads):
            return
        if len(heads) >= 2 and len(heads) * 2 >= sum(bool(cell.lines) for cell in cells):
            self._map = heads
            self._guess_by_heads(set(heads.values()))
            return
        if len(heads) == 1 and self._vertical(cells):
            return
        if not self._map and not heads:
            self._map = self._by_position(cells)
        if self._map:
            self._data(cells)

    def _head(self, cell: GridCell) -> str | None:
        return whole_label(cell.text, self._heads) if cell.lines else None

    def _by_position(self, cells: Sequence[GridCell]) -> dict[int, str]:
        """A table without header under a label: its columns in the form's order."""
        columns = self._columns_now()
        fits = not self._guessed and len(cells) == len(columns) and len(columns) > 1
        return {c.col: head for c, head in zip(cells, columns, strict=True)} if fits else {}

    def _alternate(self, cells: Sequence[GridCell], heads: dict[int, str]) -> bool:
        """供应商名称 | … | 联系人 | … in one row: each label with its value behind it."""
        labels, values = cells[::2], cells[1::2]
        paired = len(labels) == len(values) == len(heads) > 1
        if not paired or any(cell.col not in heads for cell in labels):
            return False
        for label, value in zip(labels, values, strict=True):
            head = heads[label.col]
            if head in self._pending:
                self._flush()
            self._pending[head] = tuple(line.piece for line in value.lines)
        return True

    def _vertical(self, cells: Sequence[GridCell]) -> bool:
        """供应商名称 | … as a row of its own: label and value side by side."""
        if self._map or len(cells) < 2:
            return False
        head = self._head(cells[0])
        if head is None:
            return False
        if head in self._pending:
            self._flush()
        self._pending[head] = tuple(line.piece for cell in cells[1:] for line in cell.lines)
        return True

    def _flush(self) -> None:
        """The row that was given label by label is complete."""
        if self._pending:
            self._guess_by_heads(set(self._pending))
            self._add([self._pending.get(head, ()) for head in self._columns_now()])
        self._pending = {}

    def _guess_by_heads(self, heads: set[str]) -> None:
        """Which table such columns belong to, where no label says so."""
        if self._label and not self._guessed and heads <= set(self._columns[self._label]):
            return
        scored = {key: len(heads & set(columns)) for key, columns in self._columns.items()}
        best = max(scored, key=lambda key: (scored[key], -len(self._columns[key])))
        if best in _DESCRIBED:
            best = _DESCRIBED[bool(self.rows[_DESCRIBED[0]])]
        self._label, self._guessed = best, True

    def _data(self, cells: Sequence[GridCell]) -> None:
        values: dict[str, tuple[Piece, ...]] = {}
        for cell in cells:
            head = self._column(cell)
            if head is not None:
                values[head] = (*values.get(head, ()), *(line.piece for line in cell.lines))
        self._add([values.get(head, ()) for head in self._columns_now()])

    def _column(self, cell: GridCell) -> str | None:
        inside = [head for col, head in self._map.items() if cell.col <= col < cell.right]
        if inside:
            return inside[0]
        before = [col for col in self._map if col <= cell.col]
        return self._map[max(before)] if before else None

    def _columns_now(self) -> list[str]:
        return list(self._columns.get(self._label, ()))

    def _add(self, values: Sequence[Sequence[Piece]]) -> None:
        cells = tuple("\n".join(piece.text for piece in value) for value in values)
        if all(self._says_nothing(cell) for cell in cells):
            return
        row = Row(cells, build(piece for value in values for piece in value))
        self.rows[self._table(cells)].append(row)

    def _says_nothing(self, cell: str) -> bool:
        """Blank, 无, or the rest of a column head that a page break parted from it."""
        return is_nothing(cell, self._vocabulary) or is_remark(cell, self._vocabulary)

    def _table(self, cells: Sequence[str]) -> str:
        """Equipment and software have the same columns: a kind of the closed list decides
        where no label did."""
        by_kind = self._guessed and self._label in _KINDS and bool(cells)
        if by_kind and fold(cells[0]) in self._software:
            return _KINDS[1]
        return self._label

    # ---- suppliers as lines: 供应商名称：… 联系人：… 联系方式：…

    def _supplier_heads(self) -> Labels[str]:
        return Labels((head, head) for head in self._columns.get("suppliers", ()))

    def _supplier_line(self, line: Line, start: int) -> bool:
        """Labels with values; before them, unlabelled, the name: 甲公司（联系人：李四，联系方式：139）.
        False where the line has no such labels."""
        heads = self._supplier_heads()
        text = line.text
        found = [
            (label.what, position, label.value)
            for position in range(start, len(text))
            if (position == start or text[position - 1] in _PARTING)
            and not text[position].isspace()
            and (label := split_label(text, heads, position)) is not None
        ]
        first = self._columns_now()[0]
        if found and found[0][1] > start and found[0][0] != first:
            found.insert(0, (first, start, start))
        for index, (head, _, value) in enumerate(found):
            stop = found[index + 1][1] if index + 1 < len(found) else len(text)
            if head in self._pending:
                self._flush()
            self._pending[head] = (line.piece.cut(value, stop).strip(_PARTING + "）)。"),)
        return bool(found)

    def _plain_supplier(self, line: Line, start: int) -> None:
        """1.某某公司　张三　13800000000: as many values as columns, the last one a telephone."""
        spans = [match.span() for match in _VALUE.finditer(line.text, start)]
        heads = self._columns_now()
        if len(spans) == len(heads) and _TELEPHONE.search(line.text, spans[-1][0]):
            self._flush()
            values = (line.piece.cut(*span) for span in spans)
            self._pending = {head: (value,) for head, value in zip(heads, values, strict=True)}
