"""One XML part with text in it (body, header, notes …) as the story reader needs it."""

from __future__ import annotations

import re

from lxml import etree
from msgspec import Struct

from reviewer.limits import Limits
from reviewer.parsing.docx.fields import balanced
from reviewer.parsing.docx.names import FLD_CHAR, VANISH, XML_SPACE, P, W
from reviewer.parsing.trouble import too_large

_HIDING = (VANISH, W + "specVanish")
HEADER, FOOTER = W + "headerReference", W + "footerReference"
# Bytes that give away text set in a symbol font: Wingdings (2, 3), Webdings, Symbol.
_SYMBOL_FONTS = re.compile(rb"""rFonts[^>]*?(?:dings|["']Symbol)""", re.IGNORECASE)

_WANTED = (P, FLD_CHAR, *_HIDING, HEADER, FOOTER)
_SYMBOL_NAMES = (b"dings", b"symbol")
_PIECE, _OVERLAP = 1 << 15, 8


class Part(Struct, frozen=True):
    """name: as the package spells it. ordinals: of each ``w:p`` among ``root.iter(w:p)``.

    fields: the field marks that are properly closed. furniture: references to headers and footers.
    exact: every run's format matters. trimmed: see ``Inline``.
    """

    key: str
    name: str
    root: etree._Element
    ordinals: dict[etree._Element, int]
    fields: frozenset[etree._Element]
    furniture: tuple[etree._Element, ...]
    exact: bool
    trimmed: bool


def part(key: str, name: str, root: etree._Element, data: bytes, limits: Limits) -> Part:
    """Index the paragraphs and fields of a part. data: its bytes, for cheap searches."""
    found = _found(root)
    ordinals = {element: at for at, element in enumerate(found[P])}
    if len(ordinals) > limits.paragraphs:
        raise too_large(f"段落超过 {limits.paragraphs} 个，不像一份申报书", "请删去多余内容后再试")
    return Part(
        key=key,
        name=name,
        root=root,
        ordinals=ordinals,
        fields=balanced(found[FLD_CHAR]),
        furniture=(*found[HEADER], *found[FOOTER]),
        exact=any(found[tag] for tag in _HIDING) or symbols(data),
        trimmed=root.get(XML_SPACE) != "preserve",
    )


def _found(root: etree._Element) -> dict[str, list[etree._Element]]:
    """The elements that are asked for, by tag. One walk: each takes as long as a tenth of parsing."""
    found: dict[str, list[etree._Element]] = {tag: [] for tag in _WANTED}
    for element in root.iter(*_WANTED):
        found[element.tag].append(element)
    return found


def needs_formats(root: etree._Element, data: bytes) -> bool:
    """Whether hidden text or symbol fonts may occur in a part."""
    return next(root.iter(*_HIDING), None) is not None or symbols(data)


def symbols(data: bytes) -> bool:
    """Whether symbol fonts may occur."""
    # Piece by piece: a copy of the whole would be new memory, which takes longer than the search.
    starts = range(0, len(data), _PIECE)
    pieces = (data[at : at + _PIECE + _OVERLAP].lower() for at in starts)
    named = any(name in piece for piece in pieces for name in _SYMBOL_NAMES)
    return named and _SYMBOL_FONTS.search(data) is not None
