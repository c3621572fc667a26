"""Checks of tiers, clauses, requirements and their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.policy.checks.fault import Fault, Path, twice
from reviewer.policy.schema import Clause, Facet, Policy, Requirement, Tier


def tiers(policy: Policy) -> Iterator[Fault]:
    """Gates refer to dimensions and levels that exist; shares lie within 0–100."""
    dimensions = {dimension.name for dimension in policy.dimensions}
    levels = {band.level for band in policy.maturity}
    for index, tier in enumerate(policy.tiers):
        for at, name in enumerate(tier.required):
            if name not in dimensions:
                yield Fault(("tiers", index, "required", at), f"没有方面“{name}”")
        if tier.maturity not in levels:
            yield Fault(("tiers", index, "maturity"), f"没有成熟度等级“{tier.maturity}”")
        if tier.ai_share is not None and not 0 <= tier.ai_share <= 100:
            yield Fault(("tiers", index, "ai_share"), "人工智能场景比例应在 0 到 100 之间")


def clauses(policy: Policy) -> Iterator[Fault]:
    """Clause ids are <tier>.<dimension>.<letter>, without a gap in the letters."""
    numbers = {dimension.number for dimension in policy.dimensions}
    for index, tier in enumerate(policy.tiers):
        for at, clause in enumerate(tier.clauses):
            path = ("tiers", index, "clauses", at)
            if clause.dimension not in numbers:
                yield Fault((*path, "dimension"), f"没有序号为“{clause.dimension}”的方面")
            elif clause.id != (wanted := _wanted_id(tier, at)):
                yield Fault((*path, "id"), f"要素条件编号“{clause.id}”应为“{wanted}”")
            yield from _facets(path, clause.facets, clause.need)


def _wanted_id(tier: Tier, at: int) -> str:
    """The id of a clause by its place: the letter counts the clauses of its dimension."""
    clause = tier.clauses[at]
    before = sum(one.dimension == clause.dimension for one in tier.clauses[:at])
    return f"{tier.id}.{clause.dimension}.{chr(ord('a') + before)}"


def requirements(policy: Policy) -> Iterator[Fault]:
    """Basic requirements are base.<n>, outcome requirements outcome.<tier>.<n>."""
    for at, basic in enumerate(policy.basics):
        if basic.id != f"base.{at + 1}":
            yield Fault(("basics", at, "id"), f"基础要求编号“{basic.id}”应为“base.{at + 1}”")
        yield from _facets(("basics", at), basic.facets, basic.need)
    for index, tier in enumerate(policy.tiers):
        for at, outcome in enumerate(tier.outcomes):
            path, wanted = ("tiers", index, "outcomes", at), f"outcome.{tier.id}.{at + 1}"
            if outcome.id != wanted:
                yield Fault((*path, "id"), f"建设成效编号“{outcome.id}”应为“{wanted}”")
            yield from _facets(path, outcome.facets, outcome.need)


def _facets(path: Path, facets: tuple[Facet, ...], need: int) -> Iterator[Fault]:
    yield from twice((*path, "facets"), "要点", (facet.name for facet in facets))
    if not 0 <= need <= len(facets):
        yield Fault((*path, "need"), f"要点只有 {len(facets)} 个，need 不能是 {need}")


def evidence(policy: Policy) -> Iterator[Fault]:
    """The scenarios that evidence a clause or a facet exist."""
    numbers = {scenario.number for scenario in policy.scenarios}
    for path, clause in _all_clauses(policy):
        owners: Iterable[tuple[Path, tuple[int, ...]]] = (
            (path, clause.scenarios),
            *(((*path, "facets", n), one.scenarios) for n, one in enumerate(clause.facets)),
        )
        for owner, listed in owners:
            for at, number in enumerate(listed):
                if number not in numbers:
                    yield Fault((*owner, "scenarios", at), f"没有编号为“{number}”的场景")


def _all_clauses(policy: Policy) -> Iterator[tuple[Path, Clause]]:
    for index, tier in enumerate(policy.tiers):
        for at, clause in enumerate(tier.clauses):
            yield ("tiers", index, "clauses", at), clause


def patterns(policy: Policy) -> Iterator[Fault]:
    """Evidence patterns belong to clauses and facets that exist, once each."""
    facets = {clause.id: {one.name for one in clause.facets} for clause in _asked(policy)}
    words = (group.name for group in policy.evidence_words)
    yield from twice(("evidence_words",), "词组", words)
    yield from twice(
        ("evidence_synonyms",), "同义词", (one.word for one in policy.evidence_synonyms)
    )
    yield from twice(("evidence",), "要素条件的证据", (one.clause for one in policy.evidence))
    for index, one in enumerate(policy.evidence):
        if one.clause not in facets:
            yield Fault(("evidence", index, "clause"), f"没有要素条件“{one.clause}”")
            continue
        for at, facet in enumerate(one.facets):
            if facet.facet not in facets[one.clause]:
                path = ("evidence", index, "facets", at, "facet")
                yield Fault(path, f"要素条件“{one.clause}”没有要点“{facet.facet}”")


def _asked(policy: Policy) -> Iterator[Clause | Requirement]:
    yield from policy.basics
    for tier in policy.tiers:
        yield from tier.clauses
        yield from tier.outcomes
