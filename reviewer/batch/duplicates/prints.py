"""Fingerprints of a text: winnowing over grams of letters, in numpy.

Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for document fingerprinting" (2003). Two
texts that share a stretch of at least ``GRAM + WINDOW - 1`` letters share a fingerprint for sure.
Letters are what ``reviewer.model.folding.bare`` keeps; a run of digits is one letter, so that a
copied sentence with another figure in it is still the same sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.model.folding import bare

Array: TypeAlias = NDArray[np.uint64]
Codes: TypeAlias = NDArray[np.uint32]
Places: TypeAlias = NDArray[np.int32]
Marks: TypeAlias = NDArray[np.bool_]

GRAM = 12
WINDOW = 20
NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_BASE = 0x9E3779B97F4A7C15
_DIGIT = ord("0")
_UNKNOWN = np.uint32(0xFFFFFFFF)
_WRAP = (1 << 64) - 1


class _Table:
    """Code point → code of its plain letter, 0 for what is no letter; filled as characters come."""

    def __init__(self) -> None:
        self._codes = np.full(0x110000, _UNKNOWN, np.uint32)

    def of(self, codes: Codes) -> Codes:
        found = self._codes[codes]
        unknown = np.unique(codes[found == _UNKNOWN])
        for code in unknown.tolist():
            letter = bare(chr(code))
            self._codes[code] = _DIGIT if letter.isdecimal() else ord(letter) if letter else 0
        return self._codes[codes] if len(unknown) else found


_TABLE: list[_Table] = []  # made when first needed: nothing heavy at import


class Letters(Struct, frozen=True):
    """The letters of several passages.

    codes: uint32; a 0 stands after each passage, so that no gram goes over its end. origin: index
    of each letter in its passage; passage: number of the passage it is of.
    """

    codes: Codes
    origin: Places
    passage: Places

    @property
    def count(self) -> int:
        """Number of letters."""
        return int(np.count_nonzero(self.codes))


def letters(texts: Sequence[str]) -> Letters:
    """The letters of passages; runs of digits are one letter."""
    raw, kept, codes = _read(texts)
    ends = np.flatnonzero(raw == 0)
    number = np.searchsorted(ends, kept)
    starts = np.concatenate(([0], ends + 1))
    return Letters(codes, (kept - starts[number]).astype(np.int32), number.astype(np.int32))


def plain(texts: Sequence[str]) -> Codes:
    """The codes alone: all that fingerprints need."""
    return _read(texts)[2]


def _read(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64], Codes]:
    """Code points, a 0 after each text; the places of those that count; their plain letters."""
    if not _TABLE:
        _TABLE.append(_Table())
    joined = "".join(text.replace("\0", " ") + "\0" for text in texts)
    raw = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    codes = _TABLE[0].of(raw)
    kept = np.flatnonzero((codes != 0) | (raw == 0))
    codes = codes[kept]
    digits = codes == _DIGIT
    first = np.ones(len(codes), np.bool_)
    first[1:] = ~(digits[1:] & digits[:-1])
    return raw, kept[first], codes[first]


def grams(codes: Codes) -> Array:
    """The hash of the ``GRAM`` letters from each place on; ``NONE`` where a passage ends in them.

    Of length ``max(0, len(codes) - GRAM + 1)``.
    """
    count = len(codes) - GRAM + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    one = codes.astype(np.uint64) + np.uint64(1)
    two = _joined(one, one, 1)
    four = _joined(two, two, 2)
    eight = _joined(four, four, 4)
    whole = _mixed(_joined(eight, four, 8))
    zeros = np.concatenate(([0], np.cumsum(codes == 0)))
    whole[zeros[GRAM:] != zeros[:-GRAM]] = NONE
    return whole


def _joined(first: Array, second: Array, width: int) -> Array:
    """Hashes of ``width`` letters followed by those of ``second``'s width."""
    size = min(len(first), len(second) - width)
    wide = 4 if width == 8 else width
    factor = np.uint64(pow(_BASE, wide, 1 << 64) & _WRAP)
    return first[:size] * factor + second[width : width + size]


def _mixed(values: Array) -> Array:
    """Every bit of the result depends on every bit of the value (finalizer of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def winnow(hashes: Array) -> Array:
    """The fingerprints: the least hash of every window, each once, sorted. ``NONE`` is never one."""
    if len(hashes) == 0:
        return hashes
    least = _least(hashes) if len(hashes) > WINDOW else hashes.min(keepdims=True)
    # Neighbouring windows mostly have the same least hash: a tenth is left to sort.
    changed = np.concatenate(([True], least[1:] != least[:-1]))
    chosen: Array = np.unique(least[changed])
    own: Array = chosen[chosen != NONE]
    return own


def _least(hashes: Array) -> Array:
    """Least hash of each window of ``WINDOW`` places."""
    # Minimum over 16, then over two such that overlap: far less work than over 20 at once.
    least, width = hashes, 1
    while width * 2 <= WINDOW:
        least = np.minimum(least[:-width], least[width:])
        width *= 2
    rest = WINDOW - width
    return np.minimum(least[:-rest], least[rest:]) if rest else least
