"""What training sees, put together, and the scores of models that saw only part of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from msgspec import Struct, json
from numpy.typing import NDArray

from models import calibration, fit
from models.data import GAP_HANDS, TEST_HANDS, Example, background, corrections, hands
from models.fit import Split
from reviewer.matching.entries import EntryParser
from reviewer.model.folding import fold
from reviewer.policy.load import load
from reviewer.policy.schema import Policy

PACK = "hebei-2026"


class Material(Struct, frozen=True):
    """What training sees. people: labelled lines; backdrop: lexicon and official texts."""

    people: list[Example]
    backdrop: list[Example]
    split: Split
    stages: frozenset[str]

    @property
    def all(self) -> list[Example]:
        """Everything, in the order of training."""
        return [*self.people, *self.backdrop]

    def digest(self) -> str:
        """Twelve hex digits over the texts, labels and weights of lines, and the recipe."""
        return hashlib.sha256(json.encode((fit.RECIPE, self.all))).hexdigest()[:12]


def material(policy: Policy | None = None) -> Material:
    """The training material: every hand but the test hands, corrections, backdrop."""
    policy = policy or load(PACK)
    people = [line for line in hands() if line.hand not in TEST_HANDS]
    stages = frozenset(fold(stage.name) for stage in policy.stages)
    return Material([*people, *corrections()], background(policy), splitter(policy), stages)


def splitter(policy: Policy) -> Split:
    """Takes entries apart as the matcher does."""
    parser = EntryParser(policy)

    def split(entry: str) -> tuple[str, str, str]:
        parts = parser.parse(entry)
        return parts.stage, parts.name, parts.instance

    return split


def calibrated(given: Material, scores: NDArray[np.float64]) -> calibration.Bends:
    """The calibration from scores of models that had not seen the lines.

    How sure to be is taken from all hands, the hard ones too; how readily to say "none" only from
    hands that wrote what comes in (see ``GAP_HANDS``).
    """
    usual = np.array([line.hand not in GAP_HANDS for line in given.people])
    labels = np.array([line.scenario for line in given.people])
    slope = calibration.fit(scores, labels).slope
    return calibration.Bends(slope, calibration.fit(scores[usual], labels[usual]).none_shift)


def left_out(given: Material, groups: Sequence[str]) -> NDArray[np.float64]:
    """(N, K) scores of the people's lines, each by a model that saw nothing of its group.

    Lines of the group "" are in every model and keep scores of zero.
    """
    names = np.array(groups)
    result = np.zeros((len(given.people), 1 + max(e.scenario for e in given.people)))
    for group in sorted(set(groups) - {""}):
        seen = [e for e, own in zip(given.people, groups, strict=True) if own != group]
        weights = fit.fit([*seen, *given.backdrop], given.split, given.stages)
        unseen = [e for e, own in zip(given.people, groups, strict=True) if own == group]
        result[names == group] = fit.scores(weights, unseen, given.split)
    return result
