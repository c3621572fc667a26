"""Labels and values side by side without ruling lines, where the value has several lines.

Covers are often set with tables without borders: a label in the left column, in the middle of the
height of a value of two lines. Read from top to bottom that is value, label, value.
"""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.parsing.pdf.content import Rect
from reviewer.parsing.pdf.lines import Line

_COLONS = (":", "：")
_LONGEST = 20
_SAME = 3.0
_PITCH = 2.1  # of the size: how far the lines of one value are apart at most


def pair(lines: Sequence[Line]) -> list[Line]:
    """The lines, each label in front of its whole value."""
    found = list(lines)
    index = 0
    while index < len(found):
        span = _span(found, index)
        if span is not None:
            start, end, text_before = span
            found[start:end] = [_whole(found[start:end], index - start, text_before)]
            index = start
        index += 1
    return found


def _span(lines: Sequence[Line], index: int) -> tuple[int, int, int] | None:
    """First and last line of the value of the label at ``index``, and the label's runs' number."""
    label = lines[index]
    count = _label_runs(label)
    if not count:
        return None
    edge = label.runs[count - 1].box.x1
    value = label.runs[count].box.x0 if count < len(label.runs) else None
    start, end = index, index + 1
    while start and _is_value(lines[start - 1], lines[start], edge, value):
        value = lines[start - 1].box.x0
        start -= 1
    if value is None and start == index:
        return None  # nothing above: what follows is an ordinary line
    while end < len(lines) and _is_value(lines[end], lines[end - 1], edge, value):
        end += 1
    return (start, end, count) if end - start > 1 else None


def _label_runs(line: Line) -> int:
    """How many of a line's runs are its label: up to a colon, with a gap behind."""
    text = ""
    for number, run in enumerate(line.runs, 1):
        text += run.text
        if len(text) > _LONGEST:
            return 0
        if text.endswith(_COLONS):
            last = number == len(line.runs)
            gap = 99.0 if last else line.runs[number].box.x0 - run.box.x1
            return number if gap > 2 else 0
    return 0


def _is_value(line: Line, neighbour: Line, edge: float, value: float | None) -> bool:
    """Whether a line above or below belongs to the value that begins right of ``edge``."""
    if line.box.x0 < edge - 1 or abs(line.middle - neighbour.middle) > _PITCH * line.size:
        return False
    if value is not None and abs(line.box.x0 - value) > _SAME:
        return False
    return not _label_runs(line)


def _whole(lines: Sequence[Line], index: int, count: int) -> Line:
    """One line of the label and all parts of the value."""
    label = lines[index]
    before = sum(len(run.text) for run in label.runs[:count])
    cut = 0
    while before and cut < len(label.text):
        before -= not label.text[cut].isspace()
        cut += 1
    pieces = [label.text[:cut], " "]
    doubt = [(a, b) for a, b in label.doubt if b <= cut]
    for line in lines:
        text, start = (label.text[cut:].lstrip(), cut) if line is label else (line.text, 0)
        offset = sum(map(len, pieces)) - start
        doubt += [(a + offset, b + offset) for a, b in line.doubt if a >= start]
        pieces.append(text)
    box = Rect(
        min(line.box.x0 for line in lines), min(line.box.top for line in lines),
        max(line.box.x1 for line in lines), max(line.box.bottom for line in lines),
    )  # fmt: skip
    return label._replace(text="".join(pieces), box=box, doubt=tuple(doubt))
