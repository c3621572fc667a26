"""表一: the applicant and the factory, as one table, several, nested ones, pairs, or plain lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .blocks import Shape, blank, heading, line, prose
from .context import Context
from .formcells import (
    ACCIDENT,
    MATURITY,
    NATURES,
    SIZES,
    TRADES,
    accident_line,
    maturity_lines,
    ticks,
)
from .formflat import flat_form
from .inline import Look
from .kpis import kpi_rows, kpi_twoup, year_rows, year_rows_down
from .lists import entries
from .tables import Cell, deleted_row, label, table
from .xmlkit import Element

GRID = [375] * 24
Rows = list[list[Cell]]


def _identity(ctx: Context, company: dict[str, Any]) -> Rows:
    rows: Rows = [
        [label("企业名称", 4), Cell(company["企业名称"], 20)],
        [
            label("统一社会\n信用代码", 4),
            Cell(company["统一社会信用代码"], 10),
            label("成立\n时间", 4),
            Cell(company["成立时间"], 6),
        ],
        [label("企业性质", 4), ticks(ctx, NATURES, company["企业性质"], 20)],
        [label("企业类型", 4), ticks(ctx, SIZES, company["企业类型"], 20)],
    ]
    kinds = [
        (name, f"{name}（{name}代码+名称）", cols)
        for name, cols in (("行业门类", 7), ("行业大类", 7), ("行业中类", 6))
    ]
    if ctx.opt.industry_below:
        rows.append([label("所属行业", 4, 2), *(label(words, cols) for _, words, cols in kinds)])
        rows.append([Cell(company[name], cols, center=True) for name, _, cols in kinds])
    else:
        cells = [
            Cell(
                [
                    line(ctx, words, look=Look(size=21)),
                    line(ctx, company[name], look=Look(size=21)),
                ],
                cols,
            )
            for name, words, cols in kinds
        ]
        rows.append([label("所属行业", 4), *cells])
    return [*rows, [label("工厂地址", 4), Cell(company["工厂地址"], 20)]]


def _people(company: dict[str, Any]) -> Rows:
    def four(first: str, second: str, who: str) -> list[Cell]:
        return [
            label(first, 4),
            Cell(company[who + first], 6),
            label(second, 4),
            Cell(company[who + second], 6),
        ]

    return [
        [label("法人代表/\n负责人", 4), *four("姓名", "电话", "法人代表")],
        [label("联系人", 4, 3), *four("姓名", "电话", "联系人")],
        four("职务", "手机", "联系人"),
        four("传真", "邮箱", "联系人"),
    ]


def company_groups(ctx: Context, company: dict[str, Any]) -> list[Rows]:
    """The rows of （一）, in the groups in which a split form cuts them."""
    years = (
        year_rows_down(company, [4, 5, 5, 5, 5])
        if ctx.opt.years_down
        else year_rows(company, [8, 6, 5, 5])
    )
    proofs: Rows = [
        [label(MATURITY, 8), Cell(maturity_lines(ctx, company), 16)],
        [label(ACCIDENT, 8), Cell(accident_line(ctx, company), 16)],
    ]
    story: Rows = [
        [
            label("企业简介", 4, vertical=True),
            Cell(prose(ctx, company["企业简介"], in_cell=True), 20),
        ]
    ]
    return [_identity(ctx, company), _people(company), years, [*proofs, *story]]


def _list_rows(ctx: Context, words: str, lines: Sequence[str]) -> Rows:
    if ctx.opt.list_form == "rows" and len(lines) > 1:
        first = [label(words, 6, len(lines)), Cell(lines[0], 18)]
        return [first, *([Cell(entry, 18)] for entry in lines[1:])]
    return [[label(words, 6), Cell(entries(ctx, lines), 18)]]


def factory_groups(
    ctx: Context, factory: dict[str, Any], kpis: Sequence[Sequence[str]]
) -> list[Rows]:
    """The rows of （二） in groups: names, lists, the rest, KPIs (absent where they have a table of their own)."""
    names: Rows = [
        [label("工厂名称", 6), Cell(factory["工厂名称"], 18)],
        [label("所属行业", 6), ticks(ctx, TRADES, factory["所属行业"], 18)],
        [label("所属行业细分行业", 6), Cell(factory["细分行业"], 18)],
    ]
    lists = [
        *_list_rows(ctx, "覆盖的环节和具体场景", factory["场景清单"]),
        *_list_rows(ctx, "应用人工智能技术的具体场景", factory["AI场景清单"]),
    ]
    rest: Rows = [
        [label("智能工厂总集成方案供应商名称", 6), Cell(factory["总集成方案供应商"], 18)],
        [label("总集成方案供应商联系人及联系方式", 6), Cell(factory["总集成供应商联系人"], 18)],
        [label("建设起止日期", 6), Cell(factory["建设起止日期"], 18)],
        [label("建设总投资\n（万元）", 6), Cell(factory["建设总投资"], 18)],
        [
            label("项目简述", 4, vertical=True),
            Cell(prose(ctx, factory["项目简述"], in_cell=True), 20),
        ],
    ]
    groups = [names, lists, rest]
    if not ctx.opt.kpi_own:
        groups.append(_kpi_group(ctx, kpis))
    return groups


def _kpi_group(ctx: Context, kpis: Sequence[Sequence[str]]) -> Rows:
    words = "工厂整体建设成效"
    if ctx.opt.form == "nested":
        return [
            [
                label(words, 4, vertical=True),
                Cell([kpi_table(ctx, kpis, [500, 3000, 1800, 1800])], 20),
            ]
        ]
    spans = [2, 8, 5, 5] if ctx.opt.kpi_index else [0, 10, 5, 5]
    rows = kpi_rows(ctx, kpis, spans)
    rows[0] = [label(words, 4, len(rows), vertical=True), *rows[0]]
    return rows


def kpi_table(
    ctx: Context, kpis: Sequence[Sequence[str]], widths: Sequence[int] = (700, 4100, 2100, 2100)
) -> Element:
    """The KPIs in a table of their own."""
    if ctx.opt.kpi_twoup:
        return table(ctx, kpi_twoup(ctx, kpis), [2100, 1200, 1200] * 2, head=1)
    if ctx.opt.kpi_index:
        return table(ctx, kpi_rows(ctx, kpis, [1, 1, 1, 1]), widths, head=1)
    return table(
        ctx, kpi_rows(ctx, kpis, [0, 1, 1, 1]), [widths[0] + widths[1], *widths[2:]], head=1
    )


def cut_rows(rows: Sequence[Sequence[Cell]], at: int) -> tuple[Rows, Rows]:
    """The rows in two tables; a cell that spans the cut goes on as an empty one, as Word does it."""
    top, bottom = [list(row) for row in rows[:at]], [list(row) for row in rows[at:]]
    carried: list[Cell] = []
    for number, row in enumerate(top):
        for place, cell in enumerate(row):
            left = number + cell.rows - at
            if cell.rows > 1 and left > 0:
                top[number][place] = replace(cell, rows=cell.rows - left)
                carried.append(Cell("", cell.cols, left, label=True))
    if bottom and carried:
        bottom[0] = [*carried, *bottom[0]]
    return top, bottom


def _tables(ctx: Context, groups: list[Rows], title: str) -> list[Element]:
    """The groups as tables, by the layout's way of cutting."""
    if ctx.opt.form in {"merged", "nested"}:
        rows: Rows = [[label(title, 24)], *(row for group in groups for row in group)]
        return [table(ctx, rows, GRID)]
    if ctx.opt.form == "split":
        made: list[Element] = [line(ctx, title, Shape(before=120), Look(bold=True))]
        for group in groups:
            made += [table(ctx, group, GRID), *blank()]
        return made
    rest: Rows = [[label(title, 24)], *(row for group in groups for row in group)]
    made = []
    while len(rest) > 9:
        top, rest = cut_rows(rest, ctx.rng.randint(5, 9))
        made += [table(ctx, top, GRID), *blank()]
    return [*made, table(ctx, rest, GRID)]


def form(ctx: Context, declaration: dict[str, Any], number: str) -> list[Element]:
    """一、 with everything under it."""
    company, factory, kpis = declaration["company"], declaration["factory"], declaration["kpis"]
    head = heading(ctx, 1, "申报单位和工厂基本信息", number=number)
    if ctx.opt.form in {"pairs", "paragraphs"}:
        return [head, *flat_form(ctx, company, factory), *_own_kpis(ctx, kpis)]
    first, second = company_groups(ctx, company), factory_groups(ctx, factory, kpis)
    if (
        ctx.opt.form == "merged"
        and not ctx.opt.kpi_own
        and ctx.once("one table", "yes", "no") == "yes"
    ):
        rows: Rows = [
            [label("（一）申报单位基本信息", 24)],
            *(row for group in first for row in group),
        ]
        rows += [[label("（二）智能工厂基本信息", 24)], *(row for group in second for row in group)]
        made = table(ctx, rows, GRID)
        if ctx.opt.tracked:
            made.insert(len(made) // 2, deleted_row(ctx, sum(GRID), "此行作废"))
        return [head, made, *blank()]
    out = [
        head,
        *_tables(ctx, first, "（一）申报单位基本信息"),
        *blank(),
        *_tables(ctx, second, "（二）智能工厂基本信息"),
    ]
    return [*out, *blank(), *(_own_kpis(ctx, kpis) if ctx.opt.kpi_own else [])]


def _own_kpis(ctx: Context, kpis: Sequence[Sequence[str]]) -> list[Element]:
    return [
        line(ctx, "工厂整体建设成效", Shape(before=120, align="center"), Look(bold=True)),
        kpi_table(ctx, kpis),
        *blank(),
    ]
