"""The register of defects: a function each, under the rule that it breaks."""

from __future__ import annotations

import random
from collections.abc import Callable

from .draft import Draft

Seeder = Callable[[Draft, random.Random], bool]
"""Changes the draft and says whether it could; a seeder that returns False has changed nothing."""

DEFECTS: dict[str, list[Seeder]] = {}
NEAR_MISSES: list[Seeder] = []


def defect(rule: str) -> Callable[[Seeder], Seeder]:
    """Registers a seeder under the rule that must fire."""

    def register(seeder: Seeder) -> Seeder:
        DEFECTS.setdefault(rule, []).append(seeder)
        return seeder

    return register


def near_miss(seeder: Seeder) -> Seeder:
    """Registers a change that looks like a defect and is none."""
    NEAR_MISSES.append(seeder)
    return seeder
