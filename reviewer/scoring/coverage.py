"""Coverage of all tiers by one declaration: clauses, dimensions, gates, requirements, gaps.

Scores: a clause's is the mean of its facets (``clauses``) as far as the ``verdict`` agrees, a
dimension's the mean of its clauses, a tier's the mean of its dimensions, both from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from reviewer.model.declaration import Declaration
from reviewer.model.index import Sentence
from reviewer.model.review import (
    ClauseCoverage,
    DimensionCoverage,
    EntryMatch,
    TierCoverage,
)
from reviewer.policy.schema import Policy, Requirement, Tier
from reviewer.scoring import learned, verdict
from reviewer.scoring.claims import claims
from reviewer.scoring.clauses import clause
from reviewer.scoring.findings import Evidenced, FacetView
from reviewer.scoring.gaps import gaps
from reviewer.scoring.gates import covered, gates
from reviewer.scoring.judge import Judge, released
from reviewer.scoring.lexicon import Lexicon, lexicon
from reviewer.scoring.parrot import parrot
from reviewer.scoring.places import declared_on, mapped
from reviewer.scoring.reading import read
from reviewer.scoring.requirements import Form, requirement
from reviewer.scoring.settle import settled


def cover(
    declaration: Declaration,
    matches: Mapping[str, EntryMatch],
    sentences: tuple[Sentence, ...],
    policy: Policy,
    *,
    judge: Judge | None = None,
    formulas_only: bool = False,
) -> dict[str, TierCoverage]:
    """Coverage by tier id, for every tier of the policy.

    sentences: the shared index of the declaration (``reviewer.model.index.sentences``).
    formulas_only: without the learned weights, which know whole declarations only.
    """
    weigher = judge or released()
    known = lexicon(policy)
    found = evidence(declaration, matches, sentences, policy, weigher)
    heard = {} if formulas_only else _heard(found, policy)
    scene = _Scene(declaration, policy, known, found, covered(declaration, matches, policy), heard)
    return {tier.id: scene.tier(tier) for tier in policy.tiers}


def evidence(
    declaration: Declaration,
    matches: Mapping[str, EntryMatch],
    sentences: Sequence[Sentence],
    policy: Policy,
    judge: Judge,
) -> Evidenced:
    """All judged claims of a declaration."""
    known = lexicon(policy)
    declared = declared_on(declaration)
    year = declared[0] if declared else policy.year
    places = mapped(declaration, matches, policy)
    reading = read(sentences, places, known, parrot(policy), year)
    return Evidenced(reading, claims(reading, known), judge, known, policy.tiers[0].id)


def _heard(found: Evidenced, policy: Policy) -> dict[str, learned.Learned]:
    if verdict.released().pack != policy.id:
        return {}
    return learned.learned(found.reading)


class _Scene(Struct, frozen=True):
    """What the tiers are judged on."""

    declaration: Declaration
    policy: Policy
    lexicon: Lexicon
    found: Evidenced
    scenarios: Mapping[str, Sequence[str]]
    heard: Mapping[str, learned.Learned]

    def tier(self, tier: Tier) -> TierCoverage:
        """The coverage of one tier."""
        clauses = {one.id: self._clause(one.id, one.need) for one in tier.clauses}
        dimensions = self._dimensions(tier, clauses)
        passed = gates(tier, self.declaration, self.scenarios, self.policy)
        scores = [one.score for one in dimensions.values()]
        return TierCoverage(
            score=round(sum(scores) / len(scores), 1) if scores else 0.0,
            eligible=all(gate.passed for gate in passed),
            gates=passed,
            dimensions=dimensions,
            clauses=clauses,
            requirements=self._requirements(tier),
            gaps=gaps(tier, clauses, passed),
        )

    def _clause(self, owner: str, need: int) -> ClauseCoverage:
        views = self._views(owner)
        return verdict.decided(
            owner,
            clause(views, need),
            self.heard.get(owner),
            self.found.reading.sentences,
            views,
            verdict.released(),
        )

    def _views(self, owner: str) -> list[FacetView]:
        views = [self.found.view(number) for number in self.lexicon.by_owner.get(owner, ())]
        return settled(views, self.found.sure_at)

    def _dimensions(
        self, tier: Tier, clauses: Mapping[str, ClauseCoverage]
    ) -> dict[str, DimensionCoverage]:
        found: dict[str, DimensionCoverage] = {}
        for one in self.policy.dimensions:
            scores = [clauses[c.id].score for c in tier.clauses if c.dimension == one.number]
            found[one.name] = DimensionCoverage(
                score=round(100 * sum(scores) / len(scores), 1) if scores else 0.0,
                required=one.name in tier.required,
                scenarios=len(self.scenarios.get(one.name, ())),
            )
        return found

    def _requirements(self, tier: Tier) -> dict[str, ClauseCoverage]:
        form = Form(self.declaration, self.policy)
        asked: tuple[Requirement, ...] = (*self.policy.basics, *tier.outcomes)
        return {one.id: requirement(one, self._views(one.id), form, tier) for one in asked}
