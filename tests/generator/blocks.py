"""Paragraphs: headings in their many guises, running text, pictures, text boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .context import Context, Heading
from .drawing import picture, textbox
from .inline import PLAIN, Look, change, footnote, inline, run
from .numbering import CN_PAREN, HEADINGS, num_pr
from .xmlkit import Element, add, el, val

STYLE_IDS: dict[str, dict[str, str]] = {
    "builtin": {
        "1": "Heading1",
        "2": "Heading2",
        "3": "Heading3",
        "4": "Heading4",
        "toc": "TOC",
        "caption": "Caption",
    },
    "cnword": {"1": "1", "2": "2", "3": "3", "4": "4", "toc": "TOC", "caption": "a6"},
    "custom": {"1": "a3", "2": "a4", "3": "a5", "4": "a6", "toc": "TOC", "caption": "a7"},
    "wps": {"1": "2", "2": "3", "3": "4", "4": "5", "toc": "1", "caption": "6"},
    "direct": {"toc": "TOC"},
    "none": {"toc": "TOC"},
}
_SIZES = {1: 32, 2: 30, 3: 28, 4: 24}


@dataclass(frozen=True)
class Shape:
    """Paragraph properties; lengths in twentieths of a point."""

    style: str = ""
    align: str = ""
    first_line: int = 0
    left: int = 0
    before: int = 0
    outline: int = -1
    num: tuple[int, int] | None = None
    page_break: bool = False
    keep: bool = False


def _properties(shape: Shape, mark: Element | None, section: Element | None) -> Element | None:
    made = el("w:pPr")
    if shape.style:
        made.append(val("w:pStyle", shape.style))
    if shape.keep:
        made.append(el("w:keepNext"))
    if shape.page_break:
        made.append(el("w:pageBreakBefore"))
    if shape.num:
        made.append(num_pr(*shape.num))
    if shape.before:
        made.append(el("w:spacing", {"w:before": str(shape.before)}))
    if shape.first_line or shape.left:
        made.append(el("w:ind", {"w:left": str(shape.left), "w:firstLine": str(shape.first_line)}))
    if shape.align:
        made.append(val("w:jc", shape.align))
    if shape.outline >= 0:
        made.append(val("w:outlineLvl", shape.outline))
    if mark is not None:
        made.append(el("w:rPr", None, mark))
    if section is not None:
        made.append(section)
    return made if len(made) else None


def paragraph(
    content: Sequence[Element],
    shape: Shape = Shape(),
    *,
    mark: Element | None = None,
    section: Element | None = None,
) -> Element:
    """A ``w:p``. ``mark`` is a tracked change of the paragraph mark, ``section`` a ``w:sectPr`` that ends here."""
    return add(el("w:p", None, _properties(shape, mark, section)), content)


def line(ctx: Context, words: str, shape: Shape = Shape(), look: Look = PLAIN) -> Element:
    """A paragraph with this text."""
    return paragraph(inline(ctx, words, look), shape)


def blank(count: int = 1) -> list[Element]:
    """Empty paragraphs."""
    return [el("w:p") for _ in range(count)]


def heading(
    ctx: Context, level: int, words: str, *, number: str = "", cn_paren: int = 0
) -> Element:
    """A heading; ``number`` is typed unless Word counts it, ``cn_paren`` is a list that counts （一）."""
    style = ctx.opt.heading_style
    auto = ctx.opt.numbers == "auto" and bool(number)
    shape = Shape(style=STYLE_IDS[style].get(str(level), ""), keep=True, before=120)
    if style == "direct":
        shape = replace(shape, outline=level - 1)
    if auto:
        shape = replace(shape, num=(cn_paren, 0) if cn_paren else _counted(ctx, level, number))
    shape = replace(shape, page_break=level == 1 and ctx.opt.page_breaks)
    shown = words if auto else number + words
    look = Look(
        bold=style in {"none", "direct"},
        size=_SIZES[level] if style in {"none", "direct"} else 0,
        font="黑体" if style in {"none", "direct"} else "",
    )
    bookmark = f"_Toc{190000000 + len(ctx.headings)}"
    ctx.headings.append(Heading(level, number + words, bookmark))
    key = str(ctx.next_id())
    start, end = (
        el("w:bookmarkStart", {"w:id": key, "w:name": bookmark}),
        el("w:bookmarkEnd", {"w:id": key}),
    )
    return paragraph([start, *inline(ctx, shown, look), end], shape)


def _counted(ctx: Context, level: int, number: str) -> tuple[int, int]:
    """The list that counts this heading: one for all levels, or (as some do) one for the headings under each parent."""
    if level == 1 or ctx.once("numbers", "one list", "a list for each") == "one list":
        return HEADINGS, level - 1
    parent = number.strip().rpartition(".")[0]
    return ctx.numbering.under(parent), 0


def cn_paren_list(ctx: Context) -> int:
    """A list that counts （一）（二） where headings are numbered by Word; 0 elsewhere."""
    return ctx.numbering.restart(CN_PAREN) if ctx.opt.numbers == "auto" else 0


def _merged_lines(ctx: Context, words: str, shape: Shape, look: Look) -> list[Element]:
    """One paragraph as two whose mark between was deleted, with a wholly deleted paragraph in the middle."""
    at = words.find("。", len(words) // 3) + 1 or len(words) // 2
    removed = paragraph(
        [change(ctx, "del", run(ctx, "（此段删去，并入后文。）", look, deleted=True))],
        shape,
        mark=change(ctx, "del"),
    )
    first = paragraph(inline(ctx, words[:at], look), shape, mark=change(ctx, "del"))
    return [first, removed, line(ctx, words[at:], shape, look)]


def _moved_line(ctx: Context, words: str, shape: Shape, look: Look) -> list[Element]:
    """A paragraph whose last sentence was moved there from before: the old place keeps a struck copy."""
    at = words.rfind("。", 0, len(words) - 1) + 1
    if at <= 0:
        return [line(ctx, words, shape, look)]
    tail = words[at:]
    struck = change(ctx, "moveFrom", run(ctx, tail, look))
    moved = change(ctx, "moveTo", run(ctx, tail, look))
    return [paragraph([struck, *inline(ctx, words[:at], look), moved], shape)]


def _text_line(ctx: Context, words: str, shape: Shape, look: Look, notes: bool) -> list[Element]:
    if ctx.opt.tracked and len(words) > 40 and ctx.chance(0.2):
        return _merged_lines(ctx, words, shape, look)
    if ctx.opt.tracked and len(words) > 40 and ctx.chance(0.2):
        return _moved_line(ctx, words, shape, look)
    made = line(ctx, words, shape, look)
    if notes and ctx.opt.footnotes and len(ctx.footnotes) < 5 and words and ctx.chance(0.25):
        made.append(footnote(ctx, "数据来源：企业统计台账。"))
    return [made]


def figure(ctx: Context, about: str) -> list[Element]:
    """A picture and its caption."""
    ctx.pictures += 1
    shown = paragraph(
        [el("w:r", None, picture(ctx.pictures, ctx.next_id()))], Shape(align="center")
    )
    style = STYLE_IDS[ctx.opt.heading_style].get("caption", "")
    return [
        shown,
        line(
            ctx,
            f"图{ctx.pictures} {about}示意图",
            Shape(style=style, align="center"),
            Look(size=21),
        ),
    ]


def prose(ctx: Context, words: str, *, about: str = "", in_cell: bool = False) -> list[Element]:
    """Running text, a paragraph a line of the string; nothing at all for an empty string."""
    if not words:
        return []
    shape, look = Shape(first_line=480), Look(prose=True)
    boxed = not in_cell and ctx.opt.textboxes in {"narrative", "both"} and ctx.chance(0.15)
    out: list[Element] = []
    lines = words.split("\n")
    for at, words_of_line in enumerate(lines):
        in_box = boxed and at == len(lines) - 1  # Word allows neither notes nor comments in there
        made = _text_line(
            ctx, words_of_line, shape, PLAIN if in_box else look, not in_cell and not in_box
        )
        if in_box:
            made = [paragraph([textbox(ctx, made, 420, 24 + 21 * (len(words_of_line) // 28 + 1))])]
        out.extend(made)
        if at == 0 and about and not in_cell and ctx.opt.figures and ctx.chance(0.5):
            out.extend(figure(ctx, about))
    return out
