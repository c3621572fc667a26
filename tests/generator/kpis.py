"""The KPI table and the three-year table."""

from __future__ import annotations

from collections.abc import Sequence

from .context import Context
from .tables import Cell, label

YEARS = ("2023年", "2024年", "2025年")
MONEY = (
    ("资产总额", "（万元）"),
    ("资产负债率", "（%）"),
    ("主营业务收入", "（万元）"),
    ("利润率", "（%）"),
)
_UNITS = ("%", "个", "家")


def shown_label(ctx: Context, typed: str, before: str, after: str) -> str:
    """The KPI's label with its star and, where the layout wants it, the unit in brackets."""
    starred, name = typed.startswith("*"), typed.removeprefix("*")
    if ctx.opt.kpi_unit:
        unit = next((unit for unit in _UNITS if after.endswith(unit) and before.endswith(unit)), "")
        name = f"{name}（{unit}）" if unit else name
    if not starred:
        return name
    return {"before": f"*{name}", "after": f"{name}*", "full": f"＊{name}"}[ctx.opt.kpi_star]


def kpi_rows(ctx: Context, rows: Sequence[Sequence[str]], spans: Sequence[int]) -> list[list[Cell]]:
    """Head and rows; ``spans`` are the grid columns of index, label, before, after (no index where the first is 0)."""
    index, name, before, after = spans
    head = [label("序号", index)] if index else []
    made = [[*head, label("指标", name), label("建设前", before), label("建成后", after)]]
    for number, (typed, old, new) in enumerate(rows, 1):
        first = [Cell(str(number), index, label=True)] if index else []
        shown = Cell(shown_label(ctx, typed, old, new), name, label=True)
        made.append([*first, shown, Cell(old, before, center=True), Cell(new, after, center=True)])
    return made


def kpi_twoup(ctx: Context, rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """Two KPIs beside each other in six columns, read row by row."""
    head = [label("指标"), label("建设前"), label("建成后")]
    made = [[*head, *head]]
    for at in range(0, len(rows), 2):
        cells: list[Cell] = []
        for typed, old, new in (
            *rows[at : at + 2],
            *([("", "", "")] if at + 1 >= len(rows) else []),
        ):
            cells += [
                Cell(shown_label(ctx, typed, old, new), label=True),
                Cell(old, center=True),
                Cell(new, center=True),
            ]
        made.append(cells)
    return made


def year_rows(company: dict[str, list[str]], spans: Sequence[int]) -> list[list[Cell]]:
    """Indicators down, years across, as in the notice; ``spans``: label and three years."""
    made = [
        [
            label("近三年发展情况", spans[0]),
            *(label(year, span) for year, span in zip(YEARS, spans[1:], strict=True)),
        ]
    ]
    for name, unit in MONEY:
        values = company.get(name, ["", "", ""])
        made.append([label(f"{name}\n{unit}" if len(name) == 4 else name + unit, spans[0])])
        made[-1] += [
            Cell(value, span, center=True) for value, span in zip(values, spans[1:], strict=True)
        ]
    return made


def year_rows_down(company: dict[str, list[str]], spans: Sequence[int]) -> list[list[Cell]]:
    """Years down, indicators across; ``spans``: year and four indicators."""
    made = [
        [
            label("年度", spans[0]),
            *(
                label(name + unit, span)
                for (name, unit), span in zip(MONEY, spans[1:], strict=True)
            ),
        ]
    ]
    for at, year in enumerate(YEARS):
        cells = [
            Cell(company.get(name, [""] * 3)[at], span, center=True)
            for (name, _), span in zip(MONEY, spans[1:], strict=True)
        ]
        made.append([label(year, spans[0]), *cells])
    return made
