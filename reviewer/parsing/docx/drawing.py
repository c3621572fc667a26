"""Drawings, VML shapes and embedded objects: the text boxes and pictures in them, in order.

A text box is found once, whichever way it is written; shapes without text or picture (lines,
arrows) show nothing to read.
"""

from __future__ import annotations

from lxml import etree

from reviewer.model.clean import clean
from reviewer.parsing.docx.alternate import chosen
from reviewer.parsing.docx.line import Shape
from reviewer.parsing.docx.names import ALTERNATE, DGM, PIC, REL_ID, TXBX, WP, A, C, R, V

_DOC_PR = WP + "docPr"
_PICTURES = frozenset({PIC + "pic", V + "imagedata"})
_DRAWN_TEXT = V + "textpath"
_DRAWN_PARAGRAPH = A + "p"
_CHART, _DIAGRAM = C + "chart", DGM + "relIds"
_SHAPE_ALT = V + "shape"


def shapes(element: etree._Element) -> list[Shape]:
    """What a ``w:drawing``, ``w:pict`` or ``w:object`` shows."""
    found: list[Shape] = []
    alt = ""
    stack = [iter((element,))]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
            continue
        tag = item.tag
        if tag == _DOC_PR:
            alt = item.get("descr") or item.get("title") or ""
        elif tag == _SHAPE_ALT:
            alt = item.get("alt") or ""
        shape = _shape(item, alt)
        if shape is not None:
            found.append(shape)
        elif tag == ALTERNATE:
            branch = chosen(item)
            stack.append(iter(() if branch is None else (branch,)))
        elif len(item):
            stack.append(iter(item))
    return found


def _shape(item: etree._Element, alt: str) -> Shape | None:
    tag = item.tag
    if tag == TXBX:
        return Shape("textbox", item)
    if tag in _PICTURES:
        return Shape("picture", text=clean(_described(item) or alt))
    if tag == _DRAWN_TEXT:
        return Shape("words", text=clean(item.get("string") or ""))
    if tag == _DRAWN_PARAGRAPH:
        return Shape("words", text=clean("".join(t.text or "" for t in item.iter(A + "t"))))
    if tag == _CHART:
        return Shape("chart", text=item.get(REL_ID) or "")
    if tag == _DIAGRAM:
        return Shape("diagram", text=item.get(R + "dm") or "")
    return None


def _described(picture: etree._Element) -> str:
    about = next(picture.iter(PIC + "cNvPr"), None)
    if about is not None:
        return about.get("descr") or about.get("title") or ""
    return ""
