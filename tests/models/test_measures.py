"""What an evaluation counts."""

from __future__ import annotations

import numpy as np
import pytest

from models import calibration
from models.measures import Outcome, figures


def _outcome(wanted: int, *ranked: int, chance: float = 0.9) -> Outcome:
    return Outcome("x", "none" if wanted == 0 else "phrase", "", wanted, ranked, chance)


def test_figures():
    found = figures([_outcome(1, 1, 2), _outcome(1, 2, 1), _outcome(0, 0, 3), _outcome(0, 3, 0)])
    assert (found.lines, found.top1, found.top3) == (4, 0.5, 1.0)
    assert found.none_f1 == pytest.approx(2 / 3, abs=1e-3)
    assert found.confusions == [(0, 3, 1), (1, 2, 1)]
    assert found.calibration_error == pytest.approx(0.4)
    assert found.curve[0] == (0.0, 1.0, 0.5)


def test_calibration_softens_what_is_wrong_half_the_time():
    scores = np.array([[0.0, 1.0]] * 10)
    labels = np.array([0, 1] * 5)
    chances = calibration.soften(scores, calibration.fit(scores, labels))
    assert chances[0, 1] == pytest.approx(0.5, abs=0.02)
