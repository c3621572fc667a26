"""Cover, promise, and tables of contents."""

from __future__ import annotations

from typing import Any

from .blocks import STYLE_IDS, Shape, blank, line, paragraph
from .context import Context, Heading
from .drawing import textbox
from .inline import Look, inline, run, value_inline
from .labels import spaced, width
from .tables import Cell, table
from .xmlkit import Element, add, el, text, val

COVER = (
    ("申报单位", "申报单位（盖章）："),
    ("项目名称", "项目名称："),
    ("推荐单位", "推荐单位（盖章）："),
    ("申报日期", "申报日期："),
)
PROMISE = (
    "我单位承诺：",
    "一、申报书所有内容，均真实、准确和完整，如有不实情况，愿承担相应责任；",
    "二、申报书所有内容均不涉及国家秘密和商业秘密，如有涉密情况，愿承担相应责任；",
    "三、愿意配合开展现场核查、技术推广和典型案例交流等工作。",
)
_BIG = Look(size=28)


def _cover_label(ctx: Context, words: str) -> str:
    head, colon, rest = words.partition("：")
    return spaced(ctx, width(ctx, head)) + colon + rest


def _fields(ctx: Context, cover: dict[str, str]) -> list[Element]:
    if ctx.opt.textboxes in {"cover", "both"}:
        out = []
        for key, words in COVER:
            shown = [
                *inline(ctx, _cover_label(ctx, words), _BIG),
                *value_inline(ctx, cover[key], _BIG),
            ]
            out.append(paragraph([textbox(ctx, [paragraph(shown)], 380, 30)]))
        return out
    if ctx.opt.cover == "table":
        rows = []
        for key, words in COVER:
            head = [paragraph(inline(ctx, _cover_label(ctx, words), _BIG))]
            rows.append(
                [Cell(head, label=True), Cell([paragraph(value_inline(ctx, cover[key], _BIG))])]
            )
        return [table(ctx, rows, [2900, 5400], ruled=False)]
    out = []
    for key, words in COVER:
        gap = {"tabs": "\t", "paragraphs": ""}.get(ctx.opt.cover, "")
        look = Look(size=28, underline=ctx.opt.cover == "underline")
        pad = "    " if ctx.opt.cover == "underline" else ""
        tail = [run(ctx, pad, look)] if pad else []
        value = [*tail, *value_inline(ctx, cover[key], look), *tail]
        out.append(
            paragraph(
                [*inline(ctx, _cover_label(ctx, words) + gap, _BIG), *value],
                Shape(first_line=560, before=200),
            )
        )
    return out


def cover(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """The first page. The tier applied for stands in the title."""
    title = f"河北省{declaration.get('tier', '先进级')}智能工厂申报书"
    return [
        *blank(4),
        line(ctx, title, Shape(align="center"), Look(bold=True, size=44, font="黑体")),
        *blank(6),
        *_fields(ctx, declaration["cover"]),
        *blank(5),
        line(ctx, "河北省工业和信息化厅编制", Shape(align="center"), Look(size=28)),
        line(ctx, "二〇二六年", Shape(align="center"), Look(size=28)),
    ]


def promise(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    """The page of the commitment, with its date."""
    head = line(
        ctx,
        "真实性及保密承诺",
        Shape(align="center", page_break=True),
        Look(bold=True, size=36, font="黑体"),
    )
    body = [line(ctx, words, Shape(first_line=560, before=120), _BIG) for words in PROMISE]
    seal = line(ctx, "公    章：              ", Shape(align="right"), _BIG)
    date = line(ctx, declaration["commitment_date"], Shape(align="right"), _BIG)
    return [head, *blank(), *body, *blank(4), seal, *blank(), date]


def _typed(headings: list[Heading]) -> list[Element]:
    out = []
    for number, entry in enumerate(headings):
        dots = "…" * max(3, 30 - len(entry.text))
        words = f"{entry.text}{dots}{number // 2 + 1}"
        out.append(paragraph([el("w:r", None, text(words))], Shape(left=210 * (entry.level - 1))))
    return out


def _entry(ctx: Context, entry: Heading, page: int) -> list[Element]:
    """A line of a table of contents: a link with the words, a tab, and a PAGEREF field."""

    def piece(*children: Element) -> Element:
        return el("w:r", None, *children)

    mark = {
        kind: piece(el("w:fldChar", {"w:fldCharType": kind}))
        for kind in ("begin", "separate", "end")
    }
    code = piece(text(f" PAGEREF {entry.bookmark} \\h ", "w:instrText"))
    shown = [
        piece(text(entry.text)),
        piece(el("w:tab")),
        mark["begin"],
        code,
        mark["separate"],
        piece(text(str(page))),
        mark["end"],
    ]
    return [add(el("w:hyperlink", {"w:anchor": entry.bookmark, "w:history": "1"}), shown)]


def _fielded(ctx: Context, headings: list[Heading]) -> list[Element]:
    style = STYLE_IDS[ctx.opt.heading_style]["toc"]
    begin = el("w:r", None, el("w:fldChar", {"w:fldCharType": "begin"}))
    code = el("w:r", None, text(' TOC \\o "1-3" \\h \\z \\u ', "w:instrText"))
    separate = el("w:r", None, el("w:fldChar", {"w:fldCharType": "separate"}))
    out: list[Element] = []
    for number, entry in enumerate(headings):
        lead = [begin, code, separate] if number == 0 else []
        tabs = el(
            "w:tabs", None, el("w:tab", {"w:val": "right", "w:leader": "dot", "w:pos": "8900"})
        )
        made = paragraph(
            [*lead, *_entry(ctx, entry, number // 2 + 3)], Shape(style=f"{style}{entry.level}")
        )
        made[0].insert(1, tabs)
        out.append(made)
    out.append(paragraph([el("w:r", None, el("w:fldChar", {"w:fldCharType": "end"}))]))
    gallery = el(
        "w:sdtPr",
        None,
        el(
            "w:docPartObj",
            None,
            val("w:docPartGallery", "Table of Contents"),
            el("w:docPartUnique"),
        ),
    )
    return [el("w:sdt", None, gallery, add(el("w:sdtContent"), out))]


def contents(ctx: Context) -> list[Element]:
    """The table of contents over the headings written so far; call it last."""
    if ctx.opt.toc == "none":
        return []
    title = paragraph(
        [run(ctx, "目    录", Look(bold=True, size=32))], Shape(align="center", page_break=True)
    )
    body = _typed(ctx.headings) if ctx.opt.toc == "typed" else _fielded(ctx, ctx.headings)
    return [title, *body]
