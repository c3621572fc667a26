"""Text that is crossed out: a deletion that was printed with its mark is no text of the document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewer.parsing.pdf.content import Chars, Floats, Rule, kept

_OFF_MIDDLE = 0.17  # of the character's height; underlines and fraction bars are farther off
_MOST_RULES = 400
_ENDS = 1.0
_SPARE = 1.6  # heights: spaces at both ends that are crossed out too
_SAME_LINE = 0.4  # of the height: beside it in another font


def _width(boxes: Floats) -> float:
    return float(boxes[:, 2].max() - boxes[:, 0].min())


def without_struck(chars: Chars, rules: Sequence[Rule]) -> Chars:
    """The characters without those that a line crosses at half their height."""
    if not chars.text or not rules:
        return chars
    boxes = chars.boxes
    middle, high = (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 3] - boxes[:, 1]
    across = (boxes[:, 0] + boxes[:, 2]) / 2
    struck = np.zeros(len(boxes), np.bool_)
    for rule in rules[:_MOST_RULES]:
        inside = (across > rule.start - _ENDS) & (across < rule.end + _ENDS)
        hit = inside & (np.abs(middle - rule.at) < _OFF_MIDDLE * high)
        # A line much longer than the words that it crosses is something drawn over them.
        if hit.any() and rule.end - rule.start - _width(boxes[hit]) < _SPARE * float(
            high[hit].max()
        ):
            line = float(middle[hit].mean())
            struck |= inside & (np.abs(middle - line) < _SAME_LINE * high)
    if not struck.any():
        return chars
    return kept(chars, ~struck)
