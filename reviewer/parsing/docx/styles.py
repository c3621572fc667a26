"""Styles resolved along their ``basedOn`` chain, each once, when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from lxml import etree
from msgspec import Struct

from reviewer.model.clean import clean
from reviewer.parsing.docx.names import (
    BOLD,
    FONTS,
    ILVL,
    JC,
    NUM_ID,
    NUM_PR,
    OUTLINE,
    PPR,
    RPR,
    SIZE,
    VAL,
    VANISH,
    W,
)
from reviewer.parsing.docx.symbols import symbol_font
from reviewer.parsing.docx.values import integer, kids, on, val, val_integer

_HEADING = re.compile(
    r"(?:heading|标题|標題)\s*([1-9一二三四五六七八九])|([1-9一二三四五六七八九])级标题",
    re.IGNORECASE,
)
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_BARE_ID = re.compile(r"[1-9]")
_TOC = re.compile(
    r"(?:toc|(?:wpsoffice)?(?:手动|自动)?(?:目录|目錄))\s*[1-9]"
    r"|toc heading|toc 标题|table of figures|图表目录",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|题注|題注|[图表](?:标?题|名|注)", re.IGNORECASE)
_LONGEST_NAME = 100
_LONGEST_CHAIN = 30
_SIZES = {str(half): half / 2 for half in range(2, 200)}  # nearly all that occur
_T = TypeVar("_T")


class Style(Struct, frozen=True):
    """What a style says, inherited values included.

    level: outline level from 0. bold, hidden: toggles. size: points, 0 where unsaid.
    font: a symbol font's name, "" for any other. num, ilvl: numbering, None where unsaid.
    exact: text may be hidden or in a symbol font by the style alone.
    chain: ids of the style and those that it is based on.
    """

    name: str = ""
    level: int | None = None
    bold: bool = False
    size: float = 0.0
    hidden: bool = False
    font: str = ""
    num: int | None = None
    ilvl: int | None = None
    centered: bool = False
    toc: bool = False
    caption: bool = False
    exact: bool = False
    chain: tuple[str, ...] = ()


class Raw(Struct):
    """What rPr and pPr of one style or of the defaults say themselves; None where unsaid."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    font: str | None = None
    level: int | None = None
    num: int | None = None
    ilvl: int | None = None
    jc: str | None = None


class Styles:
    """The style table of a document; knows how to go on without one."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default_id = ""
        self._defaults = Raw()
        if root is not None:
            self._load(root)
        self.plain = self._resolve(self._default_id) if self._default_id else self._bare("")

    def paragraph(self, style_id: str | None) -> Style:
        """The paragraph style of this id, or the document's default."""
        return self.style(style_id) if style_id else self.plain

    def style(self, style_id: str) -> Style:
        """The style of this id; of an unknown one what its id alone tells."""
        found = self._resolved.get(style_id)
        if found is None:
            found = self._resolve(style_id) if style_id in self._elements else self._bare(style_id)
            self._resolved[style_id] = found
        return found

    def _load(self, root: etree._Element) -> None:
        for element in root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId") or ""
            self._elements.setdefault(style_id, element)
            if element.get(W + "type") == "paragraph" and _marked_default(element):
                self._default_id = style_id
        for rpr in root.iterchildren(W + "docDefaults"):
            for defaults in rpr.iter(RPR, PPR):
                _merge(self._defaults, defaults)

    def _bare(self, style_id: str) -> Style:
        """A style that is not in the table: Word's and WPS's ids of the headings are known."""
        level = heading_level(style_id)
        if level is None and _BARE_ID.fullmatch(style_id):
            level = int(style_id) - 1
        return Style(
            name=clean(style_id[:_LONGEST_NAME]),
            level=level,
            size=self._defaults.size or 0.0,
            bold=bool(self._defaults.bold),
            chain=(style_id,),
        )

    def _resolve(self, style_id: str) -> Style:
        chain = list(self._chain(style_id))
        own = [_own(element) for element in chain]
        names = [clean(_name(element)[:_LONGEST_NAME]) for element in chain]
        paragraph = chain[0].get(W + "type", "paragraph") == "paragraph"
        base = [self._defaults] if paragraph else []
        hidden = bool(_first([raw.hidden for raw in own]))
        font = _first([raw.font for raw in own]) or ""
        return Style(
            name=names[0],
            level=_level(own, names),
            bold=bool(_first([raw.bold for raw in own + base])),
            size=_first([raw.size for raw in own + base]) or 0.0,
            hidden=hidden,
            font=font,
            exact=hidden or font != "",
            num=_first([raw.num for raw in own]),
            ilvl=_first([raw.ilvl for raw in own]),
            centered=_first([raw.jc for raw in own]) == "center",
            toc=any(_TOC.fullmatch(name) for name in names),
            caption=any(_CAPTION.fullmatch(name) for name in names),
            chain=tuple(element.get(W + "styleId") or "" for element in chain),
        )

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(style_id)
            element = self._elements[style_id]
            yield element
            parent = next(element.iterchildren(W + "basedOn"), None)
            style_id = "" if parent is None else parent.get(VAL) or ""


def _marked_default(element: etree._Element) -> bool:
    return element.get(W + "default") is not None and on(element, W + "default")


def _name(element: etree._Element) -> str:
    name = next(element.iterchildren(W + "name"), None)
    return (name.get(VAL) if name is not None else None) or element.get(W + "styleId") or ""


def _own(style: etree._Element) -> Raw:
    raw = Raw()
    for properties in style.iterchildren(RPR, PPR):
        _merge(raw, properties)
    return raw


def _merge(raw: Raw, properties: etree._Element) -> None:
    """Add what one rPr or pPr says to ``raw``."""
    for item in properties:
        tag = item.tag
        if tag == BOLD:
            raw.bold = on(item)
        elif tag == SIZE:
            raw.size = half_points(item)
        elif tag == VANISH:
            raw.hidden = on(item)
        elif tag == FONTS:
            raw.font = symbol_font(item)
        elif tag == OUTLINE:
            raw.level = val_integer(item)
        elif tag == JC:
            raw.jc = item.get(VAL)
        elif tag == NUM_PR:
            raw.num, raw.ilvl = numbering_of(item)


def numbering_of(num_pr: etree._Element) -> tuple[int | None, int | None]:
    """(numId, ilvl) of a ``w:numPr``, None where unsaid."""
    num = ilvl = None
    for item in kids(num_pr):
        if item.tag == NUM_ID:
            num = val_integer(item)
        elif item.tag == ILVL:
            ilvl = val_integer(item)
    return num, ilvl


def half_points(element: etree._Element) -> float:
    """The size in points of a ``w:sz``, 0 where it cannot be read."""
    said = val(element) or ""
    points = _SIZES.get(said)
    return max(0, integer(said, 0) or 0) / 2 if points is None else points


def _level(own: list[Raw], names: list[str]) -> int | None:
    """The outline level: the nearest said, or that of the nearest built-in heading."""
    for raw, name in zip(own, names, strict=True):
        if raw.level is not None:
            return raw.level if 0 <= raw.level < 9 else None
        level = heading_level(name)
        if level is not None:
            return level
    return None


def heading_level(name: str) -> int | None:
    """The outline level that a style's name tells: heading 1, 标题 2, 三级标题."""
    match = _HEADING.fullmatch(name)
    if match is None:
        return None
    digit = match.group(1) or match.group(2)
    return (_DIGITS.get(digit) or int(digit)) - 1


def _first(values: Sequence[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)
