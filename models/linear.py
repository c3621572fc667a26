"""The linear scorer: a vocabulary, its weights per class, and a calibration. numpy only.

A release is one ``.npz`` (arrays of numbers and UTF-8 bytes, never a pickle): ``terms`` joined by
newlines, ``words`` (packed bits: the term is a word), ``idf`` float32 (V,), ``weights`` int8 (V, K)
with ``scale`` float32 (K,), ``bias`` float32 (K,), ``classes`` int16 (K,) where 0 is "fits none",
``slope`` and ``none_shift`` of the calibration, ``stages`` and ``version`` as UTF-8 bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.features import body, opening, terms

Floats = NDArray[np.float32]
_UNKNOWN = -1


class Scored(Struct, frozen=True):
    """A text under the model. scores: (K,) raw; chances: (K,) calibrated, they sum to 1.

    known: indices of the vocabulary found, with their weights in the text (unit length).
    """

    scores: Floats
    chances: Floats
    known: tuple[int, ...]
    shares: Floats


class LinearModel:
    """Weights over a vocabulary; see the module for the file."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as file:
            self.terms: list[str] = bytes(file["terms"]).decode("utf-8").split("\n")
            self._words: NDArray[np.bool_] = np.unpackbits(file["words"]).astype(np.bool_)
            self.idf: Floats = file["idf"]
            self._weights: NDArray[np.int8] = file["weights"]
            self._scale: Floats = file["scale"]
            self._bias: Floats = file["bias"]
            self.classes: NDArray[np.int16] = file["classes"]
            self._slope = float(file["slope"])
            self._none_shift = float(file["none_shift"])
            self._stages = frozenset(bytes(file["stages"]).decode("utf-8").split("\n"))
            self.version: str = bytes(file["version"]).decode("utf-8")
        self._index = dict(zip(self.terms, range(len(self.terms)), strict=True))
        self.beginnings = frozenset(opening(term) for term in self.terms if len(term) > 2)

    def score(self, stage: str, name: str, instance: str) -> Scored:
        """Scores of an entry; with no known term all chances are of class 0."""
        text, mark = body(stage, name, instance, self._stages)
        return self.score_terms(terms(text, mark, self.beginnings))

    def score_terms(self, found: Iterable[str]) -> Scored:
        """Scores of terms already taken from a text."""
        counts = Counter(map(self._index.get, found, repeat(_UNKNOWN)))
        counts.pop(_UNKNOWN, None)
        known = tuple(counts)
        if not known:
            return Scored(self._bias, self._nothing(), (), np.zeros(0, np.float32))
        rows = np.fromiter(known, np.int64, len(known))
        often = np.fromiter(counts.values(), np.float32, len(known))
        scores, shares = self._weighed(rows, often)
        return Scored(scores, self.calibrate(scores), known, shares)

    def score_rows(self, found: NDArray[np.int64]) -> Floats:
        """Scores (K,) of terms known by their rows in the vocabulary, one for each occurrence."""
        if not found.size:
            return self._bias
        rows, often = np.unique(found, return_counts=True)
        return self._weighed(rows, often.astype(np.float32))[0]

    def _weighed(self, rows: NDArray[np.int64], often: Floats) -> tuple[Floats, Floats]:
        """Scores, and the terms' shares in the text."""
        shares = (1 + np.log(often)) * self.idf[rows]
        shares /= np.sqrt(np.square(shares).sum())
        scores = (shares @ self._weights[rows].astype(np.float32)) * self._scale + self._bias
        return scores, shares

    def calibrate(self, scores: Floats) -> Floats:
        """Chances from scores: a softmax whose slope was fitted on hands left out of training."""
        raised = self._slope * scores
        raised[self.classes == 0] += self._none_shift
        raised = np.exp(raised - raised.max())
        chances: Floats = raised / raised.sum()
        return chances

    def speaking(self, scored: Scored, column: int, limit: int = 3) -> list[str]:
        """The words of the text that spoke most for a class, none within another."""
        rows = np.asarray(scored.known, np.int64)
        pull = scored.shares * self._weights[rows, column].astype(np.float32)
        chosen: list[str] = []
        for place in np.argsort(-pull):
            term = self.terms[rows[place]]
            if pull[place] <= 0 or len(chosen) == limit:
                break
            if self._words[rows[place]] and not _overlaps(term, chosen):
                chosen.append(term)
        return chosen

    def _nothing(self) -> Floats:
        nothing: Floats = (self.classes == 0).astype(np.float32)
        return nothing


@cache
def shared(path: Path) -> LinearModel:
    """The model of a file, read once a process."""
    return LinearModel(path)


def _overlaps(term: str, chosen: list[str]) -> bool:
    """The term holds one already chosen, is held by it, or runs into it."""
    return any(
        term in other or other in term or _runs_into(term, other) or _runs_into(other, term)
        for other in chosen
    )


def _runs_into(first: str, second: str) -> bool:
    return any(first.endswith(second[:size]) for size in range(1, len(second)))
