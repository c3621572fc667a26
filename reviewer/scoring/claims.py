"""What a statement claims of a facet: candidates for evidence and for confessions, as features.

A claim is a row of numbers that the judge weighs; the names of its columns are in ``SHOWN`` and
``LACKED``. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reviewer.scoring import cues
from reviewer.scoring.assertion import Status
from reviewer.scoring.lexicon import HINTS, LACKS, SHOWS, FacetInfo, Lexicon
from reviewer.scoring.places import SOURCES
from reviewer.scoring.statements import Statement, doings, figures, slogans

_OTHERS = (Status.PLANNED, Status.DENIED, Status.PARTIAL, Status.PAST, Status.ELSEWHERE)
_CONFESSED = (Status.DENIED, Status.PARTIAL)

SHOWN = (
    "bias",
    "shows",
    "more_shows",
    "hints",
    "hint_only",
    "lead",
    "scenario",
    "clause_scenario",
    "dimension",
    "elsewhere_dimension",
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
LACKED = (
    "bias",
    "denied",
    "partial",
    "many",
    "lead",
    "dimension",
    "elsewhere_dimension",
    "name",
    "neighbour",
    "figure",
    "shown_beside",
    *(f"source_{source}" for source in SOURCES),
)


class Claim(Struct, frozen=True):
    """Of facet ``facet`` the statement says that it is there (lack False) or wanting (True).

    status: of the parts that say so. row: features in the order of SHOWN or LACKED.
    """

    facet: int
    statement: int
    lack: bool
    status: Status
    row: tuple[float, ...]


class _Common(Struct, frozen=True):
    """Features of the statement alone."""

    figure: float
    figures: float
    latin: float
    short: float
    long: float
    done: float
    slogans: float
    bare: float
    same: float
    little: float
    also: tuple[float, ...]
    source: tuple[float, ...]


def claims(statement: Statement, lexicon: Lexicon) -> Iterator[Claim]:
    """All claims of one statement."""
    if not statement.hits:
        return
    common = _common(statement)
    shown = _shown(statement, lexicon)
    for facet, (shows, hints) in shown.items():
        info = lexicon.facets[facet]
        if not shows and not _supported(statement, info):
            continue
        row = _shown_row(statement, info, shows, hints, common)
        yield Claim(facet, statement.number, False, Status.ASSERTED, row)
    for facet, (status, many, near) in _lacked(statement, lexicon).items():
        info = lexicon.facets[facet]
        row = _lacked_row(statement, info, status, many, near, facet in shown, common)
        yield Claim(facet, statement.number, True, status, row)


def _shown(statement: Statement, lexicon: Lexicon) -> dict[int, tuple[int, int]]:
    """Facet → number of formulas that the asserted parts satisfy, and of hints."""
    present = statement.groups()
    met: dict[tuple[int, int], set[int]] = {}
    for groups in statement.windows(Status.ASSERTED):
        for combo in lexicon.satisfied(groups, present):
            if combo.kind != LACKS:
                met.setdefault((combo.facet, combo.kind), set()).add(id(combo))
    counts: dict[int, tuple[int, int]] = {}
    for facet, kind in met:
        shows = len(met.get((facet, SHOWS), ()))
        counts[facet] = (shows, len(met.get((facet, HINTS), ())))
    return counts


def _supported(statement: Statement, info: FacetInfo) -> bool:
    """Hints alone are heard only under the facet's own heading or scenario."""
    return statement.place.scenario in info.scenarios or about(statement.lead, info)


def _lacked(statement: Statement, lexicon: Lexicon) -> dict[int, tuple[Status, int, bool]]:
    """Facet → status of the confession, formulas satisfied, whether its subject stands before."""
    found: dict[int, tuple[Status, int, bool]] = {}
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
    hits = statement.within(statement.parts[first], statement.parts[last])
    groups = frozenset[int]().union(*(hit.groups for hit in hits))
    counts: dict[int, int] = {}
    for combo in lexicon.satisfied(groups, present):
        if combo.kind == LACKS:
            counts[combo.facet] = counts.get(combo.facet, 0) + 1
    return counts


def _common(statement: Statement) -> _Common:
    text = statement.sentence.text
    numbers = figures(text)
    big = slogans(text)
    statuses = {part.status for part in statement.parts}
    return _Common(
        figure=float(numbers > 0),
        figures=min(numbers, 4) / 4,
        latin=float(bool(cues.LATIN.search(text))),
        short=float(len(text) < 14),
        long=float(len(text) > 45),
        done=min(doings(text), 3) / 3,
        slogans=min(big, 4) / 4,
        bare=float(big >= 2 and not numbers),
        same=max(0.0, statement.same - 0.4) / 0.6,
        little=float(statement.own < 10 and statement.same > 0.4),
        also=tuple(float(status in statuses) for status in _OTHERS),
        source=tuple(float(statement.place.source == source) for source in SOURCES),
    )


def _shown_row(
    statement: Statement, info: FacetInfo, shows: int, hints: int, common: _Common
) -> tuple[float, ...]:
    place = statement.place
    elsewhere = place.dimension and info.dimension and place.dimension != info.dimension
    return (
        1.0,
        float(shows > 0),
        min(shows - 1, 2) / 2 if shows else 0.0,
        min(hints, 3) / 3,
        float(not shows),
        float(about(statement.lead, info)),
        float(place.scenario in info.scenarios),
        float(place.scenario in info.clause_scenarios),
        float(place.dimension == info.dimension),
        float(bool(elsewhere)),
        common.figure,
        common.figures,
        common.latin,
        common.short,
        common.long,
        common.done,
        common.slogans,
        common.bare,
        common.same,
        common.little,
        *common.also,
        *common.source,
    )


def _lacked_row(
    statement: Statement,
    info: FacetInfo,
    status: Status,
    many: int,
    near: bool,
    beside: bool,
    common: _Common,
) -> tuple[float, ...]:
    place = statement.place
    elsewhere = place.dimension and info.dimension and place.dimension != info.dimension
    return (
        1.0,
        float(status is Status.DENIED),
        float(status is Status.PARTIAL),
        min(many - 1, 2) / 2,
        float(about(statement.lead, info)),
        float(place.dimension == info.dimension),
        float(bool(elsewhere)),
        overlap(info.name + info.title, statement.sentence.text),
        float(near),
        common.figure,
        float(beside),
        *common.source,
    )


def about(lead: str, info: FacetInfo) -> bool:
    """The announced subject is this facet or its clause, by the pairs of characters they share."""
    asked = _pairs(lead)
    if not asked:
        return False
    known = _pairs(info.name) | _pairs(info.title)
    return len(asked & known) >= max(1, round(len(asked) * 0.4))


def overlap(name: str, text: str) -> float:
    """Share (0–1) of the pairs of characters of a facet's name and title that a text has."""
    pairs = _pairs(name)
    return len(pairs & _pairs(text)) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum())
