"""What the rest of the street knows of a matcher."""

from __future__ import annotations

from typing import Protocol

from reviewer.matching.entries import Parts
from reviewer.model.opinion import Opinion
from reviewer.model.review import EntryMatch


class EntryMatcher(Protocol):
    """Maps an entry as typed to the canonical scenarios.

    version: name and version of what decides, for the report's ``tool.model``.
    """

    @property
    def version(self) -> str:
        """Name and version of the matcher."""
        ...

    def match(self, raw: str) -> EntryMatch:
        """The match of one entry; never raises, whatever ``raw`` holds."""
        ...


class EntryClassifier(Protocol):
    """A trained model behind the matcher: asked where exact name, alias and spelling give nothing."""

    @property
    def version(self) -> str:
        """Name and version of the model."""
        ...

    def opine(self, parts: Parts) -> Opinion:
        """What the model thinks of an entry; never raises."""
        ...
