"""Footnotes: small print below a short rule at the foot of a page, referred to by a raised mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.parsing.pdf.layout import Item, Page, PageTable
from reviewer.parsing.pdf.lines import Line, Run

_MARK = re.compile(r"\s*([\[〔]?(?:\d{1,3}(?![.．]?\d)|[①-⑳*※†‡])[\]〕]?)\s*")
_SMALL = 0.85
_RULE = (0.1, 0.45)  # its length as a share of the page's width
_LOWER = 0.35  # notes stand below this share of the page's height


def take_footnotes(page: Page) -> None:
    """Move a page's footnotes from its lines to the lines that refer to them."""
    first = _first(page)
    if first is None:
        return
    own = [item for item in page.items[first:] if isinstance(item, Line)]
    page.items = page.items[:first]
    for mark, text in _notes(own):
        page.items = _attached(page.items, mark, text)


def _first(page: Page) -> int | None:
    """Index of the first item below the rule, where all that follows is small print."""
    body = [line.size for line in page.items if isinstance(line, Line)]
    if len(body) < 2 or not page.loose:
        return None
    usual = sorted(body)[len(body) // 2]
    for rule in page.loose:
        share = (rule.end - rule.start) / page.width
        if not _RULE[0] < share < _RULE[1] or rule.at < _LOWER * page.height:
            continue
        below = [k for k, item in enumerate(page.items) if item.box.top > rule.at - 2]
        lines = [page.items[k] for k in below]
        if not below or not all(isinstance(item, Line) for item in lines):
            continue
        starts = isinstance(lines[0], Line) and _MARK.match(lines[0].text)
        if starts and all(isinstance(line, Line) and line.size <= usual for line in lines):
            return below[0]
    return None


def _notes(own: Sequence[Line]) -> list[tuple[str, str]]:
    """Mark and text of each note; a line without mark goes on with the note above."""
    found: list[tuple[str, str]] = []
    for line in own:
        match = _MARK.match(line.text)
        if match and (not found or _follows(found[-1][0], match.group(1))):
            found.append((match.group(1), line.text[match.end() :]))
        elif found:
            mark, text = found[-1]
            found[-1] = (mark, text + line.text)
    return found


def _follows(last: str, mark: str) -> bool:
    return not (last.isdecimal() and mark.isdecimal()) or int(mark) == int(last) + 1


def _attached(items: list[Item], mark: str, text: str) -> list[Item]:
    """The items with the note at the line that holds its mark; at the last line otherwise."""
    found = _refer(items, mark, text)
    if found is not None:
        return found
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if isinstance(item, Line):
            return [*items[:index], item._replace(notes=(*item.notes, text)), *items[index + 1 :]]
    return items


def _refer(items: list[Item], mark: str, text: str) -> list[Item] | None:
    for index, item in enumerate(items):
        if isinstance(item, PageTable):
            for cell in item.cells:
                inner = _refer(cell.items, mark, text)
                if inner is not None:
                    cell.items = inner
                    return items
        elif isinstance(item, Line):
            run = next((run for run in item.runs if _is_reference(run, item, mark)), None)
            if run is not None:
                return [*items[:index], _without(item, run, text), *items[index + 1 :]]
    return None


def _is_reference(run: Run, line: Line, mark: str) -> bool:
    high = max(other.box.bottom - other.box.top for other in line.runs)
    small = run.box.bottom - run.box.top < _SMALL * high or run.size < _SMALL * line.size
    return small and run.text == mark and len(line.runs) > 1


def _without(line: Line, run: Run, note: str) -> Line:
    """The line without the raised mark, and with the note."""
    kept = tuple(other for other in line.runs if other is not run)
    before = "".join(other.text for other in line.runs[: line.runs.index(run)])
    at = line.text.find(run.text, max(0, len(before) - 1))
    text = line.text if at < 0 else line.text[:at] + line.text[at + len(run.text) :]
    cut = len(run.text)
    doubt = tuple((a - cut, b - cut) if a > at >= 0 else (a, b) for a, b in line.doubt)
    return line._replace(text=text, runs=kept, notes=(*line.notes, note), doubt=doubt)
