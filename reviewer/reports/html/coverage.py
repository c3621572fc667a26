"""What the page shows of the coverage: tiers, heat map, clauses with their evidence."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reviewer.model.review import ClauseCoverage, Gate, Review, TierCoverage
from reviewer.policy.schema import Policy, Tier
from reviewer.reports.places import spoken
from reviewer.reports.wording import STATUSES

_STEPS = (20, 40, 60, 80)
GATES = {
    "maturity": "成熟度",
    "dimensions": "覆盖方面",
    "accident": "安全环保",
    "ai_share": "人工智能占比",
}


class Quote(Struct, frozen=True):
    """A passage of evidence and where it stands."""

    text: str
    place: str


class ClauseView(Struct, frozen=True):
    """A clause or requirement as judged. status: met, partial, unmet; said: the same in words."""

    number: str
    title: str
    text: str
    status: str
    said: str
    score: int
    why: str
    missing: tuple[str, ...]
    evidence: tuple[Quote, ...]


class CellView(Struct, frozen=True):
    """A dimension in a tier. step: 0–4, for the colour."""

    id: str
    dimension: str
    tier: str
    tier_id: str
    score: float
    step: int
    required: bool
    scenarios: int
    clauses: tuple[ClauseView, ...]


class GateView(Struct, frozen=True):
    """A hard gate in words."""

    name: str
    passed: bool
    why: str


class TierView(Struct, frozen=True):
    """A tier: its score, gates and what is missing. arc: of 100, for the ring."""

    id: str
    name: str
    applied: bool
    eligible: bool
    score: float
    gates: tuple[GateView, ...]
    gaps: tuple[str, ...]
    requirements: tuple[ClauseView, ...]


class CoverageView(Struct, frozen=True):
    """tiers in order; rows of the heat map: (dimension, cells by tier)."""

    tiers: tuple[TierView, ...]
    rows: tuple[tuple[str, tuple[CellView, ...]], ...]
    chosen: str

    @property
    def cells(self) -> Iterator[CellView]:
        """All cells, tier by tier."""
        for at in range(len(self.tiers)):
            yield from (cells[at] for _, cells in self.rows)


def coverage_view(review: Review, policy: Policy) -> CoverageView:
    """The view; tiers that the review does not hold are left out."""
    tiers = [tier for tier in policy.tiers if tier.id in review.coverage]
    rows = tuple(
        (dimension.name, tuple(_cell(review, policy, tier, dimension.name) for tier in tiers))
        for dimension in policy.dimensions
        if tiers
    )
    return CoverageView(
        tuple(_tier(review, policy, tier) for tier in tiers), rows, _chosen(review, rows)
    )


def _chosen(review: Review, rows: tuple[tuple[str, tuple[CellView, ...]], ...]) -> str:
    """The cell that is open at first: the weakest of the tier applied for."""
    cells = [cell for _, row in rows for cell in row if cell.tier_id == review.tier]
    return min(cells, key=lambda cell: cell.score).id if cells else ""


def _tier(review: Review, policy: Policy, tier: Tier) -> TierView:
    covered = review.coverage[tier.id]
    titles = {r.id: (r.title, r.text) for r in (*policy.basics, *tier.outcomes)}
    return TierView(
        tier.id,
        tier.name,
        tier.id == review.tier,
        covered.eligible,
        covered.score,
        tuple(_gate(gate) for gate in covered.gates),
        covered.gaps,
        tuple(
            _clause("", *titles.get(key, (key, "")), judged, policy)
            for key, judged in covered.requirements.items()
        ),
    )


def _gate(gate: Gate) -> GateView:
    return GateView(GATES.get(gate.gate, gate.gate), gate.passed, gate.why)


def _cell(review: Review, policy: Policy, tier: Tier, name: str) -> CellView:
    covered: TierCoverage = review.coverage[tier.id]
    dimension = next(d for d in policy.dimensions if d.name == name)
    about = covered.dimensions.get(name)
    score = about.score if about else 0.0
    return CellView(
        id=f"c-{tier.id}-{dimension.number}",
        dimension=name,
        tier=tier.name,
        tier_id=tier.id,
        score=score,
        step=sum(score >= step for step in _STEPS),
        required=bool(about and about.required),
        scenarios=about.scenarios if about else 0,
        clauses=tuple(
            _clause(
                clause.id.partition(".")[2],
                clause.title,
                clause.text,
                covered.clauses[clause.id],
                policy,
            )
            for clause in tier.clauses
            if clause.dimension == dimension.number and clause.id in covered.clauses
        ),
    )


def _clause(
    number: str, title: str, text: str, judged: ClauseCoverage, policy: Policy
) -> ClauseView:
    return ClauseView(
        number,
        title,
        text if text != title else "",
        judged.status,
        STATUSES[judged.status],
        round(judged.score * 100),
        judged.why,
        judged.missing,
        tuple(Quote(e.text, spoken(e.subject, policy)) for e in judged.evidence[:3]),
    )
