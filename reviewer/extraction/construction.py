"""Reads (2) of a block: period, investment, outstanding, AI and its description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from reviewer.extraction.cells import label_cells, pairs
from reviewer.extraction.choices import leading_choice
from reviewer.extraction.flow import Grid, Item, Line
from reviewer.extraction.numbers import leading
from reviewer.extraction.residue import written
from reviewer.extraction.texts import Piece
from reviewer.extraction.vocabulary import Vocabulary

_AFTER = re.compile(r"[\s:：]*")
_REMARK = re.compile(r"\s*[（(][^（）()]{0,40}[）)](?=\s*[:：])")
_AMOUNT = re.compile(
    r"\s*([\d０-９][\d０-９,，.．]*|[XxＸｘ×*＊]+)\s*(?:万元|万)?\s*[。；;，,]?\s*$"
)
_UNIT = re.compile(r"\s*[（(]?\s*(?:万元|万|元)\s*[）)]?[。；;，,\s]*")
_YES_NO = ("是", "否")
_TAIL = " \t　。；;，,\n"
_OPEN, _CLOSE = "（([【", "）)]】"

Values = dict[str, list[Piece]]


class Construction:
    """The values of (2), as pieces of the document. used: lines that hold them or their labels."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.values: Values = {}
        self.used: set[int] = set()
        self._vocabulary = vocabulary
        self._labels = _pattern(vocabulary)
        self._current: str | None = None

    def read(self, items: Iterable[Item]) -> None:
        """Read the items of (2), in order."""
        for item in items:
            if isinstance(item, Grid):
                self._grid(item)
            else:
                self._line(item)

    def _grid(self, grid: Grid) -> None:
        self._current = None
        found = pairs(grid, label_cells(grid, self._vocabulary.values, ()))
        for pair in found:
            pieces = [*pair.label.own, *(line.piece for c in pair.cells for line in c.lines)]
            self._add(pair.label.what, pieces)
            self.used.update(line.order for line in pair.label.cell.lines)
            self.used.update(line.order for cell in pair.cells for line in cell.lines)
        if not found:
            for line in grid.lines:
                self._line(line)

    def _line(self, line: Line) -> None:
        cuts = list(self._cuts(line.text))
        head = line.piece.cut(0, cuts[0][1] if cuts else None)
        if self._current is not None and self._says(head.text):
            self._add(self._current, [head])
            self.used.add(line.order)
        for index, (key, _, value) in enumerate(cuts):
            stop = cuts[index + 1][1] if index + 1 < len(cuts) else None
            self._add(key, [line.piece.cut(value, stop)])
            self._current = key
            self.used.add(line.order)

    def _says(self, text: str) -> bool:
        """More than the number before the next label; a bare figure is a sum in a cell."""
        if text.strip().isdecimal():
            return True
        number = leading(text)
        return bool(text[number.end if number else 0 :].strip(_TAIL))

    def _cuts(self, text: str) -> Iterator[tuple[str, int, int]]:
        """(key, begin of label, begin of value) of each label in the line.

        Inside a line a label counts only with a colon; at its beginning also before a box, a
        choice, white space or the end, unless its value was read already.
        """
        for match in self._labels.finditer(text):
            key = match.lastgroup or ""
            remark = _REMARK.match(text, match.end())
            end = remark.end() if remark else match.end()
            after = _AFTER.match(text, end)
            value = after.end() if after else end
            colon = any(mark in text[end:value] for mark in ":：")
            first = not text[: match.start()].strip(" \t　（()0123456789①②③④⑤.．、）·•●■-")
            if colon or (first and key not in self.values and self._begins_value(text, end)):
                yield key, match.start(), value

    def _begins_value(self, text: str, end: int) -> bool:
        following = text[end : end + 1]
        return not following or following.isspace() or following in "是否□☑☒■√☐（(【[_"

    def _add(self, key: str, pieces: Iterable[Piece]) -> None:
        said = (written(piece.strip(), self._vocabulary) for piece in pieces)
        self.values.setdefault(key, []).extend(piece for piece in said if piece.text)


def amount(pieces: Sequence[Piece]) -> Piece | None:
    """The investment's number without its unit; the whole value where it is no bare amount."""
    for piece in pieces:
        match = _AMOUNT.match(piece.text)
        if _UNIT.fullmatch(piece.text):
            continue
        if match:
            return piece.cut(match.start(1), match.end(1))
        return piece.strip(_TAIL)
    return None


def plain(pieces: Iterable[Piece]) -> list[Piece]:
    """The value without the full stop that the form prints behind it."""
    return [piece.strip(_TAIL) for piece in pieces]


def decide(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], list[Piece]]:
    """The words chosen of 是/否, and what is said behind or between them, brackets taken off."""
    if not pieces:
        return (), []
    text = "\n".join(piece.text for piece in pieces)
    choice = leading_choice(text, _YES_NO)
    rest = [part for start, end in choice.rest for part in _cut(pieces, start, end)]
    return choice.words, _unwrap(rest)


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """The stretch [start, end) of the pieces joined by newlines."""
    position = 0
    for piece in pieces:
        length = piece.end - piece.start
        first, last = max(start - position, 0), min(end - position, length)
        if first < last:
            yield piece.cut(first, last).strip()
        position += length + 1


def _unwrap(pieces: list[Piece]) -> list[Piece]:
    """Without the separators around, and without brackets that hold the whole of it."""
    found = [piece for piece in pieces if piece.text.strip(_TAIL + ":：")]
    if not found:
        return []
    found[0] = found[0].cut(len(found[0].text) - len(found[0].text.lstrip(_TAIL + ":：")))
    first, last = found[0].text, found[-1].text.rstrip("。；; ")
    opened = first[:1] in _OPEN and last[-1:] in _CLOSE
    if opened and "".join(piece.text for piece in found).count(first[0]) == 1:
        found[-1] = found[-1].cut(0, len(last) - 1)
        found[0] = found[0].cut(1)
    return [piece.strip() for piece in found]


@lru_cache(maxsize=8)
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """All labels of (2), white space allowed inside, the longest first."""
    groups = []
    words = sorted(vocabulary.value_labels, key=lambda pair: -len(pair[0]))
    by_key: dict[str, list[str]] = {}
    for label, key in words:
        by_key.setdefault(key, []).append(r"\s*".join(map(re.escape, label)))
    for key, labels in by_key.items():
        groups.append(f"(?P<{key}>{'|'.join(labels)})")
    return re.compile("|".join(groups)) if groups else re.compile(r"(?!)")
