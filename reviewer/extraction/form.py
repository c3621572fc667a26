"""Reads the cover and table 一: which label has which value, over tables and paragraphs alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reviewer.extraction.cells import LabelCell, Pair, Rows, label_cells, pairs
from reviewer.extraction.flow import Grid, GridCell, Item, Line
from reviewer.extraction.texts import Piece
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import Labels, split_label
from reviewer.policy.labels import fold
from reviewer.policy.schema import FieldSpec

_BREAK = re.compile(r"[\s；;，,。、（(|]+")
_LONGEST_INLINE = 200
_FILL = "_＿ \t　\n"
_PARTING = "；;，,、|"
_YEAR = re.compile(r"^\s*(20\d\d)\s*(?:年(?:度|末|底)?)?\s*$")
_DIGIT = re.compile(r"[\dXxＸ〇零一二三四五六七八九十]")


class FormLabel(NamedTuple):
    """What a label of the form may mean: fields, the group of fields behind it, or a heading."""

    fields: tuple[FieldSpec, ...] = ()
    group: tuple[FieldSpec, ...] = ()
    heading: bool = False


class Found:
    """What was found for one field. rows: its value, one tuple of pieces a line or table row.

    years: the year above or beside each row's pieces, where a header says so.
    """

    def __init__(self, label: str) -> None:
        self.label = label
        self.rows: list[tuple[Piece, ...]] = []
        self.lines: list[Line] = []
        self.years: list[int] = []

    @property
    def pieces(self) -> list[Piece]:
        """All pieces of the value."""
        return [piece for row in self.rows for piece in row]

    @property
    def blank(self) -> bool:
        """Nothing visible stands there."""
        return not any(piece.text.strip() for piece in self.pieces)


def form_labels(vocabulary: Vocabulary) -> Labels[FormLabel]:
    """Folded label → what it may mean in the form."""
    labels = {key: FormLabel(fields=specs) for key, specs in vocabulary.fields.items()}
    for key, specs in vocabulary.groups.items():
        labels[key] = labels.get(key, FormLabel())._replace(group=specs)
    for key in vocabulary.words("part_headings"):
        labels[key] = labels.get(key, FormLabel())._replace(heading=True)
    return Labels(labels)


def read_form(items: Iterable[Item], vocabulary: Vocabulary, used: set[int]) -> dict[str, Found]:
    """Field key → what was found for it.

    used: orders of lines that are claimed already; those claimed here are added.
    """
    form = _Form(vocabulary, used)
    for item in items:
        if isinstance(item, Grid):
            form.grid(item)
        elif item.order not in used:
            form.line(item)
    return form.found


class _Form:
    def __init__(self, vocabulary: Vocabulary, used: set[int]) -> None:
        self.found: dict[str, Found] = {}
        self._vocabulary = vocabulary
        self._labels = form_labels(vocabulary)
        self._used = used
        self._group: tuple[FieldSpec, ...] = ()
        self._last: FieldSpec | None = None
        self._years: dict[int, int] = {}

    # ---- paragraphs

    def line(self, line: Line) -> None:
        """A line is labels with values, or goes on with the value above."""
        segments = list(self._segments(line))
        if not segments:
            self._continue(line)
            return
        self._used.add(line.order)
        for label, name, piece in segments:
            if label.heading and not piece.text.strip(_FILL):
                self._last = None
                continue
            spec = self._resolve(label, (), bool(piece.text.strip(_FILL)))
            if spec is not None:
                self._take(spec, name, [(piece,)], [line])

    def _continue(self, line: Line) -> None:
        spec = self._last
        if spec is None or self._is_note(line.text, spec):
            return
        found = self.found[spec.key]
        if _is_long(spec) or found.blank:
            self._used.add(line.order)
            found.rows.append((line.piece,))
            found.lines.append(line)

    def _is_note(self, text: str, spec: FieldSpec) -> bool:
        """Printed on the cover, or no date where a date is asked."""
        notes = self._vocabulary.words("cover_notes")
        if spec.part == "cover" and fold(text).endswith(tuple(notes)):
            return True
        return spec.kind == "date" and not _DIGIT.search(text)

    def _segments(self, line: Line) -> Iterator[tuple[FormLabel, str, Piece]]:
        """The labels of a line, each with the stretch up to the next."""
        _, start = line.leading
        first = next(
            (
                f
                for s in dict.fromkeys((0, start))
                if (f := split_label(line.text, self._labels, s))
            ),
            None,
        )
        if first is None:
            return
        found = [(first.what, start, first.end, first.value)]
        if not _is_long_label(first.what):
            found += self._inline(line.text, first.value)
        for index, (what, begin, end, value) in enumerate(found):
            last = index + 1 == len(found)
            piece = line.piece.cut(value, None if last else found[index + 1][1])
            yield what, line.text[begin:end], piece.strip(_FILL if last else _FILL + _PARTING)

    def _inline(self, text: str, start: int) -> Iterator[tuple[FormLabel, int, int, int]]:
        """Further labels inside a short text; each must have a colon."""
        if len(text) > _LONGEST_INLINE:
            return
        for match in _BREAK.finditer(text, start):
            found = split_label(text, self._labels, match.end())
            if found is not None and text[found.end :].lstrip()[:1] in (":", "："):
                yield found.what, match.end(), found.end, found.value

    # ---- tables

    def grid(self, grid: Grid) -> None:
        """All labels of a grid with their values, then what goes on with a value above."""
        rows = Rows(grid)
        self._note_years(grid)
        labels_here = self._label_cells(grid, rows)
        found = pairs(grid, labels_here, self._rows_below)
        taken: set[int] = set()
        by_row: dict[int, FieldSpec | None] = {}
        labels = {id(pair.label.cell): pair.label for pair in found}
        for pair in found:
            spec = self._pair(pair, rows, labels)
            taken |= {id(pair.label.cell), *(id(cell) for cell in pair.cells)}
            by_row[pair.label.cell.row] = spec
        self._leftovers(grid, taken, by_row)

    def _rows_below(self, label: FormLabel) -> int:
        """Where fields are columns, a field of three years has three rows below it."""
        yearly = any(spec.kind == "years" for spec in label.fields)
        return len(self._vocabulary.policy.template.years) if yearly else 1

    def _label_cells(self, grid: Grid, rows: Rows) -> list[LabelCell[FormLabel]]:
        """The label cells, but a group's word that answers the label before it (职务: 负责人)."""
        found = label_cells(grid, self._labels, self._used)
        plain = {id(item.cell): item for item in found}
        return [item for item in found if not self._is_answer(item, rows, plain)]

    def _is_answer(
        self, item: LabelCell[FormLabel], rows: Rows, labels: dict[int, LabelCell[FormLabel]]
    ) -> bool:
        if item.what.fields or item.what.heading or item.own:
            return False
        row = rows.at(item.cell.row)
        place = row.index(item.cell)
        left = labels.get(id(row[place - 1])) if place else None
        asked = left is not None and bool(left.what.fields) and not left.own
        return asked and not all(id(cell) in labels for cell in row)

    def _pair(
        self, pair: Pair[FormLabel], rows: Rows, labels: dict[int, LabelCell[FormLabel]]
    ) -> FieldSpec | None:
        label = pair.label
        cells = [cell for cell in pair.cells if not self._is_used(cell)]
        self._used.update(line.order for line in label.cell.lines)
        filled = any(piece.text.strip(_FILL) for piece in label.own) or any(c.lines for c in cells)
        nested = [grid for cell in cells for grid in cell.grids if self._has_labels(grid)]
        left = self._group_left(label.cell, rows, labels)
        if label.what.heading and not label.what.fields:
            self._last = None
            return None
        spec = self._resolve(label.what, left, filled and not nested)
        for grid in nested:
            self.grid(grid)
        if spec is None or nested:
            return None
        value_rows = [(piece,) for piece in self._own(label, spec)] + list(_value_rows(cells, spec))
        self._take(spec, label.label, value_rows, [line for cell in cells for line in cell.lines])
        self._years_of(spec, cells, rows)
        self._inside(spec, [*label.own, *(line.piece for cell in cells for line in cell.lines)])
        return spec

    def _is_used(self, cell: GridCell) -> bool:
        return bool(cell.lines) and all(line.order in self._used for line in cell.lines)

    def _has_labels(self, grid: Grid) -> bool:
        return any(split_label(cell.text, self._labels) for cell in grid.cells)

    def _group_left(
        self, cell: GridCell, rows: Rows, labels: dict[int, LabelCell[FormLabel]]
    ) -> tuple[FieldSpec, ...]:
        """The nearest group to the left in the label's row."""
        for other in reversed(rows.at(cell.row)):
            if other.col < cell.col and id(other) in labels:
                group = labels[id(other)].what.group
                if group:
                    return group
        return ()

    def _own(self, label: LabelCell[FormLabel], spec: FieldSpec) -> Iterator[Piece]:
        """The value behind the label in its own cell, up to the next label there."""
        for piece in label.own:
            following = None if _is_long(spec) else next(self._inline(piece.text, 0), None)
            if spec.kind != "choice" and following is not None:
                yield piece.cut(0, following[1]).strip(_FILL)
                return
            yield piece.strip(_FILL)

    def _inside(self, spec: FieldSpec, pieces: Sequence[Piece]) -> None:
        """Labels inside another's value: 评估分数 beside the levels, 电话 behind a name."""
        if _is_long(spec):
            return
        for piece in pieces:
            text = f" {piece.text}"
            found = list(self._inline(text, 0))
            for index, (what, begin, end, value) in enumerate(found):
                stop = found[index + 1][1] if index + 1 < len(found) else len(text)
                other = self._resolve(what, (), True)
                if other is not None and other is not spec:
                    rest = piece.cut(value - 1, stop - 1)
                    self._take(other, text[begin:end], [(_scalar(rest),)], [])

    def _leftovers(self, grid: Grid, taken: set[int], by_row: dict[int, FieldSpec | None]) -> None:
        """Rows without a label go on with a list or narrative above, over a split table too."""
        last = self._last if not by_row or min(by_row) > 0 else None
        for row in grid.rows:
            if any(id(cell) in taken for cell in row):
                last = by_row.get(row[0].row, last)
                continue
            filled = [cell for cell in row if cell.lines and not self._is_used(cell)]
            nested = [sub for cell in filled for sub in cell.grids if self._has_labels(sub)]
            for sub in nested:
                self.grid(sub)
            if nested or last is None or not filled or not _is_long(last):
                continue
            self._extend(last, filled)

    def _extend(self, spec: FieldSpec, cells: Sequence[GridCell]) -> None:
        found = self.found[spec.key]
        found.rows += _value_rows(cells, spec)
        found.lines += [line for cell in cells for line in cell.lines]
        self._used.update(line.order for cell in cells for line in cell.lines)

    # ---- years

    def _note_years(self, grid: Grid) -> None:
        """Column → year, from the last row that heads at least two columns with years."""
        for row in grid.rows:
            years = {cell.col: year for cell in row if (year := _year(cell.text))}
            if len(years) >= 2 and not self._is_yearly(row[0]):
                self._years = years
                self._used.update(
                    line.order for cell in row if cell.col in years for line in cell.lines
                )

    def _is_yearly(self, cell: GridCell) -> bool:
        """The row gives a value of each year: 2010, 2020 are amounts then."""
        found = split_label(cell.text, self._labels)
        return found is not None and any(spec.kind == "years" for spec in found.what.fields)

    def _years_of(self, spec: FieldSpec, cells: Sequence[GridCell], rows: Rows) -> None:
        if spec.kind != "years":
            return
        found = self.found[spec.key]
        if found.years or len(found.rows) != len(cells):
            return
        years = [self._years.get(cell.col) or _row_year(cell, rows) for cell in cells]
        if all(years):
            found.years = [year for year in years if year]

    # ---- what a label means

    def _resolve(
        self, label: FormLabel, left: tuple[FieldSpec, ...], filled: bool
    ) -> FieldSpec | None:
        """The field that a label means here. filled: a value stands with it."""
        if left:
            inside = [spec for spec in label.fields if spec in left]
            if inside:
                self._group = left
                return self._preferred(inside)
        if label.fields:
            if len(label.fields) > 1 and not self.found and not self._group:
                return None  # 姓名 or 电话 alone, with nothing of the form before it
            spec = self._preferred(label.fields)
            self._enter(spec)
            self._group = label.group or self._group
            return spec
        if label.group and not filled:
            self._group = label.group
        if label.group and filled:
            self._group = label.group
            return label.group[0]
        return None

    def _preferred(self, specs: Sequence[FieldSpec]) -> FieldSpec:
        """Of several fields that bear the label: the one of the group at hand, else the first
        that is still missing."""
        in_group = [spec for spec in specs if spec in self._group]
        for pool in (in_group, list(specs)):
            for spec in pool:
                if spec.key not in self.found or self.found[spec.key].blank:
                    return spec
        return in_group[0] if in_group else specs[0]

    def _enter(self, spec: FieldSpec) -> None:
        """A field of a group brings its group to hand; any other ends it."""
        if not spec.group:
            self._group = ()
            return
        if spec not in self._group:
            groups = self._vocabulary.groups
            self._group = groups.get(fold(spec.group[0]), ())

    def _take(
        self, spec: FieldSpec, label: str, rows: list[tuple[Piece, ...]], lines: list[Line]
    ) -> None:
        """The first filled value stands; a list or narrative whose label is repeated goes on."""
        self._used.update(line.order for line in lines)
        known = self.found.get(spec.key)
        repeated = known is not None and _is_long(spec) and self._last is spec
        if known is None or known.blank:
            known = self.found[spec.key] = Found(label)
        elif not repeated:
            self._last = spec
            return
        known.rows += rows
        known.lines += lines
        self._last = spec


def _is_long(spec: FieldSpec) -> bool:
    """Lists and narratives, which run over lines, cells and tables."""
    return spec.kind == "entries" or spec.limit is not None


def _is_long_label(label: FormLabel) -> bool:
    return any(_is_long(spec) for spec in label.fields)


def _value_rows(cells: Sequence[GridCell], spec: FieldSpec) -> Iterator[tuple[Piece, ...]]:
    """The value's pieces: one row a line; for a list typed as table rows, a row's cells together;
    for a value of three years, a cell a row (blank cells included)."""
    if spec.kind == "years":
        for cell in cells:
            yield tuple(line.piece for line in cell.lines)
        return
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in by_row.values():
        filled = [cell for cell in row if cell.lines]
        if spec.kind == "entries" and len(filled) > 1:
            yield tuple(line.piece for cell in filled for line in cell.lines)
            continue
        for cell in filled:
            yield from _item_rows(cell.items, spec)


def _item_rows(items: Iterable[Item], spec: FieldSpec) -> Iterator[tuple[Piece, ...]]:
    for item in items:
        if isinstance(item, Line):
            yield (item.piece,)
        elif spec.kind == "entries":
            for row in item.rows:
                pieces = tuple(line.piece for cell in row for line in cell.lines)
                if pieces:
                    yield pieces
        elif spec.limit is None:
            yield from ((line.piece,) for line in item.lines)


def _scalar(piece: Piece) -> Piece:
    """The first word of a short value that stands inside another one's cell."""
    text = piece.text
    cut = re.search(r"[\s（()），,；;。]", text.strip())
    offset = len(text) - len(text.lstrip())
    return piece.cut(0, offset + cut.start()).strip() if cut else piece.strip()


def _year(text: str) -> int | None:
    match = _YEAR.match(fold(text))
    return int(match.group(1)) if match else None


def _row_year(cell: GridCell, rows: Rows) -> int | None:
    """The year that heads the cell's row, where fields are columns and years are rows."""
    left = (other for other in rows.at(cell.row) if other.col < cell.col)
    return next((year for other in left if (year := _year(other.text))), None)
