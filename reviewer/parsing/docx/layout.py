"""What ``w:pPr`` says of a paragraph, styles taken into account."""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from reviewer.parsing.docx.names import (
    DEL,
    JC,
    MOVE_FROM,
    NUM_PR,
    OUTLINE,
    P_STYLE,
    RPR,
    W,
)
from reviewer.parsing.docx.styles import Style, Styles, numbering_of
from reviewer.parsing.docx.values import kids, val, val_integer

_FRAME, _DROP_CAP = W + "framePr", W + "dropCap"


class Layout(Struct, frozen=True, gc=False):
    """style, outline level, numbering as said here, alignment.

    joined: the text runs on into the next paragraph: the mark is deleted, or it is a drop cap.
    """

    style: Style
    level: int | None = None
    num: int | None = None
    ilvl: int | None = None
    centered: bool = False
    joined: bool = False


def plain_layout(style: Style) -> Layout:
    """The layout that a style alone gives."""
    return Layout(style, style.level, None, None, style.centered)


def layout(properties: etree._Element, styles: Styles) -> Layout:
    """The layout that a ``w:pPr`` gives."""
    style_id: str | None = None
    level = num = ilvl = jc = None
    joined = False
    for item in kids(properties):
        tag = item.tag
        if tag == P_STYLE:
            style_id = val(item)
        elif tag == JC:
            jc = val(item)
        elif tag == NUM_PR:
            num, ilvl = numbering_of(item)
        elif tag == OUTLINE:
            level = val_integer(item)
        elif tag == RPR:
            joined = joined or any(mark.tag in (DEL, MOVE_FROM) for mark in item)
        elif tag == _FRAME:
            joined = joined or item.get(_DROP_CAP) in ("drop", "margin")
    style = styles.paragraph(style_id)
    if level is None:
        level = style.level
    elif not 0 <= level < 9:
        level = None
    return Layout(style, level, num, ilvl, style.centered if jc is None else jc == "center", joined)
