"""Finds the parts (1)–(7) of a scenario block by their labels and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from reviewer.extraction.flow import Item, Line
from reviewer.extraction.headings import emphasis
from reviewer.extraction.numbers import Number
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import opened, split_label
from reviewer.policy.labels import fold
from reviewer.policy.schema import PartSpec

_ALIKE = 60.0
_LONGEST = 40
_LONGEST_TYPED = 4 * _LONGEST  # blanks and stars included
_MANY = 3


class Part(NamedTuple):
    """A part's label. position: index of its line among the block's items; value: where text
    begins behind the label in that line."""

    id: str
    position: int
    value: int
    numbered: bool
    score: float


def find_parts(items: Sequence[Item], vocabulary: Vocabulary) -> list[Part]:
    """The parts in document order, each at its likeliest place."""
    best: dict[str, Part] = {}
    found = [
        part
        for position, item in enumerate(items)
        if isinstance(item, Line)
        for part in part_labels(item, position, vocabulary)
    ]
    numbered = {part.id for part in found if part.numbered}
    for part in found:
        if len(numbered) >= _MANY and not part.numbered and part.score < _SURE:
            continue
        if part.id not in best or part.score > best[part.id].score:
            best[part.id] = part
    return _distinct(sorted(best.values(), key=lambda part: part.position))


_SURE = 4.0


def part_labels(line: Line, position: int, vocabulary: Vocabulary) -> Iterator[Part]:
    """What parts the line may begin, with how much speaks for it."""
    numbers, start = line.leading
    start = opened(line.text, start)
    found = split_label(line.text, vocabulary.parts, start)
    if found is not None:
        agreed = _agrees(numbers, found.what)
        whole = found.value >= len(line.text)
        score = 3.0 + 3.0 * agreed + whole + _role(line)
        yield Part(found.what.id, position, found.value, agreed, score)
        return
    if not numbers or len(line.text) - start > _LONGEST_TYPED:
        return
    key = fold(line.text[start:].rstrip(":：。"))
    if not 0 < len(key) <= _LONGEST:
        return
    for spec in vocabulary.policy.template.block.parts:
        if _agrees(numbers, spec) and _alike(key, spec):
            yield Part(spec.id, position, len(line.text), True, 5.0 + _role(line))


def part_of(line: Line, vocabulary: Vocabulary) -> str | None:
    """The part whose label the line plainly is, by itself; None where it is none."""
    sure = (part for part in part_labels(line, 0, vocabulary) if part.score >= _SURE)
    return next((part.id for part in sure), None)


def _role(line: Line) -> float:
    return 2.0 * (line.role == "label") + min(1.0, 0.5 * emphasis(line))


def _agrees(numbers: Sequence[Number], spec: PartSpec) -> bool:
    return any(number.values[-1] == spec.number for number in numbers)


def _alike(key: str, spec: PartSpec) -> bool:
    return max(ratio(key, fold(label)) for label in spec.labels) >= _ALIKE


def _distinct(parts: Sequence[Part]) -> list[Part]:
    """One line begins one part."""
    by_position: dict[int, Part] = {}
    for part in parts:
        known = by_position.get(part.position)
        if known is None or part.score > known.score:
            by_position[part.position] = part
    return list(by_position.values())
