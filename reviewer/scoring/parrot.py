"""Finds sentences that only repeat the notice: clauses' and scenarios' own words.

A sentence is cut into runs of four characters; those that also stand in the notice are not the
declarant's own. What is left tells how much was said beyond the notice.
"""

from __future__ import annotations

from functools import lru_cache

from reviewer.policy.schema import Policy

_RUN = 4


class Parrot:
    """Knows the notice's texts of one policy."""

    def __init__(self, policy: Policy) -> None:
        texts = [scenario.text for scenario in policy.scenarios]
        for tier in policy.tiers:
            texts.extend(clause.text for clause in tier.clauses)
            texts.extend(outcome.text for outcome in tier.outcomes)
        texts.extend(basic.text for basic in policy.basics)
        self._runs = frozenset(run for text in texts for run in _runs(_letters(text)))

    def own(self, text: str) -> tuple[float, int]:
        """Share of the sentence that the notice also says (0–1), and the characters of its own."""
        letters = _letters(text)
        if len(letters) < _RUN:
            return 0.0, len(letters)
        known = bytearray(len(letters))
        for start, run in enumerate(_runs(letters)):
            if run in self._runs:
                known[start : start + _RUN] = b"\1\1\1\1"
        same = sum(known)
        return same / len(letters), len(letters) - same


@lru_cache(maxsize=4)
def parrot(policy: Policy) -> Parrot:
    """The notice's texts of a policy, prepared at the first use."""
    return Parrot(policy)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _runs(text: str) -> list[str]:
    return [text[start : start + _RUN] for start in range(len(text) - _RUN + 1)]
