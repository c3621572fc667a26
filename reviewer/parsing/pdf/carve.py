"""A table inside a cell whose lines meet the cell's own (at a page's edge they do) makes one grid with it.

What tells them apart is the cell's padding: a narrow empty column on both sides of the inner table.
"""

from __future__ import annotations

import numpy as np

from reviewer.parsing.pdf.grid import Grid, GridCell

_PADDING = 11.0
_FEWEST = 2


def carved(grid: Grid) -> list[Grid]:
    """The grid and all that was carved out of it; the grid alone where nothing is."""
    narrow = [cell for cell in grid.cells if grid.xs[cell.right] - grid.xs[cell.left] < _PADDING]
    for left in narrow:
        for right in narrow:
            same = (left.top, left.bottom) == (right.top, right.bottom)
            if same and left.right < right.left:
                block = GridCell(left.top, left.right, left.bottom, right.left)
                inner = [cell for cell in grid.cells if _within(cell, block)]
                if len(inner) >= _FEWEST and _area(block) == sum(map(_area, inner)):
                    rest = carved(_outer(grid, left, right, inner))
                    return [*rest, _inner(grid, block, inner)]
    return [grid]


def _within(cell: GridCell, block: GridCell) -> bool:
    rows = block.top <= cell.top and cell.bottom <= block.bottom
    return rows and block.left <= cell.left and cell.right <= block.right


def _area(cell: GridCell) -> int:
    return (cell.bottom - cell.top) * (cell.right - cell.left)


def _outer(grid: Grid, left: GridCell, right: GridCell, inner: list[GridCell]) -> Grid:
    gone = {left, right, *inner}
    cells = [cell for cell in grid.cells if cell not in gone]
    cells.append(GridCell(left.top, left.left, left.bottom, right.right))
    return grid._replace(cells=cells, owner=_owners(grid, cells))


def _inner(grid: Grid, block: GridCell, inner: list[GridCell]) -> Grid:
    cells = [
        GridCell(c.top - block.top, c.left - block.left, c.bottom - block.top, c.right - block.left)
        for c in inner
    ]
    part = grid._replace(
        xs=grid.xs[block.left : block.right + 1],
        ys=grid.ys[block.top : block.bottom + 1],
        cells=cells,
    )
    return part._replace(owner=_owners(part, cells), open_top=False, open_bottom=False)


def _owners(grid: Grid, cells: list[GridCell]) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    owner = np.full((len(grid.ys) - 1, len(grid.xs) - 1), -1, np.int32)
    for number, cell in enumerate(cells):
        owner[cell.top : cell.bottom, cell.left : cell.right] = number
    return owner
