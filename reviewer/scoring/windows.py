"""Windows over the parts of sentences, and the formulas that hold in each.

A window is a run of words found that may be heard together: a whole sentence, up to three asserted
parts next to each other, a part that confesses a lack (with the part before it where the
confession itself has no subject), or a part that promises something new for later.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.model.assertion import Status, announces, introduces, opens_bare
from reviewer.scoring.lexicon import Lexicon
from reviewer.scoring.places import PLANS
from reviewer.scoring.reading import Reading
from reviewer.scoring.trie import Ints

_RUN = 5
_BACK = 3
_LONG = 60
_CONFESSED = (int(Status.DENIED), int(Status.PARTIAL))


class Kind(IntEnum):
    """What a window is for."""

    WHOLE = 0
    ASSERTED = 1
    LACK = 2
    LACK_NEAR = 3
    PLAN = 4


class Windows(Struct, frozen=True):
    """W windows; the first N are the whole sentences.

    owner, kind, part (W,): sentence, Kind, and the confessing part (-1). first, last (W,): words
    [first, last) in the reading. plain (N,): the whole sentence is also its asserted window.
    """

    owner: Ints
    kind: Ints
    part: Ints
    first: Ints
    last: Ints
    plain: NDArray[np.bool_]


def windows(reading: Reading) -> Windows:
    """All windows of a reading."""
    size = reading.size
    count = np.diff(reading.first_part)
    odd = np.zeros(size, dtype=np.bool_)
    odd[reading.part_owner[reading.part_status != int(Status.ASSERTED)]] = True
    long = (reading.end - reading.start > _LONG) & (count > _RUN)
    plain = ~odd & ~long
    rows: list[tuple[int, int, int, int, int]] = []
    first_hit = np.searchsorted(reading.hit_at, reading.part_start).tolist()
    first_hit.append(reading.hit_at.size)
    firsts = reading.first_part.tolist()
    status = reading.part_status.tolist()
    for owner in np.flatnonzero(~plain).tolist():
        begin, stop = firsts[owner], firsts[owner + 1]
        step = _RUN if long[owner] else stop - begin
        for low in range(begin, max(begin + 1, stop - step + 1)):
            high = min(low + step, stop)
            rows.append((owner, Kind.ASSERTED, -1, first_hit[low], first_hit[high]))
        for part in range(begin, stop):
            if status[part] in _CONFESSED:
                low = max(begin, part - _back(reading, part, begin))
                rows.append((owner, Kind.LACK, part, first_hit[part], first_hit[part + 1]))
                if low < part:
                    rows.append((owner, Kind.LACK_NEAR, part, first_hit[low], first_hit[part + 1]))
    rows.extend(
        (int(reading.part_owner[part]), Kind.PLAN, part, first_hit[part], first_hit[part + 1])
        for part in _promised(reading)
    )
    more = np.array(rows, dtype=np.int64).reshape(-1, 5)
    edges = np.searchsorted(reading.hit_owner, np.arange(size + 1))
    whole = np.zeros(size, dtype=np.int64)
    return Windows(
        owner=np.concatenate([np.arange(size), more[:, 0]]),
        kind=np.concatenate([whole, more[:, 1]]),
        part=np.concatenate([whole - 1, more[:, 2]]),
        first=np.concatenate([edges[:-1], more[:, 3]]),
        last=np.concatenate([edges[1:], more[:, 4]]),
        plain=plain,
    )


def _promised(reading: Reading) -> list[int]:
    """Parts that speak of something new for later, among the plans or in the midst of the rest."""
    plans = np.array([place.source == PLANS for place in reading.places], dtype=np.bool_)
    later = plans[reading.part_owner] | (reading.part_status == int(Status.PLANNED))
    return [part for part in np.flatnonzero(later).tolist() if introduces(_piece(reading, part))]


def _back(reading: Reading, part: int, begin: int) -> int:
    """How many parts before a confession it may be about."""
    if opens_bare(_piece(reading, part)):
        # Where the part before confesses too, that one names the subject, and nothing further back.
        follows = part > begin and int(reading.part_status[part - 1]) in _CONFESSED
        return 1 if follows else _BACK
    return int(part > begin and announces(_piece(reading, part - 1)))


def _piece(reading: Reading, part: int) -> str:
    return reading.text[reading.part_start[part] : reading.part_end[part]]


def satisfied(reading: Reading, found: Windows, lexicon: Lexicon) -> tuple[Ints, Ints]:
    """(formula, window) of every formula that holds in a window."""
    present = np.zeros((lexicon.groups + 2, found.owner.size), dtype=np.bool_)
    present[lexicon.always] = True
    counts = found.last - found.first
    window = np.repeat(np.arange(counts.size), counts)
    hit = np.arange(window.size) - np.repeat(np.cumsum(counts) - counts, counts)
    hit += np.repeat(found.first, counts)
    asserted = reading.part_status[reading.hit_part[hit]] == int(Status.ASSERTED)
    heard = asserted | (found.kind[window] != int(Kind.ASSERTED))
    window, hit = window[heard], hit[heard]
    index, group = lexicon.groups_of.expand(reading.hit_word[hit])
    present[group, window[index]] = True
    packed = np.packbits(present, axis=1)
    holds = packed[lexicon.formulas[:, 0]]
    for column in range(1, lexicon.formulas.shape[1]):
        holds &= packed[lexicon.formulas[:, column]]
    formula, where = _bits(holds)
    # What forbids a formula is looked for in the whole sentence, for a confession in its own words.
    lack = (found.kind[where] == int(Kind.LACK)) | (found.kind[where] == int(Kind.LACK_NEAR))
    owner = found.owner[where]
    allowed = ~present[lexicon.unless[formula], np.where(lack, where, owner)]
    allowed &= ~present[lexicon.spared[formula], owner]
    return formula[allowed], where[allowed]


def _bits(packed: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Row and column of every bit set; most bytes are empty and are passed over."""
    row, byte = np.nonzero(packed)
    which, bit = np.nonzero(np.unpackbits(packed[row, byte][:, None], axis=1))
    return row[which], byte[which] * 8 + bit
