"""Runs: how a string ends up in ``w:t`` elements, with the noise that editing leaves behind."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from .context import Context
from .xmlkit import Element, add, el, text, val

_PIECE = re.compile(r"\n|\t|-|[^\n\t-]+")
_DELETED = ("约", "（暂定）", "原", "2022年", "待核实", "二期", "基本", "0", "1")
_WHEN = "2026-03-28T09:15:00Z"
_AUTHOR = "审稿人"
SOFT = "\u00ad"


@dataclass(frozen=True)
class Look:
    """How a run looks. ``size`` is in half points, ``prose`` marks running text."""

    bold: bool = False
    size: int = 0
    font: str = ""
    underline: bool = False
    prose: bool = False


PLAIN = Look()


def _run_properties(look: Look) -> Element | None:
    made = el("w:rPr")
    if look.font:
        made.append(
            el("w:rFonts", {"w:ascii": look.font, "w:hAnsi": look.font, "w:eastAsia": look.font})
        )
    if look.bold:
        made.append(el("w:b"))
    if look.size:
        made.extend([val("w:sz", look.size), val("w:szCs", look.size)])
    if look.underline:
        made.append(val("w:u", "single"))
    return made if len(made) else None


def run(ctx: Context, content: str, look: Look = PLAIN, *, deleted: bool = False) -> Element:
    """One ``w:r``; line feeds become ``w:br``, tabs ``w:tab``, hyphens (on demand) ``w:noBreakHyphen``."""
    made = el("w:r", {"w:rsidR": ctx.rsid()} if ctx.opt.split_runs else None, _run_properties(look))
    pending = ""
    special = {"\n": "w:br", "\t": "w:tab", "-": "w:noBreakHyphen", SOFT: "w:softHyphen"}
    for piece in re.findall(r"[\n\t\u00ad-]|[^\n\t\u00ad-]+", content):
        if piece in special and not deleted and (piece != "-" or ctx.opt.hard_hyphens):
            if pending:
                made.append(text(pending))
            pending = ""
            made.append(el(special[piece]))
        else:
            pending += piece
    if pending or not content:
        made.append(text(pending, "w:delText" if deleted else "w:t"))
    return made


def _cut(ctx: Context, content: str) -> list[str]:
    """The string in pieces as spell checking and revisions leave them, cut anywhere, also within a word."""
    if not (
        ctx.opt.split_runs
        or ctx.opt.tracked
        or ctx.opt.comments
        or ctx.opt.smart_tags
        or ctx.opt.bookmarks
    ):
        return [content]
    longest = 9 if ctx.opt.split_runs and len(content) < 60 else 45
    pieces: list[str] = []
    at = 0
    while at < len(content):
        size = ctx.rng.randint(1, longest)
        pieces.append(content[at : at + size])
        at += size
    return pieces or [""]


def _hide(ctx: Context, piece: str) -> str:
    """The piece with a character nobody sees in the middle."""
    if len(piece) < 4 or not ctx.chance(0.3):
        return piece
    at = ctx.rng.randrange(1, len(piece))
    return piece[:at] + ctx.rng.choice(["\u200b", SOFT, "\ufeff", "\u2060"]) + piece[at:]


def change(ctx: Context, kind: str, *children: Element) -> Element:
    """A tracked change around runs: kind is ``ins``, ``del``, ``moveFrom`` or ``moveTo``."""
    attrs = {"w:id": str(ctx.next_id()), "w:author": _AUTHOR, "w:date": _WHEN}
    return add(el(f"w:{kind}", attrs), children)


def _comment(ctx: Context, piece: list[Element]) -> list[Element]:
    number = str(len(ctx.comments))
    body = el("w:p", None, el("w:r", None, text("请核对此处数据。")))
    ctx.comments.append(
        el(
            "w:comment",
            {"w:id": number, "w:author": _AUTHOR, "w:date": _WHEN, "w:initials": "S"},
            body,
        )
    )
    mark = el("w:r", None, el("w:commentReference", {"w:id": number}))
    return [
        el("w:commentRangeStart", {"w:id": number}),
        *piece,
        el("w:commentRangeEnd", {"w:id": number}),
        mark,
    ]


def footnote(ctx: Context, words: str) -> Element:
    """A footnote's reference mark; its text goes into footnotes.xml."""
    number = str(len(ctx.footnotes) + 1)
    mark = el(
        "w:r", None, el("w:rPr", None, val("w:vertAlign", "superscript")), el("w:footnoteRef")
    )
    body = el("w:p", None, mark, el("w:r", None, text(words)))
    ctx.footnotes.append(el("w:footnote", {"w:id": number}, body))
    look = el("w:rPr", None, val("w:vertAlign", "superscript"))
    return el("w:r", None, look, el("w:footnoteReference", {"w:id": number}))


def _dress(ctx: Context, made: Element, look: Look) -> list[Element]:
    """One run with whatever surrounds it: insertions, deletions before it, smart tags, bookmarks, comments."""
    out = [made]
    if ctx.opt.tracked and ctx.chance(0.12):
        out = [change(ctx, "ins", made)]
    if ctx.opt.smart_tags and ctx.chance(0.1):
        tag = {"w:uri": "urn:schemas-microsoft-com:office:smarttags", "w:element": "chmetcnv"}
        out = [add(el("w:smartTag", tag), out)]
    if ctx.opt.bookmarks and ctx.chance(0.06):
        number = str(ctx.next_id())
        out = [
            el("w:bookmarkStart", {"w:id": number, "w:name": f"_bm{number}"}),
            *out,
            el("w:bookmarkEnd", {"w:id": number}),
        ]
    if ctx.opt.comments and len(ctx.comments) < 9 and look.prose and ctx.chance(0.05):
        out = _comment(ctx, out)
    if ctx.opt.tracked and ctx.chance(0.1):
        out.insert(0, change(ctx, "del", run(ctx, ctx.rng.choice(_DELETED), look, deleted=True)))
    if ctx.opt.split_runs and ctx.chance(0.25):
        out = [
            el("w:proofErr", {"w:type": "spellStart"}),
            *out,
            el("w:proofErr", {"w:type": "spellEnd"}),
        ]
    return out


def inline(ctx: Context, content: str, look: Look = PLAIN) -> list[Element]:
    """The content of a paragraph for a string; what is visible of it is exactly the string."""
    out: list[Element] = []
    for piece in _cut(ctx, content):
        shown = _hide(ctx, piece) if ctx.opt.invisibles and look.prose else piece
        out.extend(_dress(ctx, run(ctx, shown, look), look))
    return out


def control(ctx: Context, *children: Element, title: str = "", empty: bool = False) -> Element:
    """A content control of whatever level around the children."""
    number = str(ctx.next_id())
    properties = el(
        "w:sdtPr",
        None,
        val("w:alias", title or "填写项"),
        val("w:tag", f"f{number}"),
        val("w:id", number),
    )
    if empty:
        properties.append(el("w:showingPlcHdr"))
    return el("w:sdt", None, properties, add(el("w:sdtContent"), children))


def field(code: str, *shown: Element) -> list[Element]:
    """A complex field: begin, instruction, separate, what is shown, end."""

    def mark(kind: str) -> Element:
        return el("w:r", None, el("w:fldChar", {"w:fldCharType": kind}))

    return [
        mark("begin"),
        el("w:r", None, text(f" {code} ", "w:instrText")),
        mark("separate"),
        *shown,
        mark("end"),
    ]


def value_inline(ctx: Context, content: str, look: Look = PLAIN) -> list[Element]:
    """What stands in an answer: as :func:`inline`, possibly inside a control, or as a link where it is an address."""
    if ctx.opt.links and "@" in content and content.strip() == content:
        made = run(ctx, content, look)
        if ctx.chance(0.5):
            return [
                add(
                    el("w:hyperlink", {"r:id": ctx.link(f"mailto:{content}"), "w:history": "1"}),
                    [made],
                )
            ]
        return field(f'HYPERLINK "mailto:{content}"', made)
    wrap = ctx.opt.controls == "run" or (ctx.opt.controls == "mixed" and ctx.chance(0.4))
    if not wrap:
        return inline(ctx, content, look) if content else []
    if not content:
        return [control(ctx, run(ctx, "单击或点击此处输入文字。", look), empty=True)]
    return [control(ctx, *inline(ctx, content, look))]


def copies(elements: list[Element]) -> list[Element]:
    """Deep copies, for content that must stand in two places (a text box and its fallback)."""
    return [deepcopy(element) for element in elements]
