"""What a trained model says of an entry: the value between models and the matcher."""

from __future__ import annotations

from msgspec import Struct

from reviewer.model.review import Candidate

FAINT = 0.15
"""Below this chance the best candidate is a guess that is wrong six times out of seven."""


class Opinion(Struct, frozen=True):
    """candidates: best first, at most five, with calibrated chances (0–1). none: the chance that
    no scenario fits; the chances of all scenarios and ``none`` add up to 1.

    words: the words of the entry that spoke most for the best candidate.
    """

    candidates: tuple[Candidate, ...]
    none: float
    words: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """A scenario is likelier than none, and not only by lack of anything better."""
        best = self.candidates[0].confidence if self.candidates else 0.0
        return best > self.none and best >= FAINT
