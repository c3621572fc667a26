"""Blocks whose text is plainly about another scenario than their heading names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from reviewer.model.declaration import ScenarioBlock
from reviewer.model.review import Candidate, EntryMatch

PARTS = ("desc", "pain", "tech", "result")
_POSSIBLE = 0.05


class ContentModel(Protocol):
    """A trained model that tells what texts are about."""

    def plainly(self, texts: Sequence[str], heading: int) -> Candidate | None:
        """The other scenario that the texts are plainly about, else None."""
        ...


def contents(
    blocks: Sequence[ScenarioBlock], matches: Mapping[str, EntryMatch], model: ContentModel
) -> dict[str, tuple[int, float]]:
    """at of a block → (scenario that its text is plainly about, chance 0–1), plain cases only."""
    found: dict[str, tuple[int, float]] = {}
    for block in blocks:
        match = matches.get(block.at)
        if match is None or match.scenario is None:
            continue
        texts = [block.parts[part].text for part in PARTS if part in block.parts]
        about = model.plainly(texts, match.scenario)
        if about is not None and not _possible(match, about.scenario):
            found[block.at] = (about.scenario, about.confidence)
    return found


def _possible(match: EntryMatch, scenario: int) -> bool:
    """The heading itself could mean that scenario."""
    return any(one.scenario == scenario and one.confidence >= _POSSIBLE for one in match.candidates)
