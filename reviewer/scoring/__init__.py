"""Scoring: every clause of every tier judged by quoted evidence, gates, gaps.

Nothing of it is loaded before the first declaration is scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewer.model.declaration import Declaration
    from reviewer.model.index import Sentence
    from reviewer.model.review import EntryMatch, TierCoverage
    from reviewer.policy.schema import Policy

__all__ = ["cover"]


def cover(
    declaration: Declaration,
    matches: Mapping[str, EntryMatch],
    sentences: tuple[Sentence, ...],
    policy: Policy,
) -> dict[str, TierCoverage]:
    """Coverage by tier id, for every tier of the policy.

    sentences: the shared index of the declaration (``reviewer.model.index.sentences``).
    """
    from reviewer.scoring import coverage

    return coverage.cover(declaration, matches, sentences, policy)
