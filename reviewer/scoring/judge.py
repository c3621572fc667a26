"""The judge: how far a claim holds, by weights over its features.

The weights are trained by ``models.evidence_train`` and released as ``models/release/evidence.json``:
names and numbers that anyone can read. A claim's strength is the logistic of their sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from math import exp

import msgspec
from msgspec import Struct

from reviewer.scoring.claims import COMMON, LACKED, SHOWN, Claim


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """The released judge.

    shown, lacked: weight by feature name, 0 where absent. shown_at, lacked_at: strengths from
    which evidence and a confession count; sure_at: from which evidence stands beside a denial.
    """

    version: str
    shown: dict[str, float]
    lacked: dict[str, float]
    shown_at: float = 0.5
    sure_at: float = 0.9
    lacked_at: float = 0.5


class Judged(Struct, frozen=True):
    """A claim and its strength (0–1)."""

    claim: Claim
    strength: float


class Judge:
    """Weighs claims. Statements' own features are added up once a statement."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._own = (_row(weights.shown, SHOWN), _row(weights.lacked, LACKED))
        self._common = (_row(weights.shown, COMMON), _row(weights.lacked, COMMON))

    def weigh(self, claims: Iterable[Claim]) -> list[Judged]:
        """Every claim with its strength."""
        known: dict[tuple[int, bool], float] = {}
        judged = []
        for claim in claims:
            key = (id(claim.common), claim.lack)
            base = known.get(key)
            if base is None:
                base = known[key] = _dot(self._common[claim.lack], claim.common)
            total = base + _dot(self._own[claim.lack], claim.own)
            judged.append(Judged(claim, 1.0 / (1.0 + exp(-total))))
        return judged


def _row(weights: dict[str, float], names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(weights.get(name, 0.0) for name in names)


def _dot(left: tuple[float, ...], right: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


@lru_cache(maxsize=1)
def released() -> Judge:
    """The judge that comes with the program, read at the first use."""
    data = resources.files("models").joinpath("release", "evidence.json").read_bytes()
    return Judge(msgspec.json.decode(data, type=Weights))
