"""Builds small Documents by hand: strings are paragraphs, ``table`` makes tables.

In a table's rows ``LEFT`` continues the cell to the left, ``UP`` the cell above. A cell is a
string (one paragraph a line), a block, or a list of both.
"""

from __future__ import annotations

import itertools
from typing import Any

from reviewer.extraction import extract
from reviewer.model.declaration import Declaration
from reviewer.model.document import Block, Cell, Document, Paragraph, Place, Table
from reviewer.policy.load import load

LEFT, UP = object(), object()
POLICY = load("hebei-2026")


class P:
    """A paragraph with its properties."""

    def __init__(self, text: str, **properties: Any) -> None:
        self.text, self.properties = text, properties


class T:
    """A table by rows."""

    def __init__(self, *rows: list[Any]) -> None:
        self.rows = rows


def auto(number: str, text: str, **properties: Any) -> P:
    """A paragraph with an automatic number."""
    return P(text, number=number, **properties)


def document(*blocks: Any, **properties: Any) -> Document:
    """A Document of the blocks, places numbered in reading order."""
    return Document("样例.docx", "0" * 64, "docx", None, Builder().blocks(blocks), **properties)


def declare(*blocks: Any, **properties: Any) -> Declaration:
    return extract(document(*blocks, **properties), POLICY)


class Builder:
    def __init__(self) -> None:
        self._numbers = itertools.count()

    def blocks(self, given: Any) -> tuple[Block, ...]:
        return tuple(self._block(item) for item in given)

    def _place(self) -> Place:
        number = next(self._numbers)
        return Place(number, None, "word/document.xml", number)

    def _block(self, item: Any) -> Block:
        if isinstance(item, str):
            return Paragraph(item, self._place())
        if isinstance(item, P):
            return Paragraph(item.text, self._place(), **item.properties)
        return self._table(item.rows)

    def _table(self, rows: Any) -> Table:
        place = self._place()
        cols = max(len(row) for row in rows)
        spans: dict[tuple[int, int], list[int]] = {}
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                at = (r, c)
                if cell is LEFT:
                    at = owner[r, c - 1]
                elif cell is UP:
                    at = owner[r - 1, c]
                owner[r, c] = at
                span = spans.setdefault(at, [1, 1])
                span[0], span[1] = max(span[0], r - at[0] + 1), max(span[1], c - at[1] + 1)
        cells = tuple(Cell(r, c, *spans[r, c], self._cell(rows[r][c])) for r, c in sorted(spans))
        return Table(len(rows), cols, cells, place)

    def _cell(self, content: Any) -> tuple[Block, ...]:
        if isinstance(content, str):
            content = content.split("¶")
        elif not isinstance(content, list):
            content = [content]
        return self.blocks(content)
