"""From raw scores to chances that can be believed: a softmax with two fitted numbers."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

_START = (4.0, 0.0)


class Bends(Struct, frozen=True):
    """slope: of all scores; none_shift: added to the class "fits none" afterwards."""

    slope: float
    none_shift: float


def fit(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> Bends:
    """Bends of least surprise. scores: (N, K), column = class number; labels: (N,)."""
    from scipy.optimize import minimize

    def surprise(bends: NDArray[np.float64]) -> float:
        chances = soften(scores, Bends(float(bends[0]), float(bends[1])))
        return float(-np.log(chances[np.arange(len(labels)), labels] + 1e-12).mean())

    found = minimize(surprise, np.array(_START), method="Nelder-Mead").x
    return Bends(float(found[0]), float(found[1]))


def soften(scores: NDArray[np.float64], bends: Bends) -> NDArray[np.float64]:
    """(N, K) chances; class 0 is column 0."""
    raised = bends.slope * scores
    raised[:, 0] += bends.none_shift
    raised = np.exp(raised - raised.max(axis=1, keepdims=True))
    chances: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return chances


def error(chances: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error of (N,) chances over equal bins of 0–1."""
    return sum(share * abs(said - true) for said, true, share in reliability(chances, right, bins))


def reliability(
    chances: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> list[tuple[float, float, float]]:
    """(mean chance, share right, share of lines) of each bin that holds lines."""
    places = np.minimum((chances * bins).astype(int), bins - 1)
    rows = []
    for place in range(bins):
        held = places == place
        if held.any():
            rows.append(
                (float(chances[held].mean()), float(right[held].mean()), float(held.mean()))
            )
    return rows
