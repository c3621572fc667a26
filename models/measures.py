"""What an evaluation counts. An outcome is one labelled entry with what the tool said of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models import calibration

Key = TypeVar("Key", int, str)


class Outcome(Struct, frozen=True):
    """wanted, ranked: scenario numbers, 0 for none; ranked is best first. chance: of the first."""

    entry: str
    kind: str
    industry: str
    wanted: int
    ranked: tuple[int, ...]
    chance: float

    @property
    def right(self) -> bool:
        """The first answer is the wanted one."""
        return self.ranked[0] == self.wanted

    @property
    def near(self) -> bool:
        """The wanted one is among the first three."""
        return self.wanted in self.ranked[:3]


class Figures(Struct, frozen=True):
    """Shares are 0–1. curve: (least confidence asked, share answered, share of those right)."""

    lines: int
    top1: float
    top3: float
    none_f1: float
    calibration_error: float
    kinds: dict[str, tuple[float, int]]
    scenarios: dict[int, tuple[float, int]]
    industries: dict[str, tuple[float, int]]
    confusions: list[tuple[int, int, int]]
    reliability: list[tuple[float, float, float]]
    curve: list[tuple[float, float, float]]


ASKED = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_SHOWN = 20


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """All figures of an evaluation."""
    chances = np.array([one.chance for one in outcomes])
    right = np.array([one.right for one in outcomes])
    return Figures(
        lines=len(outcomes),
        top1=_share(right),
        top3=_share(np.array([one.near for one in outcomes])),
        none_f1=none_f1(outcomes),
        calibration_error=round(calibration.error(chances, right), 4),
        kinds=_by(outcomes, lambda one: one.kind),
        scenarios=dict(sorted(_by(outcomes, lambda one: one.wanted).items())),
        industries=_by(outcomes, lambda one: one.industry),
        confusions=confusions(outcomes),
        reliability=[
            (round(said, 3), round(true, 3), round(share, 4))
            for said, true, share in calibration.reliability(chances, right)
        ],
        curve=[_at_least(asked, chances, right) for asked in ASKED],
    )


def none_f1(outcomes: Sequence[Outcome]) -> float:
    """F1 of the class "fits none"; 1 where there is none and none was said."""
    said = sum(one.ranked[0] == 0 for one in outcomes)
    true = sum(one.wanted == 0 for one in outcomes)
    both = sum(one.ranked[0] == 0 == one.wanted for one in outcomes)
    return round(2 * both / (said + true), 4) if said + true else 1.0


def confusions(outcomes: Sequence[Outcome]) -> list[tuple[int, int, int]]:
    """(wanted, said, how often), most often first."""
    pairs = Counter((one.wanted, one.ranked[0]) for one in outcomes if not one.right)
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    return [(wanted, said, often) for (wanted, said), often in ranked[:_SHOWN]]


def _by(outcomes: Sequence[Outcome], key: Callable[[Outcome], Key]) -> dict[Key, tuple[float, int]]:
    groups: dict[Key, list[bool]] = defaultdict(list)
    for one in outcomes:
        groups[key(one)].append(one.right)
    return {name: (_share(np.array(rights)), len(rights)) for name, rights in groups.items()}


def _at_least(
    asked: float, chances: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[float, float, float]:
    held = chances >= asked
    return asked, _share(held), _share(right[held]) if held.any() else 1.0


def _share(values: NDArray[np.bool_]) -> float:
    return round(float(values.mean()), 4) if len(values) else 1.0
