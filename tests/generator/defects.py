"""Seeds defects into clean declarations and keeps the known answers (``gold``) true."""

from __future__ import annotations

import random
from typing import Any

from . import seeds_coverage, seeds_fields, seeds_kpis, seeds_scenarios, seeds_texts
from .draft import open_draft
from .oracle import close
from .registry import DEFECTS, NEAR_MISSES, Seeder

__all__ = ["DEFECTS", "NEAR_MISSES", "SEED_MODULES", "seed_defects", "seed_rule"]

SEED_MODULES = (seeds_coverage, seeds_fields, seeds_kpis, seeds_scenarios, seeds_texts)
_TRIES = 400


def seed_defects(declaration: dict[str, Any], rng: random.Random, n: int) -> dict[str, Any]:
    """A deep copy with ``n`` causes of findings and a few near misses.

    ``gold.findings``, ``gold.scenarios``, ``gold.eligible`` follow exactly, knock-on findings included. Clauses whose
    evidence a defect may have touched leave ``gold.coverage``, and ``gold.open`` lists [rule, start of the subject] of
    what may then fire without being wrong or missed. ``gold.seeded`` names the seeders in the order applied.

    Raises:
        ValueError: the declaration has findings to begin with.
    """
    draft = open_draft(declaration)
    if rng.random() < 0.15:
        _apply(draft, seeds_coverage.clause_without_evidence, rng)
    rules = [rule for rule in DEFECTS if rule != "requirement-uncovered"]
    for _ in range(_TRIES):
        if _count(draft.applied) >= n:
            break
        _apply(draft, rng.choice(DEFECTS[rng.choice(rules)]), rng)
    for _ in range(rng.randint(0, 4)):
        _apply(draft, rng.choice(NEAR_MISSES), rng)
    return close(draft)


def seed_rule(
    declaration: dict[str, Any], seeder: Seeder, rng: random.Random
) -> dict[str, Any] | None:
    """A copy with this one seeder applied, or None where it does not fit the declaration."""
    for _ in range(30):
        draft = open_draft(declaration)
        if _apply(draft, seeder, rng):
            return close(draft)
    return None


def _apply(draft: Any, seeder: Seeder, rng: random.Random) -> bool:
    done = seeder(draft, rng)
    if done:
        draft.applied.append(seeder.__name__)
    return done


def _count(applied: list[str]) -> int:
    near = {seeder.__name__ for seeder in NEAR_MISSES}
    return sum(name not in near for name in applied)
