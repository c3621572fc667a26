"""Ruled tables: ruling lines that touch make a grid, whose squares without a line between them make cells."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reviewer.parsing.pdf.content import Rect, Rule

_SAME = 1.6  # pieces of one line
_SNAP = 2.8  # edges of one border, which may be drawn as two lines
_REACH = 3.5  # a line that ends so close to another touches it
_OVERHANG = 9.0  # a line that goes on so far beyond the outermost edge has an open side there
_UNSEEN = -2
_MOST_RULES = 4_000
_MOST_SQUARES = 40_000


class GridCell(NamedTuple):
    """A cell by rows and columns of its grid: [top, bottom) and [left, right)."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(NamedTuple):
    """xs, ys: edges, ascending. owner: (rows, cols) index into cells, -1 where no cell is.

    whole: all cells are rectangles. open_top, open_bottom: the outer line there was not drawn.
    """

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    owner: NDArray[np.int32]
    whole: bool
    open_top: bool = False
    open_bottom: bool = False

    @property
    def box(self) -> Rect:
        """Where it stands."""
        return Rect(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_box(self, cell: GridCell) -> Rect:
        """The rectangle of a cell on the page."""
        return Rect(
            self.xs[cell.left], self.ys[cell.top], self.xs[cell.right], self.ys[cell.bottom]
        )


def grids(across: Sequence[Rule], down: Sequence[Rule]) -> tuple[list[Grid], list[Rule]]:
    """The tables of a page, larger ones first, and the lines across that belong to none."""
    rows, columns = _merged(across)[:_MOST_RULES], _merged(down)[:_MOST_RULES]
    if not rows or not columns:
        return [], rows
    found, used = [], set()
    for own_rows, own_columns in _components(rows, columns):
        if len(own_rows) < 2 or not own_columns:
            continue
        grid = _grid([rows[k] for k in own_rows], [columns[k] for k in own_columns])
        if grid is not None:
            found.append(grid)
            used.update(own_rows)
    found.sort(key=lambda grid: -_area(grid.box))
    return found, [rule for k, rule in enumerate(rows) if k not in used]


def _area(box: Rect) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Collinear pieces that overlap or nearly touch as one line."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][0].at <= _SAME:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    found = []
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        start, end = None, 0.0
        for rule in sorted(group, key=lambda rule: rule.start):
            if start is not None and rule.start <= end + _REACH:
                end = max(end, rule.end)
                continue
            if start is not None:
                found.append(Rule(at, start, end))
            start, end = rule.start, rule.end
        if start is not None:
            found.append(Rule(at, start, end))
    return found


def _components(rows: list[Rule], columns: list[Rule]) -> list[tuple[list[int], list[int]]]:
    """Rows and columns that touch, directly or by others."""
    h, v = np.array(rows), np.array(columns)
    touch = (v[None, :, 0] >= h[:, None, 1] - _REACH) & (v[None, :, 0] <= h[:, None, 2] + _REACH)
    touch &= (h[:, None, 0] >= v[None, :, 1] - _REACH) & (h[:, None, 0] <= v[None, :, 2] + _REACH)
    by_row: list[list[int]] = [[] for _ in rows]
    by_column: list[list[int]] = [[] for _ in columns]
    for row, column in np.argwhere(touch).tolist():
        by_row[row].append(column)
        by_column[column].append(row)
    seen: set[int] = set()
    found = []
    for first in range(len(rows)):
        if first in seen:
            continue
        own_rows, own_columns, queue = {first}, set[int](), [first]
        while queue:
            for column in by_row[queue.pop()]:
                if column not in own_columns:
                    own_columns.add(column)
                    fresh = [row for row in by_column[column] if row not in own_rows]
                    own_rows.update(fresh)
                    queue += fresh
        seen |= own_rows
        found.append((sorted(own_rows), sorted(own_columns)))
    return found


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    xs, ys = _edges([rule.at for rule in columns]), _edges([rule.at for rule in rows])
    left, right = min(r.start for r in rows), max(r.end for r in rows)
    top, bottom = min(r.start for r in columns), max(r.end for r in columns)
    open_top, open_bottom = top < ys[0] - _OVERHANG, bottom > ys[-1] + _OVERHANG
    ys = [top] * open_top + ys + [bottom] * open_bottom
    open_left = _juts(rows, xs[0], left=True)
    open_right = _juts(rows, xs[-1], left=False)
    xs = [left] * open_left + xs + [right] * open_right
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_SQUARES:
        return None
    rows = rows + [
        Rule(y, xs[0], xs[-1]) for y, opened in ((top, open_top), (bottom, open_bottom)) if opened
    ]
    columns = columns + [
        Rule(x, ys[0], ys[-1]) for x, opened in ((left, open_left), (right, open_right)) if opened
    ]
    return _filled(xs, ys, rows, columns, open_top, open_bottom)


def _juts(rows: list[Rule], edge: float, *, left: bool) -> bool:
    """Whether most lines across go on beyond the outermost line down: an open side."""
    beyond = [r.start < edge - _OVERHANG if left else r.end > edge + _OVERHANG for r in rows]
    return len(rows) >= 3 and 2 * sum(beyond) > len(rows)


def _edges(values: list[float]) -> list[float]:
    found: list[float] = []
    group: list[float] = []
    for value in sorted(values):
        if group and value - group[0] > _SNAP:
            found.append(sum(group) / len(group))
            group = []
        group.append(value)
    return [*found, sum(group) / len(group)]


def _near(edges: list[float], value: float) -> int:
    k = bisect.bisect_left(edges, value)
    if k == len(edges) or (k and value - edges[k - 1] < edges[k] - value):
        return k - 1
    return k


def _walls(edges: list[float], across: list[float], rules: list[Rule]) -> list[bytearray]:
    """For each edge, which of the stretches between the other edges a line covers."""
    walls = [bytearray(len(across) - 1) for _ in edges]
    for rule in rules:
        wall = walls[_near(edges, rule.at)]
        k = bisect.bisect_left(across, rule.start - _REACH)
        while k < len(across) - 1 and across[k + 1] <= rule.end + _REACH:
            wall[k] = 1
            k += 1
    return walls


def _filled(
    xs: list[float],
    ys: list[float],
    rows: list[Rule],
    columns: list[Rule],
    open_top: bool,
    open_bottom: bool,
) -> Grid | None:
    flat, upright = _walls(ys, xs, rows), _walls(xs, ys, columns)
    high, wide = len(ys) - 1, len(xs) - 1
    owner = [[_UNSEEN] * wide for _ in range(high)]
    cells: list[GridCell] = []
    whole = True
    for row, column in product(range(high), range(wide)):
        if owner[row][column] != _UNSEEN:
            continue
        squares, closed = _flood(row, column, high, wide, flat, upright)
        for r, k in squares:
            owner[r][k] = len(cells) if closed else -1
        if closed:
            cell = _bounds(squares)
            whole &= len(squares) == (cell.bottom - cell.top) * (cell.right - cell.left)
            cells.append(cell)
    if not cells:
        return None
    return Grid(xs, ys, cells, np.array(owner, np.int32), whole, open_top, open_bottom)


def _bounds(squares: set[tuple[int, int]]) -> GridCell:
    if len(squares) == 1:
        ((row, column),) = squares
        return GridCell(row, column, row + 1, column + 1)
    rows, columns = zip(*squares, strict=True)
    return GridCell(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def _flood(
    row: int, column: int, high: int, wide: int, flat: list[bytearray], upright: list[bytearray]
) -> tuple[set[tuple[int, int]], bool]:
    """The squares reached without crossing a line, and whether the outside was not."""
    squares, queue, closed = {(row, column)}, [(row, column)], True
    sides = upright[column][row] and upright[column + 1][row]
    if sides and flat[row][column] and flat[row + 1][column]:
        return squares, True  # as most are
    while queue:
        r, k = queue.pop()
        for wall, nr, nk in (
            (upright[k][r], r, k - 1),
            (upright[k + 1][r], r, k + 1),
            (flat[r][k], r - 1, k),
            (flat[r + 1][k], r + 1, k),
        ):
            if wall:
                continue
            if not (0 <= nr < high and 0 <= nk < wide):
                closed = False
            elif (nr, nk) not in squares:
                squares.add((nr, nk))
                queue.append((nr, nk))
    return squares, closed
