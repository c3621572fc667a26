"""Characters that are taken for one another: same or near sound, or a like shape.

Sounds come from ``data/pinyin.txt`` (tools/pinyin_table.py), shapes from ``data/lookalikes.txt``,
groups collected for the characters that occur in names of scenarios. Read once, at first need.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["同音", "近音", "形近", ""]

_DATA = Path(__file__).with_name("data")
_BLUR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))


def blurred(syllable: str) -> str:
    """A syllable without the differences that speakers and input methods mix up."""
    for sharp, soft in _BLUR:
        syllable = syllable.replace(sharp, soft)
    return "l" + syllable[1:] if syllable.startswith("n") else syllable


class Alike:
    """The tables. sounds: character → syllables; shapes: character → characters like it."""

    def __init__(self) -> None:
        self._blurred: dict[str, str] = {}
        self._sounds: dict[str, set[str]] = {}
        for line in (_DATA / "pinyin.txt").read_text(encoding="utf-8").splitlines():
            syllable, characters = line.split(" ")
            for char in characters:
                self._sounds.setdefault(char, set()).add(syllable)
        self._shapes: dict[str, set[str]] = {}
        for group in (_DATA / "lookalikes.txt").read_text(encoding="utf-8").split():
            for char in group:
                self._shapes.setdefault(char, set()).update(group)

    def kind(self, written: str, meant: str) -> Kind:
        """How the one character can stand for the other; "" where it hardly can."""
        ours, theirs = self._sounds.get(written, set()), self._sounds.get(meant, set())
        if ours & theirs:
            return "同音"
        if meant in self._shapes.get(written, ()):
            return "形近"
        if {blurred(one) for one in ours} & {blurred(one) for one in theirs}:
            return "近音"
        return ""

    def others(self, char: str, kind: Kind) -> list[str]:
        """Characters that stand for ``char`` in that way, in a fixed order."""
        if kind == "形近":
            return sorted(self._shapes.get(char, set()) - {char})
        return sorted(one for one in self._sounds if one != char and self.kind(one, char) == kind)

    def spoken(self, text: str) -> str:
        """``text`` as it sounds: each character replaced by one that stands for its syllable."""
        return "".join(_spoken_char(self, char) for char in text)

    def syllable(self, char: str) -> str:
        """The first blurred syllable of a character; the character itself where unknown."""
        known = self._blurred.get(char)
        if known is None:
            found = self._sounds.get(char)
            known = self._blurred[char] = min(map(blurred, found)) if found else char
        return known


@cache
def tables() -> Alike:
    """The tables, read once a process."""
    return Alike()


_STANDINS: dict[str, str] = {}
_FIRST = 0xE000


def _spoken_char(alike: Alike, char: str) -> str:
    syllable = alike.syllable(char)
    if len(syllable) == 1 and syllable == char:
        return char
    return _STANDINS.setdefault(syllable, chr(_FIRST + len(_STANDINS)))
