"""Fitting of the linear model. Needs scikit-learn, scipy and rjieba (training only)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.data import Example
from models.features import LONGEST, body, stretches

Split = Callable[[str], tuple[str, str, str]]
"""From an entry as typed to (stage, name, instance)."""

PENALTY = 2.0
RARITY = 1.25
"""Power of the inverse document frequency: rare terms weigh somewhat more than usual."""
RECIPE = f"linear-2/{PENALTY}/{RARITY}/{LONGEST}"
"""Changes with anything that changes the weights for the same examples; part of the version."""
_NOISE = frozenset("的了在与和及对为于将从把被等")


class Weights(Struct, frozen=True):
    """Unrounded weights: idf (V,), weights (V, K), bias (K,), classes (K,).

    words: terms that are words of the language, fit to be quoted in a reason.
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    classes: NDArray[np.int64]
    stages: frozenset[str]
    words: frozenset[str]


def fit(examples: Sequence[Example], split: Split, stages: frozenset[str]) -> Weights:
    """Weights from labelled entries: one squared-hinge separator a class, fixed seed."""
    from sklearn.svm import LinearSVC

    texts = [body(*split(example.entry), stages) for example in examples]
    words = frozenset(word for text, _ in texts for run in text.split() for word in _words(run))
    vocabulary = _vocabulary(texts, words)
    counts = _counts(texts, vocabulary)
    idf = (np.log((1 + counts.shape[0]) / (1 + np.diff(counts.tocsc().indptr))) + 1.0) ** RARITY
    model = LinearSVC(C=PENALTY, random_state=0, max_iter=5000)
    labels = np.array([example.scenario for example in examples])
    model.fit(_unit(counts, idf), labels, sample_weight=[example.weight for example in examples])
    return Weights(
        tuple(vocabulary), idf, model.coef_.T, model.intercept_, model.classes_, stages, words
    )


def scores(weights: Weights, examples: Sequence[Example], split: Split) -> NDArray[np.float64]:
    """(N, K) unrounded scores, for cross-validation."""
    texts = [body(*split(example.entry), weights.stages) for example in examples]
    rows = _unit(_counts(texts, list(weights.terms)), weights.idf)
    result: NDArray[np.float64] = rows @ weights.weights + weights.bias
    return result


def _vocabulary(texts: Sequence[tuple[str, str]], words: frozenset[str]) -> list[str]:
    """Single units, pairs, stage marks, and longer words that a segmenter finds."""
    short = {term for text, _ in texts for term in stretches(text, 2)}
    marks = {mark for _, mark in texts if mark}
    return sorted(short | marks | words)


def _words(run: str) -> list[str]:
    """Words of 2 to 6 characters in a text without breaks; the whole text where it is as short."""
    import rjieba

    whole = [run] if 2 <= len(run) <= LONGEST else []
    cut = [word for word in rjieba.cut(run) if 2 <= len(word) <= LONGEST]
    return [word for word in whole + cut if not word.isdigit()]


def _counts(texts: Sequence[tuple[str, str]], vocabulary: Sequence[str]) -> Any:
    """(N, V) sparse term counts."""
    from scipy.sparse import csr_matrix

    index = {term: place for place, term in enumerate(vocabulary)}
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for text, mark in texts:
        found = Counter(index[term] for term in stretches(text) if term in index)
        if mark in index:
            found[index[mark]] = 1
        columns += sorted(found)
        data += [float(found[column]) for column in sorted(found)]
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(texts), len(vocabulary)))


def _unit(counts: Any, idf: NDArray[np.float64]) -> Any:
    """Rows of (1 + log tf) · idf at unit length."""
    from scipy.sparse import diags
    from sklearn.preprocessing import normalize

    rows = counts.copy()
    rows.data = 1 + np.log(rows.data)
    return normalize(rows @ diags(idf))
