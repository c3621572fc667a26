"""Reviewers' verdicts on entries: an exact memory that stands above everything the tool thinks.

A file has one JSON object a line, ``{"entry": "…", "scenario": 24}``, ``null`` where none fits.
An entry is known again whatever its number, stage, separators, width and spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from reviewer.errors import UsageError
from reviewer.matching.entries import EntryParser, Parts
from reviewer.model.folding import bare


class Correction(Struct, frozen=True):
    """A verdict. scenario: number, None where none fits."""

    entry: str
    scenario: int | None


_DECODER = msgspec.json.Decoder(Correction)


def read(path: Path, numbers: Iterable[int]) -> tuple[Correction, ...]:
    """The corrections of a file; later lines overrule earlier ones.

    numbers: the scenarios that there are. Raises UsageError with file, line and reason.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了更正文件“{path.name}”，请检查路径和编码（UTF-8）。") from error
    return tuple(_decoded(lines, path.name, frozenset(numbers)))


def _decoded(lines: list[str], name: str, numbers: frozenset[int]) -> Iterator[Correction]:
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = _DECODER.decode(line)
        except msgspec.DecodeError as error:
            raise UsageError(
                f"更正文件“{name}”第 {place} 行看不懂，"
                '应形如 {"entry": "生产作业-焊缝AI质检", "scenario": 24}，不属于任何场景写 null。'
            ) from error
        if found.scenario is not None and found.scenario not in numbers:
            raise UsageError(f"更正文件“{name}”第 {place} 行：没有编号为 {found.scenario} 的场景。")
        yield found


class Memory:
    """Corrections by what the entry says, number and official stage aside."""

    def __init__(self, corrections: Iterable[Correction], parser: EntryParser) -> None:
        self._parser = parser
        self._known = {self._key(parser.parse(one.entry)): one for one in corrections}

    def recall(self, parts: Parts) -> Correction | None:
        """The verdict on an entry, if there is one."""
        return self._known.get(self._key(parts)) if self._known else None

    def _key(self, parts: Parts) -> str:
        stage = "" if self._parser.is_stage(parts.stage) else parts.stage
        return bare(stage + parts.name + parts.instance)
