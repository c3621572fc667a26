"""mc:AlternateContent: the same thing written twice; one branch is read."""

from __future__ import annotations

from lxml import etree

from reviewer.parsing.docx.names import (
    CHOICE,
    FALLBACK,
    MATH_TEXT,
    PIC,
    SYM,
    TEXT,
    TXBX,
    A,
    C,
    V,
    W,
)

# What makes a branch worth reading.
_CONTENT = (TEXT, SYM, MATH_TEXT, TXBX, W + "drawing", W + "pict", W + "object", W + "br", W + "tab",
            W + "p", A + "t", C + "chart", PIC + "pic", V + "imagedata", V + "textpath")  # fmt: skip
_SHOWN = (TEXT, SYM, MATH_TEXT, A + "t")


def chosen(element: etree._Element) -> etree._Element | None:
    """The first choice, or the fallback where only that has text or anything at all to show.

    (A newer Word's emoji or ink is empty for us in the choice; the fallback holds the character.)
    """
    choice = next(element.iterchildren(CHOICE), None)
    fallback = next(element.iterchildren(FALLBACK), None)
    if choice is None or fallback is None:
        return fallback if choice is None else choice
    if _any(choice, _SHOWN) or not _any(fallback, _CONTENT):
        return choice
    if _any(choice, _CONTENT) and not _any(fallback, _SHOWN):
        return choice
    return fallback


def _any(element: etree._Element, tags: tuple[str, ...]) -> bool:
    return next(element.iter(*tags), None) is not None
