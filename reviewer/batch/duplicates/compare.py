"""Two documents letter by letter: the passages that they share, official wording not counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from reviewer.batch.duplicates.prints import GRAM, NONE, Array, Codes, Letters, Marks, Places
from reviewer.batch.duplicates.prints import grams as _grams
from reviewer.batch.duplicates.prints import letters as _letters
from reviewer.batch.duplicates.shelf import Source
from reviewer.batch.duplicates.stop import Official

SHORTEST = 20
"""Letters of a passage that is worth showing."""
_STEP = 256
_PLACE = np.uint64((1 << 24) - 1)
"""Bits of a place. Letters are compared in the end, so 40 bits of a hash are enough to find them."""
_SLOT_BITS = 16
_SLOT = np.uint64(64 - _SLOT_BITS)


class Passage(Struct, frozen=True):
    """A shared passage: subject and wording in either document. letters: own ones that it has."""

    first: str
    first_text: str
    second: str
    second_text: str
    letters: int


class Compared(Struct, frozen=True):
    """shared: own letters in shared passages. share: 0–1 of the shorter document's own letters."""

    shared: int
    share: float
    passages: tuple[Passage, ...]


class Prepared(Struct, frozen=True):
    """A document ready to be compared.

    grams: hash at each place. own: letters not covered by official wording. order, sorted: places
    of the own grams by hash, and the high bits of these hashes. likely: by their highest bits,
    whether there is such a gram at all.
    """

    source: Source
    letters: Letters
    grams: Array
    own: Marks
    order: Places
    sorted: Array
    likely: Marks

    @property
    def size(self) -> int:
        """Own letters."""
        return int(np.count_nonzero(self.own))


def prepare(source: Source, official: Official) -> Prepared:
    """Make a document ready."""
    letters = _letters([text for _, text in source.passages])
    hashes = _grams(letters.codes)
    covered = np.zeros(len(letters.codes) + 1, np.int64)
    places = np.flatnonzero(official.known(hashes))  # each once
    covered[places] += 1
    covered[places + GRAM] -= 1
    own = (np.cumsum(covered)[:-1] == 0) & (letters.codes != 0)
    usable = np.flatnonzero(hashes != NONE)
    usable = usable[own[usable]]
    # Hash and place in one number: sorting it takes a tenth of the time that sorting places takes.
    packed = np.sort(hashes[usable] & ~_PLACE | usable.astype(np.uint64))
    likely = np.zeros(1 << _SLOT_BITS, np.bool_)
    likely[packed >> _SLOT] = True
    order = (packed & _PLACE).astype(np.int32)
    return Prepared(source, letters, hashes, own, order, packed & ~_PLACE, likely)


def compare(one: Prepared, other: Prepared) -> Compared:
    """The passages of at least ``SHORTEST`` letters that stand in both, longest first."""
    found = list(_passages(one, other))
    shared = sum(passage.letters for passage in found)
    least = max(1, min(one.size, other.size))
    found.sort(key=lambda passage: -passage.letters)
    return Compared(shared, min(1.0, shared / least), tuple(found))


def _passages(one: Prepared, other: Prepared) -> Iterator[Passage]:
    places, matches = _seeds(one, other)
    end = 0
    for place, match in zip(places.tolist(), matches.tolist(), strict=True):
        if place < end:
            continue
        length = _common(one.letters.codes, place, other.letters.codes, match)
        if length < SHORTEST:
            continue
        own = int(np.count_nonzero(one.own[place : place + length]))
        end = place + length
        if own >= GRAM:
            yield Passage(*_quoted(one, place, length), *_quoted(other, match, length), letters=own)


def _seeds(one: Prepared, other: Prepared) -> tuple[Places, Places]:
    """Places in ``one`` whose own gram stands in ``other``, in order, and the first place there.

    Only those from which ``SHORTEST`` letters are the same: a pair has many chance turns of phrase.
    """
    if not len(other.sorted):
        return one.order[:0], one.order[:0]
    likely = other.likely[one.sorted >> _SLOT]
    wanted, places = one.sorted[likely], one.order[likely]
    at = np.searchsorted(other.sorted, wanted)
    at[at == len(other.sorted)] = 0
    hit = other.sorted[at] == wanted
    places, matches = places[hit], other.order[at[hit]]
    # Two grams that overlap, both the same in either document, make up the shortest passage.
    lasts, ends = places + (SHORTEST - GRAM), matches + (SHORTEST - GRAM)
    inside = (lasts < len(one.grams)) & (ends < len(other.grams))
    places, matches, lasts, ends = (x[inside] for x in (places, matches, lasts, ends))
    long = (one.grams[lasts] == other.grams[ends]) & (one.grams[lasts] != NONE)
    places, matches = places[long], matches[long]
    turn = np.argsort(places)
    return places[turn], matches[turn]


def _common(one: Codes, start: int, other: Codes, begin: int) -> int:
    """How many letters are the same from these places on, within a passage of either."""
    length = 0
    while True:
        left = one[start + length : start + length + _STEP]
        right = other[begin + length : begin + length + _STEP]
        size = min(len(left), len(right))
        same = (left[:size] == right[:size]) & (left[:size] != 0)
        if size < _STEP or not same.all():
            stop = np.flatnonzero(~same)
            return length + (int(stop[0]) if len(stop) else size)
        length += size


def _quoted(document: Prepared, place: int, length: int) -> tuple[str, str]:
    """Subject and original wording of letters [place, place + length)."""
    number = int(document.letters.passage[place])
    subject, text = document.source.passages[number]
    first = int(document.letters.origin[place])
    last = int(document.letters.origin[place + length - 1])
    return subject, text[first : last + 1]
