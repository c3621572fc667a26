"""Long dashes that OCR took for 一, told by the names between which they stand: 生产管理一车间智能排产一……"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from reviewer.extraction.numbers import leading
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.declaration import Field, RawEntry
from reviewer.policy.labels import fold

_READ, _MEANT = "一", "—"


def with_dashes(
    fields: dict[str, Field], entries: Iterable[RawEntry], vocabulary: Vocabulary
) -> tuple[dict[str, Field], tuple[RawEntry, ...]]:
    """The fields and entries of a scanned declaration, such dashes put right."""
    lists = {spec.key for spec in vocabulary.policy.template.fields if spec.kind == "entries"}
    mended = {
        key: msgspec.structs.replace(
            field, values=tuple(dashed(value, vocabulary) for value in field.values)
        )
        if key in lists
        else field
        for key, field in fields.items()
    }
    return mended, tuple(
        msgspec.structs.replace(entry, raw=dashed(entry.raw, vocabulary)) for entry in entries
    )


def dashed(entry: str, vocabulary: Vocabulary) -> str:
    """The entry with a dash behind its stage and behind its scenario."""
    number = leading(entry)
    start = number.end if number else 0
    stage = _behind(entry, start, vocabulary.stages)
    if stage < 0:
        return entry
    scenario = _behind(entry, stage + 1, vocabulary.scenarios)
    if scenario < 0 and entry.count(_READ, stage + 1) == 1:
        scenario = entry.index(_READ, stage + 1)
    marks = {stage, scenario}
    return "".join(_MEANT if k in marks else char for k, char in enumerate(entry))


def _behind(text: str, start: int, names: Collection[str]) -> int:
    """Index of the 一 right behind the longest of the names, -1 where none is followed by one."""
    found = -1
    for index in range(start + 1, len(text)):
        if text[index] == _READ and fold(text[start:index]) in names:
            found = index
    return found
