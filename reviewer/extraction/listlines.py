"""Rows of the lists of 九 that were typed as plain lines under their title instead of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewer.extraction.flow import Line
from reviewer.extraction.residue import is_guidance, is_nothing
from reviewer.extraction.texts import build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.declaration import Row
from reviewer.policy.labels import fold
from reviewer.policy.schema import ListSpec

_SEPARATORS = (r"\t+", r"\s*[|｜]\s*", r"[；;]", r"[，,]", r"\s{2,}", r"[：:]", r"、", r"—+")
_EDGES = " \t　，,；;。、|｜"


def typed_rows(lines: Sequence[Line], spec: ListSpec, vocabulary: Vocabulary) -> Iterator[Row]:
    """One row an entry: numbered lines, the lines behind each going on with it; where none bears
    a number, every line."""
    for entry in _entries(lines):
        pieces = [line.piece for line in entry]
        pieces[0] = pieces[0].cut(entry[0].leading[1])
        text = "".join(piece.text for piece in pieces).strip()
        if not is_nothing(text, vocabulary) and not is_guidance(text, vocabulary):
            yield Row(_cells(text, spec), build(pieces))


def _entries(lines: Sequence[Line]) -> list[list[Line]]:
    numbered = any(line.leading[0] for line in lines)
    entries: list[list[Line]] = []
    for line in lines:
        if line.leading[0] or not numbered:
            entries.append([line])
        elif entries:
            entries[-1].append(line)
    return entries


def _cells(text: str, spec: ListSpec) -> tuple[str, ...]:
    """The values by their labels, else by the one separator that gives as many as there are
    columns; the whole text as the first value where neither tells."""
    labelled = _labelled(text, spec)
    if labelled is not None:
        return labelled
    width = len(spec.columns)
    for wanted in (width, width - 1):
        for separator in _SEPARATORS:
            parts = [part.strip(_EDGES) for part in re.split(separator, text.strip(_EDGES))]
            cells = (*parts, *[""] * (width - len(parts)))
            if wanted > 1 and len(parts) == wanted and _allowed(cells, spec):
                return cells
    return (text, *[""] * (width - 1))


def _labelled(text: str, spec: ListSpec) -> tuple[str, ...] | None:
    words = "|".join(r"\s*".join(map(re.escape, column)) for column in spec.columns)
    found = list(re.finditer(rf"({words})\s*[:：]", text))
    if not found:
        return None
    cells = dict.fromkeys(spec.columns, "")
    cells[spec.columns[0]] = text[: found[0].start()].strip(_EDGES)
    for index, match in enumerate(found):
        stop = found[index + 1].start() if index + 1 < len(found) else len(text)
        cells[fold(match.group(1))] = text[match.end() : stop].strip(_EDGES)
    return tuple(cells[column] for column in spec.columns)


def _allowed(cells: Sequence[str], spec: ListSpec) -> bool:
    """A column of few allowed values holds one of them: else the separator was another."""
    named = dict(zip(spec.columns, cells, strict=True))
    return all(named[column] in values for column, values in spec.closed.items())
