"""A few lines over lxml that make writing WordprocessingML by hand bearable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NS: dict[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def q(name: str) -> str:
    """``"w:p"`` as lxml's ``{uri}p``; a name without a prefix is returned as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}" if colon else name


_ROOTS = (
    "w:document",
    "w:styles",
    "w:settings",
    "w:numbering",
    "w:hdr",
    "w:ftr",
    "w:comments",
    "w:footnotes",
)
_ONE = {prefix: {prefix: uri} for prefix, uri in NS.items()}


def _nsmap(name: str) -> dict[str, str]:
    """All prefixes on a part's root, one elsewhere: lxml spends most of its time on declarations."""
    return NS if name in _ROOTS else _ONE.get(name.partition(":")[0], {})


def el(name: str, attrs: Mapping[str, str] | None = None, *children: Element | None) -> Element:
    """An element; children that are ``None`` are left out."""
    made = etree.Element(q(name), nsmap=_nsmap(name))
    for key, value in (attrs or {}).items():
        made.set(q(key), value)
    made.extend([child for child in children if child is not None])
    return made


def val(name: str, value: str | int) -> Element:
    """The commonest shape of all: an element with one ``w:val``."""
    return el(name, {"w:val": str(value)})


def text(content: str, name: str = "w:t") -> Element:
    """A ``w:t`` (or ``w:delText``, ``w:instrText``) that keeps its spaces."""
    made = el(name)
    made.text = content
    made.set(XML_SPACE, "preserve")
    return made


def xml_bytes(root: Element, *, standalone: bool = True) -> bytes:
    """Serialized with the declaration that Word writes."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(NS))
    made: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=standalone
    )
    return made


def add(parent: Element, children: Iterable[Element]) -> Element:
    """``parent`` with the children appended."""
    parent.extend(list(children))
    return parent
