"""Cuts the stream into regions by its headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewer.extraction.cells import label_cells
from reviewer.extraction.flow import Grid, Item, Line, flow, joined, lines_of
from reviewer.extraction.headings import Heading, find_headings
from reviewer.extraction.toc import contents
from reviewer.extraction.unroll import unroll
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.document import Document
from reviewer.policy.labels import fold

_STRAY_LABELS = 4
_PARTING = " \t　\n。：:"
FORM = "1"
FRONT = "cover"


class Region(NamedTuple):
    """A stretch of the document under one heading. id: the section's, or FRONT before the first.

    items: what follows the heading, a run-in text of its line first.
    """

    id: str
    heading: Line | None
    items: tuple[Item, ...]


class Outline(NamedTuple):
    """regions: in document order, disjoint, whole. form: the items that hold cover and table 一.

    contents: lines of a typed table of contents.
    """

    regions: tuple[Region, ...]
    form: tuple[Item, ...]
    contents: tuple[Line, ...]

    def region(self, section: str) -> Region | None:
        """The region under that section's heading, None where it has none."""
        return next((region for region in self.regions if region.id == section), None)


def make_outline(document: Document, vocabulary: Vocabulary) -> Outline:
    """Read the document as regions."""
    items = unroll(flow(document, vocabulary.words("prompts")), vocabulary)
    skipped = contents(items, vocabulary)
    headings = find_headings(items, vocabulary, skipped)
    regions = tuple(_regions(items, headings, skipped))
    listed = tuple(lines_of(items[position] for position in sorted(skipped)))
    return Outline(regions, tuple(joined(_form(regions, vocabulary))), listed)


def _regions(
    items: Sequence[Item], headings: Sequence[Heading], skipped: frozenset[int]
) -> Iterator[Region]:
    bounds = [*(heading.position for heading in headings), len(items)]
    front = tuple(items[i] for i in range(bounds[0]) if i not in skipped)
    yield Region(FRONT, None, front)
    for heading, stop in zip(headings, bounds[1:], strict=True):
        inside = [items[i] for i in range(heading.position + 1, stop) if i not in skipped]
        yield Region(heading.section, heading.line, (*_rest(heading), *inside))


def _rest(heading: Heading) -> Iterator[Line]:
    """Text that runs on behind the heading in its line."""
    text = heading.line.text[heading.value :]
    piece = heading.line.piece.cut(heading.value + len(text) - len(text.lstrip(_PARTING)))
    if piece.start < piece.end:
        yield Line(piece, heading.line.order)


def _form(regions: Sequence[Region], vocabulary: Vocabulary) -> Iterator[Item]:
    """Cover, commitment and table 一; also tables of the form that stand elsewhere."""
    for region in regions:
        if region.id in (FRONT, FORM):
            yield from region.items
        elif not region.id.startswith("3"):
            yield from (i for i in region.items if isinstance(i, Grid) and _is_form(i, vocabulary))


def _is_form(grid: Grid, vocabulary: Vocabulary) -> bool:
    labels = label_cells(grid, vocabulary.fields, ())
    return len({fold(item.label) for item in labels}) >= _STRAY_LABELS
