"""What is said several times, read once badly: unsure characters by how the document spells them elsewhere.

A name stands on the cover (under the seal), in the form, in the promise and in the text. A character
that was read with little confidence, or not at all, is taken from a place with the same neighbours.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from reviewer.parsing.rendering import Image
from reviewer.parsing.scan.decoding import Box
from reviewer.parsing.scan.engine import TextLine, Word

UNREAD = "〓"  # printers' sign for a character that is wanting
_SURE, _DOUBTED = 0.9, 0.6
_NEAR = 2  # characters on both sides
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LACKING = (1.7, 2.35)  # pitches from the one before to the one behind
_INK = 0.12  # of a place where something stands
_SPACED = 1.5  # pitches from one character to the next: the whole line is set so
_Key = tuple[str, str]


def with_gaps(line: TextLine, ink: Image, em: float) -> TextLine:
    """The line with a sign for each character that stands there and was not read, as under a seal.

    ink: (h, w) 1 where the page is dark. em: pixels from one character to the next.
    """
    words: list[Word] = list(line.words[:1])
    steps = [_middle(two) - _middle(one) for one, two in pairwise(line.words)]
    if not steps or statistics.median(steps) > _SPACED * em:
        return line  # a label set wide: 姓　名
    for (one, two), step in zip(pairwise(line.words), steps, strict=True):
        if (
            _HAN.match(one.char) and _HAN.match(two.char)
            and _LACKING[0] * em < step < _LACKING[1] * em
            and _core(ink, line.box, (_middle(one) + _middle(two)) / 2, em) > _INK
        ):  # fmt: skip
            box = (one.box[2], one.box[1], two.box[0], one.box[3])
            words.append(Word(UNREAD, box, 0.0))
        words.append(two)
    return line._replace(words=tuple(words))


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2


def _core(ink: Image, line: Box, middle: float, em: float) -> float:
    """Share of dark pixels where a character would be, away from its neighbours and from rules."""
    high = line[3] - line[1]
    top, bottom = (int(line[1] + share * high) for share in (0.25, 0.75))
    part = ink[top:bottom, max(0, int(middle - em / 3)) : int(middle + em / 3)]
    return float(part.mean()) if part.size else 0.0


def agreed(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """The lines of all pages, unsure characters as most places with the same neighbours have them."""
    known = _known(line for lines in pages for line in lines)
    return [[_mended(line, known) for line in lines] for lines in pages]


def _known(lines: Iterable[TextLine]) -> dict[_Key, Counter[str]]:
    """Two characters before and two behind → what stands between, with the sum of its confidences."""
    found: dict[_Key, Counter[str]] = defaultdict(Counter)
    for line in lines:
        for index, word in enumerate(line.words):
            key = _key(line.words, index, least=1)
            if key is not None and _HAN.match(word.char):
                found[key][word.char] += word.confidence  # type: ignore[assignment]
    return found


def _key(words: Sequence[Word], index: int, least: int = _NEAR) -> _Key | None:
    """The neighbours of a character, where they are sure themselves. least: how many before it."""
    before, behind = words[max(0, index - _NEAR) : index], words[index + 1 : index + 1 + _NEAR]
    if len(before) < least or len(behind) < _NEAR:
        return None
    if any(word.confidence < _SURE or not _HAN.match(word.char) for word in (*before, *behind)):
        return None
    return "".join(word.char for word in before), "".join(word.char for word in behind)


def _mended(line: TextLine, known: dict[_Key, Counter[str]]) -> TextLine:
    words = list(line.words)
    for index, word in enumerate(line.words):
        if word.confidence >= _SURE or not (word.char == UNREAD or _HAN.match(word.char)):
            continue
        char = _elsewhere(line.words, index, known)
        if char is not None and char != word.char:
            words[index] = word._replace(char=char, confidence=_DOUBTED)
    return line._replace(words=tuple(words))


def _elsewhere(words: Sequence[Word], index: int, known: dict[_Key, Counter[str]]) -> str | None:
    key = _key(words, index) or _one_sided(words, index, known)
    readings = known.get(key) if key is not None else None
    return max(readings, key=lambda char: readings[char]) if readings else None


def _one_sided(words: Sequence[Word], index: int, known: dict[_Key, Counter[str]]) -> _Key | None:
    """A place with the same character on either side, where all such places agree.

    Only for a character that was not read at all: 廊〓市 beside 廊坊市工业.
    """
    if words[index].char != UNREAD or not 0 < index < len(words) - 1:
        return None
    before, behind = words[index - 1].char, words[index + 1].char
    found = [key for key in known if key[0][-1] == before and key[1][0] == behind]
    return found[0] if len({tuple(known[key]) for key in found}) == 1 else None
