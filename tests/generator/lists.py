"""Scenario lists: one entry a paragraph, a line break, a table row, or counted by Word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import Shape, paragraph
from .context import Context
from .inline import Look, inline
from .numbering import ENTRIES
from .tables import Cell, label, table, value_paragraphs
from .xmlkit import Element, el

_NUMBER = re.compile(r"^(\d+)[.．、]\s*")


def _counted(lines: Sequence[str]) -> bool:
    """Whether the typed numbers are just 1, 2, 3 …, so that Word could count them instead."""
    found = [_NUMBER.match(line) for line in lines]
    return all(match and int(match[1]) == number for number, match in enumerate(found, 1))


def _nested(ctx: Context, lines: Sequence[str]) -> list[Element]:
    counted = _counted(lines)
    rows: list[list[Cell]] = [[label("序号"), label("环节名称-场景名称-场景实例名称")]]
    for number, line in enumerate(lines, 1):
        rows.append(
            [Cell(str(number), center=True), Cell(_NUMBER.sub("", line) if counted else line)]
        )
    return [table(ctx, rows, [700, 5600], head=1), el("w:p")]


def entries(ctx: Context, lines: Sequence[str]) -> list[Element]:
    """The blocks that show these lines as typed (or, where the layout lets Word count them, without their numbers)."""
    if not lines:
        return value_paragraphs(ctx, "")
    form = ctx.opt.list_form
    if form == "nested":
        return _nested(ctx, lines)
    if form == "breaks":
        return [paragraph(inline(ctx, "\n".join(lines), Look(size=21)))]
    if form == "auto" and _counted(lines):
        num = ctx.numbering.restart(ENTRIES)
        return [
            paragraph(inline(ctx, _NUMBER.sub("", line), Look(size=21)), Shape(num=(num, 0)))
            for line in lines
        ]
    return [paragraph(inline(ctx, line, Look(size=21))) for line in lines]
