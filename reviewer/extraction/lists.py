"""Takes the lines of a scenario list apart into entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewer.extraction.numbers import leading
from reviewer.extraction.residue import is_guidance, is_nothing
from reviewer.extraction.scenario_heading import is_placeholder
from reviewer.extraction.texts import Piece, build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.declaration import RawEntry
from reviewer.policy.labels import fold

_SEPARATORS = "-‐‑‒–—―－−一:：/／|｜_·"
_SPLIT = re.compile(r"[；;]\s*")
_NEXT = re.compile(r"(?<=\S)[\s，,、。；;]+(?=[（(]?\d{1,2}\s*[.．、）)]\s*\D)")
_PART = re.compile(rf"[{_SEPARATORS}]+")
_MOSTLY = 0.6
_FEWEST_HEADS = 2


class _Typed(NamedTuple):
    """A line of the list: its pieces, whether it bears a number, whether it is a table's row."""

    pieces: tuple[Piece, ...]
    numbered: bool
    row: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Listed(NamedTuple):
    """entries: those that are scenarios. lines: with the words for nothing (无, ……), as
    typed."""

    entries: tuple[RawEntry, ...]
    lines: tuple[str, ...]


def entries(rows: Sequence[tuple[Piece, ...]], prefix: str, vocabulary: Vocabulary) -> Listed:
    """The entries of a list, in order.

    rows: one tuple of pieces a line, or a row of a table. prefix: "list:main" or "list:ai".
    Untouched lines of the template, guidance and words for "nothing" are no entries.
    """
    typed = [line for row in _entry_cells(rows, vocabulary) for line in _lines(row, vocabulary)]
    kept = [line for line in typed if not is_guidance(line.text, vocabulary)]
    groups = _join([line for line in kept if _is_entry(line, vocabulary)], vocabulary)
    found = tuple(
        RawEntry(f"{prefix}:{number}", _raw(group), build(p for line in group for p in line.pieces))
        for number, group in enumerate(groups, 1)
    )
    return Listed(found, _as_typed(kept, groups, vocabulary))


def _entry_cells(
    rows: Sequence[tuple[Piece, ...]], vocabulary: Vocabulary
) -> Iterator[tuple[Piece, ...]]:
    """Of a table whose heads name the entry's columns, those columns only: no 是否应用人工智能."""
    wanted = vocabulary.words("entry_columns")
    kept: list[bool] = []
    for row in rows:
        heads = [fold(piece.text) in wanted for piece in row]
        if sum(heads) >= _FEWEST_HEADS:
            kept = heads
        elif len(row) == len(kept):
            yield tuple(piece for piece, keep in zip(row, kept, strict=True) if keep)
        else:
            yield row


def _as_typed(
    kept: Sequence[_Typed], groups: Sequence[Sequence[_Typed]], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The entries, and the words for nothing that stand between them or in their stead."""
    entries_at = {id(group[0]): _raw(group) for group in groups}
    shown = []
    for line in kept:
        text = line.text.strip()
        if id(line) in entries_at:
            shown.append(entries_at[id(line)])
        elif text and is_nothing(text, vocabulary) and (groups or text.strip(".…。")):
            shown.append(text)
    return tuple(shown)


def _raw(group: Sequence[_Typed]) -> str:
    """As typed: wrapped lines put together, a table's cells joined by the form's dash."""
    return "".join(
        "-".join(piece.text for piece in line.pieces) if line.row else line.text for line in group
    ).strip()


def _lines(row: tuple[Piece, ...], vocabulary: Vocabulary) -> Iterator[_Typed]:
    if len(row) > 1:
        yield from _table_row(row, vocabulary)
        return
    for piece in row:
        automatic = bool(piece.paragraph.number) and not piece.paragraph.text[: piece.start].strip()
        for part in _parts(piece, vocabulary):
            yield _Typed((part,), leading(part.text) is not None or automatic, row=False)


def _table_row(row: tuple[Piece, ...], vocabulary: Vocabulary) -> Iterator[_Typed]:
    """Its cells without the column of bare numbers; header rows are left out."""
    heads = vocabulary.words("entry_columns") | vocabulary.words("ordinal")
    cells = tuple(piece for piece in row if not piece.text.strip(" .、").isdigit())
    if cells and not all(fold(piece.text) in heads for piece in cells):
        yield _Typed(cells, numbered=True, row=len(cells) > 1)


def _parts(piece: Piece, vocabulary: Vocabulary) -> Iterator[Piece]:
    """Entries typed in one line, parted by ； or by their numbers."""
    text = piece.text
    for pattern in (_SPLIT, _NEXT):
        cuts = [match.span() for match in pattern.finditer(text)]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(text)]
        parts = [piece.cut(a, b).strip() for a, b in zip(starts, ends, strict=True) if a < b]
        if len(parts) > 1 and all(_begins(part.text, vocabulary) for part in parts):
            yield from parts
            return
    yield piece


def _begins(text: str, vocabulary: Vocabulary) -> bool:
    """Begins as an entry does: with a number or with a stage's name."""
    number = leading(text)
    return number is not None or _stage(text, vocabulary)


def _stage(text: str, vocabulary: Vocabulary) -> bool:
    """Begins with a stage, or with a scenario's name, and a separator."""
    number = leading(text)
    rest = text[number.end :] if number else text
    first = fold(_PART.split(rest, maxsplit=1)[0])
    return first in vocabulary.stages or first in vocabulary.scenarios


def _is_entry(line: _Typed, vocabulary: Vocabulary) -> bool:
    text = line.text
    if is_nothing(text, vocabulary):
        return False
    number = leading(text)
    rest = text[number.end :] if number else text
    if not rest.strip(" .…。·-—") and not line.numbered:
        return False
    if rest and is_nothing(rest, vocabulary):
        return False
    return not is_placeholder(_without_example(rest, vocabulary), vocabulary)


def _without_example(text: str, vocabulary: Vocabulary) -> str:
    """Behind 示例：and 场景名称： as the template has them."""
    for _ in range(3):
        head, colon, rest = text.partition("：") if "：" in text else text.partition(":")
        if not colon or len(head) > 8:
            break
        text = rest
    return text


def _join(lines: Sequence[_Typed], vocabulary: Vocabulary) -> list[list[_Typed]]:
    """Lines that only go on with the one above are put to it."""
    numbered = sum(line.numbered for line in lines)
    mostly = bool(lines) and numbered >= _MOSTLY * len(lines)
    groups: list[list[_Typed]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, mostly or _first_is(groups, lines), vocabulary):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [group for group in groups if not _is_bare(group)]


def _first_is(groups: Sequence[Sequence[_Typed]], lines: Sequence[_Typed]) -> bool:
    """Every second line is a wrapped one: the numbers still run from line to line."""
    return lines[0].numbered and sum(line.numbered for line in lines) * 2 >= len(lines)


def _continues(
    group: Sequence[_Typed], line: _Typed, numbered: bool, vocabulary: Vocabulary
) -> bool:
    if line.row or line.numbered:
        return False
    if _is_bare(group):
        return True
    if _stage(line.text, vocabulary):
        return False
    before = "".join(typed.text for typed in group)
    if before.rstrip()[-1:] in _SEPARATORS.replace("一", ""):
        return True
    if line.text[:1] in _SEPARATORS.replace("一", "") or _open(before):
        return True
    return numbered and group[0].numbered


def _is_bare(group: Sequence[_Typed]) -> bool:
    """Only a number so far: the entry stands on the next line."""
    text = "".join(typed.text for typed in group)
    number = leading(text)
    return number is not None and not text[number.end :].strip()


def _open(text: str) -> bool:
    return sum(text.count(c) for c in "（(《“") > sum(text.count(c) for c in "）)》”")
