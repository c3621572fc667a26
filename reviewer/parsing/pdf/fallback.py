"""Tables by pdfplumber, for pages whose ruling lines make no grid of rectangles: slow, but another opinion."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from reviewer.parsing.pdf.grid import Grid, GridCell

_SNAP = 2.8


def tables(data: bytes, number: int) -> list[Grid] | None:
    """The tables of a page (from 1), larger ones first; None where pdfplumber fails too."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as document:
            found = document.pages[0].find_tables()
            boxes = [[cell for cell in table.cells if cell is not None] for table in found]
    except Exception:  # a stranger's file may break pdfminer anywhere; the first opinion stands
        return None
    grids = [grid for own in boxes if (grid := _grid(own)) is not None]
    return sorted(grids, key=lambda g: -(g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0]))


def _grid(boxes: Sequence[tuple[float, float, float, float]]) -> Grid | None:
    xs = _edges([x for box in boxes for x in (box[0], box[2])])
    ys = _edges([y for box in boxes for y in (box[1], box[3])])
    if len(xs) < 2 or len(ys) < 2:
        return None
    owner = np.full((len(ys) - 1, len(xs) - 1), -1, np.int32)
    cells: list[GridCell] = []
    for x0, top, x1, bottom in boxes:
        cell = GridCell(_near(ys, top), _near(xs, x0), _near(ys, bottom), _near(xs, x1))
        if cell.bottom <= cell.top or cell.right <= cell.left:
            continue
        square = owner[cell.top : cell.bottom, cell.left : cell.right]
        if (square >= 0).any():
            continue
        square[:] = len(cells)
        cells.append(cell)
    return Grid(xs, ys, cells, owner, True) if cells else None


def _edges(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(float(value))
    return found


def _near(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda k: abs(edges[k] - value))
