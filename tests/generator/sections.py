"""The parts after 表一: 二 to 九."""

from __future__ import annotations

from typing import Any

from .blocks import Shape, blank, cn_paren_list, heading, line, paragraph, prose
from .context import Context
from .inline import Look, inline
from .labels import width
from .numbering import ENTRIES
from .numbers import first, planned, second
from .scenario import Place, scenario_block
from .tables import Cell, Row, label, table
from .xmlkit import Element

S2 = {"2.1": "实施背景和基础条件", "2.2": "集成贯通情况"}
S3 = {"3.1": "工厂建设", "3.2": "研发设计", "3.3": "生产作业", "3.4": "生产管理", "3.5": "运营管理"}
S456 = {"s4": (4, "项目的先进性与特色"), "s5": (5, "项目的安全性"), "s6": (6, "项目实施成效")}
S7 = {
    "7.1": "预期目标",
    "7.2": "下一步建设主要内容和实施计划",
    "7.3": "成长性分析",
    "7.4": "推广应用计划",
}
_KEY = "关键参数（两到三个核心参数）"
S9: dict[str, tuple[str, tuple[str, ...]]] = {
    "附件1": ("项目已突破的关键技术清单（选填）", ("技术名称", _KEY, "备注")),
    "附件2": ("项目已突破的关键装备清单（选填）", ("装备名称", _KEY, "备注")),
    "附件3": ("项目已突破的关键软件系统清单（选填）", ("软件系统名称", _KEY, "备注")),
    "附件4": (
        "项目建设过程中已形成的标准清单（选填）",
        (
            "标准名称",
            "标准类型（选填国标、行标、团标、企标）",
            "标准状态（选填已发布、草案）",
            "标准号",
            "备注",
        ),
    ),
    "附件5": (
        "项目建设过程中已形成的专利清单（选填）",
        (
            "专利名称",
            "专利类型（选填发明、实用新型、外观、软著）",
            "专利状态（选填已发布、审查中）",
            "专利号",
            "备注",
        ),
    ),
    "附件6": ("项目建设过程中已形成的人工智能模型清单（选填）", ("模型名称", "模型功能")),
}


def part_two(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """二."""
    out = [heading(ctx, 1, "工厂建设总体情况", number=first(ctx.opt, 2))]
    for key, words in S2.items():
        if key in declaration["s2"]:
            out.append(heading(ctx, 2, words, number=second(ctx.opt, 2, int(key[-1]))))
            out += prose(ctx, declaration["s2"][key], about=words)
    return out


def part_three(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """三: the five sections, each with its narrative and its scenarios."""
    out = [heading(ctx, 1, "重点环节智能化建设情况", number=first(ctx.opt, 3))]
    running = 0
    for key, words in S3.items():
        if key not in declaration["s3"]:
            continue
        section = declaration["s3"][key]
        out.append(heading(ctx, 2, words, number=second(ctx.opt, 3, int(key[-1]))))
        out += prose(ctx, section["intro"], about=words)
        for number, scenario in enumerate(section["scenarios"], 1):
            out += scenario_block(ctx, scenario, Place(key, number, running))
            running += 1
    return out


def parts_four_to_seven(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """四 to 七."""
    out: list[Element] = []
    for key, (part, words) in S456.items():
        if key in declaration:
            out += [
                heading(ctx, 1, words, number=first(ctx.opt, part)),
                *prose(ctx, declaration[key], about=words),
            ]
    if "s7" not in declaration:
        return out
    out.append(heading(ctx, 1, "后续实施计划", number=first(ctx.opt, 7)))
    counted = cn_paren_list(ctx)
    for key, words in S7.items():
        if key in declaration["s7"]:
            out.append(
                heading(ctx, 2, words, number=planned(ctx.opt, int(key[-1])), cn_paren=counted)
            )
            out += prose(ctx, declaration["s7"][key])
    return out


def part_eight(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """八: the proofs, as typed."""
    if "s8" not in declaration:
        return []
    out = [heading(ctx, 1, "相关证明材料", number=first(ctx.opt, 8))]
    lines = declaration["s8"]
    counted = ctx.opt.list_form == "auto" and all(
        entry.startswith(f"{n}.") for n, entry in enumerate(lines, 1)
    )
    num = (ctx.numbering.restart(ENTRIES), 0) if counted else None
    for entry in lines:
        shown = entry.partition(".")[2] if counted else entry
        out.append(paragraph(inline(ctx, shown), Shape(first_line=480, num=num)))
    return out


def attachment(ctx: Context, key: str, rows: list[list[str]]) -> list[Element]:
    """One of 附件1 to 附件6 with its table."""
    words, columns = S9[key]
    head = [label("序号"), *(label(column) for column in columns)]
    filled: list[Row] = [
        [Cell(str(n), center=True), *(Cell(value) for value in row)]
        for n, row in enumerate(rows, 1)
    ]
    empty = ctx.opt.empty_rows or (0 if filled else 3)
    if not filled and ctx.once("empty list", "empty rows", "无") == "无":
        filled, empty = [[Cell("1", center=True), *(Cell("无") for _ in columns)]], 0
    filled += [[Cell() for _ in head]] * empty
    share = 8300 // len(columns)
    title = [
        line(ctx, width(ctx, key), Shape(), Look(bold=True)),
        line(ctx, words, Shape(align="center"), Look(bold=True)),
    ]
    return [*title, table(ctx, [head, *filled], [700, *([share] * len(columns))], head=1), *blank()]


def part_nine(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """九: the register of the six lists. The lists themselves follow in :func:`attachments`."""
    out = [heading(ctx, 1, "相关附件", number=first(ctx.opt, 9))]
    for key, (words, _) in S9.items():
        out.append(line(ctx, f"{key}.{words}", Shape(first_line=480)))
    return out


def attachments(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """The filled lists (all six where the layout keeps the empty ones)."""
    out: list[Element] = []
    lists = declaration.get("s9", {})
    for key in S9:
        if lists.get(key) or ctx.opt.all_attachments:
            out += attachment(ctx, key, lists.get(key, []))
    return out
