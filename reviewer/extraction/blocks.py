"""Cuts a 3.x section into its intro and its scenario blocks, and reads each block."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from reviewer.extraction.construction import Construction, amount, decide, plain
from reviewer.extraction.flow import Grid, Item, Line, lines_of
from reviewer.extraction.headings import emphasis
from reviewer.extraction.parts import Part, find_parts, part_of
from reviewer.extraction.residue import is_guidance, is_remark, written
from reviewer.extraction.resources import ResourceReader
from reviewer.extraction.scenario_heading import (
    ScenarioHeading,
    entry_piece,
    is_placeholder,
    scenario_heading,
)
from reviewer.extraction.texts import Piece, build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.declaration import RawEntry, ScenarioBlock, Text

_LOOK_AHEAD = 4
_DASH = re.compile(r"[-‐-―－—–：:]\s*$")
_LONG_HEADING = 25
_SHORT_REST = 20
_SENTENCE = "。；！？"


def split_blocks(
    items: Sequence[Item], vocabulary: Vocabulary
) -> tuple[list[Item], list[list[Item]]]:
    """The items before the first scenario, and those of each scenario, heading first."""
    starts = [
        position - _headed(position, items, vocabulary)
        for position, item in enumerate(items)
        if isinstance(item, Line) and _is_start(item, position, items, vocabulary)
    ]
    bounds = [*dict.fromkeys(starts), len(items)]
    blocks = [list(items[a:b]) for a, b in itertools.pairwise(bounds)]
    return list(items[: bounds[0]]), blocks


def _headed(position: int, items: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """Whether the line above is the heading and this one its form's 场景名称：… (3.3.1 场景一)."""
    above = items[position - 1] if position else None
    item = items[position]
    if not isinstance(above, Line) or not isinstance(item, Line):
        return False
    first, second = scenario_heading(above, vocabulary), scenario_heading(item, vocabulary)
    if first is None or second is None:
        return False
    heads = (first.counted or first.deep) and not first.labelled
    return heads and second.labelled and not second.deep


def _is_start(line: Line, position: int, items: Sequence[Item], vocabulary: Vocabulary) -> bool:
    heading = scenario_heading(line, vocabulary)
    if heading is None or line.role == "value":
        return False
    told = heading.labelled or heading.counted or heading.deep or heading.named
    if not told and not _numbered_or_styled(line):
        return False
    if part_of(line, vocabulary) is not None:
        return False
    if heading.labelled:
        return True
    if is_guidance(line.text, vocabulary):
        return False
    followed = _followed(position, items, vocabulary)
    if heading.counted or heading.deep:
        return followed > 0 or (heading.named and (heading.deep or emphasis(line) >= 1))
    if heading.named and "。" not in line.text:
        return followed > 0 or line.paragraph.level is not None
    inside = followed == _FIRST and _is_inside(position, items, vocabulary)
    return followed == _FIRST and not inside and _numbered_or_styled(line)


_FIRST = 2


def _is_inside(position: int, items: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """Whether the line stands between two parts of one block: 1. a supplier, after (1), before (2)."""
    order = [spec.id for spec in vocabulary.policy.template.block.parts]
    lines = (item for item in reversed(items[:position]) if isinstance(item, Line))
    above = next((part for line in lines if (part := part_of(line, vocabulary))), None)
    below = items[position + 1]
    following = part_of(below, vocabulary) if isinstance(below, Line) else None
    if above is None or following is None:
        return False
    return order.index(above) < order.index(following)


def _numbered_or_styled(line: Line) -> bool:
    return (bool(line.leading[0]) or emphasis(line) >= 1) and line.text[-1:] not in _SENTENCE


def _followed(position: int, items: Sequence[Item], vocabulary: Vocabulary) -> int:
    """2 where the next line labels the first or second part, 1 where a near one does, else 0."""
    for ahead in range(1, _LOOK_AHEAD + 1):
        item = items[position + ahead] if position + ahead < len(items) else None
        if not isinstance(item, Line):
            return 0
        part = part_of(item, vocabulary)
        if part is not None:
            return _FIRST if ahead == 1 and part in vocabulary.opening else 1
        other = scenario_heading(item, vocabulary)
        if other is not None and (other.labelled or other.deep):
            return 0
    return 0


def is_untouched(items: Sequence[Item], block: ScenarioBlock, vocabulary: Vocabulary) -> bool:
    """A block of the template that nobody filled in: placeholder heading, nothing but guidance."""
    if block.entry.raw and not is_placeholder(block.entry.raw, vocabulary):
        return False
    if block.suppliers or block.equipment or block.software or block.ai or block.outstanding:
        return False
    written = [
        line
        for text in block.parts.values()
        for line in text.text.splitlines()
        if line.strip(" .…。") and not is_guidance(line, vocabulary)
    ]
    return not written


def read_block(
    items: Sequence[Item], at: str, section: str, vocabulary: Vocabulary
) -> ScenarioBlock:
    """The block that ``items`` are, its heading first."""
    parts = find_parts(items[1:], vocabulary)
    parts = [part._replace(position=part.position + 1) for part in parts]
    first = min((part.position for part in parts), default=len(items))
    entry = _entry(items, first, at, vocabulary)
    slices = {part.id: _slice(items, parts, index, vocabulary) for index, part in enumerate(parts)}
    texts = _texts(slices, vocabulary)
    construction = _construction(items, parts, slices, vocabulary)
    tables = _tables(items, parts, slices, vocabulary)
    values = construction.values
    invest = amount(values.get("invest", []))
    outstanding, _ = decide(values.get("outstanding", []))
    ai, said = decide(values.get("ai", []))
    described = [*said, *values.get("ai_desc", [])]
    texts["ai_desc"] = build(p for p in described if not _is_remark(p, vocabulary))
    return ScenarioBlock(
        at=at,
        section=section,
        entry=entry,
        parts=texts,
        present=frozenset(slices) | ({"construction"} if values else frozenset()),
        period=build(plain(values.get("period", []))),
        invest=build([invest] if invest else []),
        outstanding=outstanding,
        ai=ai,
        whole=build(line.piece for line in lines_of(items)),
        **{key: tuple(rows) for key, rows in tables.rows.items()},
    )


def _is_remark(piece: Piece, vocabulary: Vocabulary) -> bool:
    """The form's own words behind 是/否."""
    return is_remark(piece.text, vocabulary) or is_guidance(piece.text, vocabulary)


def _entry(items: Sequence[Item], first: int, at: str, vocabulary: Vocabulary) -> RawEntry:
    """The heading's entry, which may stand on the next line or be wrapped."""
    head = items[0]
    assert isinstance(head, Line)
    heading = scenario_heading(head, vocabulary) or ScenarioHeading(0, False, False, False, False)
    pieces = [entry_piece(head, heading)]
    for item in items[1:first]:
        if not isinstance(item, Line):
            break
        below = scenario_heading(item, vocabulary)
        if below is not None and below.labelled and not below.deep:
            pieces, head = [entry_piece(item, below)], item
        elif _belongs(item, head, pieces, vocabulary) or _is_rest(item, head, items[first:]):
            pieces.append(item.piece)
        else:
            break
    text = build(pieces)
    return RawEntry(at, "".join(piece.text.strip() for piece in pieces).strip(), text)


def _is_rest(line: Line, head: Line, after: Sequence[Item]) -> bool:
    """The few last words of a long heading that a PDF's line end parted from it."""
    wrapped = len(head.text) >= _LONG_HEADING and line.order == head.order + 1
    short = len(line.text) <= _SHORT_REST and not line.leading[0]
    ends = bool(after) and isinstance(after[0], Line) and after[0].order == line.order + 1
    return wrapped and short and ends and line.text[-1:] not in _SENTENCE


def _belongs(line: Line, head: Line, pieces: Sequence[Piece], vocabulary: Vocabulary) -> bool:
    if is_guidance(line.text, vocabulary) or line.text[-1:] in _SENTENCE:
        return False
    before = "".join(piece.text for piece in pieces)
    if not before.strip() or _DASH.search(before):
        return True
    return line.paragraph is head.paragraph or (line.role == "value" and line.table == head.table)


def _slice(
    items: Sequence[Item], parts: Sequence[Part], index: int, vocabulary: Vocabulary
) -> list[Item]:
    """The items of a part: what its label's line says behind the label, then up to the next."""
    part = parts[index]
    stop = parts[index + 1].position if index + 1 < len(parts) else len(items)
    label = items[part.position]
    assert isinstance(label, Line)
    rest = _rest(label, part.value, vocabulary)
    return [*rest, *items[part.position + 1 : stop]]


def _rest(label: Line, value: int, vocabulary: Vocabulary) -> Iterator[Line]:
    piece = written(label.piece.cut(value).strip(), vocabulary)
    if piece.start < piece.end:
        rest = Line(piece, label.order)
        rest.table, rest.role = label.table, "value"
        yield rest


def _texts(slices: dict[str, list[Item]], vocabulary: Vocabulary) -> dict[str, Text]:
    return {
        spec.id: build(narrative(slices.get(spec.id, ())))
        for spec in vocabulary.policy.template.block.parts
        if spec.text
    }


def narrative(items: Sequence[Item]) -> Iterator[Piece]:
    """The running text of the items: no tables, no captions."""
    for item in items:
        if isinstance(item, Line) and not item.paragraph.caption:
            yield item.piece


def _construction(
    items: Sequence[Item],
    parts: Sequence[Part],
    slices: dict[str, list[Item]],
    vocabulary: Vocabulary,
) -> Construction:
    """The values of (2): in that part, or where no part is labelled so, before and beside the
    narratives."""
    reader = Construction(vocabulary)
    if "construction" in slices:
        reader.read(slices["construction"])
    if not reader.values:
        first = min((part.position for part in parts), default=len(items))
        reader.read(items[1:first])
        reader.read(slices.get("suppliers", ()))
    return reader


def _tables(
    items: Sequence[Item],
    parts: Sequence[Part],
    slices: dict[str, list[Item]],
    vocabulary: Vocabulary,
) -> ResourceReader:
    reader = ResourceReader(vocabulary)
    first = min((part.position for part in parts), default=len(items))
    reader.read(slices.get("suppliers", ()), "suppliers")
    if "resources" in slices:
        reader.read(slices["resources"])
    else:
        ids = ("construction", "desc", "pain", "tech", "result")
        reader.read(item for part in ids for item in slices.get(part, ()) if isinstance(item, Grid))
    if "suppliers" not in slices:
        reader.read((item for item in items[1:first] if isinstance(item, Grid)), "suppliers")
    return reader
