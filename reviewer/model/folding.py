"""One way to make two wordings comparable, for every stage."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msgspec import Struct

_IGNORED = frozenset(("Cf", "Cc", "Cs", "Mn", "Me"))
_TRAITS: dict[str, str] = {}


def fold_char(char: str) -> str:
    """One character in its plain form: half-width, upper case; "" for white space and invisibles."""
    known = _TRAITS.get(char)
    if known is None:
        known = _TRAITS[char] = _plain(char)
    return known


def _plain(char: str) -> str:
    if char.isspace() or unicodedata.category(char) in _IGNORED:
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return (plain if len(plain) == 1 else char).upper()[:1]


def fold(text: str) -> str:
    """``text`` without white space and invisible characters, half-width, upper case."""
    return "".join(map(fold_char, text))


def bare(text: str) -> str:
    """``fold`` without punctuation and signs: letters, digits and ideographs only."""
    return "".join(char for char in fold(text) if char.isalnum())


class Folded(Struct, frozen=True):
    """Folded text that knows where each of its characters stood.

    origin: for each character of ``text`` its index in the original.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original [start, end) of the folded [start, end), which must not be empty."""
        return self.origin[start], self.origin[end - 1] + 1


def folded(text: str, *, marks: bool = True) -> Folded:
    """Fold, keeping origins. marks: keep punctuation and signs too."""
    pairs = list(_pairs(text, marks))
    return Folded("".join(char for char, _ in pairs), tuple(index for _, index in pairs))


def _pairs(text: str, marks: bool) -> Iterator[tuple[str, int]]:
    for index, char in enumerate(text):
        plain = fold_char(char)
        if plain and (marks or plain.isalnum()):
            yield plain, index
