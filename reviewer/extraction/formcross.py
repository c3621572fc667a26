"""Groups of the form as rows, their fields as columns: 姓名, 电话 above, 联系人 before its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewer.extraction.cells import LabelCell, Rows
from reviewer.extraction.flow import GridCell
from reviewer.extraction.formlabels import FormLabel
from reviewer.policy.schema import FieldSpec

_FEWEST = 2


class Crossing(NamedTuple):
    """A field's value where its group's row meets its column."""

    spec: FieldSpec
    head: LabelCell[FormLabel]
    group: LabelCell[FormLabel]
    value: GridCell


def crossings(rows: Rows, labels: Sequence[LabelCell[FormLabel]]) -> Iterator[Crossing]:
    """The values below such heads, row by row; none where the table is laid out otherwise."""
    by_cell = {id(item.cell): item for item in labels}
    heads: dict[int, LabelCell[FormLabel]] = {}
    for number in rows.numbers:
        first, *others = rows.at(number)
        group = by_cell.get(id(first))
        named = [by_cell[id(cell)] for cell in others if id(cell) in by_cell]
        if group is None or not group.what.group:
            filled = [cell for cell in others if cell.lines]
            heads = _heads(named) if len(named) == len(filled) else {}
        elif named or group.own:
            heads = {}
        else:
            yield from _row(group, heads, others)


def _heads(named: Sequence[LabelCell[FormLabel]]) -> dict[int, LabelCell[FormLabel]]:
    """Column → label, where all are labels of fields that groups have, alone in their cells."""
    told = all(not item.own and any(spec.group for spec in item.what.fields) for item in named)
    return {item.cell.col: item for item in named} if told and len(named) >= _FEWEST else {}


def _row(
    group: LabelCell[FormLabel], heads: dict[int, LabelCell[FormLabel]], cells: Sequence[GridCell]
) -> Iterator[Crossing]:
    for cell in cells:
        head = heads.get(cell.col)
        inside = [spec for spec in head.what.fields if spec in group.what.group] if head else []
        if head is not None and inside:
            yield Crossing(inside[0], head, group, cell)
