"""What a WordprocessingML part shows on paper, computed a second time and another way.

A plain recursive walk with the standard library's parser: no look-ahead, no special ways. It knows
only what is invisible; all other ``w:t`` and ``m:t`` are visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from tests.parsing.package import NAMESPACES

W = f"{{{NAMESPACES['w']}}}"
MC = f"{{{NAMESPACES['mc']}}}"
M = f"{{{NAMESPACES['m']}}}"
GONE = {W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")}
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}


def shown(xml: str, notes: dict[tuple[str, str], str]) -> str:
    """The visible characters of a part without white space, in document order.

    notes: text of each note by (kind, id).
    """
    text = "".join(_walk(ElementTree.fromstring(xml), [], notes))
    return "".join(text.split())


def _walk(
    element: ElementTree.Element, fields: list[str], notes: dict[tuple[str, str], str]
) -> Iterator[str]:
    tag = element.tag
    if tag in GONE or _row_gone(element) or _run_hidden(element):
        return
    if tag in (W + "t", M + "t"):
        if "instruction" not in fields:
            yield element.text or ""
    elif tag == W + "fldChar":
        _turn(fields, element.get(W + "fldCharType"))
    elif tag in NOTES:
        yield notes.get((NOTES[tag], element.get(W + "id", "")), "")
    elif tag == MC + "AlternateContent":
        branch = element.find(MC + "Choice")
        yield from _walk(element.find(MC + "Fallback") if branch is None else branch, fields, notes)
    else:
        inner = [] if tag == W + "txbxContent" else fields
        for child in element:
            yield from _walk(child, inner, notes)


def _turn(fields: list[str], kind: str | None) -> None:
    if kind == "begin":
        fields.append("instruction")
    elif kind == "separate":
        fields[-1] = "result"
    else:
        fields.pop()


def _row_gone(element: ElementTree.Element) -> bool:
    return element.tag == W + "tr" and element.find(f"{W}trPr/{W}del") is not None


def _run_hidden(element: ElementTree.Element) -> bool:
    return element.tag == W + "r" and element.find(f"{W}rPr/{W}vanish") is not None
