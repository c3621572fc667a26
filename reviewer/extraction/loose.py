"""What belongs to no value: every visible line gets a home, so that nothing can hide."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence

from reviewer.extraction.flow import Line, lines_of
from reviewer.extraction.formvalues import Found
from reviewer.extraction.outline import FORM, FRONT, Outline, Region
from reviewer.extraction.texts import Piece, build
from reviewer.model.declaration import Text
from reviewer.model.document import Document, paragraphs

COVER = "section:cover"
COMMITMENT = "section:commitment"

Loose = tuple[str, Text]


def loose_texts(
    document: Document,
    outline: Outline,
    commitment: Sequence[Line],
    found: dict[str, Found],
    used: set[int],
) -> Iterator[Loose]:
    """(subject, text) of the lines of cover, commitment and form that no value claims, of page
    headers and footers, and of footnotes."""
    homes = _Homes(commitment, found)
    for region in outline.regions:
        if region.id in (FRONT, FORM):
            yield from _left(region, homes, used)
    for paragraph in (*document.headers, *document.footers):
        text = build([Piece(paragraph, 0, len(paragraph.text))])
        if text:
            yield COVER, text
    yield from _notes(document, outline, homes)


class _Homes:
    """The subject of each line of the front matter: cover, commitment, or the field before it."""

    def __init__(self, commitment: Sequence[Line], found: dict[str, Found]) -> None:
        self._commitment = {line.order for line in commitment}
        marks = sorted((line.order, key) for key, item in found.items() for line in item.lines)
        self._orders = [order for order, _ in marks]
        self._keys = [key for _, key in marks]

    def subject(self, line: Line, region: str) -> str:
        before = bisect.bisect_right(self._orders, line.order)
        key = self._keys[before - 1] if before else ""
        if region == FORM:
            return f"field:{key}" if key else COVER
        if line.order in self._commitment:
            return COMMITMENT
        return COVER


def _left(region: Region, homes: _Homes, used: set[int]) -> Iterator[Loose]:
    lines = (line for line in lines_of(region.items) if line.order not in used)
    heading = [region.heading] if region.heading and region.id == FRONT else []
    subjects = ((homes.subject(line, region.id), line) for line in (*heading, *lines))
    for subject, group in itertools.groupby(subjects, key=lambda pair: pair[0]):
        yield subject, build(line.piece for _, line in group)


def _notes(document: Document, outline: Outline, homes: _Homes) -> Iterator[Loose]:
    """Footnotes have no place of their own: their words stand with the section that refers to
    them."""
    if not any(paragraph.notes for paragraph in paragraphs(document.blocks)):
        return
    for region in outline.regions:
        lines = lines_of(region.items)
        for line in _first_lines((*([region.heading] if region.heading else []), *lines)):
            for note in line.paragraph.notes:
                if region.id in (FRONT, FORM):
                    yield homes.subject(line, region.id), Text(note)
                else:
                    yield f"section:{region.id}", Text(note)


def _first_lines(lines: Iterable[Line]) -> Iterator[Line]:
    seen: set[int] = set()
    for line in lines:
        if line.paragraph.place.block not in seen:
            seen.add(line.paragraph.place.block)
            yield line
