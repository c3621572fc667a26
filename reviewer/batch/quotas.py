"""Recommendations per region and tier against the quotas of Annex 2; deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from reviewer.batch.exceptions import Exceptions
from reviewer.batch.records import Record
from reviewer.policy.schema import Policy


class Usage(Struct, frozen=True):
    """A region's use of a tier's quota. quota: None where Annex 2 gives the region none.

    exempt: how many use no quota. over: keys of those ranked behind the quota.
    """

    region: str
    tier: str
    count: int
    quota: int | None
    exempt: int = 0
    over: tuple[str, ...] = ()


class Term(Struct, frozen=True):
    """A deadline and the days left to it on the batch's day (negative: it has passed)."""

    route: str
    tier: str
    date: str
    days: int
    by: str
    basis: str


def usage(ordered: Sequence[Record], policy: Policy, marks: Exceptions) -> list[Usage]:
    """Per region and tier with a quota, regions in the order of Annex 2. ordered: best first."""
    quotas = {quota.region: quota.counts for quota in policy.quotas}
    tiers = [tier.id for tier in policy.tiers if any(tier.id in c for c in quotas.values())]
    using: dict[tuple[str, str], list[str]] = defaultdict(list)
    exempt: dict[tuple[str, str], int] = defaultdict(int)
    for record in ordered:
        place = (record.digest.region, record.digest.tier)
        if record.digest.tier not in tiers:
            continue
        if marks.reason(record.digest):
            exempt[place] += 1
        else:
            using[place].append(record.key)
    found = []
    for region in [*quotas, ""]:
        for tier in tiers:
            keys = using[region, tier]
            quota = quotas.get(region, {}).get(tier)
            over = tuple(keys[quota:]) if quota is not None else ()
            found.append(Usage(region, tier, len(keys), quota, exempt[region, tier], over))
    return [item for item in found if item.region or item.count]


def terms(policy: Policy, day: str) -> list[Term]:
    """The notice's deadlines, earliest first."""
    today = date.fromisoformat(day)
    found = [
        Term(d.route, d.tier, d.date, (date.fromisoformat(d.date) - today).days, d.by, d.basis)
        for d in policy.deadlines
    ]
    return sorted(found, key=lambda term: (term.date, term.route))
