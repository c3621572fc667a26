"""From judged claims to facets: shown, limited by the declaration's own words, or missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from reviewer.model.assertion import Status
from reviewer.model.index import Sentence
from reviewer.scoring.judge import Judged, Weights
from reviewer.scoring.lexicon import SHOWS, FacetInfo, Lexicon
from reviewer.scoring.statements import Statement

SHOWN, LIMITED, MISSING = 1.0, 0.5, 0.0
# A denial that has this share of the facet's name denies the facet itself, not a detail of it.
_BY_NAME = 0.3
_PARROT = 0.5


class FacetView(Struct, frozen=True):
    """What the declaration says of a facet.

    value: SHOWN, LIMITED or MISSING. passages: evidence, strongest first. confession: the
    statement that owns to a lack. planned: a statement that only plans it. parroted: where words
    were found, they were the notice's own.
    """

    info: FacetInfo
    value: float
    passages: tuple[Judged, ...] = ()
    confession: Judged | None = None
    planned: Sentence | None = None
    parroted: bool = False


class Evidenced(Struct, frozen=True):
    """All that was found, by number of the facet."""

    shown: Mapping[int, Sequence[Judged]]
    lacked: Mapping[int, Sequence[Judged]]
    planned: Mapping[int, Sentence]
    statements: Mapping[int, Statement]

    def view(self, facet: int, info: FacetInfo, weights: Weights) -> FacetView:
        """The facet's view."""
        claims = self.shown.get(facet, ())
        passages = tuple(one for one in claims if one.strength >= weights.shown_at)
        worst = max(self.lacked.get(facet, ()), key=_strength, default=None)
        if worst is not None and worst.strength < weights.lacked_at:
            worst = None
        value = _value(passages, worst, weights)
        parroted = not passages and any(self._same(one) >= _PARROT for one in claims)
        return FacetView(info, value, passages, worst, self.planned.get(facet), parroted)

    def _same(self, judged: Judged) -> float:
        return self.statements[judged.claim.statement].same


def gather(
    judged: Iterable[Judged],
    statements: Sequence[Statement],
    plans: Iterable[Statement],
    lexicon: Lexicon,
) -> Evidenced:
    """Claims by facet, strongest first, and the plans by facet."""
    shown: dict[int, list[Judged]] = {}
    lacked: dict[int, list[Judged]] = {}
    for one in judged:
        (lacked if one.claim.lack else shown).setdefault(one.claim.facet, []).append(one)
    for group in shown.values():
        group.sort(key=_strength, reverse=True)
    by_number = {one.number: one for one in statements}
    return Evidenced(shown, lacked, _planned(plans, lexicon), by_number)


def _value(passages: Sequence[Judged], worst: Judged | None, weights: Weights) -> float:
    """The rule of the house, in words: evidence shows; a confession beside it limits; a denial
    of the thing by its name, or of a thing weakly shown, leaves nothing."""
    if not passages:
        return MISSING
    if worst is None:
        return SHOWN
    if worst.claim.status is Status.PARTIAL:
        return LIMITED
    by_name = worst.claim.name >= _BY_NAME
    sure = passages[0].strength >= weights.sure_at
    return LIMITED if sure and not by_name else MISSING


def _planned(plans: Iterable[Statement], lexicon: Lexicon) -> dict[int, Sentence]:
    found: dict[int, Sentence] = {}
    for statement in plans:
        present = statement.groups()
        for combo in lexicon.satisfied(present, present):
            if combo.kind == SHOWS:
                found.setdefault(combo.facet, statement.sentence)
    return found


def _strength(judged: Judged) -> float:
    return judged.strength
