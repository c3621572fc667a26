"""What a statement claims of a facet: candidates for evidence and for confessions, as features.

A claim is a row of numbers that the judge weighs: some of the pair (``SHOWN`` or ``LACKED``), some
of the statement alone (``COMMON``). Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from reviewer.model import cues
from reviewer.model.assertion import Status
from reviewer.scoring.lexicon import LACKS, SHOWS, FacetInfo, Lexicon
from reviewer.scoring.places import SOURCES
from reviewer.scoring.statements import Statement, doings, figures, slogans

_OTHERS = (Status.PLANNED, Status.DENIED, Status.PARTIAL, Status.PAST, Status.ELSEWHERE)
_CONFESSED = (Status.DENIED, Status.PARTIAL)

SHOWN = (
    "shows",
    "more_shows",
    "hints",
    "lead",
    "scenario",
    "clause_scenario",
    "dimension",
    "elsewhere_dimension",
)
LACKED = (
    "denied",
    "partial",
    "many",
    "lead",
    "dimension",
    "elsewhere_dimension",
    "name",
    "neighbour",
    "shown_beside",
)
COMMON = (
    "bias",
    "figure",
    "figures",
    "latin",
    "short",
    "long",
    "done",
    "slogans",
    "bare_slogan",
    "same",
    "little_own",
    *(f"also_{status.name.lower()}" for status in _OTHERS),
    *(f"source_{source}" for source in SOURCES),
)


class Claim(Struct, frozen=True):
    """Of facet ``facet`` the statement says that it is there (lack False) or wanting (True).

    status: of the parts that say so. own: features in the order of SHOWN or LACKED. common: those
    of the statement in the order of COMMON. name: share of the facet's name that a confession has.
    """

    facet: int
    statement: int
    lack: bool
    status: Status
    own: tuple[float, ...]
    common: tuple[float, ...]
    name: float = 0.0


def claims(statement: Statement, lexicon: Lexicon) -> Iterator[Claim]:
    """All claims of one statement."""
    if not statement.hits:
        return
    common = _common(statement)
    shown = _shown(statement, lexicon)
    number = statement.number
    for facet, (shows, hints) in shown.items():
        info = lexicon.facets[facet]
        lead = _led(statement, info)
        if shows or lead or statement.place.scenario in info.scenarios:
            own = _shown_row(statement, info, shows, hints, lead)
            yield Claim(facet, number, False, Status.ASSERTED, own, common)
    for facet, (status, many, near) in _lacked(statement, lexicon).items():
        info = lexicon.facets[facet]
        name = overlap(info.name + info.title, statement.sentence.text)
        own = _lacked_row(statement, info, status, many, near, facet in shown, name)
        yield Claim(facet, number, True, status, own, common, name)


def _shown(statement: Statement, lexicon: Lexicon) -> dict[int, tuple[int, int]]:
    """Facet → number of formulas that the asserted parts satisfy, and of hints."""
    present = statement.groups()
    met: set[tuple[int, int, int]] = set()
    for groups in statement.windows(Status.ASSERTED):
        met.update(
            (combo.facet, combo.kind, combo.number)
            for combo in lexicon.satisfied(groups, present)
            if combo.kind != LACKS
        )
    counts: dict[int, tuple[int, int]] = {}
    for facet, kind, _ in met:
        shows, hints = counts.get(facet, (0, 0))
        counts[facet] = (shows + 1, hints) if kind == SHOWS else (shows, hints + 1)
    return counts


def _lacked(statement: Statement, lexicon: Lexicon) -> dict[int, tuple[Status, int, bool]]:
    """Facet → status of the confession, formulas satisfied, whether its subject stands before."""
    found: dict[int, tuple[Status, int, bool]] = {}
    if all(part.status not in _CONFESSED for part in statement.parts):
        return found
    present = statement.groups()
    for index, part in enumerate(statement.parts):
        if part.status not in _CONFESSED:
            continue
        own = _lacking(statement, lexicon, index, index, present)
        first = statement.subject_of(index)
        wide = _lacking(statement, lexicon, first, index, present) if first < index else own
        for facet, many in wide.items():
            near = facet not in own
            known = found.get(facet)
            if known is None or (known[2] and not near) or many > known[1]:
                found[facet] = (part.status, many, near)
    return found


def _lacking(
    statement: Statement, lexicon: Lexicon, first: int, last: int, present: frozenset[int]
) -> dict[int, int]:
    groups = statement.between(first, last)
    counts: dict[int, int] = {}
    for combo in lexicon.satisfied(groups, present):
        if combo.kind == LACKS:
            counts[combo.facet] = counts.get(combo.facet, 0) + 1
    return counts


def _common(statement: Statement) -> tuple[float, ...]:
    text = statement.sentence.text
    numbers = figures(text)
    big = slogans(text)
    statuses = {part.status for part in statement.parts}
    return (
        1.0,
        float(numbers > 0),
        min(numbers, 4) / 4,
        float(bool(cues.LATIN.search(text))),
        float(len(text) < 14),
        float(len(text) > 45),
        min(doings(text), 3) / 3,
        min(big, 4) / 4,
        float(big >= 2 and not numbers),
        max(0.0, statement.same - 0.4) / 0.6,
        float(statement.own < 10 and statement.same > 0.4),
        *(float(status in statuses) for status in _OTHERS),
        *(float(statement.place.source == source) for source in SOURCES),
    )


def _shown_row(
    statement: Statement, info: FacetInfo, shows: int, hints: int, lead: bool
) -> tuple[float, ...]:
    place = statement.place
    return (
        float(shows > 0),
        min(shows - 1, 2) / 2 if shows else 0.0,
        min(hints, 3) / 3,
        float(lead),
        float(place.scenario in info.scenarios),
        float(place.scenario in info.clause_scenarios),
        float(place.dimension == info.dimension),
        float(_elsewhere(statement, info)),
    )


def _lacked_row(
    statement: Statement,
    info: FacetInfo,
    status: Status,
    many: int,
    near: bool,
    beside: bool,
    name: float,
) -> tuple[float, ...]:
    return (
        float(status is Status.DENIED),
        float(status is Status.PARTIAL),
        min(many - 1, 2) / 2,
        float(_led(statement, info)),
        float(statement.place.dimension == info.dimension),
        float(_elsewhere(statement, info)),
        name,
        float(near),
        float(beside),
    )


def _elsewhere(statement: Statement, info: FacetInfo) -> bool:
    place = statement.place.dimension
    return bool(place and info.dimension and place != info.dimension)


def _led(statement: Statement, info: FacetInfo) -> bool:
    """One of the subjects that the paragraph has announced is this facet."""
    return any(about(lead, info.name, info.title) for lead in statement.leads)


@lru_cache(maxsize=1 << 15)
def about(lead: str, name: str, title: str) -> bool:
    """The announced subject is the facet or its clause, by the pairs of characters they share."""
    asked = _pairs(lead)
    known = _pairs(name) | _pairs(title)
    return bool(asked) and len(asked & known) >= max(1, round(len(asked) * 0.4))


def overlap(name: str, text: str) -> float:
    """Share (0–1) of the pairs of characters of a facet's name and title that a text has."""
    pairs = _pairs(name)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


@lru_cache(maxsize=1 << 10)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum())
