"""The gap list of a tier: what is missing for it, most reachable first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reviewer.model.review import ClauseCoverage, Gate
from reviewer.policy.schema import Tier


def gaps(
    tier: Tier, clauses: Mapping[str, ClauseCoverage], found: Sequence[Gate]
) -> tuple[str, ...]:
    """Sentences: failed gates first (nothing counts without them), then clauses by distance."""
    return (
        *(f"硬条件：{gate.why}" for gate in found if not gate.passed),
        *_clauses(tier, clauses),
    )


def _clauses(tier: Tier, clauses: Mapping[str, ClauseCoverage]) -> Iterator[str]:
    """A clause is the nearer, the higher its score and the fewer of its parts are missing."""
    open_ones = [one for one in tier.clauses if clauses[one.id].status != "met"]
    open_ones.sort(key=lambda one: (-clauses[one.id].score, len(clauses[one.id].missing)))
    for one in open_ones:
        state = "部分具备" if clauses[one.id].status == "partial" else "尚无证据"
        yield f"{one.id} {one.title}（{state}）：{clauses[one.id].why}"
