"""Close spelling: typos, swapped, dropped and added characters of the canonical names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from reviewer.model.review import Candidate

ACCEPT = 0.78
MARGIN = 0.06
_LONGEST = 40


class Spelling:
    """Nearest names by spelling. names: folded name → scenario number."""

    def __init__(self, names: Mapping[str, int]) -> None:
        self._names = [(name, number, Counter(name)) for name, number in names.items()]

    def nearest(self, name: str, limit: int = 5) -> list[Candidate]:
        """Candidates by likeness (0–1), best first, one a scenario; ``name`` folded."""
        if not name or len(name) > _LONGEST:
            return []
        best: dict[int, float] = {}
        bag = Counter(name)
        for other, number, letters in self._names:
            score = _likeness(name, bag, other, letters)
            best[number] = max(score, best.get(number, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return [Candidate(number, round(score, 4)) for number, score in ranked[:limit]]

    def certain(self, candidates: list[Candidate]) -> bool:
        """The best is near, and clearly nearer than the next."""
        if not candidates or candidates[0].confidence < ACCEPT:
            return False
        return len(candidates) < 2 or candidates[0].confidence - candidates[1].confidence >= MARGIN


def _likeness(name: str, bag: Counter[str], other: str, letters: Counter[str]) -> float:
    """Edit similarity, or the share of common characters where words only changed places."""
    common = sum((bag & letters).values())
    shared = 2 * common / (len(name) + len(other))
    if shared < ACCEPT:  # edit similarity is never above the share of common characters
        return 0.95 * shared
    return max(OSA.normalized_similarity(name, other), 0.95 * shared)
