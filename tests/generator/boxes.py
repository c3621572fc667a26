"""Check boxes: thirteen ways in which people say which of several words is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .context import Context
from .inline import Look, inline, run
from .xmlkit import Element, add, el, text, val

_LOOK = Look(size=21)
_SIGNS: dict[str, tuple[str, str]] = {
    "box_tick": ("□", "☑"),
    "box_solid": ("□", "■"),
    "box_cross": ("□", "☒"),
    "ballot": ("☐", "☑"),
    "tick_on_box": ("□", "√"),
    "bracket": ("[ ]", "[x]"),
    "tick_before": ("", "√"),
}
_AFTER: dict[str, tuple[str, str]] = {
    "tick_after": ("", "√"),
    "tick_paren": ("（ ）", "（√）"),
    "box_after": ("□", "☑"),
}


def _symbol(ctx: Context, ticked: bool) -> list[Element]:
    font = ctx.once("wingdings", "Wingdings", "Wingdings 2")
    code = {
        ("Wingdings", True): "F0FE",
        ("Wingdings", False): "F0A8",
        ("Wingdings 2", True): "F052",
    }.get((font, ticked), "F0A3")
    fonts = el(
        "w:rPr", None, el("w:rFonts", {"w:ascii": font, "w:hAnsi": font, "w:hint": "default"})
    )
    return [el("w:r", None, fonts, el("w:sym", {"w:font": font, "w:char": code}))]


def _control(ctx: Context, ticked: bool) -> list[Element]:
    state = ctx.once("checked", "2612", "2611", "2714", "25A0")
    box = el(
        "w14:checkbox",
        None,
        el("w14:checked", {"w14:val": "1" if ticked else "0"}),
        el("w14:checkedState", {"w14:val": state, "w14:font": "MS Gothic"}),
        el("w14:uncheckedState", {"w14:val": "2610", "w14:font": "MS Gothic"}),
    )
    number = str(ctx.next_id())
    shown = run(ctx, chr(int(state, 16)) if ticked else "☐", Look(font="MS Gothic"))
    return [
        el(
            "w:sdt",
            None,
            el("w:sdtPr", None, val("w:id", number), box),
            el("w:sdtContent", None, shown),
        )
    ]


def _legacy(ctx: Context, ticked: bool) -> list[Element]:
    box = el(
        "w:checkBox",
        None,
        el("w:sizeAuto"),
        val("w:default", "0"),
        val("w:checked", "1") if ticked else None,
    )
    data = el("w:ffData", None, val("w:name", f"Check{ctx.next_id()}"), el("w:enabled"), box)

    def mark(kind: str, *children: Element) -> Element:
        return el("w:r", None, add(el("w:fldChar", {"w:fldCharType": kind}), children))

    instruction = el("w:r", None, text(" FORMCHECKBOX ", "w:instrText"))
    return [mark("begin", data), instruction, mark("separate"), mark("end")]


def _one(ctx: Context, word: str, ticked: bool) -> list[Element]:
    kind = ctx.opt.boxes
    if kind == "wingdings":
        return [*_symbol(ctx, ticked), *inline(ctx, word, _LOOK)]
    if kind == "control":
        return [*_control(ctx, ticked), *inline(ctx, word, _LOOK)]
    if kind == "legacy":
        return [*_legacy(ctx, ticked), *inline(ctx, word, _LOOK)]
    if kind in _AFTER:
        return inline(ctx, word + _AFTER[kind][ticked], _LOOK)
    return inline(ctx, _SIGNS[kind][ticked] + word, _LOOK)


def choice(
    ctx: Context,
    words: Sequence[str],
    ticked: Sequence[str],
    after: Mapping[str, str] | None = None,
) -> list[Element]:
    """The runs of a line of alternatives; ``after`` is what follows a word (the accident's name in brackets)."""
    after = after or {}
    known = [*words, *(word for word in ticked if word not in words)]
    if ctx.opt.boxes == "only":
        return inline(
            ctx, "、".join(word + after.get(word, "") for word in known if word in ticked), _LOOK
        )
    gap = ctx.once("gap", "     ", "  ", "\u3000", "\t")
    out: list[Element] = []
    for number, word in enumerate(known):
        if number:
            out.append(run(ctx, gap))
        out.extend(_one(ctx, word, word in ticked))
        if word in after:
            out.extend(inline(ctx, after[word], _LOOK))
    return out
