"""The empty place where an answer belongs: the cell beside a label, or the label's own line."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.model.declaration import Span
from reviewer.model.document import Block, Cell, Document, Paragraph, Table, paragraphs
from reviewer.policy.labels import fold


def blank(document: Document, label: str, after: int) -> Span | None:
    """Where the answer to ``label`` should stand, None where the label is nowhere.

    after: number of the block behind which the label is looked for, since labels such as 电话
    occur more than once; where there is none behind it, the first in the document is taken.
    """
    wanted = fold(label)
    if not wanted:
        return None
    found = sorted(_found(document.blocks, wanted), key=lambda span: span.place.block)
    return next((s for s in found if s.place.block > after), found[0] if found else None)


def _found(blocks: tuple[Block, ...], wanted: str) -> Iterator[Span]:
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                if fold(cell.text) == wanted:
                    yield from _beside(block, cell)
                yield from _found(cell.blocks, wanted)
        elif isinstance(block, Paragraph) and _begins(block.text, wanted):
            yield _whole(block)


def _begins(text: str, wanted: str) -> bool:
    """A line "职务：" with or without an answer. (A cell's label alone is dealt with above.)"""
    return (
        len(text) <= 4 * len(wanted) + 40
        and ":" in text.replace("：", ":")
        and (fold(text).startswith(wanted))
    )


def _beside(table: Table, label: Cell) -> Iterator[Span]:
    """The first paragraph of the cell to the right; of the label itself where there is none.

    (A PDF has no paragraph in an empty cell.)
    """
    right = label.col + label.colspan
    value = next(
        (c for c in table.cells if c.col == right and c.row <= label.row < c.row + c.rowspan), label
    )
    first = next(paragraphs((*value.blocks, *label.blocks)), None)
    if first is not None:
        yield _whole(first)


def _whole(paragraph: Paragraph) -> Span:
    return Span(paragraph.place, 0, len(paragraph.text))
