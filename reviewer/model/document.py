"""What is on the paper: paragraphs, tables with merged cells resolved, pictures, in reading order.

A Document knows nothing of declarations. Text rules that hold for every reader:

* a ticked box is ``☑`` and an empty one ``□``, whatever the producer used (symbol fonts,
  content controls, form fields, ``■``/``☒`` stay as typed: they are characters);
* a line break inside a paragraph is ``\\n``, a tab ``\\t``; soft hyphens, zero-width characters,
  control characters and lone surrogates are removed at the entrance;
* tracked insertions are kept, deletions are dropped (as if accepted);
* an automatic number is not part of ``text``: it stands in ``number`` as Word would print it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Kind = Literal["docx", "pdf", "scan", "doc"]


class Box(Struct, frozen=True, array_like=True):
    """A rectangle on a PDF page. Page counts from 1; points (1/72 in), origin top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Place(Struct, frozen=True, gc=False):
    """Where a paragraph stands.

    block: its number in reading order over the whole document, from 0.
    part, paragraph: Word only: the package part ("word/document.xml") and the ordinal of the
        ``w:p`` among all ``w:p`` of that part in document order (``root.iter(w:p)``), from 0.
    boxes: PDF only: one box a line of text.
    """

    block: int
    page: int | None = None
    part: str = ""
    paragraph: int = -1
    boxes: tuple[Box, ...] = ()


class Paragraph(Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    """One paragraph.

    number: the automatic number as printed ("3.1.1", "（1）", "一、"), "" where none.
    level: outline level from 0 where style or paragraph say so, else None.
    style: the style's name as shown to users, "" where none.
    bold: all visible text is bold. size: points of the first visible run, 0 where unknown.
    centered: alignment is centre. boxed: stands in a text box.
    toc: belongs to a table of contents (by field, style or content control).
    caption: style or wording of a caption of a picture or table.
    doubt: character ranges [start, end) read by OCR with low confidence.
    notes: texts of footnotes and endnotes that are referred to from here.
    """

    text: str
    place: Place
    number: str = ""
    level: int | None = None
    style: str = ""
    bold: bool = False
    size: float = 0.0
    centered: bool = False
    boxed: bool = False
    toc: bool = False
    caption: bool = False
    doubt: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


class Picture(Struct, frozen=True, tag=True, omit_defaults=True):
    """A picture; its pixels are not kept. alt: the alternative text."""

    place: Place
    alt: str = ""


class Cell(Struct, frozen=True, gc=False):
    """A cell of the resolved grid; row and col are those of its top left corner, from 0."""

    row: int
    col: int
    rowspan: int
    colspan: int
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All text of the cell, nested tables included, lines joined by newline."""
        return "\n".join(p.text for p in paragraphs(self.blocks) if p.text)


class Table(Struct, frozen=True, tag=True):
    """A table with merges resolved: every grid position belongs to at most one cell."""

    rows: int
    cols: int
    cells: tuple[Cell, ...]
    place: Place


Block = Paragraph | Table | Picture


class Document(Struct, frozen=True):
    """A document as read.

    name: file name without folders. sha256: of the file's bytes, hex.
    pages: number of pages, None where the format has none.
    blocks: the body in reading order. headers, footers: page furniture, each text once.
    seals: pages (from 1) on which a red seal was seen; None where it was not looked for.
    warnings: Chinese sentences on what could not be read or is doubtful.
    """

    name: str
    sha256: str
    kind: Kind
    pages: int | None
    blocks: tuple[Block, ...]
    headers: tuple[Paragraph, ...] = ()
    footers: tuple[Paragraph, ...] = ()
    seals: tuple[int, ...] | None = None
    greyscale: bool = False
    warnings: tuple[str, ...] = ()


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """All paragraphs in reading order, those of nested tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for cell in block.cells:
                yield from paragraphs(cell.blocks)
