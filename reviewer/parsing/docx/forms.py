"""The format of runs, as far as it matters: own properties over character over paragraph style.

Toggles (bold, hidden) of a character style and of a paragraph style cancel each other, as in Word.
"""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from reviewer.parsing.docx.names import BOLD, FONTS, R_STYLE, SIZE, VANISH
from reviewer.parsing.docx.styles import Style, Styles, half_points
from reviewer.parsing.docx.symbols import symbol_font
from reviewer.parsing.docx.values import kids, on, val

_NO_STYLE = Style()


class Form(Struct):
    """The format of a run. font: a symbol font's name, or ""."""

    bold: bool
    size: float
    hidden: bool
    font: str


def form(properties: etree._Element | None, base: Style, styles: Styles) -> Form:
    """The whole format of a run in a paragraph of style ``base``."""
    bold = hidden = size = font = None
    styled = _NO_STYLE
    for item in kids(properties) if properties is not None else ():
        tag = item.tag
        if tag == BOLD:
            bold = on(item)
        elif tag == SIZE:
            size = half_points(item)
        elif tag == VANISH:
            hidden = on(item)
        elif tag == FONTS:
            font = symbol_font(item)
        elif tag == R_STYLE:
            styled = styles.style(val(item) or "")
    return Form(
        bold=base.bold != styled.bold if bold is None else bold,
        size=size or styled.size or base.size,
        hidden=base.hidden != styled.hidden if hidden is None else hidden,
        font=(styled.font or base.font) if font is None else font,
    )


def bold_and_size(
    properties: etree._Element | None, base: Style, styles: Styles
) -> tuple[bool, float]:
    """The same, only what the quick way asks for."""
    bold: bool | None = None
    size, styled = 0.0, _NO_STYLE
    for item in kids(properties) if properties is not None else ():
        tag = item.tag
        if tag == BOLD:
            bold = on(item)
        elif tag == SIZE:
            size = half_points(item)
        elif tag == R_STYLE:
            styled = styles.style(val(item) or "")
    if bold is None:
        bold = base.bold != styled.bold
    return bold, size or styled.size or base.size
