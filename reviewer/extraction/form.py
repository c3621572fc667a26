"""Reads the cover and table 一: which label has which value, over tables and paragraphs alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reviewer.extraction.cells import LabelCell, Pair, Rows, label_cells, pairs
from reviewer.extraction.flow import Grid, GridCell, Item, Line
from reviewer.extraction.formcross import crossings
from reviewer.extraction.formlabels import FormLabel, Meanings, form_labels, has_long, is_long
from reviewer.extraction.formvalues import Found, scalar, value_rows
from reviewer.extraction.formyears import YearHeads
from reviewer.extraction.parted import parted_values
from reviewer.extraction.residue import written
from reviewer.extraction.texts import Piece
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import split_label
from reviewer.policy.labels import fold
from reviewer.policy.schema import FieldSpec

_BREAK = re.compile(r"[\s；;，,。、（(|]+")
_LONGEST_INLINE = 200
_LONGEST_HEAD = 20
_FILL = "_＿ \t　\n"
_PARTING = "；;，,、|"
_DIGIT = re.compile(r"[\dXxＸ〇零一二三四五六七八九十]")


def read_form(items: Iterable[Item], vocabulary: Vocabulary, used: set[int]) -> dict[str, Found]:
    """Field key → what was found for it.

    used: orders of lines that are claimed already; those claimed here are added.
    """
    form = _Form(vocabulary, used)
    items = list(items)
    form.part(items)
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
        self._meanings = Meanings(vocabulary, self._is_filled)
        self._years = YearHeads(self._labels)
        self._last: FieldSpec | None = None
        self._parted: dict[int, Line] = {}

    def part(self, items: Sequence[Item]) -> None:
        """Note the values that stand apart from their labels."""
        self._parted = parted_values(items, self._labels, self._vocabulary)

    def _is_filled(self, key: str) -> bool | None:
        return not self.found[key].blank if key in self.found else None

    # ---- paragraphs

    def line(self, line: Line) -> None:
        """A line is labels with values, or goes on with the value above."""
        segments = list(self._segments(line))
        value = self._parted.get(line.order)
        if value is not None and len(segments) == 1:
            segments = [(*segments[0][:2], value.piece)]
            self._used.add(value.order)
        lines = [line] if value is None else [line, value]
        if not segments:
            self._continue(line)
            return
        for label, name, piece in segments:
            filled = bool(piece.text.strip(_FILL))
            if label.heading and not filled:
                self._last = None
                self._used.add(line.order)
                continue
            spec = self._meanings.resolve(label, (), filled)
            taken = spec is not None and self._take(spec, name, [(piece,)], lines)
            if taken or not filled:
                self._used.add(line.order)

    def _continue(self, line: Line) -> None:
        spec = self._last
        if spec is None or self._is_note(line.text, spec) or self._announces(line.text):
            self._last = None
            return
        found = self.found[spec.key]
        if is_long(spec) or found.blank:
            self._used.add(line.order)
            found.rows.append((line.piece,))
            found.lines.append(line)

    def _announces(self, text: str) -> bool:
        """工厂整体建设成效如下： stands before a table, whatever was above."""
        heads = tuple(self._vocabulary.words("part_headings"))
        return len(text) <= _LONGEST_HEAD and text[-1:] in ":：" and fold(text).startswith(heads)

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
        if not has_long(first.what):
            found += self._inline(line.text, first.value)
        for index, (what, begin, end, value) in enumerate(found):
            last = index + 1 == len(found)
            piece = line.piece.cut(value, None if last else found[index + 1][1])
            piece = piece.strip(_FILL if last else _FILL + _PARTING)
            yield what, line.text[begin:end], written(piece, self._vocabulary)

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
        self._used |= self._years.note(grid)
        self._crossed(grid, rows)
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

    def _crossed(self, grid: Grid, rows: Rows) -> None:
        """Persons as rows, what is asked of them as columns."""
        for spec, head, group, value in crossings(
            rows, label_cells(grid, self._labels, self._used)
        ):
            self._take(spec, head.label, list(value_rows([value], spec)), list(value.lines))
            lines = (*head.cell.lines, *group.cell.lines)
            self._used.update(line.order for line in lines)

    def _rows_below(self, label: FormLabel) -> int:
        """Where fields are columns, a field of three years has three rows below it."""
        yearly = any(spec.kind == "years" for spec in label.fields)
        return len(self._vocabulary.policy.template.years) if yearly else 1

    def _label_cells(self, grid: Grid, rows: Rows) -> list[LabelCell[FormLabel]]:
        """The label cells, but those that answer the label before them: 负责人 behind 职务,
        联系人：… behind 总集成方案供应商联系人及联系方式."""
        found = label_cells(grid, self._labels, self._used)
        plain = {id(item.cell): item for item in found}
        return [item for item in found if not self._is_answer(item, rows, plain)]

    def _is_answer(
        self, item: LabelCell[FormLabel], rows: Rows, labels: dict[int, LabelCell[FormLabel]]
    ) -> bool:
        if item.what.heading or (item.what.fields and not item.own):
            return False
        row = rows.at(item.cell.row)
        place = row.index(item.cell)
        left = labels.get(id(row[place - 1])) if place else None
        if left is None or not left.what.fields or left.what.group or left.own:
            return False
        if item.own:
            return not any(spec.group for spec in left.what.fields) and _is_grouped(item.what)
        return not all(id(cell) in labels for cell in row)

    def _pair(
        self, pair: Pair[FormLabel], rows: Rows, labels: dict[int, LabelCell[FormLabel]]
    ) -> FieldSpec | None:
        label = pair.label
        cells = [cell for cell in pair.cells if not self._is_used(cell)]
        cells = [cell for cell in cells if not cell.lines or not self._is_colon(cell)]
        self._used.update(line.order for line in label.cell.lines)
        filled = any(piece.text.strip(_FILL) for piece in label.own) or any(c.lines for c in cells)
        nested = [grid for cell in cells for grid in cell.grids if self._has_labels(grid)]
        left = self._group_left(label.cell, rows, labels)
        heading = label.what.heading and not label.what.fields
        spec = None if heading else self._meanings.resolve(label.what, left, filled and not nested)
        if heading:
            self._last = None
        for grid in nested:
            self.grid(grid)
        if spec is None or nested:
            return None
        found = [*((piece,) for piece in self._own(label, spec)), *value_rows(cells, spec)]
        self._take(spec, label.label, found, [line for cell in cells for line in cell.lines])
        if spec.kind == "years" and not self.found[spec.key].years:
            self.found[spec.key].years = self._years.of(cells, rows)
        self._inside(spec, [*label.own, *(line.piece for cell in cells for line in cell.lines)])
        return spec

    def _is_colon(self, cell: GridCell) -> bool:
        """A colon between label and value in a cell of its own."""
        colon = not cell.text.strip(":： \n")
        if colon:
            self._used.update(line.order for line in cell.lines)
        return colon

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
        for index, piece in enumerate(label.own):
            if (
                index
                and not is_long(spec)
                and next(self._inline(f" {piece.text}", 0), (0, 0))[1] == 1
            ):
                return  # the next line has a label of its own
            following = None if is_long(spec) else next(self._inline(piece.text, 0), None)
            if spec.kind != "choice" and following is not None:
                yield written(piece.cut(0, following[1]).strip(_FILL), self._vocabulary)
                return
            yield written(piece.strip(_FILL), self._vocabulary)

    def _inside(self, spec: FieldSpec, pieces: Sequence[Piece]) -> None:
        """Labels inside another's value: 评估分数 beside the levels, 电话 behind a name."""
        if is_long(spec):
            return
        for piece in pieces:
            text = f" {piece.text}"
            found = list(self._inline(text, 0))
            for index, (what, begin, end, value) in enumerate(found):
                stop = found[index + 1][1] if index + 1 < len(found) else len(text)
                other = self._meanings.resolve(what, (), True)
                if other is not None and other is not spec:
                    rest = piece.cut(value - 1, stop - 1)
                    alone = begin == 1 and len(found) == 1
                    self._take(other, text[begin:end], [(scalar(rest, alone),)], [])

    def _leftovers(self, grid: Grid, taken: set[int], by_row: dict[int, FieldSpec | None]) -> None:
        """Rows without a label go on with a list or narrative above, over a split table too."""
        last = self._last if not by_row or min(by_row) > 0 else None
        for row in grid.rows:
            if any(id(cell) in taken for cell in row):
                last = by_row.get(row[0].row, last)
                continue
            filled = [cell for cell in row if cell.lines and not self._is_used(cell)]
            if len(filled) < sum(bool(cell.lines) for cell in row):
                continue  # a remark in a row of the indicators or of the years
            nested = [sub for cell in filled for sub in cell.grids if self._has_labels(sub)]
            for sub in nested:
                self.grid(sub)
            if nested or last is None or not filled or not is_long(last):
                continue
            self._extend(last, filled)

    def _extend(self, spec: FieldSpec, cells: Sequence[GridCell]) -> None:
        found = self.found[spec.key]
        found.rows += value_rows(cells, spec)
        found.lines += [line for cell in cells for line in cell.lines]
        self._used.update(line.order for cell in cells for line in cell.lines)

    def _take(
        self, spec: FieldSpec, label: str, rows: list[tuple[Piece, ...]], lines: list[Line]
    ) -> bool:
        """The first filled value stands; a list or narrative whose label is repeated goes on.
        False where the value was not taken."""
        known = self.found.get(spec.key)
        repeated = known is not None and is_long(spec) and self._last is spec
        if known is None or known.blank:
            known = self.found[spec.key] = Found(label)
        elif not repeated:
            self._last = spec
            return False
        self._used.update(line.order for line in lines)
        known.rows += rows
        known.lines += lines
        self._last = spec
        return True


def _is_grouped(label: FormLabel) -> bool:
    """联系人, or one of the words behind it: 姓名, 电话."""
    return bool(label.group) or all(spec.group for spec in label.fields)
