"""Reads the blocks of one part: paragraphs, tables, text boxes and pictures in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from reviewer.model.clean import clean
from reviewer.model.document import Block, Paragraph, Picture, Place, Table
from reviewer.parsing.docx.alternate import chosen
from reviewer.parsing.docx.book import Book
from reviewer.parsing.docx.captions import worded_as_caption
from reviewer.parsing.docx.fields import Fields
from reviewer.parsing.docx.grid import Grid, RawCell
from reviewer.parsing.docx.inline import Inline
from reviewer.parsing.docx.layout import Layout, layout, plain_layout
from reviewer.parsing.docx.line import Line, Shape
from reviewer.parsing.docx.names import (
    ALTERNATE,
    MATH,
    MATH_PARA,
    PPR,
    RUN,
    SDT,
    SDT_CONTENT,
    TBL,
    TC,
    TR,
    P,
    W,
)
from reviewer.parsing.docx.part import Part
from reviewer.parsing.docx.quick import Plain, plain
from reviewer.parsing.docx.rows import raw_cell, row_margins
from reviewer.parsing.docx.sdt import control
from reviewer.parsing.docx.silent import SILENT_BLOCK
from reviewer.parsing.docx.styles import Style
from reviewer.parsing.docx.symbols import SUSPECT, box, guessed
from reviewer.parsing.docx.values import kids
from reviewer.parsing.trouble import Trouble, too_large

_ITEMS = frozenset({P, TBL, TR, TC, RUN, MATH, MATH_PARA})
_ALT_CHUNK = W + "altChunk"
_LONGEST_SEQUENCE = 80


class Story:
    """Reads one part, once."""

    def __init__(self, book: Book, part: Part) -> None:
        self._book = book
        self._part = part
        self._name = part.name
        self._trimmed = part.trimmed
        self._styles = book.styles
        self._plain = plain_layout(book.styles.plain)
        self._ordinals = part.ordinals
        self._exact = part.exact or book.exact
        self._depth = 0
        self._deepest = book.limits.nesting
        self._boxed = False  # inside a text box
        self._toc = 0  # content controls around us that hold a table of contents
        self._box: bool | None = None  # state of a check-box control around the next paragraph
        self._pending: Line | None = None  # a paragraph that runs on into the next
        self._inline = self._reader()

    def blocks(self, container: etree._Element) -> list[Block]:
        """The blocks in a body, cell, text box, header or note."""
        return self._read(kids(container))

    def _read(self, children: list[etree._Element]) -> list[Block]:
        self._depth += 1
        if self._depth > self._deepest:
            raise _too_deep()
        outer, self._pending = self._pending, None
        found: list[Block] = []
        for child in children:
            if child.tag == P:
                self._paragraph(child, found)
            elif child.tag not in SILENT_BLOCK:
                for item in self._items((child,)):
                    self._item(item, found)
        if self._pending is not None:
            self._flush(found)
        self._pending = outer
        self._depth -= 1
        return found

    def _item(self, item: etree._Element, found: list[Block]) -> None:
        if item.tag == P:
            self._paragraph(item, found)
            return
        if self._pending is not None:
            self._flush(found)
        if item.tag == TBL:
            self._table(item, found)
        elif item.tag in (TR, TC):
            found += self.blocks(item)
        else:
            self._loose(item, found)

    def _reader(self) -> Inline:
        book, part = self._book, self._part
        fields = Fields(part.fields)
        return Inline(book.styles, fields, book.note, book.limits, trimmed=part.trimmed)

    def _items(self, container: Iterable[etree._Element]) -> Iterator[etree._Element]:
        """Children of a container, wrappers of every kind opened."""
        for child in container:
            tag = child.tag
            if tag in _ITEMS:
                yield child
            elif tag == SDT:
                yield from self._controlled(child)
            elif tag == _ALT_CHUNK:
                self._book.warn("文中插入了外部文档片段，Word 打开时才会并入，其内容未能读取。")
            elif tag not in SILENT_BLOCK:
                opened = chosen(child) if tag == ALTERNATE else child
                if opened is not None:
                    yield from self._opened(opened)

    def _controlled(self, element: etree._Element) -> Iterator[etree._Element]:
        about = control(element)
        self._toc += about.toc
        for content in element.iterchildren(SDT_CONTENT):
            self._box = self._box if about.box is None else about.box
            yield from self._opened(content)
        self._box = None if about.box is not None else self._box
        self._toc -= about.toc

    def _opened(self, wrapper: etree._Element) -> Iterator[etree._Element]:
        self._depth += 1
        if self._depth > self._deepest:
            raise _too_deep()
        yield from self._items(wrapper)
        self._depth -= 1

    # Paragraphs

    def _paragraph(self, element: etree._Element, found: list[Block]) -> None:
        children = kids(element)
        has_properties = children and children[0].tag == PPR
        about = layout(children[0], self._styles) if has_properties else self._plain
        style, ordinal = about.style, self._ordinals.get(element, -1)
        if not (
            self._exact
            or self._pending is not None
            or style.exact
            or about.joined
            or self._inline.fields.open
        ):
            simple = plain(children, style, self._styles, trimmed=self._trimmed)
            if simple is not None:
                found.append(self._made(simple, ordinal, about, None))
                return
        line = self._line(ordinal, style)
        self._inline.line = line
        self._inline.read(element)
        self._pending = line if about.joined else None
        if not about.joined:
            self._emit(line, about, found)

    def _line(self, ordinal: int, style: Style) -> Line:
        """A new line, or the pending one carried on with the style of the mark that stays."""
        line = self._pending
        if line is None:
            return Line(ordinal, style, exact=self._exact, in_toc=self._inline.fields.toc)
        if line.empty:
            line.ordinal = ordinal
        line.style = style
        line.exact = line.exact or style.exact
        return line

    def _flush(self, found: list[Block]) -> None:
        """Emit the pending line, where no paragraph follows that it could join."""
        line, self._pending = self._pending, None
        if line is not None and not line.empty:
            self._emit(line, plain_layout(line.style), found)

    def _loose(self, element: etree._Element, found: list[Block]) -> None:
        """Runs and formulas that stand in a container without a paragraph around them."""
        line = Line(-1, self._styles.plain, exact=self._exact)
        self._inline.line = line
        self._inline.take(element)
        if not line.empty:
            self._emit(line, plain_layout(line.style), found)

    def _emit(self, line: Line, about: Layout, found: list[Block]) -> None:
        found.append(
            self._made((line.text(), line.bold and line.seen, line.size), line.ordinal, about, line)
        )
        for shape in line.shapes:
            found += self._shape(shape, line.ordinal)

    def _made(self, what: Plain, ordinal: int, about: Layout, line: Line | None) -> Paragraph:
        text, bold, size = what
        book, style = self._book, about.style
        if SUSPECT.search(text) is not None:
            text = guessed(clean(text))
        if self._box is not None:  # a check-box control holds the paragraph as a whole
            text, self._box = box(text, self._box), None
        book.characters += len(text)
        notes = tuple(line.notes) if line is not None and line.notes else ()
        if notes:
            book.characters += sum(map(len, notes))
        number = ""
        if about.num is not None or style.num is not None:
            number = book.numbering.label(about.num, about.ilvl, style)
        return Paragraph(
            text,
            Place(next(book.numbers), None, self._name, ordinal),
            number,
            about.level,
            style.name,
            bold,
            size,
            about.centered,
            self._boxed,
            self._toc > 0 or style.toc or (line is not None and _in_toc(line, about)),
            _is_caption(text, line, about),
            (),
            notes,
        )

    def _place(self, ordinal: int) -> Place:
        return Place(next(self._book.numbers), None, self._name, ordinal)

    # Text boxes and pictures

    def _shape(self, shape: Shape, ordinal: int) -> list[Block]:
        if shape.kind == "textbox" and shape.element is not None:
            return self._textbox(shape.element)
        if shape.kind == "picture":
            return [Picture(self._place(ordinal), shape.text)]
        words = [shape.text]
        if shape.kind != "words":
            words = self._book.related_text(self._part.key, shape.text)
        if shape.kind == "chart":
            return [Picture(self._place(ordinal), " ".join(words))]
        return [Paragraph(word, self._place(ordinal), boxed=True) for word in words if word.strip()]

    def _textbox(self, content: etree._Element) -> list[Block]:
        """A story within the story: it has its own fields and its own current line."""
        inline, boxed = self._inline, self._boxed
        self._inline, self._boxed = self._reader(), True
        found = self.blocks(content)
        self._inline, self._boxed = inline, boxed
        return found

    # Tables

    def _table(self, element: etree._Element, found: list[Block]) -> None:
        place = self._place(-1)
        grid = Grid()
        for child in kids(element):
            if child.tag == TR:
                self._row(child, grid)
            elif child.tag not in SILENT_BLOCK:
                for item in self._items((child,)):
                    if item.tag == TR:
                        self._row(item, grid)
        if grid.rows:
            found.append(Table(grid.rows, grid.cols, grid.cells(), place))

    def _row(self, row: etree._Element, grid: Grid) -> None:
        children = kids(row)
        margins = row_margins(children)
        if margins is None:
            return
        cells: list[RawCell] = []
        for child in children:
            if child.tag == TC:
                self._cell(child, cells)
            elif child.tag not in SILENT_BLOCK:
                for item in self._items((child,)):
                    if item.tag == TC:
                        self._cell(item, cells)
        grid.add(*margins, cells)

    def _cell(self, element: etree._Element, cells: list[RawCell]) -> None:
        children = kids(element)
        raw = raw_cell(children)
        if raw is not None:
            raw.blocks = self._read(children)
            cells.append(raw)


def _in_toc(line: Line, about: Layout) -> bool:
    """No line of a table of contents is a heading: a field left open ends there."""
    return line.in_toc and about.level is None


def _is_caption(text: str, line: Line | None, about: Layout) -> bool:
    if about.style.caption:
        return True
    if line is not None and line.sequence and len(text) <= _LONGEST_SEQUENCE:
        return True
    return about.level is None and worded_as_caption(text, centered=about.centered)


def _too_deep() -> Trouble:
    return too_large("表格或内容控件嵌套过深，超过读取上限")
