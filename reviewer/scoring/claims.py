"""What sentences claim of facets: candidates for evidence and for confessions, as features.

A claim is a pair (sentence, facet) with a row of numbers that the judge weighs: some of the pair
(``SHOWN`` or ``LACKED``), some of the sentence alone (``COMMON``). Nothing here decides.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.model.assertion import Status
from reviewer.model.cues import BUILT
from reviewer.scoring.attitude import attitude
from reviewer.scoring.lexicon import HINTS, LACKS, SHOWS, Lexicon, pairs_of
from reviewer.scoring.places import ROWS, SOURCES
from reviewer.scoring.reading import Reading, announced
from reviewer.scoring.trie import Ints
from reviewer.scoring.windows import Kind, Windows, satisfied, windows

Floats = NDArray[np.float64]
_HEADING = 9
# A plan is for a facet when it has this share of the facet's name.
_NAMED = 0.25
# Words of rhetoric count double, those of slogans once: from this weight on a sentence is empty.
_RHETORIC = 4
_OTHERS = (Status.PLANNED, Status.DENIED, Status.PARTIAL, Status.PAST, Status.ELSEWHERE)

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


class Claims(Struct, frozen=True):
    """C claims of one sort. own (C, features of SHOWN or LACKED); name (C,): share of the facet's
    name and its clause's title that a confession has; called (C,): of the name alone; status (C,):
    of the confessing part; aside (C,): the sentence
    announces to speak of something else ("在成本管控方面，")."""

    sentence: Ints
    facet: Ints
    own: Floats
    name: Floats
    called: Floats
    status: Ints
    aside: NDArray[np.bool_]


class Claimed(Struct, frozen=True):
    """All claims of a reading. common (N, features of COMMON). whole: (sentence, facet) pairs whose
    words stand anywhere in the sentence, however meant. doubts: such pairs where the sentence only
    promises the facet for later, or speaks of it in mere rhetoric where it is asked for."""

    shown: Claims
    lacked: Claims
    common: Floats
    whole: tuple[Ints, Ints]
    doubts: tuple[Ints, Ints]


def claims(reading: Reading, lexicon: Lexicon) -> Claimed:
    """The claims of every sentence of a reading."""
    found = windows(reading)
    formula, window = satisfied(reading, found, lexicon)
    index, use = lexicon.uses.expand(formula)
    uses = _Uses(formula[index], window[index], use // 3, use % 3)
    leads = _leads(reading, lexicon)
    shown = _shown(reading, lexicon, found, uses, leads)
    lacked = _lacked(reading, lexicon, found, uses, leads, shown)
    whole = (uses.window < reading.size) & (uses.kind == SHOWS)
    return Claimed(
        shown,
        lacked,
        _common(reading, lexicon),
        (uses.window[whole], uses.facet[whole]),
        _doubts(reading, lexicon, found, uses),
    )


class _Uses(Struct, frozen=True):
    """U satisfied formulas with what they say: formula, window, facet, kind (U,)."""

    formula: Ints
    window: Ints
    facet: Ints
    kind: Ints


def _leads(reading: Reading, lexicon: Lexicon) -> NDArray[np.bool_]:
    """(N, facets): the paragraph has announced to speak of the facet."""
    table = np.zeros((reading.size, len(lexicon.facets)), dtype=np.bool_)
    known: dict[tuple[str, ...], NDArray[np.bool_]] = {}
    for row, (said, place) in enumerate(zip(reading.leads, reading.places, strict=True)):
        leads = (place.title, *said) if place.title else said
        if not leads:
            continue
        about = known.get(leads)
        if about is None:
            about = lexicon.about(leads[-1]) | known.get(leads[:-1], False)
            known[leads] = about
        table[row] = about
    return table


def _shown(
    reading: Reading,
    lexicon: Lexicon,
    found: Windows,
    uses: _Uses,
    leads: NDArray[np.bool_],
) -> Claims:
    facets = len(lexicon.facets)
    plain = np.append(found.plain, np.zeros(found.owner.size - reading.size, dtype=np.bool_))
    heard = (found.kind == int(Kind.ASSERTED)) | plain
    chosen = heard[uses.window] & (uses.kind != LACKS)
    owner = found.owner[uses.window[chosen]]
    formulas = lexicon.unless.size
    # A formula counts once a sentence, in however many of its windows it holds.
    once = np.unique(
        (owner * facets + uses.facet[chosen]) * (2 * formulas)
        + uses.kind[chosen] * formulas
        + uses.formula[chosen]
    )
    kind = once // formulas % 2
    pairs, inverse = np.unique(once // (2 * formulas), return_inverse=True)
    shows = np.bincount(inverse, weights=kind == SHOWS, minlength=pairs.size)
    hints = np.bincount(inverse, weights=kind == HINTS, minlength=pairs.size)
    sentence, facet = pairs // facets, pairs % facets
    dimension, scenario = _columns(reading)
    own_scenario = lexicon.scenario[scenario[sentence], facet]
    lead = leads[sentence, facet]
    here, asked = dimension[sentence], lexicon.dimensions[facet]
    # Hints alone are heard only under the facet's own heading, scenario or dimension.
    kept = (shows > 0) | lead | own_scenario | (here == asked)
    kept &= ~(_rhetorical(reading, lexicon) | _headings(reading))[sentence]
    held = {one: attitude(reading.sentences[one].text) for one in np.unique(sentence).tolist()}
    kept &= ~np.array([held[one] for one in sentence.tolist()], dtype=np.bool_)
    own = np.stack(
        [
            shows > 0,
            np.clip(shows - 1, 0, 2) / 2,
            np.minimum(hints, 3) / 3,
            lead,
            own_scenario,
            lexicon.clause_scenario[scenario[sentence], facet],
            here == asked,
            (here > 0) & (asked > 0) & (here != asked),
        ],
        axis=1,
    ).astype(np.float64)
    zero = np.zeros(int(kept.sum()))
    none = zero.astype(np.int64)
    return Claims(sentence[kept], facet[kept], own[kept], zero, zero, none, none > 0)


def _lacked(
    reading: Reading,
    lexicon: Lexicon,
    found: Windows,
    uses: _Uses,
    leads: NDArray[np.bool_],
    shown: Claims,
) -> Claims:
    """One claim for a sentence and facet: the confession that names it best."""
    kind = found.kind[uses.window]
    chosen = (uses.kind == LACKS) & ((kind == int(Kind.LACK)) | (kind == int(Kind.LACK_NEAR)))
    facets = len(lexicon.facets)
    key = uses.window[chosen] * facets + uses.facet[chosen]
    keys, many = np.unique(key, return_counts=True)
    window, facet = keys // facets, keys % facets
    near = found.kind[window] == int(Kind.LACK_NEAR)
    pair = found.owner[window] * facets + facet
    weak = reading.part_status[found.part[window]] != int(Status.DENIED)
    order = np.lexsort((-many, weak, near, pair))
    first = order[np.unique(pair[order], return_index=True)[1]]
    window, facet, near, many = window[first], facet[first], near[first], many[first]
    sentence = found.owner[window]
    status = reading.part_status[found.part[window]]
    dimension, _ = _columns(reading)
    here, asked = dimension[sentence], lexicon.dimensions[facet]
    texts = [reading.sentences[row].text for row in sentence.tolist()]
    infos = [lexicon.facets[one] for one in facet.tolist()]
    name = _overlaps(texts, [info.name + info.title for info in infos])
    called = _overlaps(texts, [info.name for info in infos])
    beside = np.isin(sentence * facets + facet, shown.sentence * facets + shown.facet)
    own = np.stack(
        [
            status == int(Status.DENIED),
            status == int(Status.PARTIAL),
            np.minimum(many - 1, 2) / 2,
            leads[sentence, facet],
            here == asked,
            (here > 0) & (asked > 0) & (here != asked),
            name,
            near,
            beside,
        ],
        axis=1,
    ).astype(np.float64)
    aside = _aside(reading, lexicon, sentence, facet)
    return Claims(sentence, facet, own, name, called, status, aside)


def _aside(reading: Reading, lexicon: Lexicon, sentence: Ints, facet: Ints) -> NDArray[np.bool_]:
    """Pairs whose sentence announces other facets of the same tier than the pair's own."""
    found = np.zeros(sentence.size, dtype=np.bool_)
    for number in np.unique(sentence).tolist():
        said = announced(reading.sentences[number].text)
        about = lexicon.about(said) if said else None
        if about is None or not about.any():
            continue
        rows = np.flatnonzero(sentence == number)
        tiers = np.unique(lexicon.tier_of[about])
        found[rows] = ~about[facet[rows]] & np.isin(lexicon.tier_of[facet[rows]], tiers)
    return found


def _doubts(
    reading: Reading,
    lexicon: Lexicon,
    found: Windows,
    uses: _Uses,
) -> tuple[Ints, Ints]:
    """(sentence, facet) pairs: what is to be built later is not there yet, and who has only big
    words where the form asks for the facet has nothing to tell."""
    later = (found.kind[uses.window] == int(Kind.PLAN)) & (uses.kind == LACKS)
    for use in np.flatnonzero(later).tolist():
        part, name = found.part[uses.window[use]], lexicon.facets[int(uses.facet[use])].name
        piece = reading.text[reading.part_start[part] : reading.part_end[part]]
        later[use] = _overlap(piece, name) >= _NAMED
    empty = _rhetorical(reading, lexicon)[found.owner[uses.window]] & (uses.window < reading.size)
    dimension, _ = _columns(reading)
    sentence = found.owner[uses.window]
    spoken = later | (empty & (dimension[sentence] == lexicon.dimensions[uses.facet]))
    return sentence[spoken], uses.facet[spoken]


def _columns(reading: Reading) -> tuple[Ints, Ints]:
    """Dimension and scenario (0 where none) of each sentence's place."""
    dimension = np.array([place.dimension for place in reading.places], dtype=np.int64)
    scenario = np.array([place.scenario or 0 for place in reading.places], dtype=np.int64)
    return dimension, scenario


def _overlaps(texts: list[str], names: list[str]) -> Floats:
    """Share (0–1) of the pairs of letters of each name that the text beside it has."""
    return np.array([_overlap(*one) for one in zip(texts, names, strict=True)], dtype=np.float64)


def _overlap(text: str, name: str) -> float:
    pairs = pairs_of(name)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _common(reading: Reading, lexicon: Lexicon) -> Floats:
    size = reading.size
    length = reading.end - reading.start
    digit = np.isin(reading.codes, np.arange(ord("0"), ord("9") + 1))
    latin = (reading.codes >= ord("a")) & (reading.codes <= ord("z"))
    numbers = _starts(reading, digit, decimal=True)
    deeds = _counted(reading, lexicon.deeds)
    slogans = _counted(reading, lexicon.slogans)
    table = np.zeros((size, len(_OTHERS) + len(SOURCES)))
    for column, status in enumerate(_OTHERS):
        table[reading.part_owner[reading.part_status == int(status)], column] = 1.0
    for row, place in enumerate(reading.places):
        if place.source in SOURCES:
            table[row, len(_OTHERS) + SOURCES.index(place.source)] = 1.0
    own = np.stack(
        [
            np.ones(size),
            numbers > 0,
            np.minimum(numbers, 4) / 4,
            _starts(reading, latin[:-1] & latin[1:] if latin.size > 1 else latin) > 0,
            length < 14,
            length > 45,
            np.minimum(deeds, 3) / 3,
            np.minimum(slogans, 4) / 4,
            (slogans >= 2) & (numbers == 0),
            np.maximum(0.0, reading.same - 0.4) / 0.6,
            (reading.own < 10) & (reading.same > 0.4),
        ],
        axis=1,
    )
    return np.concatenate([own, table], axis=1)


def _headings(reading: Reading) -> NDArray[np.bool_]:
    """Sentences (N,) too short to tell anything but their topic; the cell of a table is a fact."""
    rows = np.array([place.source == ROWS for place in reading.places], dtype=np.bool_)
    return np.asarray((reading.end - reading.start <= _HEADING) & ~rows)


def _rhetorical(reading: Reading, lexicon: Lexicon) -> NDArray[np.bool_]:
    """Sentences (N,) that are rhetoric and nothing else: no figure, no Latin name of a system, and
    where slogans alone make it so, nothing built either."""
    digit = np.isin(reading.codes, np.arange(ord("0"), ord("9") + 1))
    latin = (reading.codes >= ord("a")) & (reading.codes <= ord("z"))
    bare = (_starts(reading, digit) == 0) & (_starts(reading, latin) == 0)
    high = _counted(reading, lexicon.rhetoric)
    empty = (2 * high + _counted(reading, lexicon.slogans) >= _RHETORIC) & bare
    for row in np.flatnonzero(empty & (high < 2)).tolist():
        empty[row] = not BUILT.search(reading.sentences[row].text)
    return np.asarray(empty, dtype=np.bool_)


def _starts(reading: Reading, flags: NDArray[np.bool_], *, decimal: bool = False) -> Ints:
    """Runs of flagged characters a sentence; decimal: a point within a number ends none."""
    if decimal and flags.size > 2:
        flags = flags.copy()
        point = reading.codes[1:-1] == ord(".")
        flags[1:-1] |= point & flags[:-2] & flags[2:]
    begins = np.flatnonzero(flags & ~np.append([False], flags[:-1]))
    owner = np.searchsorted(reading.end, begins)
    return np.bincount(owner, minlength=reading.size)[: reading.size]


def _counted(reading: Reading, wanted: NDArray[np.bool_]) -> Ints:
    owner = reading.hit_owner[wanted[reading.hit_word]]
    return np.bincount(owner, minlength=reading.size)
