"""Tables that go on over pages become one; so do the cells that a page break cuts through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviewer.parsing.pdf.layout import Item, Page, PageCell, PageTable
from reviewer.parsing.pdf.lines import Line
from reviewer.parsing.pdf.paragraphs import goes_on, is_full
from reviewer.parsing.pdf.wording import begins_item, ended

_SAME_EDGE = 5.0
_SNAP = 3.2
_NEAR_END = 70.0  # points of free space below a table that goes on
_MOST_HEADS = 3
_LONG = 60
_FEW = 3
_WIDE = 14  # characters in a line of a cell for texts


def stitch(pages: Sequence[Page]) -> list[Item]:
    """All items of the document in reading order, tables over pages joined."""
    bottom = max((item.box.bottom for page in pages for item in page.items), default=0.0)
    found: list[Item] = []
    for page in pages:
        items = _filled(page.items)
        if items and found:
            before, first = found[-1], items[0]
            if (
                isinstance(before, PageTable)
                and isinstance(first, PageTable)
                and _continues(before, first, bottom)
            ):
                found[-1] = _joined(before, first)
                items.pop(0)
        found += items
    return found


def _filled(items: Sequence[Item]) -> list[Item]:
    """The items of a page; the last characters of a side label that run over its table's end,
    before the next part of that table, put back into its cell."""
    found: list[Item] = []
    for index, item in enumerate(items):
        before = found[-1] if found else None
        behind = items[index + 1] if index + 1 < len(items) else None
        if (
            isinstance(item, Line) and isinstance(before, PageTable)
            and isinstance(behind, PageTable) and _runs_over(before, item, behind)
        ):  # fmt: skip
            foot = next(cell for cell in before.cells if _is_side(cell, before))
            foot.items.append(item)
        else:
            found.append(item)
    return found


def _runs_over(above: PageTable, line: Line, below: PageTable) -> bool:
    """Whether a line between two tables is the rest of a narrow cell at the foot of the first."""
    if len(line.text.strip()) > _FEW or abs(above.xs[0] - below.xs[0]) > _SAME_EDGE:
        return False
    if not above.xs[0] <= line.box.x0 <= line.box.x1 <= above.xs[1]:
        return False
    return any(_is_side(cell, above) and cell.items for cell in above.cells)


def _is_side(cell: PageCell, table: PageTable) -> bool:
    return cell.col == 0 and cell.colspan == 1 and cell.below == table.rows


def _continues(one: PageTable, two: PageTable, bottom: float) -> bool:
    """Whether a table at the top of a page is the rest of the one at the end of the page before."""
    if two.page != one.page + 1:
        return False
    edges = ((one.xs[0], two.xs[0]), (one.xs[-1], two.xs[-1]))
    if any(abs(a - b) > _SAME_EDGE for a, b in edges):
        return False
    if one.open_bottom or two.open_top:
        return True
    first_row = min(
        (cell.box.bottom - cell.box.top for cell in two.cells if cell.row == 0), default=0.0
    )
    return bottom - one.box.bottom < max(_NEAR_END, first_row + 20)


def _joined(one: PageTable, two: PageTable) -> PageTable:
    """One table of both; what is repeated at the top of the second is left out."""
    xs = _edges([*one.xs, *two.xs])
    upper = [_on(cell, one.xs, xs) for cell in one.cells]
    lower = [_on(cell, two.xs, xs) for cell in two.cells]
    heads = _repeated(upper, lower)
    if heads:
        lower = [replace(cell, row=cell.row - heads) for cell in lower if cell.row >= heads]
    pairs = _pairs(upper, one.rows, lower)
    cut = _is_cut(pairs) or (one.open_bottom and two.open_top and bool(pairs) and not heads)
    cut = cut and len(pairs) == sum(cell.row == 0 for cell in lower)
    shift = one.rows - (1 if cut else 0)
    kept: list[PageCell] = []
    for cell in lower:
        above = next((a for a, b in pairs if b is cell), None)
        if above is not None and (cut or (not cell.items and above.rowspan > 1)):
            above.items = _merged(above.items, cell.items)
            above.rowspan += cell.rowspan - (1 if cut else 0)
        else:
            kept.append(replace(cell, row=cell.row + shift))
    return PageTable(
        two.page, one.first_page, two.box, xs, two.rows - heads + shift, [*upper, *kept],
        one.open_top, two.open_bottom,
    )  # fmt: skip


def _edges(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _on(cell: PageCell, xs: list[float], edges: list[float]) -> PageCell:
    """The cell with its columns counted by other edges."""
    left, right = (_nearest(edges, xs[k]) for k in (cell.col, cell.right))
    return replace(cell, col=left, colspan=max(1, right - left))


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda k: abs(edges[k] - value))


def _repeated(upper: list[PageCell], lower: list[PageCell]) -> int:
    """How many rows at the top of the second repeat the first's."""
    rows = max((cell.below for cell in lower), default=0)
    count = 0
    while count < min(_MOST_HEADS, rows - 1):
        one, two = _row(upper, count), _row(lower, count)
        if one != two or sum(bool(text) for _, _, _, text in two) < 2:
            break
        count += 1
    whole = all(cell.row >= count or cell.below <= count for cell in lower)
    return count if whole else 0


def _row(cells: list[PageCell], row: int) -> list[tuple[int, int, int, str]]:
    own = [cell for cell in cells if cell.row == row]
    return sorted((cell.col, cell.colspan, cell.rowspan, cell.text) for cell in own)


def _pairs(
    upper: list[PageCell], rows: int, lower: list[PageCell]
) -> list[tuple[PageCell, PageCell]]:
    """Cells at the foot of the first with those of the same columns at the head of the second."""
    feet = {(cell.col, cell.right): cell for cell in upper if cell.below == rows}
    heads = [cell for cell in lower if cell.row == 0]
    return [(feet[cell.col, cell.right], cell) for cell in heads if (cell.col, cell.right) in feet]


def _is_cut(pairs: list[tuple[PageCell, PageCell]]) -> bool:
    """Whether the page break goes through a row: what stands below completes what stands above."""
    own = [(a, b) for a, b in pairs if not (a.rowspan > 1 and not b.items)]
    own = [(a, b) for a, b in own if b.rowspan == 1] or own
    filled = [(a, b) for a, b in own if b.items]
    if not filled or any(not a.items for a, _ in filled):
        return False
    if len(own) == 1:
        return _unfinished(*own[0])
    lacking = [(a, b) for a, b in own if not b.items and a.items]
    if not lacking:
        return len(own) <= _FEW and any(_in_sentence(a, b) for a, b in filled)
    if len(own) == 2:
        return not own[0][1].items or _unfinished(*filled[0])
    return all(_unfinished(a, b) for a, b in filled)


def _in_sentence(above: PageCell, below: PageCell) -> bool:
    """Whether a text in a wide cell breaks off amid a sentence: whatever stands beside it is cut too."""
    if above.items and below.items and _same_table(above.items[-1], below.items[0]):
        return True
    last = next((item for item in reversed(above.items) if isinstance(item, Line)), None)
    first = next((item for item in below.items if isinstance(item, Line)), None)
    if last is None or first is None or ended(last.text):
        return False
    return last.right - last.left > _WIDE * last.size and goes_on([last], first)


def _unfinished(above: PageCell, below: PageCell) -> bool:
    """Whether a cell's text goes on in the one below."""
    last = next((item for item in reversed(above.items) if isinstance(item, Line)), None)
    first = next((item for item in below.items if isinstance(item, Line)), None)
    if last is None or first is None:
        return isinstance(above.items[-1], PageTable) and isinstance(below.items[0], PageTable)
    if isinstance(below.items[0], PageTable) or begins_item(first.text):
        return False
    if goes_on([last], first):
        return True
    if abs(last.size - first.size) > 1 or len(above.text) < _LONG:
        return is_full(last, first) and not ended(last.text)
    return True


def _same_table(last: Item, first: Item) -> bool:
    """Whether two nested tables are parts of one: their outer edges are the same."""
    if not (isinstance(last, PageTable) and isinstance(first, PageTable)):
        return False
    left, right = abs(last.xs[0] - first.xs[0]), abs(last.xs[-1] - first.xs[-1])
    return left < _SAME_EDGE and right < _SAME_EDGE


def _merged(upper: list[Item], lower: list[Item]) -> list[Item]:
    """The contents of a cell's two parts; a nested table that is cut too becomes one again."""
    if upper and lower:
        last, first = upper[-1], lower[0]
        if isinstance(last, PageTable) and isinstance(first, PageTable):
            same = (
                abs(last.xs[0] - first.xs[0]) < _SAME_EDGE
                and abs(last.xs[-1] - first.xs[-1]) < _SAME_EDGE
            )
            if same:
                return [*upper[:-1], _joined(last, first), *lower[1:]]
    return [*upper, *lower]
