"""Lines of text joined into paragraphs, by how full they are and how they begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from reviewer.model.clean import clean
from reviewer.model.document import Box, Paragraph, Place
from reviewer.parsing.docx.captions import worded_as_caption
from reviewer.parsing.pdf.content import Rect
from reviewer.parsing.pdf.lines import Line
from reviewer.parsing.pdf.wording import begins_item, ended, has_leader

_BOX = re.compile(r"[□☐☑☒■√]|[（(]\s*[)）]")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
_ROW = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[（(][^（()）]{1,6}[）)])?[：:]")
_HALF_END, _HALF_START = re.compile(r"[A-Za-z0-9,;:)]"), re.compile(r"[A-Za-z(]")
_SLACK = 0.3  # of the size: how much shorter than needed a full line may be
_INDENT = 0.6
_SIZE = 0.6
_COLUMN_GAP = 2.5  # of the size


def join(lines: Sequence[Line], next_block: Callable[[], int]) -> list[Paragraph]:
    """The paragraphs of one region's lines (they may go on over pages)."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        paragraph for group in groups if (paragraph := _paragraph(group, next_block)) is not None
    ]


def goes_on(group: Sequence[Line], line: Line) -> bool:
    """Whether a line goes on with the paragraph of the lines before."""
    last = group[-1]
    if abs(last.size - line.size) > _SIZE and abs(last.size - line.size) > 0.12 * line.size:
        return False
    if not is_full(last, line) or (last.bold != line.bold and len(group) == 1 and last.bold):
        return False
    if has_leader(last.text) or (_LABEL.match(line.text) and _BOX.search(last.text)):
        return False
    if _is_tabular(last) and _is_tabular(line):
        return False
    if all(_is_row(each) for each in (group[0], line)):
        return False
    if last.page == line.page and _apart(group, line):
        return False
    if begins_item(line.text) and _starts_item(group, line):
        return False
    return _placed(group, line)


def is_full(last: Line, line: Line) -> bool:
    """Whether the next line's first word would not have fitted on the line before."""
    return last.box.x1 + line.head > last.right - _SLACK * line.size


def _apart(group: Sequence[Line], line: Line) -> bool:
    """A wider gap than within the paragraph."""
    last = group[-1]
    pitch = line.middle - last.middle
    if len(group) > 1 and group[-2].page == last.page:
        return pitch > 1.5 * (last.middle - group[-2].middle)
    return pitch > 3.2 * max(last.size, line.size)


def _is_tabular(line: Line) -> bool:
    """Words set apart in columns without ruling lines."""
    runs = line.runs
    if len(runs) < 3:
        return False
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(runs)]
    return sum(gap > _COLUMN_GAP * line.size for gap in gaps) > 1 and not _BOX.search(line.text)


def _is_row(line: Line) -> bool:
    """A label, a blank and a value: 项目名称：　……"""
    label = _ROW.match(line.text)
    return label is not None and line.text[label.end() : label.end() + 1].isspace()


def _starts_item(group: Sequence[Line], line: Line) -> bool:
    """A number begins a new item where the text before is an item itself, or has ended."""
    first, last = group[0], group[-1]
    indented = line.box.x0 - line.left > _INDENT * line.size
    return indented or begins_item(first.text) or ended(last.text)


def _placed(group: Sequence[Line], line: Line) -> bool:
    """Whether the line begins where a paragraph's further lines do."""
    last, size = group[-1], max(line.size, 6.0)
    indent = line.box.x0 - line.left
    if indent < _INDENT * size:
        return True
    if is_centered(last) and is_centered(line):
        return True
    begins = (
        line.box.x0 - last.box.x0 if last.left == line.left else indent - (last.box.x0 - last.left)
    )
    if len(group) > 1 and abs(begins) < 2:
        return True  # a hanging indent
    open_end = not ended(last.text)
    if abs(begins) < 2:
        return open_end
    return (begins > 0.8 * size and open_end) or (begins_item(group[0].text) and begins > 2)


def is_centered(line: Line) -> bool:
    """Whether a line stands in the middle of its region, with room on both sides."""
    before, behind = line.box.x0 - line.left, line.right - line.box.x1
    room = max(line.right - line.left, 1.0)
    return before > 0.8 * line.size and abs(before - behind) < max(4.0, 0.015 * room)


def _paragraph(group: Sequence[Line], next_block: Callable[[], int]) -> Paragraph | None:
    text, doubt = _joined(group)
    text = clean(text)
    if not text.strip():
        return None
    centered = all(is_centered(line) for line in group)
    return Paragraph(
        text=text,
        place=Place(
            block=next_block(),
            page=group[0].page,
            boxes=tuple(box_on(line.page, line.box) for line in group),
        ),
        bold=all(line.bold for line in group),
        size=round(group[0].size * 2) / 2,
        centered=centered,
        toc=has_leader(text),
        caption=worded_as_caption(text, centered=centered),
        doubt=doubt,
        notes=tuple(note for line in group for note in line.notes),
    )


def box_on(page: int, rect: Rect) -> Box:
    """A rectangle of a page as it is kept."""
    x0, top, x1, bottom = rect
    return Box(page, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def _joined(group: Sequence[Line]) -> tuple[str, tuple[tuple[int, int], ...]]:
    text, doubt = "", []
    for line in group:
        if text and _HALF_END.match(text[-1]) and _HALF_START.match(line.text):
            text += " "
        doubt += [(len(text) + start, len(text) + end) for start, end in line.doubt]
        text += line.text
    return text, tuple(doubt)
