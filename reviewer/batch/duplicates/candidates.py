"""Which pairs of documents share many fingerprints: an inverted join in bounded memory.

Fingerprints are sorted shard by shard; a run of one fingerprint over several documents gives the
pairs that share it. Pairs are first counted in a table of hashed counters, then only those whose
counter reached the least number are counted exactly, so that the many pairs which share one turn
of phrase cost no memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.batch.duplicates.prints import Array
from reviewer.batch.duplicates.shelf import DOC_BITS, Shelf

_SHARD = 8_000_000
_PAIRS_AT_ONCE = 4_000_000
_MOST_PAIRS = 600_000_000
_RING = 8
_COUNTERS = (20, 26)

Numbers = NDArray[np.int64]


class Settings(Struct, frozen=True):
    """least: fingerprints that a candidate pair shares at least.

    common: a fingerprint in more documents than this, and than ``common_share`` of all, is a
    common phrase and counts nothing.
    """

    least: int = 12
    common: int = 50
    common_share: float = 0.01


class Counted(Struct, frozen=True):
    """Documents (numbered over all shelves, first < second) and the fingerprints they share."""

    first: int
    second: int
    shared: int


def candidates(
    shelves: Sequence[Shelf], settings: Settings | None = None, *, fresh: int | None = None
) -> list[Counted]:
    """Pairs that share at least ``settings.least`` fingerprints, most first.

    fresh: how many documents, from the first on, are the batch's own; pairs of two others are left
    out. None: all are.
    """
    settings = settings or Settings()
    total = sum(map(len, shelves))
    fresh = total if fresh is None else fresh
    common = max(settings.common, int(total * settings.common_share))
    runs = list(_runs(shelves, common, fresh))
    most = _most(runs)
    weight = sum(_pairs(size, most) * len(docs) for size, docs in runs)
    bits = min(max(int(weight).bit_length() + 1, _COUNTERS[0]), _COUNTERS[1])
    counters = np.zeros(1 << bits, np.uint16)
    for keys in _keys(runs, most, total, fresh):
        _raise(counters, keys, bits)
    kept = [
        _likely(counters, keys, bits, settings.least) for keys in _keys(runs, most, total, fresh)
    ]
    return _exact(kept, total, settings.least)


def _runs(shelves: Sequence[Shelf], common: int, fresh: int) -> Iterator[tuple[int, Numbers]]:
    """(size, documents): a row a fingerprint that ``size`` documents share, sorted."""
    shards = max(1, 1 << (sum(shelf.prints for shelf in shelves) // _SHARD).bit_length())
    for shard in range(shards):
        packed = _sorted(shelves, shard, shards)
        hashes = packed >> np.uint64(DOC_BITS)
        starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
        sizes = np.diff(np.append(starts, len(hashes)))
        docs = (packed & np.uint64((1 << DOC_BITS) - 1)).astype(np.int64)
        for size in np.unique(sizes[(sizes >= 2) & (sizes <= common)]).tolist():
            rows = docs[starts[sizes == size][:, None] + np.arange(size)]
            rows = rows[rows[:, 0] < fresh]  # sorted: the batch's own come first
            if len(rows):
                yield size, rows


def _sorted(shelves: Sequence[Shelf], shard: int, shards: int) -> Array:
    """The packed fingerprints of one shard of all shelves, documents numbered on, sorted."""
    found, offset = [np.zeros(0, np.uint64)], 0
    # By low bits of the hash: fingerprints are the least of many, their high bits nearly all zero.
    mask, own = np.uint64((shards - 1) << DOC_BITS), np.uint64(shard << DOC_BITS)
    for shelf in shelves:
        shift = np.uint64(offset)
        found += [chunk[(chunk & mask) == own] + shift for chunk in shelf.chunks()]
        offset += len(shelf)
    packed = np.concatenate(found)
    packed.sort()
    return packed


def _pairs(size: int, most: int) -> int:
    return size * (size - 1) // 2 if size <= most else size * _RING


def _most(runs: Sequence[tuple[int, Numbers]]) -> int:
    """Largest run of which every pair is taken; of larger ones each with its neighbours only."""
    budget, most = _MOST_PAIRS, 2 * _RING
    for size in sorted({size for size, _ in runs}):
        budget -= sum(len(docs) for own, docs in runs if own == size) * _pairs(size, size)
        if budget < 0:
            break
        most = max(most, size)
    return most


def _keys(
    runs: Sequence[tuple[int, Numbers]], most: int, total: int, fresh: int
) -> Iterator[Array]:
    """The pairs of all runs as keys ``first * total + second``, some millions at once."""
    for size, docs in runs:
        left, right = _positions(size, most)
        step = max(1, _PAIRS_AT_ONCE // len(left))
        for at in range(0, len(docs), step):
            part = docs[at : at + step]
            one, other = part[:, left].ravel(), part[:, right].ravel()
            first = np.minimum(one, other)
            keys = first * total + np.maximum(one, other)
            yield keys[first < fresh].astype(np.uint64)


def _positions(size: int, most: int) -> tuple[Numbers, Numbers]:
    if size <= most:
        left, right = np.triu_indices(size, 1)
        return left.astype(np.int64), right.astype(np.int64)
    left = np.repeat(np.arange(size), _RING)
    return left, (left + np.tile(np.arange(1, _RING + 1), size)) % size


def _slots(keys: Array, bits: int) -> Array:
    return (keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits)


def _raise(counters: NDArray[np.uint16], keys: Array, bits: int) -> None:
    slots, counts = np.unique(_slots(keys, bits), return_counts=True)
    room = np.iinfo(np.uint16).max - counters[slots].astype(np.int64)
    counters[slots] += np.minimum(counts, room).astype(np.uint16)


def _likely(counters: NDArray[np.uint16], keys: Array, bits: int, least: int) -> Array:
    return keys[counters[_slots(keys, bits)] >= least]


def _exact(kept: list[Array], total: int, least: int) -> list[Counted]:
    if not kept:
        return []
    keys, counts = np.unique(np.concatenate(kept), return_counts=True)
    enough = counts >= least
    found = [
        Counted(key // total, key % total, count)
        for key, count in zip(keys[enough].tolist(), counts[enough].tolist(), strict=True)
        if key // total != key % total
    ]
    return sorted(found, key=lambda pair: (-pair.shared, pair.first, pair.second))
