"""From characters to lines of text within one region (a cell, or the page around the tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reviewer.parsing.pdf.content import Chars, Rect

# What Word keeps together at a line's beginning: a word or number with what closes it.
_TYPED_GAP, _WIDE_GAP = 0.15, 0.45  # of the size: with a space typed, and without
_UNIT = re.compile(
    r"(?:[A-Za-z0-9][A-Za-z0-9.,:%+_@'-]*|[（(《“‘\[【]*.)[，。、；：？！”’）)》】\]%,.;:]*"
)
_BLANK = " \u3000\xa0"
_HALF = re.compile(r"[!-~]")
_WORD_GAP = 0.17  # of the height: between two words in Latin letters


class Run(NamedTuple):
    """Characters that follow one another in the content stream on one line, in one format.

    head: width of what cannot be parted at the beginning. lead, trail: white space was around it.
    """

    text: str
    box: Rect
    size: float
    bold: bool
    doubt: tuple[tuple[int, int], ...]
    head: float
    turned: bool
    lead: bool = False
    trail: bool = False

    @property
    def middle(self) -> float:
        """The height that it stands on."""
        return (self.box.top + self.box.bottom) / 2


class Line(NamedTuple):
    """A line of text. left, right: where lines of its region begin and end at most.

    head: width of what cannot be parted at its beginning. runs: what it was made of.
    notes: footnotes referred to from here.
    """

    text: str
    page: int
    box: Rect
    size: float
    bold: bool
    doubt: tuple[tuple[int, int], ...]
    head: float
    runs: tuple[Run, ...]
    left: float = 0.0
    right: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """The height that it stands on."""
        return (self.box.top + self.box.bottom) / 2


class _Cut(NamedTuple):
    """A run's characters [begin, stop), its head up to and with last, white space around it."""

    region: int
    begin: int
    stop: int
    last: int
    lead: bool
    trail: bool


def runs(chars: Chars, region: NDArray[np.int32]) -> dict[int, list[Run]]:
    """Region → its runs in content order. region: (n,) number of each character's region."""
    found: dict[int, list[Run]] = {}
    cuts = _cuts(chars, region)
    if not cuts:
        return found
    begin = np.array([cut.begin for cut in cuts])
    first, final = chars.boxes[begin], chars.boxes[[cut.stop - 1 for cut in cuts]]
    boxes = np.minimum(first, final)
    boxes[:, 2:] = np.maximum(first[:, 2:], final[:, 2:])
    heads = chars.boxes[[cut.last for cut in cuts], 2].astype(float) - first[:, 0]
    formats = (each[begin].tolist() for each in (chars.sizes, chars.bold, chars.turned))
    doubted = bool(chars.doubt.any())
    rows = zip(cuts, boxes.tolist(), heads.tolist(), *formats, strict=True)
    for (own, start, stop, _, lead, trail), row, head, size, bold, turned in rows:
        box = _around(chars.boxes[start:stop].tolist()) if turned else Rect._make(row)
        doubt = _ranges(chars.doubt[start:stop]) if doubted else ()
        run = Run(chars.text[start:stop], box, size, bold, doubt, head, turned, lead, trail)
        found.setdefault(own, []).append(run)
    return found


def _cuts(chars: Chars, region: NDArray[np.int32]) -> list[_Cut]:
    """Where the runs are. White space alone is none; it is told of at its region's run before."""
    found: list[_Cut] = []
    if not chars.text:
        return found
    whole = chars.text
    starts = np.concatenate(([0], np.flatnonzero(_parted(chars, region)) + 1))
    ends = [*starts[1:].tolist(), len(whole)]
    before: dict[int, int] = {}
    for start, end, own in zip(starts.tolist(), ends, region[starts].tolist(), strict=True):
        begin, stop = start, end
        while begin < stop and whole[begin] in _BLANK:
            begin += 1
        while begin < stop and whole[stop - 1] in _BLANK:
            stop -= 1
        if begin < stop:
            before[own] = len(found)
            unit = _UNIT.match(whole, begin, stop)
            last = unit.end() - 1 if unit else begin
            found.append(_Cut(own, begin, stop, last, begin > start, stop < end))
        elif own in before:
            found[before[own]] = found[before[own]]._replace(trail=True)
    return found


def _parted(chars: Chars, region: NDArray[np.int32]) -> NDArray[np.bool_]:
    """(n - 1,) whether a run ends between two characters."""
    boxes = chars.boxes
    high = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    gap = boxes[1:, 0] - boxes[:-1, 2]
    elsewhere = region[1:] != region[:-1]
    cut: NDArray[np.bool_] = elsewhere | (
        np.abs(middle[1:] - middle[:-1]) > 0.35 * np.minimum(high[1:], high[:-1])
    )
    cut |= (gap > 0.9 * high[1:]) | (gap < -0.6 * high[1:])
    codes = np.frombuffer(chars.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    half = (codes > 32) & (codes < 127)
    cut |= half[1:] & half[:-1] & (gap > _WORD_GAP * high[1:])
    cut |= np.abs(chars.sizes[1:] - chars.sizes[:-1]) > 0.3
    cut |= chars.bold[1:] != chars.bold[:-1]
    cut &= ~(chars.turned[1:] & chars.turned[:-1] & ~elsewhere)
    return cut


def _around(rows: list[list[float]]) -> Rect:
    x0, top, x1, bottom = zip(*rows, strict=True)
    return Rect(min(x0), min(top), max(x1), max(bottom))


def _ranges(doubt: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    if not doubt.any():
        return ()
    edges = np.flatnonzero(np.diff(np.concatenate(([0], doubt.astype(np.int8), [0]))))
    return tuple((int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True))


def lines(own: Sequence[Run], page: int) -> list[Line]:
    """The runs of one region as lines, top to bottom, pieces left to right."""
    if len(own) < 2:
        return [_line(own, page)] if own else []
    found = [_line([run], page) for run in own if run.turned]
    found += (_line(group, page) for group in _groups([run for run in own if not run.turned]))
    if len(found) > 1:
        found.sort(key=lambda line: line.box.top if line.runs[0].turned else line.middle)
    return found


def _groups(own: Sequence[Run]) -> Iterator[Sequence[Run]]:
    """Runs whose middles are on one height; small raised ones belong to the line they are beside."""
    group: list[Run] = []
    level = highest = 0.0  # middle and height of the group's highest run
    for middle, run in sorted(((run.middle, run) for run in own), key=itemgetter(0)):
        high = run.box.bottom - run.box.top
        if group and middle - level >= 0.42 * max(highest, high):
            yield sorted(group, key=attrgetter("box.x0"))
            group = []
        if not group or high > highest:
            level, highest = middle, high
        group.append(run)
    if group:
        yield sorted(group, key=attrgetter("box.x0"))


def _line(group: Sequence[Run], page: int) -> Line:
    if len(group) == 1:
        (run,) = group
        return Line(run.text, page, run.box, run.size, run.bold, run.doubt, run.head, (run,))
    main = max(group, key=lambda run: run.box.x1 - run.box.x0)
    pieces: list[str] = []
    doubt: list[tuple[int, int]] = []
    kept: list[Run] = []
    for run in group:
        if kept and _twice(kept[-1], run):
            continue
        if kept and _spaced(kept[-1], run, main.size):
            pieces.append(" ")
        offset = sum(map(len, pieces))
        doubt += [(offset + start, offset + end) for start, end in run.doubt]
        pieces.append(run.text)
        kept.append(run)
    box = Rect(
        min(run.box.x0 for run in kept), min(run.box.top for run in kept),
        max(run.box.x1 for run in kept), max(run.box.bottom for run in kept),
    )  # fmt: skip
    bold = all(run.bold for run in kept)
    head = kept[0].head
    for before, run in pairwise(kept):
        # A word in two formats, or what closes the first piece.
        if (
            head < before.box.x1 - before.box.x0 - 0.1
            or run.text[0] not in "，。、；：？！”’）)》】"
        ):
            break
        head += run.head
    return Line("".join(pieces), page, box, kept[0].size, bold, tuple(doubt), head, tuple(kept))


def _twice(one: Run, two: Run) -> bool:
    """Text drawn a second time, a little off, to look bold."""
    return one.text == two.text and abs(one.box.x0 - two.box.x0) < 0.2 * two.size


def _spaced(one: Run, two: Run, size: float) -> bool:
    gap = two.box.x0 - one.box.x1
    if _HALF.match(one.text[-1]) and _HALF.match(two.text[0]):
        return gap > _WORD_GAP * size
    if one.trail or two.lead:
        return gap > _TYPED_GAP * size
    return gap > _WIDE_GAP * size
