"""The trained model behind the matcher: an entry's parts in, an opinion out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from models.linear import Scored, shared
from reviewer.model.opinion import Opinion
from reviewer.model.review import Candidate

RELEASE = Path(__file__).with_name("release") / "scenarios.npz"
_MOST = 5
_FAINTEST = 0.005


class EntryParts(Protocol):
    """An entry taken apart, "" for what is not there."""

    @property
    def stage(self) -> str:
        """The stage as written."""
        ...

    @property
    def name(self) -> str:
        """The scenario's name as written."""
        ...

    @property
    def instance(self) -> str:
        """The instance as written."""
        ...


class ScenarioClassifier:
    """Opinions of the released linear model. path: another release, for tests."""

    def __init__(self, path: Path = RELEASE) -> None:
        self._model = shared(path)

    @property
    def version(self) -> str:
        """Name of the release: "scenarios-" and a digest of what it was trained on."""
        return self._model.version

    @property
    def size(self) -> int:
        """Number of terms in the vocabulary."""
        return len(self._model.terms)

    def opine(self, parts: EntryParts) -> Opinion:
        """The opinion on an entry; never raises. An entry without known words fits none."""
        scored = self._model.score(parts.stage, parts.name, parts.instance)
        return self._opinion(scored)

    def _opinion(self, scored: Scored) -> Opinion:
        classes = self._model.classes
        order = [column for column in np.argsort(-scored.chances, kind="stable") if classes[column]]
        top = [
            Candidate(int(classes[c]), round(float(scored.chances[c]), 4)) for c in order[:_MOST]
        ]
        none = float(scored.chances[classes == 0].sum())
        return Opinion(
            tuple(one for one in top if one.confidence >= _FAINTEST),
            round(none, 4),
            tuple(self._model.speaking(scored, int(order[0]))) if scored.known else (),
        )


@cache
def released() -> ScenarioClassifier:
    """The released model, loaded once a process."""
    return ScenarioClassifier()
