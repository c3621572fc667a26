"""The visible characters of a ``w:p``, each with the node that holds it.

The reader's text of a paragraph (``Paragraph.text``) is what findings point into. Here the same
paragraph is walked again, simply and keeping too much rather than too little, and the two strings
are aligned, so that an offset of the reader's becomes a node and an offset in it, whatever the
reader drops, maps (symbols, check boxes) or evaluates (fields).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from lxml import etree
from msgspec import Struct

from reviewer.reports.word.names import MATH, MC, STRICT_MATH, W14, XML_SPACE, Dialect

# Longer texts that do not agree are aligned by their beginnings only (difflib is quadratic).
_LONGEST_ALIGNED = 4000
_OBJECT = "\ufffc"
_FIXED = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": _OBJECT}
_SEALING = ("text", "dropDownList", "comboBox", "date", "picture", "dataBinding")


class Letter(Struct, frozen=True):
    """A visible character.

    node: the run, or the sealed element (formula, control), that a mark may stand beside.
    item: the child of the run that shows it, at ``offset`` of its text (tabs and breaks: 0);
    None where the node must not be cut. last: the run that ends a field without a stored
    result (a check box), which begins at ``node``; nothing may stand between them.
    """

    node: etree._Element
    item: etree._Element | None
    offset: int
    last: etree._Element | None = None


class _Field(Struct):
    """A field being read: the run of its begin mark; stored: its result is in the paragraph."""

    begin: etree._Element
    stored: bool = False


class Letters:
    """The characters of a paragraph (of several, where their marks are deleted)."""

    def __init__(self, paragraph: etree._Element, dialect: Dialect) -> None:
        self._d = dialect
        self._t, self._r, self._sdt = dialect("t"), dialect("r"), dialect("sdt")
        self._ruby = dialect("ruby")
        self._fixed = {dialect(name): shown for name, shown in _FIXED.items()}
        self._maths = (f"{{{MATH}}}oMath", f"{{{STRICT_MATH}}}oMath",
                       f"{{{MATH}}}oMathPara", f"{{{STRICT_MATH}}}oMathPara")  # fmt: skip
        self.letters: list[Letter] = []
        self._fields: list[_Field] = []
        self._raw: list[str] = []
        for one in _joined(paragraph, dialect):
            self._walk(one, None)
        self.raw = "".join(self._raw)

    def located(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Characters [start, end) of the reader's ``text`` as indices into ``letters``.

        An empty or foreign range gives the whole paragraph: (0, len(letters)).
        """
        whole = (0, len(self.letters))
        if not 0 <= start < end <= len(text):
            return whole
        if text == self.raw:
            return start, end
        places = _aligned(self.raw, text)
        found = [places[i] for i in range(start, end) if places[i] >= 0]
        return (min(found), max(found) + 1) if found else whole

    def _walk(self, container: etree._Element, sealed: etree._Element | None) -> None:
        for child in container:
            tag = child.tag
            if not isinstance(tag, str) or tag in self._d.silent:
                continue
            if tag in self._maths:
                self._math(child, sealed)
            elif tag == self._r:
                self._run(child, sealed)
            elif tag == self._sdt:
                self._walk(child, child if sealed is None and self._seals(child) else sealed)
            elif tag in self._d.open:
                self._walk(child, sealed)
            else:
                self._foreign(child, sealed)

    def _foreign(self, element: etree._Element, sealed: etree._Element | None) -> None:
        """A wrapper that is not known: its text counts, but no mark may stand in it."""
        if element.tag == f"{MC}Fallback" and element.getprevious() is not None:
            return
        self._walk(element, element if sealed is None else sealed)

    def _run(self, run: etree._Element, sealed: etree._Element | None) -> None:
        if _hidden(run, self._d):
            return
        for item in run:
            tag = item.tag
            if not isinstance(tag, str) or tag in self._d.silent:
                continue
            if tag == self._t:
                self._text(item, run, sealed)
            elif tag in self._fixed:
                self._put(
                    self._fixed[tag],
                    run if sealed is None else sealed,
                    item if sealed is None else None,
                )
            elif tag == self._ruby:
                self._walk(item, run if sealed is None else sealed)
            elif tag == self._d("fldChar"):
                self._field(item, run, sealed)
            elif len(item):
                self._foreign(item, run if sealed is None else sealed)

    def _field(
        self, mark: etree._Element, run: etree._Element, sealed: etree._Element | None
    ) -> None:
        """A field without a stored result shows one thing: a check box, a chosen word."""
        kind = mark.get(self._d("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field(run))
        elif kind == "separate" and self._fields:
            self._fields[-1].stored = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.stored or field.begin.getparent() is not run.getparent():
                return
            self._raw.append(_OBJECT)
            whole = Letter(field.begin, None, 0, run)
            self.letters.append(whole if sealed is None else Letter(sealed, None, 0))

    def _text(
        self, item: etree._Element, run: etree._Element, sealed: etree._Element | None
    ) -> None:
        text = item.text or ""
        if text[:1] <= " " or text[-1:] <= " ":
            text = _outer_space(item, text)
        self._raw.append(text)
        if sealed is None:
            self.letters += [Letter(run, item, at) for at in range(len(text))]
        else:
            self.letters += [Letter(sealed, None, 0)] * len(text)

    def _put(self, text: str, node: etree._Element, item: etree._Element | None = None) -> None:
        self._raw.append(text)
        self.letters += [Letter(node, item, 0)] * len(text)

    def _math(self, element: etree._Element, sealed: etree._Element | None) -> None:
        words = "".join(t.text or "" for t in element.iter(f"{{{MATH}}}t", f"{{{STRICT_MATH}}}t"))
        self._put(words, element if sealed is None else sealed)

    def _seals(self, control: etree._Element) -> bool:
        """Whether a content control takes no marks inside: plain text, choices, bound data."""
        for properties in control.iterchildren(self._d("sdtPr")):
            for item in properties:
                if item.tag == f"{W14}checkbox":
                    return True
                if isinstance(item.tag, str) and etree.QName(item).localname in _SEALING:
                    return True
        return False


def _joined(paragraph: etree._Element, d: Dialect) -> Iterator[etree._Element]:
    """The paragraph, and those after it that its deleted mark or drop cap joins to it."""
    one: etree._Element | None = paragraph
    while one is not None:
        yield one
        properties = one.find(d("pPr"))
        if properties is None or not _runs_on(properties, d):
            return
        one = next(one.itersiblings(d("p")), None)


def _runs_on(properties: etree._Element, d: Dialect) -> bool:
    mark = properties.find(d("rPr"))
    if mark is not None and any(item.tag in (d("del"), d("moveFrom")) for item in mark):
        return True
    frame = properties.find(d("framePr"))
    return frame is not None and frame.get(d("dropCap")) in ("drop", "margin")


def _hidden(run: etree._Element, d: Dialect) -> bool:
    properties = run.find(d("rPr"))
    mark = None if properties is None else properties.find(d("vanish"))
    return mark is not None and (mark.get(d("val")) or "1") not in ("0", "false", "off")


def _outer_space(item: etree._Element, text: str) -> str:
    """Word does not show white space around a text without xml:space: it goes before any cut."""
    if next((n.get(XML_SPACE) for n in _upwards(item) if n.get(XML_SPACE)), "") != "preserve":
        item.text = text = text.strip(" \t\r\n")
    return text


def _upwards(item: etree._Element) -> Iterator[etree._Element]:
    yield item
    yield from item.iterancestors()


def _aligned(raw: str, text: str) -> list[int]:
    """For each character of ``text`` its index in ``raw``, -1 where it has none."""
    head = 0
    while head < min(len(raw), len(text)) and raw[head] == text[head]:
        head += 1
    places = [*range(head), *[-1] * (len(text) - head)]
    left, right = raw[head:], text[head:]
    if max(len(left), len(right)) > _LONGEST_ALIGNED:
        return _clamped(places, len(raw))
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            places[head + c : head + d] = range(head + a, head + b)
        elif kind == "replace":
            places[head + c : head + d] = [head + a] * (d - c)
    return places


def _clamped(places: list[int], length: int) -> list[int]:
    return [at if at >= 0 else min(i, length - 1) for i, at in enumerate(places)]
