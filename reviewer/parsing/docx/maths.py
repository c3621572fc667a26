"""Formulas (OMML) in one line, with every character that they show."""

from __future__ import annotations

from lxml import etree

from reviewer.parsing.docx.names import DEL, MATH_TEXT, MOVE_FROM, TEXT, M
from reviewer.parsing.trouble import too_large

_VAL = M + "val"


def linear(element: etree._Element, depth: int) -> str:
    """``element`` as text: a fraction as a/b, delimiters and operators as characters.

    depth: how deep formulas may still be nested. Raises Trouble beyond.
    """
    if depth <= 0:
        raise too_large("公式嵌套过深，超过读取上限")
    tag = element.tag
    if tag in (MATH_TEXT, TEXT):
        return (element.text or "").replace("\n", " ")
    if tag.endswith("Pr") or tag in (DEL, MOVE_FROM):
        return ""
    parts = [linear(child, depth - 1) for child in element]
    if tag == M + "f":
        return "/".join(part for part in parts if part)
    if tag == M + "d":
        begin, end = _character(element, "begChr", "("), _character(element, "endChr", ")")
        inner = _character(element, "sepChr", "|").join(part for part in parts if part)
        return f"{begin}{inner}{end}"
    if tag == M + "nary":
        return _character(element, "chr", "∫") + "".join(parts)
    if tag == M + "rad":
        return "√" + "".join(parts)
    return "".join(parts)


def _character(element: etree._Element, name: str, default: str) -> str:
    for properties in element:
        if properties.tag.endswith("Pr"):
            for item in properties.iterchildren(M + name):
                return item.get(_VAL) or ""
    return default
