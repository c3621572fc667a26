"""Builds ``Text`` from stretches of paragraphs, keeping the invariant of its spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reviewer.model.declaration import Span, Text
from reviewer.model.document import Paragraph


class Piece(NamedTuple):
    """Characters [start, end) of a paragraph's text."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters."""
        return self.paragraph.text[self.start : self.end]

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The stretch [start, end) of this piece, counted from its own beginning."""
        stop = self.end if end is None else min(self.start + end, self.end)
        return Piece(self.paragraph, min(self.start + start, stop), stop)

    def strip(self, chars: str | None = None) -> Piece:
        """Without white space (or ``chars``) at both ends."""
        text = self.text
        kept = text.strip(chars)
        if len(kept) == len(text):
            return self
        start = self.start + len(text) - len(text.lstrip(chars))
        return Piece(self.paragraph, start, start + len(kept))


def build(pieces: Iterable[Piece]) -> Text:
    """One Text of the pieces: each stripped, blank ones left out, neighbours in one paragraph
    that only white space parts joined to one stretch as it is written."""
    merged = list(_merge(piece.strip() for piece in pieces))
    if not merged:
        return Text()
    return Text(
        text="\n".join(piece.text for piece in merged),
        spans=tuple(Span(p.paragraph.place, p.start, p.end) for p in merged),
        doubt=_doubt(merged),
    )


def _merge(pieces: Iterable[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if piece.start == piece.end:
            continue
        if last is not None and _adjacent(last, piece):
            last = Piece(last.paragraph, last.start, piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _adjacent(first: Piece, second: Piece) -> bool:
    if first.paragraph is not second.paragraph or second.start < first.end:
        return False
    return not first.paragraph.text[first.end : second.start].strip()


def _doubt(pieces: list[Piece]) -> float:
    total = sum(piece.end - piece.start for piece in pieces)
    doubted = sum(
        max(0, min(end, piece.end) - max(start, piece.start))
        for piece in pieces
        for start, end in piece.paragraph.doubt
    )
    return min(1.0, doubted / total)
