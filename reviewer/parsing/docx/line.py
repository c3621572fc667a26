"""A paragraph while it is being read."""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from reviewer.parsing.docx.styles import Style


class Shape(Struct, frozen=True):
    """Something anchored in a paragraph. kind: textbox, picture, words (drawn text) or related.

    element: the text box's content. text: alternative text or drawn text.
    """

    kind: str
    element: etree._Element | None = None
    text: str = ""


class Line:
    """Text and marks collected from one ``w:p`` (from several, where their marks are deleted).

    ordinal: of the first ``w:p`` with content. bold: all visible text so far (``seen``: there was
    some). size: of the first.
    undecided: bold or size may still change. sequence: holds a SEQ field, as captions do.
    exact: hidden text or symbol fonts may occur: every run's properties are read.
    toc: number of pieces at each opening or closing of a table of contents.
    """

    __slots__ = (
        "_toc_before",
        "bold",
        "broken",
        "exact",
        "notes",
        "ordinal",
        "pieces",
        "seen",
        "sequence",
        "shapes",
        "size",
        "style",
        "toc",
        "undecided",
    )

    def __init__(
        self, ordinal: int, style: Style, *, exact: bool = False, in_toc: bool = False
    ) -> None:
        self.ordinal = ordinal
        self.style = style
        self.exact = exact or style.exact
        self.pieces: list[str] = []
        self.shapes: list[Shape] = []
        self.notes: list[str] = []
        self.bold = True
        self.seen = False
        self.size = 0.0
        self.undecided = True
        self.sequence = False
        self.toc: list[int] = []
        self.broken = 0
        self._toc_before = in_toc

    @property
    def empty(self) -> bool:
        """Nothing at all was read."""
        return not (self.pieces or self.shapes or self.notes)

    @property
    def in_toc(self) -> bool:
        """Most of the text was read while a table of contents was open."""
        if not self.toc:
            return self._toc_before
        inside, total, state, start = 0, 0, self._toc_before, 0
        for end in [*self.toc, len(self.pieces)]:
            length = sum(map(len, self.pieces[start:end]))
            total += length
            inside += length * state
            state, start = not state, end
        return 2 * inside > total

    def add(self, text: str) -> None:
        """Visible text whose format does not matter (symbols, breaks)."""
        self.pieces.append(text)

    def page_break(self) -> None:
        """A page or column break: a line end, where text stands on both sides of it."""
        if self.pieces:
            self.pieces.append("\n")
            self.broken = len(self.pieces)

    def text(self) -> str:
        """All text read."""
        if self.broken and self.broken == len(self.pieces):
            return "".join(self.pieces[:-1])
        return "".join(self.pieces)
