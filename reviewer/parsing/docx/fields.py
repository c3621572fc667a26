"""Fields: what they show. Instructions are never text, but some fields show only what they say.

A field is ``begin … instruction … separate … result … end``. Word and WPS store the result, which is
taken as it is. Without a stored result: check boxes and drop-down lists (their state), EQ (how
ticked boxes □√ and circled numbers are typed), SYMBOL and MACROBUTTON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from msgspec import Struct

from reviewer.model.clean import clean
from reviewer.parsing.docx.line import Line
from reviewer.parsing.docx.names import (
    DEL,
    FALLBACK,
    FLD_TYPE,
    MOVE_FROM,
    VAL,
    W,
)
from reviewer.parsing.docx.symbols import EMPTY, EMPTY_GLYPHS, TICKED, character
from reviewer.parsing.docx.values import clamped, on, val_integer

_LONGEST_INSTRUCTION = 5_000
_LONGEST_KIND = 40
_DEEPEST = 40  # fields in one another; beyond that they are no fields
# Plain strings: compiled (and kept by ``re``) when a document first has such a field.
_EQ = r"(?is)\s*EQ\b(.*)"
_BUTTON = r"(?is)\s*MACROBUTTON\s+\S+\s*(.*)"
_SYMBOL = r"(?is)\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s*\"?([^\"\\]+))?"
_EQ_FORMAT = r"\\\*\s*(?:\"[^\"]*\"|\S+)"
_EQ_SWITCH = r"(?i)\\(?:[a-z]{1,2}(?:\s*\d+)?|[^a-z])"
_EQ_MARKS = frozenset("√✓✔×xXV■")
_CIRCLES = frozenset("○〇◯")


class Field(Struct):
    """An open field. shown: text that stands for the field; counted where the result is empty."""

    instruction: str = ""
    result: bool = False
    mute_result: bool = False
    shown: str = ""
    line: Line | None = None
    mark: int = 0


class Fields:
    """The fields that are open while a story is read.

    open: from the outermost. mute: text now read is no result (an instruction). toc: a table of contents is open.
    """

    def __init__(self, balanced: frozenset[etree._Element]) -> None:
        self._balanced = balanced
        self.open: list[Field] = []
        self.mute = False
        self.toc = False

    def instruct(self, text: str) -> None:
        """Text of an instruction: it belongs to the innermost field that has no result yet."""
        for field in reversed(self.open):
            if not field.result:
                if len(field.instruction) < _LONGEST_INSTRUCTION:
                    field.instruction += text
                return

    def simple(self, instruction: str) -> None:
        """Open a ``w:fldSimple``: its content is the result. Closed by ``close``."""
        self.open.append(Field(instruction=instruction, result=True))
        self._settle()

    def close(self) -> None:
        """Close the innermost field."""
        if self.open:
            self.open.pop()
            self._settle()

    def mark(self, element: etree._Element, line: Line) -> None:
        """Take a ``w:fldChar``; fields that are not closed properly are no fields."""
        if element not in self._balanced:
            return
        kind = element.get(FLD_TYPE)
        if kind == "begin":
            self._begin(element)
        elif kind == "separate" and self.open:
            field = self.open[-1]
            field.result, field.line, field.mark = True, line, len(line.pieces)
            line.sequence |= _kind(field) == "SEQ"
        elif kind == "end" and self.open:
            self._end(line)
        self._settle()

    def _begin(self, element: etree._Element) -> None:
        field = Field()
        for data in element.iterchildren(W + "ffData"):
            for item in data:
                if item.tag == W + "checkBox":
                    field.shown, field.mute_result = _checkbox(item), True
                elif item.tag == W + "ddList":
                    field.shown = _dropdown(item)
        self.open.append(field)

    def _end(self, line: Line) -> None:
        field = self.open.pop()
        self._settle()
        empty = not field.result or (field.line is line and field.mark >= len(line.pieces))
        if not (empty or field.mute_result):
            return
        text = field.shown or evaluated(field.instruction)
        if self.mute:
            self.instruct(text)
        elif text:
            line.add(text)

    def _settle(self) -> None:
        self.mute = any(not field.result or field.mute_result for field in self.open)
        self.toc = any(field.result and _kind(field) == "TOC" for field in self.open)


def _kind(field: Field) -> str:
    """The first word of the instruction: TOC, SEQ, PAGE …"""
    words = field.instruction[:_LONGEST_KIND].replace("\\", " ").split(None, 1)
    return words[0].upper() if words else ""


def balanced(marks: Iterable[etree._Element]) -> frozenset[etree._Element]:
    """Those of a part's ``w:fldChar`` elements that belong to fields with a begin and an end.

    A field that never ends would swallow the rest of the document.
    """
    good: list[etree._Element] = []
    stack: list[list[etree._Element]] = []
    for element in marks:
        if next(element.iterancestors(DEL, MOVE_FROM, FALLBACK), None) is not None:
            continue
        kind = element.get(FLD_TYPE)
        if kind == "begin":
            stack.append([element])
        elif stack and kind in {"separate", "end"}:
            stack[-1].append(element)
            if kind == "end":
                marks = stack.pop()
                if len(stack) < _DEEPEST:
                    good += marks
    return frozenset(good)


def evaluated(instruction: str) -> str:
    """What a field without stored result shows, "" for kinds that show nothing of themselves."""
    if match := re.fullmatch(_EQ, instruction):
        return equation(match.group(1))
    if match := re.fullmatch(_BUTTON, instruction):
        return clean(match.group(1)).strip()
    if match := re.match(_SYMBOL, instruction):
        code = int(match.group(1), 16 if match.group(1)[:2].lower() == "0x" else 10)
        return character(code, (match.group(2) or "").strip().lower())
    return ""


def equation(text: str) -> str:
    r"""The argument of an EQ field in one line: ``\o\ac(□,√)`` is a ticked box."""
    bare = re.sub(_EQ_SWITCH, "", re.sub(_EQ_FORMAT, "", clean(text)))
    parts = [p.strip() for p in re.split(r"[(),;，；]", bare)]
    parts = [p for p in parts if p]
    glyphs = set(parts)
    if glyphs & (EMPTY_GLYPHS - _CIRCLES) and glyphs & _EQ_MARKS:
        return TICKED
    if len(parts) == 2 and glyphs & _CIRCLES:
        number = next((p for p in parts if p.isdecimal()), "")
        if number and 0 < int(number[:4]) <= 20:
            return chr(ord("①") + int(number) - 1)
    separator = "/" if re.search(r"\\f\s*\(", text, re.IGNORECASE) else ""
    return separator.join(parts)


def _checkbox(element: etree._Element) -> str:
    state = False
    for item in element:
        if item.tag == W + "checked":  # what was ticked goes before the default
            return TICKED if on(item) else EMPTY
        if item.tag == W + "default":
            state = on(item)
    return TICKED if state else EMPTY


def _dropdown(element: etree._Element) -> str:
    entries = [clean(e.get(VAL) or "") for e in element.iterchildren(W + "listEntry")]
    chosen = next(element.iterchildren(W + "result"), None)
    if chosen is None:
        chosen = next(element.iterchildren(W + "default"), None)
    index = 0 if chosen is None else val_integer(chosen, 0) or 0
    return entries[clamped(str(index), 0, len(entries) - 1, 0)] if entries else ""
