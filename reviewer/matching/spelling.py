"""Close spelling: a name with typos, swapped, dropped or added characters.

What an edit costs follows from how likely it is a slip: a character of the same sound or a like
shape costs little, any other exchange a whole unit. Names of like length and meaning are kept
apart by the limit (a fifth of the name) and by the margin to the second best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct
from rapidfuzz.distance import OSA

from reviewer.matching.alike import Alike, tables

LIMIT = 0.2
MARGIN = 0.3
_LONGEST = 24
_SHORTEST = 4
_FAR = 2
_FILLERS = frozenset("的与和及之化")
_COST = {"同音": 0.3, "形近": 0.35, "近音": 0.4, "": 1.0}
_SWAP, _DROP, _ADD, _FILL, _MOVE = 0.5, 0.8, 0.8, 0.2, 0.6


class Slip(Struct, frozen=True):
    """One slip. kind: 同音, 近音, 形近, 别字, 漏字, 多字, 颠倒; written, meant: the characters."""

    kind: str
    written: str
    meant: str


class Near(Struct, frozen=True):
    """A name near to what was written. cost: of all slips, in exchanged characters."""

    scenario: int
    name: str
    cost: float
    slips: tuple[Slip, ...]

    @property
    def plain(self) -> bool:
        """Slips of sound, shape or order only: nothing that could be meant otherwise."""
        return all(slip.kind in _PLAIN for slip in self.slips)


_PLAIN = frozenset(("同音", "近音", "形近", "颠倒"))


class Spelling:
    """Finds names by near spelling. names: folded name → scenario number."""

    def __init__(self, names: Mapping[str, int]) -> None:
        self._names = names
        self._spoken: list[tuple[str, str, int]] = []
        self._bags: dict[str, list[str]] = {}
        for name in names:
            self._bags.setdefault("".join(sorted(name)), []).append(name)

    def nearest(self, name: str) -> Near | None:
        """The one name that ``name`` (folded) is a slip of, or None where none is clearly meant."""
        if not _SHORTEST <= len(name) <= _LONGEST:
            return None
        found: dict[int, Near] = {}
        for other in self._likely(name):
            near = self._compare(name, other)
            known = found.get(near.scenario)
            if known is None or near.cost < known.cost:
                found[near.scenario] = near
        ranked = sorted(found.values(), key=lambda near: (near.cost, near.scenario))
        if not ranked or ranked[0].cost > LIMIT * len(ranked[0].name):
            return None
        apart = len(ranked) < 2 or ranked[1].cost - ranked[0].cost >= MARGIN
        return ranked[0] if apart else None

    def _likely(self, name: str) -> list[str]:
        """Names worth a closer look: near by sound, or of the same characters.

        Equal characters sound equal, so what is near by characters is near by sound.
        """
        alike = tables()
        if not self._spoken:
            self._spoken = [(other, alike.spoken(other), len(other)) for other in self._names]
        sound, size = alike.spoken(name), len(name)
        near = [
            other
            for other, spoken, length in self._spoken
            if -_FAR <= size - length <= _FAR
            and OSA.distance(sound, spoken, score_cutoff=_FAR) <= _FAR
        ]
        same = self._bags.get("".join(sorted(name)), [])
        return [*near, *(other for other in same if other not in near)]

    def _compare(self, name: str, other: str) -> Near:
        slips = slips_between(name, other, tables())
        cost = sum(map(_cost, slips))
        if cost > _MOVE and Counter(name) == Counter(other):
            slips, cost = (Slip("颠倒", name, other),), _MOVE
        return Near(self._names[other], other, round(cost, 2), slips)


def _cost(slip: Slip) -> float:
    if slip.kind == "颠倒":
        return _SWAP
    if slip.kind in ("漏字", "多字"):
        char = slip.meant or slip.written
        return _FILL if char in _FILLERS else _DROP
    return _COST.get(slip.kind, 1.0)


def slips_between(written: str, meant: str, alike: Alike) -> tuple[Slip, ...]:
    """The cheapest slips that turn ``meant`` into ``written``, in order."""
    rows, columns = len(written) + 1, len(meant) + 1
    best = [[0.0] * columns for _ in range(rows)]
    step: list[list[tuple[int, int, Slip | None]]] = [[(0, 0, None)] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            if i or j:
                best[i][j], step[i][j] = _cheapest(written, meant, i, j, best, alike)
    return _walk_back(step, rows - 1, columns - 1)


def _cheapest(
    written: str, meant: str, i: int, j: int, best: list[list[float]], alike: Alike
) -> tuple[float, tuple[int, int, Slip | None]]:
    """The best last step that ends at (i, j)."""
    ways: list[tuple[float, tuple[int, int, Slip | None]]] = []
    if i and j:
        a, b = written[i - 1], meant[j - 1]
        slip = None if a == b else Slip(alike.kind(a, b) or "别字", a, b)
        ways.append((best[i - 1][j - 1] + (_cost(slip) if slip else 0.0), (1, 1, slip)))
    if i:
        slip = Slip("多字", written[i - 1], "")
        ways.append((best[i - 1][j] + _cost(slip), (1, 0, slip)))
    if j:
        slip = Slip("漏字", "", meant[j - 1])
        ways.append((best[i][j - 1] + _cost(slip), (0, 1, slip)))
    pair, turned = written[max(0, i - 2) : i], meant[max(0, j - 2) : j][::-1]
    if len(pair) == 2 and pair == turned and pair[0] != pair[1]:
        slip = Slip("颠倒", pair, turned[::-1])
        ways.append((best[i - 2][j - 2] + _SWAP, (2, 2, slip)))
    return min(ways, key=lambda way: way[0])


def _walk_back(step: list[list[tuple[int, int, Slip | None]]], i: int, j: int) -> tuple[Slip, ...]:
    slips: list[Slip] = []
    while i or j:
        back, across, slip = step[i][j]
        if slip is not None:
            slips.append(slip)
        i, j = i - back, j - across
    return tuple(reversed(slips))
