"""``python -m models.evidence_train``: trains the judge on all hands but the test hand, releases it.

The weights start from ``evidence_prior.json``, set by hand from what the features mean, and are
drawn to it (a Gaussian prior), so that few examples move them little. Numpy only; the same
examples give the same release to the last digit.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from models.evidence_data import TEST_HANDS, Example, Seen, best, examples, facet_rows, faults, seen
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.scoring.claims import COMMON, LACKED, SHOWN
from reviewer.scoring.judge import Judge, Weights

PACK = "hebei-2026"
PRIOR = Path(__file__).with_name("evidence_prior.json")
RELEASE = Path(__file__).parent / "release" / "evidence.json"
# Standard deviation of a weight around the prior, and passes of choosing the telling sentence.
_SPREAD = 0.5
_PASSES = 4
_STEPS = 25

Floats = NDArray[np.float64]


def prior() -> Weights:
    """The weights that training starts from."""
    return msgspec.json.decode(PRIOR.read_bytes(), type=Weights)


def train(rows: Sequence[Example], policy: Policy) -> Weights:
    """Weights from labelled passages."""
    found = seen(rows, policy)
    weights = prior()
    for _ in range(_PASSES):
        shown = _fit(found, Judge(weights), lack=False)
        lacked = _fit(found, Judge(weights), lack=True)
        weights = msgspec.structs.replace(weights, shown=shown, lacked=lacked)
    digest = hashlib.sha256(msgspec.json.encode(list(rows))).hexdigest()[:12]
    return msgspec.structs.replace(weights, version=f"evidence-{digest}")


def _fit(found: Seen, judge: Judge, *, lack: bool) -> dict[str, float]:
    """One pass: the strongest sentence stands for a passage that shows the facet, every sentence
    for one that does not."""
    rows = found.claimed.lacked if lack else found.claimed.shown
    names = (*(LACKED if lack else SHOWN), *COMMON)
    strength = judge.lacked(found.claimed) if lack else judge.shown(found.claimed)
    telling = best(found, strength, lack)
    wanted = {
        (number, facet): name in (row.limits if lack else row.facets)
        for number, facet, name in facet_rows(found)
        for row in (found.examples[number],)
    }
    used, truth = [], []
    for row, (sentence, facet) in enumerate(
        zip(rows.sentence.tolist(), rows.facet.tolist(), strict=True)
    ):
        key = (found.owner[sentence], facet)
        if key not in wanted or (wanted[key] and telling[key] != row):
            continue
        used.append(row)
        truth.append(float(wanted[key]))
    matrix = np.concatenate([rows.own[used], found.claimed.common[rows.sentence[used]]], axis=1)
    known = judge.weights.lacked if lack else judge.weights.shown
    start = prior().lacked if lack else prior().shown
    centre = np.array([start.get(name, 0.0) for name in names])
    begin = np.array([known.get(name, 0.0) for name in names])
    fitted = _newton(matrix, np.array(truth), centre, begin)
    return {name: round(float(value), 4) for name, value in zip(names, fitted, strict=True)}


def _newton(matrix: Floats, truth: Floats, centre: Floats, begin: Floats) -> Floats:
    """Logistic regression with a Gaussian prior around ``centre``."""
    weights = begin.copy()
    stiff = np.eye(weights.size) / _SPREAD**2
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (truth - chance) - (weights - centre) / _SPREAD**2
        bend = matrix.T @ (matrix * (chance * (1 - chance))[:, None]) + stiff
        step = np.linalg.solve(bend, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def main() -> None:
    """Train, write the release, tell what was trained on."""
    parser = argparse.ArgumentParser(prog="python -m models.evidence_train")
    parser.add_argument("--all", action="store_true", help="train on the test hand too")
    chosen = parser.parse_args()
    policy = load(PACK)
    rows = examples()
    for fault in faults(rows, policy):
        print(fault)
    used = rows if chosen.all else [row for row in rows if row.hand not in TEST_HANDS]
    weights = train(used, policy)
    RELEASE.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(f"{weights.version}: {len(used)} passages of {len({row.hand for row in used})} hands")


if __name__ == "__main__":
    main()
