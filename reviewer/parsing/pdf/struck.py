"""Text that is crossed out: a deletion that was printed with its mark is no text of the document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewer.parsing.pdf.content import Chars, Rule

_OFF_MIDDLE = 0.17  # of the character's height; underlines and fraction bars are farther off
_MOST_RULES = 400
_ENDS = 1.0


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
        if hit.any() and float((boxes[hit, 2] - boxes[hit, 0]).sum()) > 0.7 * (rule.end - rule.start):
            struck |= hit
    if not struck.any():
        return chars
    keep = ~struck
    text = "".join(char for char, kept in zip(chars.text, keep, strict=True) if kept)
    return Chars(text, *(part[keep] for part in chars[1:]))
