"""Makes the policy's sections, the scenario blocks and the proofs of the regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reviewer.extraction.blocks import is_untouched, narrative, read_block, split_blocks
from reviewer.extraction.flow import Grid, Item, Line, lines_of
from reviewer.extraction.formvalues import Found
from reviewer.extraction.outline import Outline, Region
from reviewer.extraction.residue import is_guidance, is_nothing
from reviewer.extraction.texts import Piece, build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.declaration import ScenarioBlock, Section, Text
from reviewer.policy.labels import fold
from reviewer.policy.schema import SectionSpec

SCENARIOS = "3"
PROOFS = "8"


class SectionReader:
    """Sections by id, blocks in document order; ``loose`` for untouched blocks of the template.

    used: orders of lines that lists or the form claimed; they are no text of a section.
    """

    def __init__(self, outline: Outline, vocabulary: Vocabulary, used: set[int]) -> None:
        self.sections: dict[str, Section] = {}
        self.blocks: list[ScenarioBlock] = []
        self.loose: list[tuple[str, Text]] = []
        self._outline = outline
        self._vocabulary = vocabulary
        self._used = used
        self._counts: dict[str, int] = {}

    def read(self, found: dict[str, Found], titles: dict[str, Text]) -> None:
        """found: the narratives in the form's cells. titles: of the lists, by section id."""
        for spec in self._vocabulary.policy.template.sections:
            region = self._outline.region(spec.id)
            if region is not None:
                self.sections[spec.id] = self._section(spec, region)
            elif spec.id in found:
                self.sections[spec.id] = _cell_section(spec, found[spec.id])
            else:
                title = titles.get(spec.id, Text())
                self.sections[spec.id] = Section(spec.id, Text(), title, found=bool(title))

    def _section(self, spec: SectionSpec, region: Region) -> Section:
        items = self._free(region.items)
        if spec.dimension or spec.id == SCENARIOS:
            items = self._described(spec, items)
        heading = build([region.heading.piece.cut(0, _end(region))] if region.heading else [])
        if spec.id == "1":
            items = []
        return Section(spec.id, build(narrative(items)), heading, tuple(tables(items)))

    def _free(self, items: Iterable[Item]) -> list[Item]:
        """Without what the form or the lists took."""
        return [
            item for item in items if not all(line.order in self._used for line in lines_of([item]))
        ]

    def _described(self, spec: SectionSpec, items: Sequence[Item]) -> list[Item]:
        """Reads the blocks; the items before the first are left."""
        intro, blocks = split_blocks(items, self._vocabulary)
        for block in blocks:
            section = spec.id if spec.dimension else self._section_of(block)
            self._block(block, section)
        return intro

    def _section_of(self, block: Sequence[Item]) -> str:
        """Under 三 itself the number says which section is meant; without one the first."""
        head = block[0]
        numbers = head.leading[0] if isinstance(head, Line) else []
        paths = [number.values for number in numbers if len(number.values) == 3]
        sections = [dimension.section for dimension in self._vocabulary.policy.dimensions]
        wanted = f"{SCENARIOS}.{paths[0][1]}" if paths else sections[0]
        return wanted if wanted in sections else sections[0]

    def _block(self, items: Sequence[Item], section: str) -> None:
        number = self._counts.get(section, 0) + 1
        block = read_block(items, f"body:{section}.{number}", section, self._vocabulary)
        if is_untouched(items, block, self._vocabulary):
            self.loose.append((block.at, block.whole))
            return
        self._counts[section] = number
        self.blocks.append(block)

    def proofs(self) -> tuple[Text, ...]:
        """The lines of 八, a table's rows as lines."""
        region = self._outline.region(PROOFS)
        if region is None:
            return ()
        ordinal = self._vocabulary.words("ordinal")
        rows = [row for item in self._free(region.items) for row in _rows(item, ordinal)]
        texts = [build(row) for row in rows]
        return tuple(text for text in texts if text and not self._is_empty(text.text))

    def _is_empty(self, text: str) -> bool:
        return is_nothing(text, self._vocabulary) or is_guidance(text, self._vocabulary)


def _end(region: Region) -> int | None:
    """Where the heading ends in its line, None where it fills it."""
    first = region.items[0] if region.items else None
    heading = region.heading
    if isinstance(first, Line) and heading is not None and first.order == heading.order:
        return first.piece.start - heading.piece.start
    return None


def _rows(item: Item, ordinal: frozenset[str]) -> Iterator[list[Piece]]:
    """A line, or the rows of a table but its heads (序号 …)."""
    if isinstance(item, Line):
        yield [item.piece]
        return
    for row in item.rows:
        if fold(row[0].text) in ordinal:
            continue
        cells = [cell for cell in row if cell.lines and not cell.text.strip(" .、").isdigit()]
        yield [line.piece for cell in cells for line in cell.lines]


def tables(items: Iterable[Item]) -> Iterator[Text]:
    """The texts of tables and captions."""
    for item in items:
        if isinstance(item, Grid):
            text = build(line.piece for line in item.lines)
            if text:
                yield text
        elif item.paragraph.caption:
            yield build([item.piece])


def _cell_section(spec: SectionSpec, found: Found) -> Section:
    """A narrative in a cell of the form; tables nested in the cell are no text of it."""
    pieces = [piece for piece in found.pieces if not piece.paragraph.caption]
    taken = {(piece.paragraph.place.block, piece.start) for piece in pieces}
    others = [
        line.piece
        for line in found.lines
        if line.paragraph.caption or (line.paragraph.place.block, line.piece.start) not in taken
    ]
    nested = (build(others),) if others else ()
    return Section(spec.id, build(pieces), Text(), nested)
