"""Comment marks in the body: ``commentRangeStart``, ``commentRangeEnd``, the reference run.

A run is split where a range begins or ends inside it; both halves keep its properties. Marks
stand beside runs only, in containers whose schema lets them (``Dialect.open``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree
from msgspec import Struct, field

from reviewer.reports.word.letters import Letter, Letters
from reviewer.reports.word.names import XML_SPACE, Dialect


class Marked(Struct, frozen=True):
    """Where one comment goes: characters [start, end) of the letters of two paragraphs.

    first, last: elements ``w:p`` (mostly the same); start counts in first, end in last.
    around: a run that is marked as a whole instead (it holds a text box).
    """

    comment: int
    first: etree._Element
    start: int
    last: etree._Element
    end: int
    around: etree._Element | None = None


class _Cuts(Struct):
    """Marks of one paragraph: before and after the letter of that index."""

    before: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    after: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


class Marks:
    """Puts all marks of a part. letters: of each paragraph that is marked, made before any cut."""

    def __init__(self, dialect: Dialect, letters: dict[etree._Element, Letters]) -> None:
        self._d = dialect
        self._letters = letters
        self._last_id = 0

    def put(self, marks: Iterable[Marked]) -> None:
        """Write the marks of all comments, in the order of their numbers at one place."""
        cuts: dict[etree._Element, _Cuts] = defaultdict(_Cuts)
        for mark in marks:
            if mark.around is not None:
                self._around(mark.comment, mark.around)
            elif self._letters[mark.first].letters and self._letters[mark.last].letters:
                cuts[mark.first].before[mark.start].append(mark.comment)
                cuts[mark.last].after[mark.end - 1].append(mark.comment)
            else:
                self._collapsed(mark)
        for paragraph, cut in cuts.items():
            self._paragraph(self._letters[paragraph].letters, cut)

    def _paragraph(self, letters: list[Letter], cut: _Cuts) -> None:
        """From the last letter to the first: what is split off is never needed again."""
        for index in sorted({*cut.before, *cut.after}, reverse=True):
            letter = letters[index]
            if numbers := cut.after.get(index):
                anchor = letter.last
                if anchor is None:
                    anchor = self._split(letter, letter.offset + 1)[0]
                for node in reversed([n for number in numbers for n in self._ending(number)]):
                    _insert_after(anchor, node)
            if numbers := cut.before.get(index):
                anchor = self._split(letter, letter.offset)[1]
                for number in numbers:
                    _insert_before(anchor, self._start(number))

    def _around(self, comment: int, node: etree._Element) -> None:
        parent = node.getparent()
        while parent is not None and parent.tag not in self._d.open:
            node, parent = parent, parent.getparent()
        if parent is None:
            return
        for mark in reversed(self._ending(comment)):
            _insert_after(node, mark)
        _insert_before(node, self._start(comment))

    def _collapsed(self, mark: Marked) -> None:
        """Around an empty paragraph or cell, or around paragraphs one of which is empty."""
        first = mark.first.find(self._d("pPr"))
        if first is not None:
            first.addnext(self._start(mark.comment))
        else:
            mark.first.insert(0, self._start(mark.comment))
        mark.last.extend(self._ending(mark.comment))

    def _split(self, letter: Letter, offset: int) -> tuple[etree._Element, etree._Element]:
        """The run cut at ``offset`` of its text: what stands before and what after the cut.

        Where nothing visible of the run lies on one side, the run stays whole.
        """
        run, item = letter.node, letter.item
        if item is None:
            return run, run
        size = len(item.text or "") if item.tag == self._d("t") else 1
        head = offset > 0 or _content_before(item, self._d)
        tail = offset < size or item.getnext() is not None
        if not (head and tail):
            return run, run
        return run, self._cut(run, item, offset, size)

    def _cut(
        self, run: etree._Element, item: etree._Element, offset: int, size: int
    ) -> etree._Element:
        rest = etree.Element(run.tag, {str(k): str(v) for k, v in run.attrib.items()})
        properties = run.find(self._d("rPr"))
        if properties is not None:
            rest.append(self._copied(properties))
        moved = list(item.itersiblings())
        if offset == 0:
            moved.insert(0, item)
        elif offset < size:
            content = item.text or ""
            _set_text(etree.SubElement(rest, item.tag), content[offset:])
            _set_text(item, content[:offset])
        rest.extend(moved)
        _insert_after(run, rest)
        return rest

    def _copied(self, properties: etree._Element) -> etree._Element:
        """A copy of run properties; a tracked change in them gets an id of its own."""
        copied = deepcopy(properties)
        for item in copied.iterdescendants():
            if item.get(self._d("id")) is not None:
                self._last_id = self._last_id or _highest(properties, self._d)
                self._last_id += 1
                item.set(self._d("id"), str(self._last_id))
        return copied

    def _start(self, number: int) -> etree._Element:
        return etree.Element(self._d("commentRangeStart"), {self._d("id"): str(number)})

    def _ending(self, number: int) -> list[etree._Element]:
        identity = {self._d("id"): str(number)}
        run = etree.Element(self._d("r"))
        etree.SubElement(run, self._d("commentReference"), identity)
        return [etree.Element(self._d("commentRangeEnd"), identity), run]


def _content_before(item: etree._Element, d: Dialect) -> bool:
    previous = item.getprevious()
    return previous is not None and previous.tag != d("rPr")


def _highest(element: etree._Element, d: Dialect) -> int:
    """The highest id of a tracked change or bookmark in the part."""
    root = element.getroottree().getroot()
    values = (item.get(d("id"), "") for item in root.iter(f"{{{d.ns}}}*"))
    return max((int(value) for value in values if value.isdecimal()), default=0)


def _set_text(element: etree._Element, text: str) -> None:
    element.text = text
    if text[:1].isspace() or text[-1:].isspace():
        element.set(XML_SPACE, "preserve")


def _insert_after(anchor: etree._Element, node: etree._Element) -> None:
    """Like ``addnext``, but the white space behind the anchor stays where it is."""
    parent = anchor.getparent()
    assert parent is not None  # runs stand in paragraphs
    parent.insert(parent.index(anchor) + 1, node)


def _insert_before(anchor: etree._Element, node: etree._Element) -> None:
    parent = anchor.getparent()
    assert parent is not None  # runs stand in paragraphs
    parent.insert(parent.index(anchor), node)
