"""One scenario under 3.x: its heading in six wordings, the blocks (1) to (7) as lines or as one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .blocks import Shape, blank, heading, line, paragraph, prose
from .boxes import choice
from .context import Context
from .details import details_table, suppliers_table
from .inline import Look, inline, value_inline
from .labels import width
from .numbering import LABELS
from .numbers import block_label, chinese, third
from .tables import Cell, label, table
from .xmlkit import Element

PARTS = (
    ("desc", 3, "场景实例描述", "（结合要素条件进行描述，300字以内，可配图）"),
    ("pain", 4, "解决的痛点问题描述", "（300字以内）"),
    ("tech", 5, "采用的技术方案", "（500字以内，可配图）"),
    (
        "result",
        6,
        "已实施成效",
        "（包括经济效益、场景推广情况等，最好通过量化指标描述，500字以内）",
    ),
)
DETAILS = "具体场景采用的关键装备、软件、工艺、技术情况"
YES_NO = ("是", "否")


@dataclass(frozen=True)
class Place:
    """Where a scenario stands: its section (3.3), its place there from 1, and how many came before it in all."""

    section: str
    number: int
    running: int


def dashed(ctx: Context, words: str) -> str:
    """The entry with the layout's dash between stage, scenario and instance (an instance keeps its own hyphens)."""
    return words if ctx.opt.dash == "-" else words.replace("-", ctx.opt.dash, 2)


def _heading(ctx: Context, words: str, place: Place) -> list[Element]:
    number, shown, kind = (
        third(ctx.opt, place.section, place.number),
        dashed(ctx, words),
        ctx.opt.scenario_heading,
    )
    if ctx.opt.numbers == "auto" and kind in {"ordinal", "scene"}:
        kind = "template"
    gap = " " if number and ctx.opt.numbers != "auto" else ""
    if kind == "ordinal":
        nth = chinese(place.number)
        return [heading(ctx, 3, f"（{nth}）场景{nth}：{shown}")]
    if kind == "scene" and number:
        return [heading(ctx, 3, f"场景{number}：{shown}")]
    if kind == "bare":
        return [heading(ctx, 3, shown, number=number)]
    if kind == "next":
        return [
            heading(ctx, 3, "场景名称", number=number + gap),
            line(ctx, shown, Shape(first_line=480), Look(bold=True)),
        ]
    if kind == "cell":
        named = table(ctx, [[label("场景名称"), Cell(shown)]], [1800, 7200])
        return [heading(ctx, 3, "场景名称", number=number + gap), named, *blank()]
    return [heading(ctx, 3, f"场景名称：{shown}", number=number + gap)]


def _label_words(ctx: Context, number: int, words: str, guidance: str = "") -> str:
    extra = guidance if ctx.opt.label_guidance else ""
    return block_label(ctx.opt, number) + width(ctx, words + extra)


def _label(ctx: Context, number: int, words: str, counted: int, guidance: str = "") -> Element:
    shown = _label_words(ctx, number, words, guidance)
    bold = Look(bold=ctx.opt.labels in {"plain", "auto"})
    shape = Shape(first_line=480, keep=True, num=(counted, 0) if counted else None)
    return paragraph(inline(ctx, shown, bold), shape)


def _answer(ctx: Context, question: str, answer: str) -> list[Element]:
    """The runs of a yes/no line."""
    if ctx.opt.answers == "boxes":
        ticked = [answer] if answer in YES_NO else []
        return [*inline(ctx, f"{question}："), *choice(ctx, YES_NO, ticked)]
    colon = ctx.once("colon", "：", ":")
    return inline(ctx, f"{question}{colon}{answer}")


def building_lines(ctx: Context, scenario: dict[str, Any]) -> list[Element]:
    """Block (2): period, investment and the two questions; the AI text in brackets behind 是 or on a line below."""
    stop = ctx.once("stop", "。", "")
    shape = Shape(first_line=480)
    money = f"{scenario['invest']}万元" if scenario["invest"] else ""
    period = scenario["period"]
    out = [
        paragraph(
            [
                *inline(ctx, "起止日期："),
                *value_inline(ctx, period),
                *inline(ctx, stop if period else ""),
            ],
            shape,
        ),
        paragraph(
            [
                *inline(ctx, "总投资金额："),
                *value_inline(ctx, money),
                *inline(ctx, stop if money else ""),
            ],
            shape,
        ),
        paragraph(_answer(ctx, "是否成效突出且具备推广价值", scenario["outstanding"]), shape),
    ]
    about = scenario["ai_desc"]
    asked = _answer(ctx, "是否应用人工智能", scenario["ai"])
    if not about:
        return [*out, paragraph(asked, shape)]
    if ctx.once("ai text", "brackets", "below") == "brackets" and "\n" not in about:
        return [*out, paragraph([*asked, *inline(ctx, f"（{about}）", Look(prose=True))], shape)]
    below = prose(ctx, f"人工智能技术应用情况：{about}", in_cell=True)
    return [*out, paragraph(asked, shape), *below]


def _blocks(ctx: Context, scenario: dict[str, Any], place: Place) -> list[Element]:
    counted = ctx.numbering.restart(LABELS) if ctx.opt.labels == "auto" else 0
    out = [
        _label(ctx, 1, "场景解决方案供应商", counted),
        *suppliers_table(ctx, scenario["suppliers"]),
    ]
    out += [_label(ctx, 2, "场景建设", counted), *building_lines(ctx, scenario)]
    for key, number, words, guidance in PARTS:
        text = scenario[key]
        if ctx.opt.label_inline and text and not counted:
            head = _label_words(ctx, number, words, guidance) + "："
            first, _, rest = text.partition("\n")
            joined = [*inline(ctx, head, Look(bold=True)), *inline(ctx, first, Look(prose=True))]
            out += [paragraph(joined, Shape(first_line=480)), *prose(ctx, rest)]
        else:
            about = words if key in {"desc", "tech"} else ""
            out += [_label(ctx, number, words, counted, guidance), *prose(ctx, text, about=about)]
    if has_details(scenario) or ctx.once("empty (7)", "shown", "left out") == "shown":
        out += [_label(ctx, 7, DETAILS, counted), details_table(ctx, scenario), *blank()]
    return out


def has_details(scenario: dict[str, Any]) -> bool:
    """Whether block (7) has anything in it."""
    return any(scenario.get(key) for key in ("equipment", "software", "process", "technology"))


def _as_table(ctx: Context, scenario: dict[str, Any], place: Place) -> list[Element]:
    """The whole scenario as one table of label and text; the heading stands above it."""
    rows = (
        [[label("场景名称"), Cell(dashed(ctx, scenario["heading"]))]]
        if ctx.opt.scenario_heading == "cell"
        else []
    )
    nested = [*suppliers_table(ctx, scenario["suppliers"], narrow=True)]
    rows.append([label("场景解决方案供应商"), Cell(nested)])
    rows.append([label("场景建设"), Cell(building_lines(ctx, scenario))])
    for key, number, words, guidance in PARTS:
        shown = words + (guidance if ctx.opt.label_guidance else "")
        rows.append(
            [
                label(block_label(ctx.opt, number) + shown),
                Cell(prose(ctx, scenario[key], in_cell=True)),
            ]
        )
    made = [table(ctx, rows, [1900, 7100]), *blank()]
    if has_details(scenario):
        made += [line(ctx, DETAILS, Shape(align="center")), details_table(ctx, scenario), *blank()]
    return made


def scenario_block(ctx: Context, scenario: dict[str, Any], place: Place) -> list[Element]:
    """Heading and blocks of one scenario."""
    if ctx.opt.block_table and ctx.opt.scenario_heading == "cell":
        number = third(ctx.opt, place.section, place.number)
        head = [
            heading(ctx, 3, f"场景{chinese(place.number)}", number=f"{number} " if number else "")
        ]
    else:
        head = _heading(ctx, scenario["heading"], place)
    body = _as_table if ctx.opt.block_table else _blocks
    return [*head, *body(ctx, scenario, place)]
