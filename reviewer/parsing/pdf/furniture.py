"""Page headers, footers and page numbers: lines that come back at the same place on many pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reviewer.parsing.pdf.layout import Page
from reviewer.parsing.pdf.lines import Line

_ZONE = 0.12
_NUMBER_ZONE = 0.1
_MOST_LINES = 3
_NUMBER = re.compile(
    r"[-—–―·•\s]*(?:第\s*)?(?:\d{1,4}|[ivxlcIVXLC]{1,6})\s*页?\s*"
    r"(?:[/／,，、]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[-—–―·•\s]*",
)
_SAME_HEIGHT = 6.0
_DENSE = 0.45  # of the pages between the first and the last; odd and even pages may differ
_PAGED = re.compile(r"页|[Pp]age|\d[/／]\d|[-—–]\d+[-—–]")
_DIGITS = re.compile(r"\d+")
_Seen = dict[str, list[tuple[int, float]]]


def take_furniture(pages: Sequence[Page]) -> tuple[list[Line], list[Line]]:
    """Remove headers and footers from the pages; each text once. Page numbers are footers too."""
    headers = _take(pages, top=True)
    footers = _take(pages, top=False)
    return headers, footers


def _take(pages: Sequence[Page], *, top: bool) -> list[Line]:
    candidates = [(page, line) for page in pages for line in _margin(page, top=top)]
    seen: _Seen = defaultdict(list)
    for page, line in candidates:
        at = _from_edge(page, line, top=top)
        seen[_exact(line)].append((page.number, at))
        seen[_counting(page, line)].append((page.number, at))
    inner = frozenset(_inner(pages, {id(line) for _, line in candidates}))
    taken: dict[str, Line] = {}
    by_page: dict[int, list[tuple[Page, Line]]] = defaultdict(list)
    for page, line in candidates:
        by_page[page.number].append((page, line))
    for own in by_page.values():
        for page, line in own:  # from the edge inwards
            if not _is_furniture(page, line, seen, inner, len(pages), top=top):
                break
            page.items.remove(line)
            taken.setdefault(line.text, line)
    return list(taken.values())


def _margin(page: Page, *, top: bool) -> Iterator[Line]:
    """The outermost items of a page, as long as they are lines in its margin."""
    items = page.items if top else page.items[::-1]
    for item in items[:_MOST_LINES]:
        if not isinstance(item, Line) or _from_edge(page, item, top=top) > _ZONE * page.height:
            return
        yield item


def _inner(pages: Sequence[Page], outer: set[int]) -> Iterator[str]:
    """What also stands amid the pages: a heading that some pages happen to begin with."""
    for page in pages:
        for item in page.items:
            if isinstance(item, Line) and id(item) not in outer:
                yield _exact(item)


def _from_edge(page: Page, line: Line, *, top: bool) -> float:
    return line.middle if top else page.height - line.middle


def _exact(line: Line) -> str:
    return "".join(line.text.split())


def _counting(page: Page, line: Line) -> str:
    """The text with its numbers less the page's: the same for what counts with the pages."""
    text = _exact(line)
    if not _PAGED.search(text):
        return text  # 附件3 to 附件6 on four pages are headings
    return _DIGITS.sub(lambda match: f"#{int(match.group()[:6]) - page.number}", text)


def _is_furniture(
    page: Page,
    line: Line,
    seen: _Seen,
    inner: frozenset[str],
    pages: int,
    *,
    top: bool,
) -> bool:
    height = _from_edge(page, line, top=top)
    if _NUMBER.fullmatch(line.text) and height < _NUMBER_ZONE * page.height:
        return True
    if _exact(line) in inner:
        return False
    same = {
        number
        for key in (_exact(line), _counting(page, line))
        for number, at in seen[key]
        if abs(at - height) < _SAME_HEIGHT
    }
    if len(same) < max(2, min(3, pages // 2)) or pages <= 2:
        return False
    return len(same) >= _DENSE * (max(same) - min(same) + 1)
