"""Which entries of two places (a list and section 三, two lists) speak of the same scenario instance.

They correspond by scenario, and by instance where one scenario occurs more than once; small
differences of wording are none. Entries that no scenario fits correspond by their wording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from reviewer.model.folding import bare
from reviewer.model.review import EntryMatch

SAME = 0.9
"""Likeness from which two instances are one text written twice."""
LIKE = 0.5
"""Likeness from which two instances of one scenario are taken for the same."""
LAST = 0.3
"""The same for the only two that are left over."""
WORDING = 0.6
"""Likeness of the whole entry for entries that no scenario fits."""


class Item(Struct, frozen=True):
    """An entry to be paired. instance and words: letters only."""

    at: str
    scenario: int | None
    instance: str
    words: str


class Links(Struct, frozen=True):
    """at → at of what it corresponds to, both ways; absent where there is nothing."""

    forward: dict[str, str]
    backward: dict[str, str]


def item(at: str, match: EntryMatch) -> Item:
    """The entry as it is compared."""
    words = bare(match.name_written + match.instance) or bare(match.raw)
    return Item(at, match.scenario, bare(match.instance), words)


def links(left: Sequence[Item], right: Sequence[Item]) -> Links:
    """Pair the entries of both sides."""
    made = Links({}, {})
    theirs = _by_scenario(right)
    for scenario, group in _by_scenario(left).items():
        if scenario is not None:
            _link_group(group, theirs.get(scenario, []), made)
    _link_by_wording(left, right, made)
    return made


def duplicates(items: Iterable[Item]) -> list[tuple[Item, Item]]:
    """(earlier, later) where the same scenario and instance stands twice."""
    found, seen = [], dict[tuple[object, str], Item]()
    for entry in items:
        known = entry.scenario is not None
        key = (entry.scenario, entry.instance) if known else (None, entry.words)
        if key in seen:
            found.append((seen[key], entry))
        else:
            seen[key] = entry
    return found


def _by_scenario(items: Iterable[Item]) -> dict[int | None, list[Item]]:
    groups: dict[int | None, list[Item]] = defaultdict(list)
    for entry in items:
        groups[entry.scenario].append(entry)
    return groups


def likeness(one: str, other: str) -> float:
    """0–1; one text within the other counts as nearly the same."""
    if min(len(one), len(other)) >= 4 and (one in other or other in one):
        return max(SAME, fuzz.ratio(one, other) / 100)
    return fuzz.ratio(one, other) / 100


def _link_group(left: list[Item], right: list[Item], made: Links) -> None:
    """Entries of one scenario: best pairs first, then repetitions of what is paired."""
    ranked = sorted(
        (
            (likeness(a.instance, b.instance), i, j)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    for score, i, j in ranked:
        a, b = left[i], right[j]
        if a.at in made.forward or b.at in made.backward:
            continue
        if score >= _enough(left, right, made):
            made.forward[a.at], made.backward[b.at] = b.at, a.at
    _link_rest(left, right, made.forward)
    _link_rest(right, left, made.backward)


def _enough(left: list[Item], right: list[Item], made: Links) -> float:
    """One of the scenario on a side corresponds whatever its wording; of many, by likeness."""
    if len(left) == 1 or len(right) == 1:
        return 0.0
    free_left = sum(a.at not in made.forward for a in left)
    free_right = sum(b.at not in made.backward for b in right)
    return LAST if free_left == free_right == 1 else LIKE


def _link_rest(items: list[Item], others: list[Item], links: dict[str, str]) -> None:
    """What is left over may repeat something, or lack the instance that would tell it apart."""
    for entry in items:
        if entry.at in links or not others:
            continue
        twin = next((i for i in items if i.at in links and _same(entry, i)), None)
        best = max(others, key=lambda other: likeness(entry.instance, other.instance))
        if twin is not None:
            links[entry.at] = links[twin.at]
        elif not entry.instance or _same(entry, best):
            links[entry.at] = best.at


def _same(one: Item, other: Item) -> bool:
    return likeness(one.instance, other.instance) >= SAME


def _link_by_wording(left: Sequence[Item], right: Sequence[Item], made: Links) -> None:
    """Entries without scenario, against each other and against what has no partner yet."""
    pairs = [
        (likeness(a.words, b.words), a, b)
        for a in left
        for b in right
        if (a.scenario is None or b.scenario is None)
    ]
    for score, a, b in sorted(pairs, key=lambda pair: -pair[0]):
        both = a.scenario is None and b.scenario is None
        if score >= (WORDING if both else 0.8) and not (
            a.at in made.forward and b.at in made.backward
        ):
            made.forward.setdefault(a.at, b.at)
            made.backward.setdefault(b.at, a.at)
