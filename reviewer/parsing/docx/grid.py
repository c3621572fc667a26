"""Tables as Word writes them, row by row, resolved into a grid without overlaps."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from reviewer.model.document import Block, Cell, Paragraph

WIDEST = 63  # Word's own limit of columns


class RawCell(Struct, gc=False):
    """A ``w:tc``, then the cell of the grid that it becomes.

    span: columns. down: continues the cell above; starts: begins a merge downwards. right:
    continues the cell before. row, col, rows: set by the grid.
    """

    span: int = 1
    down: bool = False
    starts: bool = False
    right: bool = False
    blocks: list[Block] = field(default_factory=list)
    row: int = 0
    col: int = 0
    rows: int = 1


class Grid:
    """Collects rows. Malformed tables are taken as far as they make sense.

    A cell that claims to continue another continues it where one that is open above begins in the
    same column and is no wider; otherwise it is a cell of its own. A continuing cell's own text is
    kept: it is appended to the cell that it continues.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.cols = 0
        self._cells: list[RawCell] = []
        self._mergeable: dict[int, RawCell] = {}

    def add(self, before: int, after: int, cells: Sequence[RawCell]) -> None:
        """Add a row. before, after: grid columns left out at its ends."""
        column = before
        mergeable: dict[int, RawCell] = {}
        last: RawCell | None = None
        for cell in cells:
            width = cell.span
            above = self._mergeable.get(column) if cell.down else None
            if cell.right and last is not None:
                if last.row == self.rows:  # a merge down was settled by the cells above
                    last.span += width
                last.blocks += visible(cell.blocks)
            elif above is not None and above.span <= width:
                above.rows += 1
                above.blocks += visible(cell.blocks)
                mergeable[column] = last = above
            else:
                cell.row, cell.col = self.rows, column
                last = cell
                self._cells.append(cell)
                if cell.starts or cell.down:
                    mergeable[column] = cell
            column += width
        self.cols = max(self.cols, column + after)
        self.rows += 1
        self._mergeable = mergeable

    def cells(self) -> tuple[Cell, ...]:
        """The cells in order of their top left corners."""
        return tuple([Cell(c.row, c.col, c.rows, c.span, tuple(c.blocks)) for c in self._cells])


def visible(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a continuing cell that show anything."""
    return [b for b in blocks if not isinstance(b, Paragraph) or b.text or b.number or b.notes]
