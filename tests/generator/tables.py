"""Tables: a grid of cells with row and column spans, written with gridSpan and vMerge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Shape, paragraph
from .context import Context
from .inline import Look, control, inline, value_inline
from .labels import label_lines
from .xmlkit import Element, add, el, val

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True)
class Cell:
    """A cell; ``content`` is a string or ready blocks. A label is decorated as the layout wants, a value never."""

    content: str | Sequence[Element] = ""
    cols: int = 1
    rows: int = 1
    label: bool = False
    vertical: bool = False
    center: bool = False


Row = Sequence[Cell]


def label(words: str, cols: int = 1, rows: int = 1, *, vertical: bool = False) -> Cell:
    """A cell of the form's own words."""
    return Cell(words, cols, rows, label=True, vertical=vertical)


def value_paragraphs(ctx: Context, words: str, *, center: bool = False) -> list[Element]:
    """An answer in a cell: a paragraph a line, or one paragraph with line breaks."""
    shape, look = Shape(align="center" if center else ""), Look(size=21)
    if ctx.opt.cell_breaks:
        return [paragraph(value_inline(ctx, words, look), shape)]
    return [paragraph(value_inline(ctx, part, look), shape) for part in words.split("\n")]


def _blocks(ctx: Context, cell: Cell) -> list[Element]:
    if not isinstance(cell.content, str):
        made = list(cell.content)
        return made if made and made[-1].tag.endswith("}p") else [*made, el("w:p")]
    if not cell.label:
        return value_paragraphs(ctx, cell.content, center=cell.center)
    shape = Shape(align="center")
    return [
        paragraph(inline(ctx, part, Look(size=21)), shape)
        for part in label_lines(ctx, cell.content, vertical=cell.vertical)
    ]


def _tc(ctx: Context, cell: Cell, width: int, *, merge: str) -> Element:
    properties = el("w:tcPr", None, el("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if cell.cols > 1:
        properties.append(val("w:gridSpan", cell.cols))
    if merge:
        properties.append(val("w:vMerge", "restart") if merge == "restart" else el("w:vMerge"))
    if cell.vertical and ctx.opt.vertical == "direction":
        properties.append(val("w:textDirection", "tbRlV"))
    properties.append(val("w:vAlign", "center"))
    made = el("w:tc", None, properties)
    if merge == "continue":
        return add(made, [el("w:p")])
    blocks = _blocks(ctx, cell)
    mode = ctx.opt.controls
    if (
        not cell.label
        and isinstance(cell.content, str)
        and (mode == "block" or (mode == "mixed" and ctx.chance(0.3)))
    ):
        blocks = [control(ctx, *blocks)]
    made = add(made, blocks)
    if not cell.label and (mode == "cell" or (mode == "mixed" and ctx.chance(0.15))):
        return control(ctx, made)
    return made


def _grid(rows: Sequence[Row], columns: int) -> list[list[tuple[Cell, str, int]]]:
    """Every row's cells with their merge state and first column, continuation cells included."""
    open_spans: dict[int, tuple[Cell, int]] = {}
    out: list[list[tuple[Cell, str, int]]] = []
    for row in rows:
        made: list[tuple[Cell, str, int]] = []
        waiting, at = list(row), 0
        while at < columns:
            if at in open_spans:
                cell, left = open_spans.pop(at)
                made.append((cell, "continue", at))
                if left > 1:
                    open_spans[at] = (cell, left - 1)
            elif waiting:
                cell = waiting.pop(0)
                made.append((cell, "restart" if cell.rows > 1 else "", at))
                if cell.rows > 1:
                    open_spans[at] = (cell, cell.rows - 1)
            else:
                break
            at += cell.cols
        if waiting:
            raise ValueError(f"row wider than the table: {[cell.content for cell in row]}")
        # spans that began in this row must not be consumed by it
        out.append(made)
    return out


def table(
    ctx: Context, rows: Sequence[Row], widths: Sequence[int], *, ruled: bool = True, head: int = 0
) -> Element:
    """A ``w:tbl``. Widths of the grid columns in twentieths of a point; ``head`` rows repeat on every page."""
    properties = el(
        "w:tblPr",
        None,
        el("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
        val("w:jc", "center"),
    )
    if ruled:
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "auto"}
        properties.append(add(el("w:tblBorders"), [el(f"w:{side}", line) for side in _SIDES]))
    properties.append(el("w:tblLayout", {"w:type": "fixed"}))
    made = el(
        "w:tbl",
        None,
        properties,
        add(el("w:tblGrid"), [el("w:gridCol", {"w:w": str(width)}) for width in widths]),
    )
    for number, cells in enumerate(_grid(rows, len(widths))):
        tr = el("w:tr", None, el("w:trPr", None, el("w:tblHeader")) if number < head else None)
        for cell, merge, at in cells:
            tr.append(_tc(ctx, cell, sum(widths[at : at + cell.cols]), merge=merge))
        wrap = ctx.opt.controls == "row" or (ctx.opt.controls == "mixed" and ctx.chance(0.06))
        made.append(control(ctx, tr) if wrap and number >= head else tr)
    return made


def deleted_row(ctx: Context, width: int, words: str) -> Element:
    """A table row that a tracked change removes: nobody who accepts the changes sees it."""
    from .inline import change, run

    content = paragraph(
        [change(ctx, "del", run(ctx, words, deleted=True))], mark=change(ctx, "del")
    )
    cell = el(
        "w:tc", None, el("w:tcPr", None, el("w:tcW", {"w:w": str(width), "w:type": "dxa"})), content
    )
    return el("w:tr", None, el("w:trPr", None, change(ctx, "del")), cell)
