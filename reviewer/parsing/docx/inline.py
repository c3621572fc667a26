"""What stands inside a paragraph: runs and everything that may wrap them.

The hot loop of the reader: one dictionary look-up a child, and run properties are only looked at
while they can still change something. A wrapper that is not known is read through, so that no
text is lost; only what is invisible on paper is dropped: deletions, the source of a move,
instructions of fields, hidden text (``w:vanish``).
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from reviewer.limits import Limits
from reviewer.parsing.docx import drawing
from reviewer.parsing.docx.alternate import chosen
from reviewer.parsing.docx.fields import Fields
from reviewer.parsing.docx.forms import Form
from reviewer.parsing.docx.forms import form as run_form
from reviewer.parsing.docx.line import Line
from reviewer.parsing.docx.maths import linear
from reviewer.parsing.docx.names import (
    ALTERNATE,
    FLD_CHAR,
    FLD_SIMPLE,
    INSTR,
    INSTR_TEXT,
    MATH,
    MATH_PARA,
    MATH_TEXT,
    RPR,
    RUN,
    SDT,
    SDT_CONTENT,
    SYM,
    TEXT,
    XML_SPACE,
    W,
)
from reviewer.parsing.docx.sdt import control
from reviewer.parsing.docx.silent import SILENT_INLINE
from reviewer.parsing.docx.styles import Styles
from reviewer.parsing.docx.symbols import box, mapped, symbol
from reviewer.parsing.docx.values import kids
from reviewer.parsing.trouble import too_large

Note = Callable[[str, str], str]

_FIXED = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BREAK, _BREAK_TYPE = W + "br", W + "type"
_RUBY, _RUBY_BASE, _RUBY_TEXT = W + "ruby", W + "rubyBase", W + "rt"
_SHAPES = frozenset({W + "drawing", W + "pict", W + "object"})
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_NOTE_ID = W + "id"
_FIELD_MARKS = frozenset({FLD_CHAR, INSTR_TEXT})


class Inline:
    """Reads the content of paragraphs of one story into the current line.

    note: text of the footnote or endnote with an id. trimmed: ``w:t`` without xml:space loses its
    outer white space, as in Word.
    """

    def __init__(
        self, styles: Styles, fields: Fields, note: Note, limits: Limits, *, trimmed: bool
    ) -> None:
        self.fields = fields
        self.line = Line(-1, styles.plain)
        self._styles = styles
        self._note = note
        self._limits = limits
        self._trimmed = trimmed
        self._depth = 0

    def read(self, container: etree._Element) -> None:
        """Read all children of a paragraph or of a wrapper inside one."""
        self._depth += 1
        if self._depth > self._limits.nesting:
            raise too_large("文档内部的嵌套过深，超过读取上限")
        for child in kids(container):
            if child.tag == RUN:
                self._run(child)
            else:
                self.take(child)
        self._depth -= 1

    def take(self, child: etree._Element) -> None:
        """Read one child of a paragraph or wrapper."""
        tag = child.tag
        if tag in SILENT_INLINE:
            return
        if tag == RUN:
            self._run(child)
        elif tag in _WRAPPERS:
            _WRAPPERS[tag](self, child)
        elif tag in (TEXT, MATH_TEXT) or tag in _PIECES or tag in _FIXED:
            self._item(child, None)  # run content without its run
        else:
            self.read(child)

    def _run(self, run: etree._Element) -> None:
        line = self.line
        looking = line.undecided or line.exact
        form: Form | None = None
        for child in kids(run):
            tag = child.tag
            if tag == TEXT:
                if looking and form is None:
                    form = run_form(None, line.style, self._styles)
                self._text(child, form)
            elif tag == RPR:
                if looking:
                    form = run_form(child, line.style, self._styles)
            elif form is None or not form.hidden or tag in _FIELD_MARKS:
                self._item(child, form)

    def _text(self, element: etree._Element, form: Form | None) -> None:
        text = element.text
        if not text:
            return
        if self._trimmed and (text[0] <= " " or text[-1] <= " "):
            text = self._outer_space(element, text)
        if "\n" in text:
            text = text.replace("\n", " ")
        if form is not None:
            if form.hidden:
                return
            if form.font:
                text = mapped(text, form.font)
        if self.fields.mute:
            self.fields.instruct(text)
            return
        line = self.line
        if form is not None and line.undecided and not text.isspace() and text:
            line.seen = True
            line.size = line.size or form.size
            line.bold = line.bold and form.bold
            line.undecided = line.bold or not line.size
        line.pieces.append(text)

    def _outer_space(self, element: etree._Element, text: str) -> str:
        kept = element.get(XML_SPACE) == "preserve"
        return text if kept else text.strip(" \t\r\n")

    def _item(self, element: etree._Element, form: Form | None) -> None:
        """A child of a run other than text and properties."""
        tag = element.tag
        if tag in _FIXED:
            self._put(_FIXED[tag])
        elif tag == FLD_CHAR:
            self._field_mark(element)
        elif tag == INSTR_TEXT:
            self.fields.instruct(element.text or "")
        elif tag == SYM:
            self._put(symbol(element))
        elif tag in (TEXT, MATH_TEXT):
            self._text(element, form)
        elif tag in _PIECES:
            _PIECES[tag](self, element)
        elif tag not in SILENT_INLINE:
            self.read(element)

    def _put(self, text: str) -> None:
        if self.fields.mute:
            self.fields.instruct(text)
        elif text:
            self.line.pieces.append(text)

    def _field_mark(self, element: etree._Element) -> None:
        before = self.fields.toc
        self.fields.mark(element, self.line)
        if self.fields.toc != before:
            self.line.toc.append(len(self.line.pieces))

    def _simple_field(self, element: etree._Element) -> None:
        before = self.fields.toc
        self.fields.simple(element.get(INSTR) or "")
        if self.fields.toc != before:
            self.line.toc.append(len(self.line.pieces))
        self.read(element)
        during = self.fields.toc
        self.fields.close()
        if self.fields.toc != during:
            self.line.toc.append(len(self.line.pieces))

    def _break(self, element: etree._Element) -> None:
        if element.get(_BREAK_TYPE) in ("page", "column"):
            self.line.page_break()
        else:
            self._put("\n")

    def _captured(self, element: etree._Element) -> str:
        """Read ``element`` and take its text out of the line again."""
        pieces = self.line.pieces
        start = len(pieces)
        self.read(element)
        text = "".join(pieces[start:])
        del pieces[start:]
        return text

    def _control(self, element: etree._Element) -> None:
        about = control(element)
        for content in element.iterchildren(SDT_CONTENT):
            if about.box is None or self.fields.mute:
                self.read(content)
            else:
                self._put(box(self._captured(content), about.box))

    def _ruby(self, element: etree._Element) -> None:
        """The base stays in the line; the small text beside it is read as a note."""
        for base in element.iterchildren(_RUBY_BASE):
            self.read(base)
        for small in element.iterchildren(_RUBY_TEXT):
            text = self._captured(small).strip()
            if text:
                self.line.notes.append(text)

    def _alternate(self, element: etree._Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self.read(branch)

    def _alternate_in_run(self, element: etree._Element) -> None:
        branch = chosen(element)
        for child in branch if branch is not None else ():
            self._item(child, None)

    def _math(self, element: etree._Element) -> None:
        self._put(linear(element, self._limits.nesting))

    def _shape(self, element: etree._Element) -> None:
        if not self.fields.mute:
            self.line.shapes += drawing.shapes(element)

    def _note_reference(self, element: etree._Element) -> None:
        text = self._note(_NOTES[element.tag], element.get(_NOTE_ID) or "")
        if text:
            self.line.notes.append(text)


# Functions, not bound methods: a reader that refers to itself is not freed until the collector comes.
_WRAPPERS: dict[str, Callable[[Inline, etree._Element], None]] = {
    SDT: Inline._control,
    FLD_SIMPLE: Inline._simple_field,
    ALTERNATE: Inline._alternate,
    MATH: Inline._math,
    MATH_PARA: Inline.read,
}
_PIECES: dict[str, Callable[[Inline, etree._Element], None]] = {
    _BREAK: Inline._break,
    _RUBY: Inline._ruby,
    ALTERNATE: Inline._alternate_in_run,
    **dict.fromkeys(_SHAPES, Inline._shape),
    **dict.fromkeys(_NOTES, Inline._note_reference),
}
