"""What the writer carries along while a document grows: options, dice, and the parts beside the body."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from .numbering import Numbering
from .options import Options
from .xmlkit import Element


@dataclass
class Heading:
    """A heading that was written: what the table of contents repeats."""

    level: int
    text: str
    bookmark: str


@dataclass
class Context:
    """One document being written. ``rng`` decides all noise, so the same seed gives the same bytes."""

    opt: Options
    rng: random.Random
    firm: str
    accident: str = ""
    numbering: Numbering = field(default_factory=Numbering)
    headings: list[Heading] = field(default_factory=list)
    comments: list[Element] = field(default_factory=list)
    footnotes: list[Element] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    pictures: int = 0
    picks: dict[str, str] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(100))

    def next_id(self) -> int:
        """A number that nothing else in the document bears."""
        return next(self._ids)

    def chance(self, share: float) -> bool:
        """True in about ``share`` of the calls."""
        return self.rng.random() < share

    def rsid(self) -> str:
        """A revision save id, as Word strews them."""
        return f"00{self.rng.randrange(16**6):06X}"

    def link(self, target: str) -> str:
        """The relationship id of an outside target."""
        return self.links.setdefault(target, f"rIdL{len(self.links) + 1}")

    def once(self, what: str, *choices: str) -> str:
        """One of the choices, the same one throughout the document."""
        if what not in self.picks:
            self.picks[what] = self.rng.choice(choices)
        return self.picks[what]
