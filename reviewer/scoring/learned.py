"""What learned weights make of a declaration: how plainly its sentences show each clause, and how
plainly some sentence owns to a lack of it.

The formulas of the pack (``claims``) know a clause part by part, but only in words that someone
wrote down. The weights here know characters and pairs of them, learned from labelled passages and
whole declarations by ``models.clause_train``; they see what a sentence is about in whatever words.
Neither decides alone: ``verdict`` weighs both.

A sentence's score for a clause is x·w/|x| + bias, where x holds the rarity of each character or pair
that occurs in it. Only what a declaration asserts can show something; only a sentence that denies or
limits something can own to a lack.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.scoring.grams import (
    Grams,
    Keys,
    asserted_grams,
    confessions,
    proofs,
    whole_grams,
)
from reviewer.scoring.reading import Reading
from reviewer.scoring.trie import Ints

Floats = NDArray[np.float32]

FEW = 100
"""Declarations with fewer sentences that may show something are not heard: the weights know whole
ones, in which every clause is spoken of more than once."""
SILENT = -4.0
"""Score where no sentence speaks of a clause: what the best of many that speak of others have."""
QUOTABLE = 0.5
"""Least score of a sentence that is quoted."""
_MANY, _SPEAKS, _PLAINLY = 6, -1.0, 4.0
_OWNING = 3
_QUOTED = 3


class Lines(Struct, frozen=True):
    """Linear weights of K clauses: (V, K) and bias (K,)."""

    weights: Floats
    bias: Floats


class Weights(Struct, frozen=True):
    """The release. keys (V,): a character's code, or two of sixteen bits, ascending. rarity (V,)."""

    version: str
    clauses: tuple[str, ...]
    keys: Keys
    rarity: Floats
    shown: Lines
    lacked: Lines


class Learned(Struct, frozen=True):
    """What the weights make of one clause.

    shown: score of the best sentence or pair of neighbours, and how much the best six say together
    (each from 0 to 4, so that no single one carries a clause). lacked: score of the plainest
    confession, and mean of the three plainest. proofs, owning: sentences that may be quoted for either,
    by number with their own scores, best first.
    """

    shown: tuple[float, float]
    lacked: tuple[float, float]
    proofs: tuple[tuple[int, float], ...] = ()
    owning: tuple[tuple[int, float], ...] = ()


def learned(reading: Reading, weights: Weights | None = None) -> dict[str, Learned]:
    """By clause id, for every clause that the weights know; empty for a text that is too short.

    weights: None for the released ones.
    """
    showing, owning = proofs(reading), confessions(reading)
    if showing.size < FEW:
        return {}
    weights = weights or released()
    told = asserted_grams(reading, showing, weights.keys)
    raw, square = summed(told, reading.size, weights.rarity, weights.shown)
    first, second = pairs(reading, showing)
    single = scores(raw[showing], square[showing], weights.shown.bias)
    double = scores(raw[first] + raw[second], square[first] + square[second], weights.shown.bias)
    owned = whole_grams(reading, owning, weights.keys)
    raw, square = summed(owned, reading.size, weights.rarity, weights.lacked)
    alone = scores(raw[owning], square[owning], weights.lacked.bias)
    shown, lacked = showings(np.vstack([single, double])), lackings(alone)
    return {
        clause: Learned(
            (float(shown[0, k]), float(shown[1, k])),
            (float(lacked[0, k]), float(lacked[1, k])),
            _first(single[:, k], showing),
            _first(alone[:, k], owning),
        )
        for k, clause in enumerate(weights.clauses)
    }


def pairs(reading: Reading, numbers: Ints) -> tuple[Ints, Ints]:
    """Sentences next to each other among ``numbers`` and under one subject."""
    one, two = numbers[:-1], numbers[1:]
    near = [
        after == before + 1
        and reading.sentences[before].subject == reading.sentences[after].subject
        for before, after in zip(one.tolist(), two.tolist(), strict=True)
    ]
    chosen = np.array(near, dtype=np.bool_)
    return one[chosen], two[chosen]


def summed(found: Grams, size: int, rarity: Floats, lines: Lines) -> tuple[Floats, Floats]:
    """Weighted sums (size, K) and squared lengths (size,) by sentence."""
    raw = np.zeros((size, lines.bias.size), dtype=np.float32)
    square = np.zeros(size, dtype=np.float32)
    if found.row.size:
        starts = np.flatnonzero(np.diff(found.sentence, prepend=-1))
        rare = rarity[found.row]
        told = found.sentence[starts]
        raw[told] = np.add.reduceat(lines.weights[found.row] * rare[:, None], starts)
        square[told] = np.add.reduceat(rare * rare, starts)
    return raw, square


def scores(raw: Floats, square: Floats, bias: Floats) -> Floats:
    """Scores (M, K) from sums."""
    length = np.sqrt(np.maximum(square, 1e-9))
    return np.asarray(raw / length[:, None] + bias, dtype=np.float32)


def showings(found: Floats) -> Floats:
    """Scores (M, K) to the two numbers (2, K) of ``Learned.shown``."""
    best = _best(found, _MANY)
    return np.vstack([best[0], np.clip(best - _SPEAKS, 0, _PLAINLY).sum(axis=0)])


def lackings(found: Floats) -> Floats:
    """Scores (M, K) to the two numbers (2, K) of ``Learned.lacked``."""
    best = _best(found, _OWNING)
    return np.vstack([best[0], best.mean(axis=0)])


def _best(found: Floats, most: int) -> Floats:
    """The best scores (most, K) of each column, never less than ``SILENT``."""
    filled = np.vstack([found, np.full((most, found.shape[1]), SILENT, dtype=np.float32)])
    best: Floats = np.maximum(-np.sort(-filled, axis=0)[:most], np.float32(SILENT))
    return best


def _first(found: Floats, numbers: Ints) -> tuple[tuple[int, float], ...]:
    best = np.argsort(-found, kind="stable")[:_QUOTED]
    best = best[found[best] >= QUOTABLE]
    return tuple(zip(numbers[best].tolist(), found[best].tolist(), strict=True))


@lru_cache(maxsize=1)
def released() -> Weights:
    """The weights that come with the program, read at the first use."""
    file = resources.files("models").joinpath("release", "clauses.npz")
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        return Weights(
            version=bytes(arrays["version"]).decode("utf-8"),
            clauses=tuple(bytes(arrays["clauses"]).decode("utf-8").split("\n")),
            keys=arrays["keys"],
            rarity=arrays["rarity"].astype(np.float32),
            shown=_lines(arrays["shown"], arrays["shown_scale"], arrays["shown_bias"]),
            lacked=_lines(arrays["lacked"], arrays["lacked_scale"], arrays["lacked_bias"]),
        )


def _lines(weights: NDArray[np.int8], scale: Floats, bias: Floats) -> Lines:
    return Lines(np.asarray(weights * scale, dtype=np.float32), bias)
