"""The form's own words, as hurried hands and other editors leave them: spaced out, vertical, half- or full-width."""

from __future__ import annotations

import re

from .context import Context

_TO_HALF = str.maketrans("（）：／，", "():/,")
_SPACES = {"ideographic": "\u3000", "double": "  ", "nbsp": "\u00a0"}
_FULL = {
    **{chr(code): chr(code + 0xFEE0) for code in range(0x30, 0x3A)},
    "%": "％",
    "/": "／",
    "(": "（",
    ")": "）",
}


def full_width(words: str) -> str:
    """Digits, %, / and brackets in their full-width forms."""
    return "".join(_FULL.get(char, char) for char in words)


def width(ctx: Context, words: str) -> str:
    """The words in the layout's width of brackets and digits."""
    if ctx.opt.fullwidth:
        return full_width(words)
    return words.translate(_TO_HALF) if ctx.opt.halfwidth else words


def spaced(ctx: Context, words: str) -> str:
    """Short labels of Chinese characters with spaces between, where the layout spaces them."""
    gap = _SPACES.get(ctx.opt.spaces, "")
    if gap and re.fullmatch(r"[\u4e00-\u9fff]{2,6}", words):
        return gap.join(words)
    return words


def label_lines(ctx: Context, words: str, *, vertical: bool = False) -> list[str]:
    """The lines (paragraphs) of a label; a vertical one has one character a line."""
    if vertical and ctx.opt.vertical == "paragraphs":
        return list(words)
    if vertical and ctx.opt.vertical == "breaks":
        return ["\n".join(words)]
    if vertical:
        return [words]
    parts = [spaced(ctx, width(ctx, part)) for part in words.split("\n")]
    return ["\n".join(parts)] if ctx.opt.cell_breaks else parts
