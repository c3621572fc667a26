"""Characters and pairs of characters of a reading, as rows of a vocabulary, with numpy only."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.model.assertion import Status
from reviewer.scoring.attitude import attitude
from reviewer.scoring.places import PLANS
from reviewer.scoring.reading import Reading
from reviewer.scoring.trie import Codes, Ints

Keys = NDArray[np.uint32]
Bools = NDArray[np.bool_]

_PARROT, _LITTLE = 0.5, 18
_LACKS = (int(Status.DENIED), int(Status.PARTIAL))
_WIDE_FIRST, _WIDE_LAST, _WIDE = 0xFF01, 0xFF5E, 0xFEE0
_ZERO, _NINE = ord("0"), ord("9")
_PAIR = np.uint32(16)
_LAST = 0xFFFF


class Grams(Struct, frozen=True):
    """G occurrences, each key once a sentence. row (G,): in the vocabulary; sentence (G,)
    ascending."""

    row: Ints
    sentence: Ints


def proofs(reading: Reading) -> Ints:
    """Numbers of the sentences that may show something: some part asserts, and it is neither a
    plan's, nor mere attitude, nor the notice's own words."""
    asserted = np.zeros(reading.size, dtype=np.bool_)
    asserted[reading.part_owner[reading.part_status == int(Status.ASSERTED)]] = True
    asserted &= ~_planned(reading) & ~((reading.same >= _PARROT) & (reading.own <= _LITTLE))
    found = np.flatnonzero(asserted)
    held = [not attitude(reading.sentences[one].text) for one in found.tolist()]
    return found[np.array(held, dtype=np.bool_)]


def confessions(reading: Reading) -> Ints:
    """Numbers of the sentences that deny something or limit it in some part."""
    lacks = np.zeros(reading.size, dtype=np.bool_)
    lacks[reading.part_owner[np.isin(reading.part_status, _LACKS)]] = True
    return np.flatnonzero(lacks & ~_planned(reading))


def asserted_grams(reading: Reading, sentences: Ints, keys: Keys) -> Grams:
    """Keys within what these sentences assert."""
    chosen = np.zeros(reading.size, dtype=np.bool_)
    chosen[sentences] = True
    parts = chosen[reading.part_owner] & (reading.part_status == int(Status.ASSERTED))
    return _grams(reading, reading.part_start[parts], reading.part_end[parts], keys)


def whole_grams(reading: Reading, sentences: Ints, keys: Keys) -> Grams:
    """Keys within these sentences, however meant."""
    return _grams(reading, reading.start[sentences], reading.end[sentences], keys)


def all_keys(letters: Codes) -> Keys:
    """Every character and pair of folded letters, one after the other (for building vocabularies)."""
    known = folded(letters)
    return np.concatenate([known, _paired(known)])


def folded(letters: Codes) -> Keys:
    """Half-width, every digit 0, rare planes 0."""
    known = letters.astype(np.uint32)
    wide = (known >= _WIDE_FIRST) & (known <= _WIDE_LAST)
    known[wide] -= np.uint32(_WIDE)
    known[(known >= _ZERO) & (known <= _NINE)] = _ZERO
    known[known > _LAST] = 0
    return known


def _planned(reading: Reading) -> Bools:
    return np.array([place.source == PLANS for place in reading.places], dtype=np.bool_)


def _paired(letters: Keys) -> Keys:
    return (letters[:-1] << _PAIR) | letters[1:]


def _grams(reading: Reading, start: Ints, end: Ints, keys: Keys) -> Grams:
    """Keys within the stretches [start, end) of the reading's text, each once a sentence."""
    letters = folded(reading.codes)
    if not start.size or letters.size < 2:
        return Grams(np.zeros(0, np.int64), np.zeros(0, np.int64))
    edges = np.zeros(letters.size + 1, dtype=np.int64)
    np.add.at(edges, start, 1)
    np.add.at(edges, end, -1)
    heard = np.cumsum(edges[:-1]) > 0
    owner = np.searchsorted(reading.start, np.flatnonzero(heard), side="right") - 1
    at = np.flatnonzero(heard)
    beside = heard[np.minimum(at + 1, letters.size - 1)] & (at + 1 < letters.size)
    told = np.concatenate([letters[at], _paired(letters)[at[beside]]])
    whose = np.concatenate([owner, owner[beside]])
    row = np.minimum(np.searchsorted(keys, told), keys.size - 1)
    known = keys[row] == told
    every = np.sort(whose[known] * keys.size + row[known])
    once = every[np.diff(every, prepend=-1) > 0]
    return Grams(once % keys.size, once // keys.size)
