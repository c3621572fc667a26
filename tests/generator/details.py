"""Tables within a scenario: suppliers (1) and what was used (7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .blocks import Shape, blank, line
from .context import Context
from .inline import Look
from .tables import Cell, Row, label, table
from .xmlkit import Element

_EQUIPMENT = (
    "从高档数控机床、工业机器人、增材制造装备、智能传感与控制装备、智能检测与装配装备、"
    "智能物流与仓储装备、行业成套装备选择，可填写多个"
)
_SOFTWARE = "从研发设计类、生产制造类、经营管理类、控制执行类、行业专用类、新型软件中选择"
_WIDE = (
    ("equipment", "关键装备", f"种类\n（{_EQUIPMENT}）"),
    ("software", "关键软件", f"种类\n（{_SOFTWARE}）"),
)
_NARROW = ("process", "工艺"), ("technology", "技术")


def suppliers_table(
    ctx: Context, suppliers: Sequence[Sequence[str]], *, narrow: bool = False
) -> list[Element]:
    """Suppliers as the template's table, or as lines where the layout says so."""
    if ctx.opt.supplier_lines and suppliers:
        out = []
        for name, person, phone in suppliers:
            shown = f"供应商名称：{name}，联系人：{person}，联系方式：{phone}"
            out.append(line(ctx, shown, Shape(first_line=480)))
        return out
    rows: list[Row] = [[label("供应商名称"), label("联系人"), label("联系方式")]]
    rows += [[Cell(value) for value in row] for row in suppliers]
    rows += [[Cell(), Cell(), Cell()]] * (ctx.opt.empty_rows or (0 if suppliers else 1))
    return [table(ctx, rows, [3300, 1500, 2000] if narrow else [4200, 2000, 2800]), *blank()]


def _kind(ctx: Context, words: str) -> str:
    return words if ctx.once("kinds", "full", "short") == "full" else "种类"


def _merged(ctx: Context, scenario: dict[str, Any]) -> Element:
    """The template's one table: five columns, the labels merged down."""
    rows: list[Row] = [[label("具体场景名称"), Cell(f"1.{scenario['heading']}", 4)]]
    for key, words, kind in _WIDE:
        filled = [[Cell(value) for value in row] for row in scenario.get(key, [])]
        filled += [[Cell(), Cell(), Cell(), Cell()]] * (ctx.opt.empty_rows or (0 if filled else 1))
        head = [label(_kind(ctx, kind)), label("名称"), label("规格/型号"), label("供应商")]
        rows.append([label(f"{words}\n（可填写多个）", 1, len(filled) + 1), *head])
        rows += filled
    for key, words in _NARROW:
        pairs = [[Cell(name), Cell(about, 3)] for name, about in scenario.get(key, [])]
        pairs += [[Cell(), Cell("", 3)]] * (ctx.opt.empty_rows or (0 if pairs else 1))
        rows.append(
            [
                label(f"{words}\n（可填写多个）", 1, len(pairs) + 1),
                label("名称"),
                label("应用描述", 3),
            ]
        )
        rows += pairs
    return table(ctx, rows, [1600, 2200, 1900, 1500, 1800])


def _inner(ctx: Context, scenario: dict[str, Any]) -> list[tuple[str, Element]]:
    out = []
    for key, words, kind in _WIDE:
        rows: list[Row] = [
            [label(_kind(ctx, kind)), label("名称"), label("规格/型号"), label("供应商")]
        ]
        rows += [[Cell(value) for value in row] for row in scenario.get(key, [])]
        if len(rows) == 1 or ctx.opt.empty_rows:
            rows.append([Cell()] * 4)
        out.append((words, table(ctx, rows, [2000, 2000, 1500, 1700])))
    for key, words in _NARROW:
        rows = [
            [label("名称"), label("应用描述")],
            *([Cell(value) for value in row] for row in scenario.get(key, [])),
        ]
        if len(rows) == 1 or ctx.opt.empty_rows:
            rows.append([Cell()] * 2)
        out.append((words, table(ctx, rows, [2400, 4800])))
    return out


def details_table(ctx: Context, scenario: dict[str, Any]) -> Element:
    """Block (7): merged as in the template, or tables nested in the cells of a two-column one."""
    if ctx.opt.details == "merged":
        return _merged(ctx, scenario)
    rows: list[Row] = [[label("具体场景名称"), Cell(f"1.{scenario['heading']}")]]
    for words, inner in _inner(ctx, scenario):
        shown = words if ctx.opt.details == "plain" else f"{words}\n（可填写多个）"
        rows.append([label(shown), Cell([inner])])
    return table(ctx, rows, [1500, 7500])


def caption(ctx: Context, words: str) -> Element:
    """A table's caption."""
    return line(ctx, words, Shape(align="center"), Look(size=21))
