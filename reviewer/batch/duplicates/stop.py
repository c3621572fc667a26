"""Official wording, which everybody may repeat: the pack's own texts and phrases of state papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

import corpus
from reviewer.batch.duplicates.prints import GRAM, NONE, Array, Marks, grams, plain
from reviewer.policy.schema import Policy

PHRASES = Path(corpus.__file__).parent / "official"
"""Texts whose wording is common property: notices, plans, slogans; one passage a line."""
_BITS = 20  # one in thirty is looked up in vain, and the table stays in the cache


class Official:
    """The grams of official texts."""

    def __init__(self, texts: list[str]) -> None:
        found = np.unique(grams(plain(texts)))
        self._grams = found[found != NONE]
        self._likely = np.zeros(1 << _BITS, np.bool_)
        self._likely[self._slot(self._grams)] = True

    @staticmethod
    def _slot(hashes: Array) -> Array:
        return hashes >> np.uint64(64 - _BITS)

    def known(self, hashes: Array) -> Marks:
        """Which of the grams are official wording."""
        marks = self._likely[self._slot(hashes)]
        places = np.flatnonzero(marks)
        if len(places):
            at = np.searchsorted(self._grams, hashes[places])
            at[at == len(self._grams)] = 0
            marks[places] = self._grams[at] == hashes[places]
        return marks


@lru_cache(maxsize=4)
def official(policy: Policy) -> Official:
    """All texts of the pack (template, scenarios, clauses, tables) and of corpus/official."""
    texts = [text for text in _strings(msgspec.to_builtins(policy)) if len(text) >= GRAM]
    for file in sorted(PHRASES.glob("*.txt")):
        texts += [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Official(texts)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)
