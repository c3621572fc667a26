"""What a scenario block's own text is about: the released entry model over its parts.

Every part (描述, 痛点, 方案, 成效) is scored by itself and the scores are averaged, so that a long
part does not drown the others. A text is *plainly* about another scenario than its heading's only
where that scenario leads clearly, in most parts, and is no neighbour of the heading's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil
from pathlib import Path

import numpy as np

from models.classifier import RELEASE
from models.features import plain
from models.grams import Grams
from models.linear import Floats, shared
from reviewer.model.review import Candidate

LEAD = 0.37
"""Least lead of the averaged score over the heading's scenario (separators stand 2.0 apart)."""
AHEAD = 0.6
"""Least share of the parts in which the other scenario is ahead of the heading's."""
_SHORTEST, _LONGEST = 20, 400
_NEIGHBOURS = Path(__file__).with_name("neighbours.txt")


class ContentClassifier:
    """Tells what texts are about. path: another release, for tests."""

    def __init__(self, path: Path = RELEASE) -> None:
        self._model = shared(path)
        self._grams = Grams(self._model.terms)
        self._columns = {int(number): place for place, number in enumerate(self._model.classes)}
        self._near = neighbours(_NEIGHBOURS.read_text(encoding="utf-8"))

    def plainly(self, texts: Sequence[str], heading: int) -> Candidate | None:
        """The other scenario that the parts are plainly about, with its chance; else None."""
        parts = [text for text in texts if len(text) >= _SHORTEST]
        own = self._columns.get(heading)
        if not parts or own is None:
            return None
        scores = self._scored(parts, own)
        if scores is None:
            return None
        mean: Floats = scores.mean(axis=0)
        best = int(np.argmax(np.where(self._model.classes > 0, mean, -np.inf)))
        number = int(self._model.classes[best])
        ahead = float((scores[:, best] > scores[:, own]).mean())
        if mean[best] - mean[own] < LEAD or ahead < AHEAD or number in self._near.get(heading, ()):
            return None
        chances = self._model.calibrate(mean)
        return Candidate(number, round(float(chances[best] / (chances[best] + chances[own])), 4))

    def _scored(self, parts: Sequence[str], own: int) -> Floats | None:
        """Scores by part (parts, K); None as soon as no other scenario can be ahead often enough."""
        spare = len(parts) - ceil(AHEAD * len(parts))
        rows: list[Floats] = []
        for text in parts:
            row = self._scores(text)
            spare -= bool(row[own] >= row[self._model.classes > 0].max())
            if spare < 0:
                return None
            rows.append(row)
        return np.vstack(rows)

    def _scores(self, text: str) -> Floats:
        return self._model.score_rows(self._grams.find(plain(text[:_LONGEST])))


def neighbours(text: str) -> dict[int, frozenset[int]]:
    """Neighbours of each scenario: the first of a line with each of the others, both ways."""
    found: dict[int, set[int]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            first, *others = map(int, line.split())
            for other in others:
                found.setdefault(first, set()).add(other)
                found.setdefault(other, set()).add(first)
    return {number: frozenset(others) for number, others in found.items()}


@cache
def released() -> ContentClassifier:
    """The released model as a content classifier, loaded once a process."""
    return ContentClassifier()
