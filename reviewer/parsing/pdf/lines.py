"""From characters to lines of text within one region (a cell, or the page around the tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
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


def runs(chars: Chars, region: NDArray[np.int32]) -> dict[int, list[Run]]:
    """Region → its runs in content order. region: (n,) number of each character's region."""
    found: dict[int, list[Run]] = {}
    if not chars.text:
        return found
    boxes = chars.boxes
    high = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    gap = boxes[1:, 0] - boxes[:-1, 2]
    cut = region[1:] != region[:-1]
    cut |= np.abs(middle[1:] - middle[:-1]) > 0.35 * np.minimum(high[1:], high[:-1])
    cut |= (gap > 0.9 * high[1:]) | (gap < -0.6 * high[1:])
    codes = np.frombuffer(chars.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    half = (codes > 32) & (codes < 127)
    cut |= half[1:] & half[:-1] & (gap > _WORD_GAP * high[1:])
    cut |= np.abs(chars.sizes[1:] - chars.sizes[:-1]) > 0.3
    cut |= chars.bold[1:] != chars.bold[:-1]
    cut &= ~(chars.turned[1:] & chars.turned[:-1] & (region[1:] == region[:-1]))
    starts = [0, *(np.flatnonzero(cut) + 1).tolist(), len(chars.text)]
    rows, sizes = boxes.tolist(), chars.sizes.tolist()
    doubted = bool(chars.doubt.any())
    for start, end in pairwise(starts):
        text = chars.text[start:end]
        begin = start + len(text) - len(text.lstrip(_BLANK))
        stop = start + len(text.rstrip(_BLANK))
        own = found.setdefault(int(region[start]), [])
        if begin >= stop:
            if own:
                own[-1] = own[-1]._replace(trail=True)
            continue
        text = chars.text[begin:stop]
        unit = _UNIT.match(text)
        last = begin + min(unit.end() if unit else 1, len(text)) - 1
        turned = bool(chars.turned[begin])
        run = Run(
            text,
            _around(rows[begin:stop]) if turned else _along(rows[begin], rows[stop - 1]),
            sizes[begin],
            bool(chars.bold[begin]),
            _ranges(chars.doubt[begin:stop]) if doubted else (),
            rows[last][2] - rows[begin][0],
            turned,
            begin > start,
            stop < end,
        )
        own.append(run)
    return found


def _along(first: list[float], last: list[float]) -> Rect:
    return Rect(
        min(first[0], last[0]),
        min(first[1], last[1]),
        max(first[2], last[2]),
        max(first[3], last[3]),
    )


def _around(rows: list[list[float]]) -> Rect:
    x0, top, x1, bottom = zip(*rows, strict=True)
    return Rect(min(x0), min(top), max(x1), max(bottom))


def _ranges(doubt: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    if not doubt.any():
        return ()
    edges = np.flatnonzero(np.diff(np.concatenate(([0], doubt.astype(np.int8), [0]))))
    return tuple((int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True))


def lines(own: Iterable[Run], page: int) -> list[Line]:
    """The runs of one region as lines, top to bottom, pieces left to right."""
    upright: list[Run] = []
    found: list[Line] = []
    for run in own:
        if run.turned:
            found.append(_line([run], page))
        else:
            upright.append(run)
    found += (_line(group, page) for group in _groups(upright))
    found.sort(key=lambda line: line.box.top if line.runs[0].turned else line.middle)
    return found


def _groups(own: list[Run]) -> Iterator[list[Run]]:
    """Runs whose middles are on one height; small raised ones belong to the line they are beside."""
    rest = sorted(own, key=lambda run: run.middle)
    groups: list[list[Run]] = []
    for run in rest:
        group = groups[-1] if groups else None
        if group is not None and _beside(group, run):
            group.append(run)
        else:
            groups.append([run])
    for group in groups:
        yield sorted(group, key=lambda run: run.box.x0)


def _beside(group: list[Run], run: Run) -> bool:
    main = max(group, key=lambda other: other.box.bottom - other.box.top)
    high = max(main.box.bottom - main.box.top, run.box.bottom - run.box.top)
    return abs(run.middle - main.middle) < 0.42 * high


def _line(group: list[Run], page: int) -> Line:
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
