"""Finds which terms of a vocabulary stand in a text, all at once, with numpy only.

A term of up to four units is one number of 64 bits, sixteen a unit: the character itself, or for a
Latin word or a number a character of the private area. Nearly all stretches of a text are in no
vocabulary; a table of hashed bits tells so, and only the rest are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from models.features import NUMBER

LONGEST = 4
_FIRST, _LAST = 0xE000, 0xFFFF  # the private area, and the rest of the plane, which is rare
_SPACE, _ASCII = ord("\n"), 0x80
_LATIN = re.compile(r"[A-Z0-9]+")
_BITS = 18
_SPREAD, _SHIFT, _UNIT = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - _BITS), np.uint64(16)

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]


class Grams:
    """The terms of a vocabulary of up to ``LONGEST`` units; longer ones are never found."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._latin: dict[str, str] = {}
        self._single: Rows = np.full(_LAST + 1, -1, np.int64)
        letters = _letters("\n".join(terms), self._named)
        ends = np.append(np.flatnonzero(letters == _SPACE), letters.size)
        starts = np.append(0, ends[:-1] + 1)
        parts = [self._of_size(size, letters, starts, ends) for size in range(2, LONGEST + 1)]
        alone = np.flatnonzero(ends - starts == 1)
        self._single[letters[starts[alone]]] = alone
        keys, rows = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(keys)
        self._keys: Keys = keys[order]
        self._rows: Rows = rows[order]
        self._maybe = np.zeros(1 << _BITS, np.bool_)
        self._maybe[_hashed(self._keys)] = True

    def find(self, text: str) -> Rows:
        """Rows of the terms in a folded text (``features.plain``), one for each occurrence."""
        unit = _letters(text, self._known)
        unit[(unit < _ASCII) | (unit > _LAST)] = 0
        alone = self._single[unit]
        keys = np.concatenate(list(_stretches(unit)))
        keys = keys[self._maybe[_hashed(keys)]]
        at = np.minimum(np.searchsorted(self._keys, keys), self._keys.size - 1)
        return np.concatenate([alone[alone >= 0], self._rows[at[self._keys[at] == keys]]])

    def _of_size(self, size: int, letters: Keys, starts: Rows, ends: Rows) -> tuple[Keys, Rows]:
        """Keys and rows of the terms of so many units."""
        rows = np.flatnonzero(ends - starts == size)
        unit = letters[starts[rows][:, None] + np.arange(size)]
        key = unit[:, 0]
        for column in range(1, size):
            key = key << _UNIT | unit[:, column]
        return key, rows

    def _named(self, word: re.Match[str]) -> str:
        """The character of a Latin word of the vocabulary."""
        return self._latin.setdefault(_unit(word), chr(_FIRST + len(self._latin)))

    def _known(self, word: re.Match[str]) -> str:
        return self._latin.get(_unit(word), "\n")


def _unit(word: re.Match[str]) -> str:
    """A Latin word as a unit (``features.units``)."""
    return NUMBER if word[0].isdigit() else word[0]


def _letters(text: str, named: Callable[[re.Match[str]], str]) -> Keys:
    """The characters as numbers, each Latin word as one."""
    data = _LATIN.sub(named, text).encode("utf-32-le")
    return np.frombuffer(data, np.uint32).astype(np.uint64)


def _stretches(unit: Keys) -> Iterator[Keys]:
    """All stretches of two to ``LONGEST`` units that hold no 0; 0 in place of the others."""
    key = unit
    for size in range(2, LONGEST + 1):
        last = unit[size - 1 :]
        key = key[:-1] << _UNIT | last
        key[(key < _SECOND[size]) | (last == 0)] = 0
        yield key


_SECOND = {size: np.uint64(1) << np.uint64(16 * (size - 1)) for size in range(2, LONGEST + 1)}
"""Less than this: the stretch begins with a 0, or the one before held one."""


def _hashed(keys: Keys) -> Keys:
    return (keys * _SPREAD) >> _SHIFT
