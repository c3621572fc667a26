"""Cells of 表一 that every way of writing the form shares: lines of boxes and the long labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .blocks import line, paragraph
from .boxes import choice
from .context import Context
from .inline import Look
from .tables import Cell
from .xmlkit import Element

NATURES = ("中央企业", "地方国企", "民营企业", "三资企业")
SIZES = ("大型企业", "中型企业", "小型企业", "微型企业")
LEVELS = ("一级", "二级", "三级", "四级", "五级")
TRADES = ("原材料", "装备制造", "消费品", "电子信息")
MATURITY = "智能制造能力成熟度评估结果或其他能力证明材料"
ACCIDENT = "企业近三年是否发生较大及以上安全环保事故"


def ticks(ctx: Context, words: Sequence[str], ticked: Sequence[str], cols: int) -> Cell:
    """A cell with a line of boxes."""
    return Cell([paragraph(choice(ctx, words, ticked))], cols)


def accident_line(ctx: Context, company: dict[str, Any]) -> list[Element]:
    """是（事故名称：…） 否."""
    name = ctx.accident or "      "
    return [
        paragraph(
            choice(ctx, ("是", "否"), company["安全环保事故"], {"是": f"（事故名称：{name}）"})
        )
    ]


def maturity_lines(ctx: Context, company: dict[str, Any]) -> list[Element]:
    """The level's boxes and the score."""
    other = company.get("其他能力证明", "")
    score = line(ctx, f"评估分数：{company['成熟度分数']}", look=Look(size=21))
    extra = [line(ctx, f"其他能力证明材料：{other}", look=Look(size=21))] if other else []
    return [paragraph(choice(ctx, LEVELS, company["成熟度等级"])), score, *extra]
