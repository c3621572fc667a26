"""The judge: how far a claim holds, by weights over its features.

The weights are trained by ``models.evidence_train`` and released as ``models/release/evidence.json``:
names and numbers that anyone can read. A claim's strength is the logistic of their sum.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import msgspec
import numpy as np
from msgspec import Struct

from reviewer.scoring.claims import COMMON, LACKED, SHOWN, Claimed, Claims, Floats


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """The released judge.

    shown, lacked: weight by feature name, 0 where absent. shown_at, lacked_at: strengths from
    which evidence and a confession count; sure_at: from which evidence stands beside a denial;
    doubt_at: beside a doubt; far_at: where the facet is not asked for; whole_at: in a part
    about the whole factory; easy_at: for the tier that asks least.
    """

    version: str
    shown: dict[str, float]
    lacked: dict[str, float]
    shown_at: float = 0.52
    easy_at: float = 0.5
    sure_at: float = 0.9
    far_at: float = 0.95
    whole_at: float = 0.75
    doubt_at: float = 0.85
    lacked_at: float = 0.55


class Judge:
    """Weighs claims."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def shown(self, claimed: Claimed) -> Floats:
        """Strengths (0–1) of the claims that something is there."""
        return _weigh(claimed.shown, claimed.common, self.weights.shown, SHOWN)

    def lacked(self, claimed: Claimed) -> Floats:
        """Strengths (0–1) of the confessions."""
        return _weigh(claimed.lacked, claimed.common, self.weights.lacked, LACKED)


def _weigh(
    claims: Claims, common: Floats, weights: dict[str, float], names: tuple[str, ...]
) -> Floats:
    base = common @ np.array([weights.get(name, 0.0) for name in COMMON])
    own = claims.own @ np.array([weights.get(name, 0.0) for name in names])
    return np.asarray(1.0 / (1.0 + np.exp(-(own + base[claims.sentence]))))


@lru_cache(maxsize=1)
def released() -> Judge:
    """The judge that comes with the program, read at the first use."""
    data = resources.files("models").joinpath("release", "evidence.json").read_bytes()
    return Judge(msgspec.json.decode(data, type=Weights))
