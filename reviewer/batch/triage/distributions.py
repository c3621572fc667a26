"""Distributions over a batch: scores, scenarios by industry, failed rules, AI share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from reviewer.batch.ranking import title
from reviewer.batch.triage.sight import Sight

_STEP = 10
_MOST_RULES = 15
_NO_INDUSTRY = "未填"


class Series(Struct, frozen=True):
    """A chart: labels along one axis, a number each."""

    name: str
    labels: tuple[str, ...]
    values: tuple[int, ...]


class Grid(Struct, frozen=True):
    """A table of counts: rows by columns."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def scores(sight: Sight) -> list[Series]:
    """Coverage of the tier applied for, one series a tier that has declarations."""
    found = []
    for tier in sight.batch.policy.tiers:
        values = [
            r.digest.score for r in sight.ordered if r.digest.scores and r.digest.tier == tier.id
        ]
        if values:
            found.append(_histogram(f"{tier.name}要素条件得分", values))
    return found


def ai_share(sight: Sight) -> Series:
    """AI entries in percent of the entries listed."""
    shares = [r.digest.ai_share for r in sight.ordered]
    return _histogram("应用人工智能技术场景比例（%）", [s for s in shares if s is not None])


def _histogram(name: str, values: Iterable[float]) -> Series:
    counts: Counter[int] = Counter(
        min(int(max(value, 0.0) // _STEP), 100 // _STEP - 1) for value in values
    )
    places = range(100 // _STEP)
    labels = tuple(f"{at * _STEP}–{at * _STEP + _STEP}" for at in places)
    return Series(name, labels, tuple(counts[at] for at in places))


def failed_rules(sight: Sight) -> Series:
    """In how many declarations each rule fires, the most frequent ones."""
    counts: Counter[str] = Counter()
    for record in sight.ordered:
        counts.update(set(record.digest.rules))
        counts.update({finding.rule for finding in sight.findings.get(record.key, ())})
    top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_RULES]
    return Series(
        "最常见的问题（涉及份数）", tuple(title(slug) for slug, _ in top), tuple(n for _, n in top)
    )


def scenarios(sight: Sight) -> Grid:
    """How many declarations of each industry list each of the scenarios."""
    policy = sight.batch.policy
    known = next((s.options for s in policy.template.fields if s.key == "所属行业"), ())
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for record in sight.ordered:
        industry = record.digest.fields.get("所属行业", "")
        numbers = {entry.number for entry in record.digest.main if entry.number}
        counts[industry if industry in known else _NO_INDUSTRY].update(numbers)
    columns = tuple(c for c in (*known, _NO_INDUSTRY) if c in known or counts[c])
    rows = tuple(f"{s.number} {s.name}" for s in policy.scenarios)
    table = tuple(tuple(counts[c][s.number] for c in columns) for s in policy.scenarios)
    return Grid("各行业列入的场景（份数）", rows, columns, table)
