"""What was found for a field of the form, as pieces of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reviewer.extraction.flow import GridCell, Item, Line
from reviewer.extraction.texts import Piece
from reviewer.policy.schema import FieldSpec

_REMARK, _WORD_END = re.compile(r"[（(；;。]"), re.compile(r"[\s（()），,；;。]")


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


def value_rows(cells: Sequence[GridCell], spec: FieldSpec) -> Iterator[tuple[Piece, ...]]:
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


def scalar(piece: Piece, alone: bool = False) -> Piece:
    """The first word of a short value that stands inside another one's cell; of one alone in its
    line all words up to a remark."""
    text = piece.text
    cut = (_REMARK if alone else _WORD_END).search(text.strip())
    offset = len(text) - len(text.lstrip())
    return piece.cut(0, offset + cut.start()).strip() if cut else piece.strip()
