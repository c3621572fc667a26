"""Which finding is which, over drafts: by rule and what it quotes, not by where it stands.

A finding's id (``finding_id``) is the same while rule, subject and quote are. Lists are renumbered
and sentences move or are polished, so findings that no id pairs are assigned by likeness:
fields, sections, KPIs, clauses and proofs are named by their subject; entries and scenario blocks
only by their words, since their numbers are mere positions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from reviewer.model.review import Finding

_POSITIONAL = ("list:", "body:")
_NUMBER = re.compile(r"^[\s（(]*\d+(?:\.\d+)*[)）.、．\s]*")
_ENOUGH = 0.6
# What a pair under one lasting name scores before its words are compared.
_NAMED = 0.6
_SAME_PLACE = 0.05


class Trace(Struct, frozen=True):
    """What a finding is known by. id may be "" (a waiver written by hand)."""

    rule: str
    subject: str
    quote: str
    id: str = ""


def trace(finding: Finding) -> Trace:
    """The trace of a finding."""
    return Trace(finding.rule, finding.subject, finding.location.quote, finding.id)


def pairs(old: Sequence[Trace], new: Sequence[Trace]) -> dict[int, int]:
    """Index in ``old`` → index in ``new`` of the same finding; each is used once."""
    found = _by_id(old, new)
    taken = set(found.values())
    by_rule: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(new):
        if at not in taken:
            by_rule[item.rule].append(at)
    scored = [
        (score, -at, -to)
        for at, item in enumerate(old)
        if at not in found
        for to in by_rule.get(item.rule, ())
        if (score := likeness(item, new[to])) >= _ENOUGH
    ]
    for _, at, to in sorted(scored, reverse=True):
        if -at not in found and -to not in taken:
            found[-at] = -to
            taken.add(-to)
    return found


def likeness(one: Trace, two: Trace) -> float:
    """0–1.05: how surely two traces of one rule are the same finding."""
    place = _SAME_PLACE * (one.subject == two.subject)
    words = alike(one.quote, two.quote)
    if one.subject.startswith(_POSITIONAL):
        if _kind(one.subject) != _kind(two.subject):
            return 0.0
        if not (one.quote or two.quote):
            return 1.0 * (one.subject == two.subject)
        return words + place
    return _NAMED + (1 - _NAMED) * words if place else 0.0


def _by_id(old: Sequence[Trace], new: Sequence[Trace]) -> dict[int, int]:
    ids: dict[str, list[int]] = defaultdict(list)
    for at, item in reversed(list(enumerate(new))):
        if item.id:
            ids[item.id].append(at)
    return dict(_taken(old, ids))


def _taken(old: Sequence[Trace], ids: dict[str, list[int]]) -> Iterator[tuple[int, int]]:
    for at, item in enumerate(old):
        if item.id and ids.get(item.id):
            yield at, ids[item.id].pop()


def alike(one: str, two: str) -> float:
    """0–1: likeness of two quotes over the words without leading numbers and white space."""
    left, right = ("".join(_NUMBER.sub("", text).split()) for text in (one, two))
    return fuzz.ratio(left, right) / 100 if left and right else float(left == right)


def _kind(subject: str) -> str:
    """ "list:main:3" → "list:main", "body:3.3.2/tech" → "body/tech"."""
    if subject.startswith("list:"):
        return subject.rpartition(":")[0]
    return f"body/{subject.partition('/')[2]}"
