"""What the clause weights learn from: labelled passages and whole declarations, read as the program
reads them, as sparse rows over characters and pairs (``reviewer.scoring.grams``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from msgspec import Struct
from numpy.typing import NDArray

from models.evidence_data import EXAMPLES, YEAR, Example, passages_read
from models.samples import declaration, matches, sample
from reviewer.model.index import sentences
from reviewer.policy.schema import Policy
from reviewer.scoring.grams import (
    Grams,
    Keys,
    all_keys,
    asserted_grams,
    confessions,
    proofs,
    whole_grams,
)
from reviewer.scoring.learned import Floats, pairs
from reviewer.scoring.lexicon import lexicon
from reviewer.scoring.parrot import parrot
from reviewer.scoring.places import mapped
from reviewer.scoring.reading import Reading, read
from reviewer.scoring.trie import Ints, codes

_QUOTE = re.compile(r"“([^”]+)”")
_SHORTEST = 5
LEAST = 4
"""A key is kept when so many sentences hold it."""


class Whole(Struct, frozen=True):
    """A declaration with known answers. answers: status by clause id. quoted: by clause id, the
    numbers of the sentences that the reason for the answer quotes."""

    name: str
    reading: Reading
    answers: dict[str, str]
    quoted: dict[str, frozenset[int]]


class Read(Struct, frozen=True):
    """Passages in one reading; owner (N,): the passage of each sentence."""

    rows: tuple[Example, ...]
    reading: Reading
    owner: Ints


class Rows(Struct, frozen=True):
    """The same texts for one purpose. passages: sparse (P, V) of unit rows, zero rows where a
    passage has nothing to say. wholes: one such matrix (M, V) a declaration; numbers: the
    sentences that its first rows are."""

    passages: sp.csr_matrix
    wholes: tuple[sp.csr_matrix, ...]
    numbers: tuple[Ints, ...]


class Texts(Struct, frozen=True):
    """All material over one vocabulary."""

    keys: Keys
    rarity: Floats
    shown: Rows
    lacked: Rows


def wholes(paths: Iterable[Path], policy: Policy) -> list[Whole]:
    """The declarations at these paths."""
    found = []
    for path in paths:
        data = sample(path)
        built = declaration(data)
        places = mapped(built, matches(data, built), policy)
        reading = read(sentences(built), places, lexicon(policy), parrot(policy), YEAR)
        gold = data["gold"]
        quoted = quotes(reading, gold.get("notes") or {})
        found.append(Whole(path.stem, reading, gold["coverage"], quoted))
    return found


def quotes(reading: Reading, notes: dict[str, str]) -> dict[str, frozenset[int]]:
    """Numbers of the sentences that the notes quote, by clause id."""
    found: dict[str, frozenset[int]] = {}
    for clause, note in notes.items():
        pieces = [
            piece
            for quote in _QUOTE.findall(note)
            for piece in quote.split("……")
            if len(piece) >= _SHORTEST
        ]
        found[clause] = frozenset(
            number
            for number, sentence in enumerate(reading.sentences)
            if any(piece in sentence.text for piece in pieces)
        )
    return found


def probes() -> list[Example]:
    """The probes of ``evidence_probe`` as passages without facets."""
    verdicts = {"met": "evidence", "partial": "partial", "unmet": "none"}
    found = []
    for path in sorted((EXAMPLES / "probes").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append(Example(row["clause"], row["text"], verdicts[row["status"]], hand="probe"))
    return found


def passages(rows: Sequence[Example], policy: Policy) -> Read:
    """The passages in one reading."""
    reading, owner = passages_read(rows, policy)
    return Read(tuple(rows), reading, np.array(owner, dtype=np.int64))


def texts(read_: Read, known: Sequence[Whole]) -> Texts:
    """Vocabulary and rows of all material."""
    readings = [read_.reading, *(one.reading for one in known)]
    keys = vocabulary(readings)
    counted = sum(
        np.bincount(_all(one, keys).row, minlength=keys.size).astype(np.float64) for one in readings
    )
    total = sum(one.size for one in readings)
    rarity = (np.log((1 + total) / (1 + counted)) + 1).astype(np.float32)
    return Texts(
        keys,
        rarity,
        Rows(
            _passages(read_, keys, rarity, True),
            tuple(_shown(one.reading, keys, rarity) for one in known),
            tuple(proofs(one.reading) for one in known),
        ),
        Rows(
            _passages(read_, keys, rarity, False),
            tuple(_lacked(one.reading, keys, rarity) for one in known),
            tuple(confessions(one.reading) for one in known),
        ),
    )


def vocabulary(readings: Sequence[Reading]) -> Keys:
    """Keys that stand in ``LEAST`` sentences at least, ascending."""
    found = [
        np.unique(all_keys(codes(sentence.text.lower())))
        for one in readings
        for sentence in one.sentences
        if len(sentence.text) > 1
    ]
    keys, often = np.unique(np.concatenate(found), return_counts=True)
    return np.asarray(keys[often >= LEAST])


def _all(reading: Reading, keys: Keys) -> Grams:
    return whole_grams(reading, np.arange(reading.size), keys)


def _shown(reading: Reading, keys: Keys, rarity: Floats) -> sp.csr_matrix:
    """Sentences that may show something, then their pairs."""
    numbers = proofs(reading)
    rows = _sparse(asserted_grams(reading, numbers, keys), reading.size, rarity)
    square = squares(rows)
    first, second = pairs(reading, numbers)
    return unit(
        sp.vstack([rows[numbers], rows[first] + rows[second]]),
        np.concatenate([square[numbers], square[first] + square[second]]),
    )


def _lacked(reading: Reading, keys: Keys, rarity: Floats) -> sp.csr_matrix:
    numbers = confessions(reading)
    rows = _sparse(whole_grams(reading, numbers, keys), reading.size, rarity)[numbers]
    return unit(rows, squares(rows))


def _passages(read_: Read, keys: Keys, rarity: Floats, show: bool) -> sp.csr_matrix:
    """A row a passage: the sum of its sentences that may speak."""
    reading = read_.reading
    numbers = proofs(reading) if show else confessions(reading)
    grams = (asserted_grams if show else whole_grams)(reading, numbers, keys)
    rows = _sparse(grams, reading.size, rarity)
    shape = (len(read_.rows), reading.size)
    joined = sp.csr_matrix(
        (np.ones(reading.size), (read_.owner, np.arange(reading.size))), shape=shape
    )
    return unit(joined @ rows, joined @ squares(rows))


def _sparse(found: Grams, size: int, rarity: Floats) -> sp.csr_matrix:
    values = rarity[found.row].astype(np.float64)
    return sp.csr_matrix((values, (found.sentence, found.row)), shape=(size, rarity.size))


def squares(rows: sp.csr_matrix) -> NDArray[np.float64]:
    """(N,) squared lengths."""
    return np.asarray(rows.multiply(rows).sum(axis=1)).ravel()


def unit(rows: sp.csr_matrix, square: NDArray[np.float64]) -> sp.csr_matrix:
    """The rows over their lengths, as ``learned.scores`` takes them: of several sentences, as if
    they shared nothing. Zero rows stay."""
    return sp.csr_matrix(sp.diags(1 / np.sqrt(np.maximum(square, 1e-9))) @ rows)


def has(rows: sp.csr_matrix) -> NDArray[np.bool_]:
    """(N,) rows that are not zero."""
    return np.asarray(np.diff(rows.indptr) > 0)
