"""From the recognizer's answer to characters, and where on the line each of them stands."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
_BLANK = 0
_EM = 0.72  # of a detected line's height
_NARROW = 0.56  # of an em: letters and digits
_ENOUGH = 3
_SPACED = 1.4  # pitches: a space stands between
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")


class Glyph(NamedTuple):
    """A character; where its middle is, as a share of the line's length; confidence: 0 to 1."""

    char: str
    at: float
    confidence: float


def decode(steps: NDArray[np.float32], alphabet: Sequence[str], stretch: float) -> list[Glyph]:
    """The characters of a line (connectionist temporal classification, the likeliest at each step).

    steps: (t, len(alphabet)) probabilities along the line. alphabet: the character of each class,
    class 0 between characters. stretch: how many times longer than the line the picture given was.
    """
    best = steps.argmax(axis=1)
    starts = np.flatnonzero(np.concatenate(([True], best[1:] != best[:-1])))
    ends = np.concatenate((starts[1:], [len(best)]))
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        kind = int(best[start])
        char = alphabet[kind]
        if kind == _BLANK or char.isspace():
            continue
        middle = (start + end) / 2 / len(best) * stretch
        # The first step's, as rapidocr has it: what counts as sure was set by that.
        found.append(Glyph(char, min(1.0, middle), float(steps[start, kind])))
    return found


def spread(glyphs: Sequence[Glyph], line: Box, *, down: bool) -> list[tuple[str, Box, float]]:
    """Each character with its box in the line's; ``down``: the line runs down the page."""
    x0, top, x1, bottom = line
    begin, end, high = (top, bottom, x1 - x0) if down else (x0, x1, bottom - top)
    middles = [begin + glyph.at * (end - begin) for glyph in glyphs]
    wide = [bool(_WIDE.match(glyph.char)) for glyph in glyphs]
    em = pitch(middles, wide, _ENOUGH) or high * _EM
    middles = _even(middles, wide, em)
    found = []
    for k, glyph in enumerate(glyphs):
        half = em / 2 * (_NARROW if glyph.char.isascii() else 1.0)
        before = (middles[k - 1] + middles[k]) / 2 if k else begin
        behind = (middles[k] + middles[k + 1]) / 2 if k + 1 < len(glyphs) else end
        a, b = max(before, middles[k] - half), min(behind, middles[k] + half)
        box = (x0, a, x1, b) if down else (a, top, b, bottom)
        found.append((glyph.char, box, glyph.confidence))
    return found


def pitch(middles: Sequence[float], wide: Sequence[bool], enough: int) -> float:
    """How far full-width characters are apart; 0 where fewer than ``enough`` tell.

    The recognizer places them by steps of a third of a character: a mean, but of the usual steps.
    """
    steps = [b - a for k, (a, b) in enumerate(pairwise(middles)) if wide[k] and wide[k + 1]]
    if len(steps) < enough:
        return 0.0
    middle = statistics.median(steps)
    return statistics.fmean(step for step in steps if 0.6 * middle <= step <= _SPACED * middle)


def _even(middles: Sequence[float], wide: Sequence[bool], em: float) -> list[float]:
    """Full-width characters that follow each other stand evenly."""
    found = list(middles)
    start = 0
    for k in range(1, len(found) + 1):
        if (
            k < len(found)
            and wide[k]
            and wide[k - 1]
            and middles[k] - middles[k - 1] < _SPACED * em
        ):
            continue
        if k - start > _ENOUGH:
            places = np.arange(k - start)
            found[start:k] = np.polyval(np.polyfit(places, middles[start:k], 1), places).tolist()
        start = k
    return found
