"""The document as read, as HTML: flowing text and tables, or pages of a PDF, findings marked in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup, escape
from msgspec import Struct

from api.reviewing import Mark, Places
from reviewer.model.document import Block, Box, Cell, Document, Paragraph, Table, paragraphs
from reviewer.model.review import Finding

_RANK = {"error": 0, "warning": 1, "info": 2}
_HEADINGS = 4
_LONGEST = 1200


class Shape(Struct, frozen=True):
    """A mark on a page of a PDF, in points."""

    finding: str
    severity: str
    x: float
    y: float
    width: float
    height: float


class Sheet(Struct, frozen=True):
    """A page of a PDF: number from 1, size in points, marks."""

    number: int
    width: float
    height: float
    shapes: tuple[Shape, ...]


class Flow:
    """Writes the document as flowing text. severities: finding → error, warning or info."""

    def __init__(self, marks: Sequence[Mark], severities: Mapping[str, str]) -> None:
        self._severities = severities
        self._marks: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            if mark.finding in severities:
                self._marks[mark.block].append(mark)

    def html(self, document: Document) -> Markup:
        """The whole document."""
        return Markup("").join(self._block(block) for block in document.blocks)

    def _block(self, block: Block) -> Markup:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Table):
            return self._table(block)
        return Markup('<p class="picture">［图片］</p>')

    def _paragraph(self, paragraph: Paragraph) -> Markup:
        place = paragraph.place.block
        if not paragraph.text and place not in self._marks:
            return Markup("")
        words = [f"l{min(paragraph.level, _HEADINGS)}"] if paragraph.level is not None else []
        words += [
            word for word in ("centered", "bold", "toc", "caption") if getattr(paragraph, word)
        ]
        number = f"{paragraph.number} " if paragraph.number else ""
        return Markup('<p id="b{}" class="{}">{}{}</p>').format(
            place, " ".join(words), number, self._marked(paragraph)
        )

    def _marked(self, paragraph: Paragraph) -> Markup:
        """The text with marks; where several overlap, each stretch tells all of its findings."""
        text, marks = paragraph.text, self._marks.get(paragraph.place.block, [])
        if not marks:
            return escape(text)
        spans = [(mark, *_within(mark, len(text))) for mark in marks]
        edges = sorted({0, len(text), *(e for _, start, end in spans for e in (start, end))})
        parts = []
        for start, end in pairwise(edges):
            over = [mark for mark, first, last in spans if first <= start and end <= last]
            parts.append(self._stretch(text[start:end], over))
        points = [mark for mark, start, end in spans if start == end]
        if points:
            parts.append(self._stretch("◂", points))
        return Markup("").join(parts)

    def _stretch(self, text: str, marks: Sequence[Mark]) -> Markup:
        if not marks or not text.strip():
            return escape(text)
        ids = list(dict.fromkeys(mark.finding for mark in marks))
        severity = min((self._severities[key] for key in ids), key=lambda s: _RANK.get(s, 3))
        kind = severity if any(mark.own for mark in marks) else f"{severity} near"
        return Markup('<mark class="m {}" data-f="{}" tabindex="0" role="button">{}</mark>').format(
            kind, " ".join(ids), text
        )

    def _table(self, table: Table) -> Markup:
        rows: dict[int, list[Cell]] = defaultdict(list)
        for cell in sorted(table.cells, key=lambda c: (c.row, c.col)):
            rows[cell.row].append(cell)
        lines = [
            Markup("<tr>{}</tr>").format(Markup("").join(self._cell(cell) for cell in rows[row]))
            for row in range(table.rows)
        ]
        return Markup('<div class="sheet"><table>{}</table></div>').format(Markup("").join(lines))

    def _cell(self, cell: Cell) -> Markup:
        inner = Markup("").join(self._block(block) for block in cell.blocks)
        across = Markup(' colspan="{}"').format(cell.colspan) if cell.colspan > 1 else ""
        down = Markup(' rowspan="{}"').format(cell.rowspan) if cell.rowspan > 1 else ""
        return Markup("<td{}{}>{}</td>").format(across, down, inner)


def sheets(document: Document, places: Places, severities: Mapping[str, str]) -> list[Sheet]:
    """The pages of a PDF with the marks on them."""
    found = {p.place.block: p for p in paragraphs(document.blocks)}
    shapes: dict[int, list[Shape]] = defaultdict(list)
    for mark in places.marks:
        paragraph = found.get(mark.block)
        if paragraph is None or mark.finding not in severities:
            continue
        for box in boxes(paragraph, mark):
            width, height = box.x1 - box.x0, box.bottom - box.top
            severity = severities[mark.finding]
            shape = Shape(mark.finding, severity, box.x0, box.top, width, height)
            shapes[box.page].append(shape)
    return [
        Sheet(number, width, height, tuple(_largest_first(shapes[number])))
        for number, (width, height) in enumerate(places.sizes, 1)
    ]


def boxes(paragraph: Paragraph, mark: Mark) -> Iterator[Box]:
    """The stretches of a paragraph's lines that a mark covers, all characters taken as equally wide."""
    lines = paragraph.place.boxes
    total = sum(max(0.0, box.x1 - box.x0) for box in lines)
    start, end = _within(mark, len(paragraph.text))
    if not total or not paragraph.text or start == end:
        yield from lines
        return
    first, last = (total * at / len(paragraph.text) for at in (start, end))
    passed = 0.0
    for box in lines:
        width = max(0.0, box.x1 - box.x0)
        left, right = max(first, passed), min(last, passed + width)
        if right > left:
            yield Box(
                box.page, box.x0 + left - passed, box.top, box.x0 + right - passed, box.bottom
            )
        passed += width


def severities(findings: Sequence[Finding]) -> dict[str, str]:
    """Finding → how it is coloured."""
    return {f.id: f.severity for f in findings}


def _within(mark: Mark, length: int) -> tuple[int, int]:
    start = max(0, min(mark.start, length))
    end = max(start, min(mark.end, length, start + _LONGEST))
    return start, end


def _largest_first(shapes: Sequence[Shape]) -> list[Shape]:
    """Small marks lie above large ones, so that each can be clicked."""
    return sorted(shapes, key=lambda shape: -shape.width * shape.height)
