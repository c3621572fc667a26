"""Finds sentences that only repeat the notice: clauses' and scenarios' own words.

A text is cut into runs of four letters; those that also stand in the notice are not the declarant's
own. What is left of a sentence tells how much was said beyond the notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reviewer.policy.schema import Policy
from reviewer.scoring.ready import arrays
from reviewer.scoring.trie import Codes, Ints, codes

_RUN = 4


class Parrot:
    """Knows the notice's texts of one policy."""

    def __init__(self, known: Ints) -> None:
        """known: made by ``said``."""
        self._known = known

    def own(self, text: Codes, owner: Ints, count: int) -> tuple[NDArray[np.float64], Ints]:
        """For each of ``count`` sentences: share that the notice also says (0–1), letters of its own.

        text: characters (N,). owner: the sentence that each belongs to (N,).
        """
        letters, kept = _letters(text)
        owner = owner[kept]
        total = np.bincount(owner, minlength=count)
        repeated = np.zeros(letters.size, dtype=np.bool_)
        runs = _runs(letters)
        if runs.size:
            index = np.minimum(np.searchsorted(self._known, runs), self._known.size - 1)
            whole = owner[: runs.size] == owner[_RUN - 1 :]
            start = np.flatnonzero((self._known[index] == runs) & whole)
            for offset in range(_RUN):
                repeated[start + offset] = True
        same = np.bincount(owner[repeated], minlength=count)
        return same / np.maximum(total, 1), total - same


@lru_cache(maxsize=4)
def parrot(policy: Policy) -> Parrot:
    """The notice's texts of a policy, prepared at the first use."""
    return Parrot(arrays(policy)["said"])


def said(policy: Policy) -> Ints:
    """All runs of four letters in the notice's texts, sorted (R,)."""
    runs = [_runs(_letters(codes(text))[0]) for text in texts(policy)]
    return np.unique(np.concatenate(runs))


def texts(policy: Policy) -> Iterator[str]:
    """What the notice says of scenarios, tiers and the form, its example included."""
    yield from (scenario.text for scenario in policy.scenarios)
    for tier in policy.tiers:
        yield from (clause.text for clause in tier.clauses)
        yield from (outcome.text for outcome in tier.outcomes)
    yield from (basic.text for basic in policy.basics)
    form = policy.template
    for section in form.sections:
        yield from section.guidance
    for field in form.fields:
        yield from field.guidance
    for part in form.block.parts:
        yield from part.guidance
    yield from form.block.guidance


def _letters(text: Codes) -> tuple[Codes, Ints]:
    """Letters, digits and ideographs, and where they stood."""
    kept = np.flatnonzero(_LETTER[text])
    return text[kept], kept


def _runs(letters: Codes) -> Ints:
    """Each run of four letters as one number."""
    if letters.size < _RUN:
        return np.zeros(0, dtype=np.int64)
    run = letters[: -_RUN + 1].copy()
    for offset in range(1, _RUN):
        run = (run << 16) | letters[offset : letters.size - _RUN + 1 + offset]
    return run


_LETTER = np.frombuffer(bytes(map(str.isalnum, map(chr, range(1 << 16)))), dtype=np.bool_)
