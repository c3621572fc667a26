"""``python -m models.evidence_train``: trains the judge on four passages of five, releases it.

Two kinds of material: labelled passages, and whole samples whose clauses have known answers (a
clause without evidence makes every claim for it a false one; a clause that is met, its strongest
claim a true one). The weights start from ``evidence_prior.json``, set by hand from what the features
mean, and are drawn to it (a Gaussian prior), so that few examples move them little. Numpy only; the
same examples give the same release to the last digit.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models.evidence_data import (
    Document,
    Example,
    Seen,
    best,
    documents,
    examples,
    facet_rows,
    faults,
    known_samples,
    seen,
    trained_on,
)
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.scoring.claims import COMMON, LACKED, SHOWN, Claimed
from reviewer.scoring.judge import Judge, Weights

PACK = "hebei-2026"
PRIOR = Path(__file__).with_name("evidence_prior.json")
RELEASE = Path(__file__).parent / "release" / "evidence.json"
# Standard deviation of a weight around the prior, and passes of choosing the telling sentence.
_SPREAD = 0.35
_PASSES = 3
_STEPS = 25
# What a claim of a whole sample weighs against one of a labelled passage.
_DOCUMENT = 0.5

Floats = NDArray[np.float64]


class Material(Struct, frozen=True):
    """What training sees."""

    passages: Seen
    documents: tuple[Document, ...]

    def digest(self) -> str:
        """Twelve hex digits over passages and samples."""
        told = [list(self.passages.examples), [one.name for one in self.documents]]
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:12]


class _Row(Struct, frozen=True):
    """A claim with its label: claims and row, truth 0 or 1, weight."""

    claimed: Claimed
    row: int
    truth: float
    weight: float


def prior() -> Weights:
    """The weights that training starts from."""
    return msgspec.json.decode(PRIOR.read_bytes(), type=Weights)


def material(rows: Sequence[Example], paths: Sequence[Path], policy: Policy) -> Material:
    """Passages and samples read under the policy."""
    return Material(seen(rows, policy), tuple(documents(paths, policy)))


def train(known: Material) -> Weights:
    """Weights from labelled passages and samples."""
    weights = prior()
    for _ in range(_PASSES):
        judge = Judge(weights)
        weights = msgspec.structs.replace(
            weights,
            shown=_fit([*_passages(known.passages, judge, False), *_shown(known, judge)], False),
            lacked=_fit([*_passages(known.passages, judge, True), *_lacked(known, judge)], True),
        )
    return msgspec.structs.replace(weights, version=f"evidence-{known.digest()}")


def _passages(found: Seen, judge: Judge, lack: bool) -> Iterator[_Row]:
    """The strongest sentence stands for a passage that shows (or confesses to lack) the facet,
    every sentence for one that does not."""
    rows = found.claimed.lacked if lack else found.claimed.shown
    strength = judge.lacked(found.claimed) if lack else judge.shown(found.claimed)
    telling = best(found, strength, lack)
    wanted = {
        (number, facet): name in row.limits or (lack and row.reason == "negation")
        if lack
        else name in row.facets
        for number, facet, name in facet_rows(found)
        for row in (found.examples[number],)
    }
    pairs = zip(rows.sentence.tolist(), rows.facet.tolist(), strict=True)
    for row, (sentence, facet) in enumerate(pairs):
        key = (found.owner[sentence], facet)
        if key in wanted and (not wanted[key] or telling[key] == row):
            yield _Row(found.claimed, row, float(wanted[key]), 1.0)


def _shown(known: Material, judge: Judge) -> Iterator[_Row]:
    for document in known.documents:
        strength = judge.shown(document.claimed)
        for status, rows in document.by_facet(lack=False):
            if status == "unmet":
                yield from (_Row(document.claimed, row, 0.0, _DOCUMENT) for row in rows)
            elif status == "met":
                top = max(rows, key=lambda row: float(strength[row]))
                yield _Row(document.claimed, top, 1.0, _DOCUMENT)


def _lacked(known: Material, judge: Judge) -> Iterator[_Row]:
    """A clause that is met has no true confession; where it is not, only a plain one counts."""
    for document in known.documents:
        strength = judge.lacked(document.claimed)
        for status, rows in document.by_facet(lack=True):
            if status == "met":
                yield from (_Row(document.claimed, row, 0.0, _DOCUMENT) for row in rows)
            else:
                top = max(rows, key=lambda row: float(strength[row]))
                if strength[top] >= judge.weights.lacked_at:
                    yield _Row(document.claimed, top, 1.0, _DOCUMENT)


def _fit(rows: Sequence[_Row], lack: bool) -> dict[str, float]:
    names = (*(LACKED if lack else SHOWN), *COMMON)
    matrix = np.array([_features(one, lack) for one in rows])
    truth = np.array([one.truth for one in rows])
    weight = np.array([one.weight for one in rows])
    start = prior().lacked if lack else prior().shown
    centre = np.array([start.get(name, 0.0) for name in names])
    fitted = _newton(matrix, truth, weight, centre)
    return {name: round(float(value), 4) for name, value in zip(names, fitted, strict=True)}


def _features(one: _Row, lack: bool) -> Floats:
    claims = one.claimed.lacked if lack else one.claimed.shown
    return np.concatenate([claims.own[one.row], one.claimed.common[claims.sentence[one.row]]])


def _newton(matrix: Floats, truth: Floats, weight: Floats, centre: Floats) -> Floats:
    """Weighted logistic regression with a Gaussian prior around ``centre``."""
    fitted = centre.copy()
    stiff = np.eye(fitted.size) / _SPREAD**2
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-(matrix @ fitted)))
        slope = matrix.T @ (weight * (truth - chance)) - (fitted - centre) / _SPREAD**2
        bend = matrix.T @ (matrix * (weight * chance * (1 - chance))[:, None]) + stiff
        step = np.linalg.solve(bend, slope)
        fitted += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return fitted


def main() -> None:
    """Train, write the release, tell what was trained on."""
    parser = argparse.ArgumentParser(prog="python -m models.evidence_train")
    parser.add_argument("--all", action="store_true", help="train on the passages kept back too")
    chosen = parser.parse_args()
    policy = load(PACK)
    rows = examples()
    for fault in faults(rows, policy):
        print(fault)
    used = rows if chosen.all else trained_on(rows)
    paths = known_samples()
    weights = train(material(used, paths, policy))
    RELEASE.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    hands = len({row.hand for row in used})
    print(f"{weights.version}: {len(used)} passages of {hands} hands, {len(paths)} samples")


if __name__ == "__main__":
    main()
