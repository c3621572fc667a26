"""Near-duplicates over whole shelves: candidates by fingerprints, verified letter by letter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from reviewer.batch.duplicates.candidates import Counted, Settings, candidates
from reviewer.batch.duplicates.clusters import connected
from reviewer.batch.duplicates.compare import Passage, Prepared, compare, prepare
from reviewer.batch.duplicates.shelf import Entry, Shelf
from reviewer.batch.duplicates.stop import Official

_KEPT = 200
"""Documents of some 800 kB each: enough for all clients of one consultant."""
_MOST_OF_ONE = 20
_CROWDED = 40


class Threshold(Struct, frozen=True):
    """A pair is reported with ``letters`` shared and ``share`` of the shorter, or with ``many``."""

    letters: int = 250
    share: float = 0.1
    many: int = 600


class Pair(Struct, frozen=True):
    """Two documents that share text. archived: ``second`` is of an earlier batch.

    shared: letters. share: 0–1 of the shorter one's own letters. same: one 信用代码 or one name.
    """

    first: Entry
    second: Entry
    shared: int
    share: float
    passages: tuple[Passage, ...]
    archived: bool = False
    same: bool = False


def search(
    shelves: Sequence[Shelf],
    official: Official,
    *,
    settings: Settings | None = None,
    threshold: Threshold | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Pair]:
    """The pairs of the first shelf's documents with each other and with those of the others.

    Sorted by letters shared. In a crowd of documents that all share text only each one's strongest
    pairs are compared; the crowd is one cluster all the same.
    """
    threshold = threshold or Threshold()
    counted = candidates(shelves, settings, fresh=len(shelves[0]))
    chosen = _chosen(counted)
    library = _Library(shelves, official)
    pairs: list[Pair] = []
    for done, pair in enumerate(_grouped(chosen), 1):
        found = _verified(pair, library, threshold)
        if found is not None:
            pairs.append(found)
        if progress is not None:
            progress(done, len(chosen))
    return sorted(pairs, key=lambda p: (-p.shared, p.first.key, p.second.key))


def _chosen(counted: list[Counted]) -> list[Counted]:
    """All pairs, but in crowds each document's strongest ones only."""
    links = [(pair.first, pair.second) for pair in counted]
    crowds = {doc for group in connected(links) if len(group) > _CROWDED for doc in group}
    taken: dict[int, int] = {}
    chosen = []
    for pair in counted:  # strongest first
        ends = (pair.first, pair.second)
        if pair.first in crowds and all(taken.get(doc, 0) >= _MOST_OF_ONE for doc in ends):
            continue
        for doc in ends:
            taken[doc] = taken.get(doc, 0) + 1
        chosen.append(pair)
    return chosen


def _grouped(chosen: Sequence[Counted]) -> Iterator[Counted]:
    """Pairs of documents that hang together, one after the other: few need be kept prepared."""
    groups = connected((pair.first, pair.second) for pair in chosen)
    group_of = {doc: number for number, group in enumerate(groups) for doc in group}
    yield from sorted(chosen, key=lambda p: (group_of[p.first], p.first, p.second))


def _verified(pair: Counted, library: _Library, threshold: Threshold) -> Pair | None:
    one, other = library.get(pair.first), library.get(pair.second)
    found = compare(one, other)
    enough = found.shared >= threshold.letters and found.share >= threshold.share
    if not enough and found.shared < threshold.many:
        return None
    first, second = library.entry(pair.first), library.entry(pair.second)
    return Pair(
        first,
        second,
        found.shared,
        round(found.share, 4),
        found.passages,
        archived=pair.second >= library.fresh,
        same=_same(first, second),
    )


def _same(one: Entry, other: Entry) -> bool:
    return bool(
        (one.uscc and one.uscc == other.uscc)
        or (one.enterprise and one.enterprise == other.enterprise)
    )


class _Library:
    """Documents by their number over all shelves; the last ones used stay prepared."""

    def __init__(self, shelves: Sequence[Shelf], official: Official) -> None:
        self._shelves, self._official = shelves, official
        self._kept: OrderedDict[int, Prepared] = OrderedDict()
        self.fresh = len(shelves[0])

    def entry(self, number: int) -> Entry:
        """The index entry."""
        shelf, local = self._local(number)
        return shelf.entries[local]

    def get(self, number: int) -> Prepared:
        """The document, prepared."""
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        shelf, local = self._local(number)
        ready = self._kept[number] = prepare(shelf.source(local), self._official)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return ready

    def _local(self, number: int) -> tuple[Shelf, int]:
        for shelf in self._shelves:
            if number < len(shelf):
                return shelf, number
            number -= len(shelf)
        raise IndexError(number)
