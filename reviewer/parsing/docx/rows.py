"""What ``w:trPr`` and ``w:tcPr`` say, with values clamped to what Word can hold."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from reviewer.parsing.docx.grid import WIDEST, RawCell
from reviewer.parsing.docx.names import DEL, TC, TC_PR, TR_PR, W
from reviewer.parsing.docx.values import clamped, kids, on, val

_GRID_BEFORE, _GRID_AFTER, _HIDDEN_ROW = W + "gridBefore", W + "gridAfter", W + "hidden"
_GRID_SPAN, _V_MERGE, _H_MERGE = W + "gridSpan", W + "vMerge", W + "hMerge"
_PLAIN = frozenset({W + "tcW", W + "vAlign", W + "tcBorders", W + "shd"})
_CELL_DEL, _CELL_MERGE = W + "cellDel", W + "cellMerge"


def row_margins(children: Sequence[etree._Element]) -> tuple[int, int] | None:
    """Grid columns left out before and after a row's cells; None: deleted or hidden.

    children: of the row.
    """
    before = after = 0
    for properties in children:
        if properties.tag == TC:
            break
        if properties.tag == TR_PR:
            for item in kids(properties):
                tag = item.tag
                if tag == _GRID_BEFORE:
                    before = clamped(val(item), 0, WIDEST, 0)
                elif tag == _GRID_AFTER:
                    after = clamped(val(item), 0, WIDEST, 0)
                elif tag == DEL or (tag == _HIDDEN_ROW and on(item)):
                    return None
    return before, after


def raw_cell(children: Sequence[etree._Element]) -> RawCell | None:
    """Spans and merges of a cell, without content; None for a deleted one.

    children: of the cell.
    """
    raw = RawCell()
    for properties in children:
        if properties.tag != TC_PR:
            break  # they stand first
        for item in kids(properties):
            tag = item.tag
            if tag in _PLAIN:
                continue
            if tag == _GRID_SPAN:
                raw.span = clamped(val(item), 1, WIDEST, 1)
            elif tag == _V_MERGE:
                raw.starts = val(item) == "restart"
                raw.down = not raw.starts
            elif tag == _H_MERGE:
                raw.right = val(item) != "restart"
            elif tag == _CELL_MERGE:
                raw.down = item.get(W + "vMerge") == "cont"
                raw.starts = item.get(W + "vMerge") == "rest"
            elif tag == _CELL_DEL:
                return None
    return raw
