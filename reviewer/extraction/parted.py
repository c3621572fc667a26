"""Pairs labels and values of a cover that stand apart: a text box of labels, then one of values."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from reviewer.extraction.cover import is_date
from reviewer.extraction.flow import Item, Line
from reviewer.extraction.formlabels import FormLabel
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import Labels, split_label
from reviewer.policy.labels import fold
from reviewer.policy.schema import FieldSpec

_LONGEST = 60
_FEWEST = 2
_SENTENCE = "。；：:;"


def parted_values(
    items: Sequence[Item], labels: Labels[FormLabel], vocabulary: Vocabulary
) -> dict[int, Line]:
    """Order of an empty label of the cover → the line that is its value.

    As many lines as labels must follow, each of the kind that its label asks for.
    """
    found: dict[int, Line] = {}
    position = 0
    while position < len(items):
        run = list(_run(items, position, labels))
        values = items[position + len(run) : position + 2 * len(run)]
        if len(run) >= _FEWEST and _fit([spec for _, spec in run], values, labels, vocabulary):
            found |= {
                line.order: v
                for (line, _), v in zip(run, values, strict=True)
                if isinstance(v, Line)
            }
        position += max(1, len(run))
    return found


def _run(
    items: Sequence[Item], start: int, labels: Labels[FormLabel]
) -> Iterator[tuple[Line, FieldSpec]]:
    """The labels without values from ``start`` on."""
    for item in itertools.islice(items, start, None):
        spec = _blank(item, labels) if isinstance(item, Line) else None
        if spec is None or not isinstance(item, Line):
            return
        yield item, spec


def _blank(line: Line, labels: Labels[FormLabel]) -> FieldSpec | None:
    found = split_label(line.text, labels)
    if found is None or found.value < len(line.text.rstrip("_＿ \t　")):
        return None
    covers = [spec for spec in found.what.fields if spec.part == "cover"]
    return covers[0] if covers else None


def _fit(
    specs: Sequence[FieldSpec],
    values: Sequence[Item],
    labels: Labels[FormLabel],
    vocabulary: Vocabulary,
) -> bool:
    """Every value is there, and a date stands where, and only where, one is asked."""
    printed = {fold(title) for title in vocabulary.policy.template.commitment}
    notes = tuple(vocabulary.words("cover_notes"))
    return len(values) == len(specs) and all(
        isinstance(value, Line)
        and len(value.text) <= _LONGEST
        and value.text[-1:] not in _SENTENCE
        and not value.leading[0]
        and split_label(value.text, labels) is None
        and fold(value.text) not in printed
        and not fold(value.text).endswith(notes)
        and is_date(value.text) == (spec.kind == "date")
        for spec, value in zip(specs, values, strict=True)
    )
