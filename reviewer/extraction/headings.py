"""Finds the outline by voting over wording, number, style and emphasis.

No single sign is trusted: headings come without styles, without numbers, with other numbers, with
another wording. Each line that could head a section gets a score for it, and each section takes
its best line. Children (2.1, 7.3 …) are looked for within their parent first.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from reviewer.extraction.flow import Item, Line
from reviewer.extraction.numbers import Number, leading
from reviewer.extraction.vocabulary import Vocabulary, section_path
from reviewer.extraction.wording import opened, split_label, whole_label
from reviewer.policy.labels import fold
from reviewer.policy.schema import SectionSpec

_LONGEST = 60
_LONGEST_FUZZY = 30
_ALIKE = 60.0
_VERY_ALIKE = 80.0
_RUN_IN = re.compile(r"([^：:。；，,]{4,30})[：:](?=\s*\S)")
_SHORT_TITLE = 4
_ENOUGH = 5.0
_ENOUGH_INSIDE = 4.0
_COMPANY = 3


class Heading(NamedTuple):
    """A line that heads a section. position: its index in the stream. value: where text that
    belongs to the section begins in the line (== len: the line is only a heading)."""

    section: str
    position: int
    line: Line
    value: int


class _Candidate(NamedTuple):
    spec: SectionSpec
    position: int
    line: Line
    value: int
    wording: float
    score: float
    numbered: float


def find_headings(
    items: Sequence[Item], vocabulary: Vocabulary, skip: frozenset[int]
) -> list[Heading]:
    """The headings of the outline in document order, at most one a section.

    skip: positions of a table of contents.
    """
    candidates = [
        candidate
        for position, item in enumerate(items)
        if isinstance(item, Line) and position not in skip
        for candidate in _candidates(item, position, vocabulary)
    ]
    chosen = _choose(candidates, vocabulary, items)
    headings = [Heading(c.spec.id, c.position, c.line, c.value) for c in chosen.values()]
    return sorted(headings, key=lambda heading: heading.position)


def starts_like_heading(line: Line, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line could head anything: known title or number with short wording."""
    number = leading(line.number) or leading(text)
    rest = text[number.end :] if number and not line.number else text
    return len(text) <= _LONGEST and (number is not None or fold(rest) in vocabulary.titles)


def _candidates(line: Line, position: int, vocabulary: Vocabulary) -> Iterator[_Candidate]:
    numbers, start = line.leading
    start = opened(line.text, start)
    labelled = split_label(line.text, vocabulary.titles, start)
    if labelled is not None:
        if _is_part(line.text[start : labelled.end], numbers, vocabulary):
            return
        whole = labelled.value >= len(line.text)
        yield _candidate(
            labelled.what,
            position,
            line,
            labelled.value,
            4.0 if whole else 2.0,
            numbers,
            vocabulary,
        )
        return
    rest = line.text[start:]
    if _is_part(rest, numbers, vocabulary):
        return
    run_in = _RUN_IN.match(rest)
    if run_in is not None:
        near = list(_alike_run_in(line, position, start, run_in, numbers, vocabulary))
        if near:
            yield from near
            return
    if not 0 < len(rest) <= _LONGEST_FUZZY or not (numbers or emphasis(line) >= 1):
        return
    yield from _alike(line, position, fold(rest), numbers, vocabulary)


def _is_part(label: str, numbers: list[Number], vocabulary: Vocabulary) -> bool:
    """实施成效 heads a chapter as well as part (6) of a block: the kind of number tells."""
    return whole_label(label, vocabulary.parts) is not None and all(
        n.kind != "chinese" for n in numbers
    )


def _alike(
    line: Line, position: int, key: str, numbers: list[Number], vocabulary: Vocabulary
) -> Iterator[_Candidate]:
    """Titles that the wording is close to, or whose number it bears as a styled heading."""
    last = {number.values[-1] for number in numbers}
    for spec in vocabulary.numbered(last):
        agreed = _agreement(numbers, spec, vocabulary)
        alike = max(ratio(key, fold(title)) for title in spec.titles) if agreed > 0 else 0.0
        if agreed >= 2 and alike >= _ALIKE:
            yield _candidate(spec, position, line, len(line.text), 2.5, numbers, vocabulary)
        elif agreed >= 3 and line.paragraph.level is not None and not line.text.endswith("。"):
            yield _candidate(spec, position, line, len(line.text), 0.0, numbers, vocabulary)


def _alike_run_in(
    line: Line,
    position: int,
    start: int,
    run_in: re.Match[str],
    numbers: list[Number],
    vocabulary: Vocabulary,
) -> Iterator[_Candidate]:
    """Sub-sections whose number the line bears and whose title is nearly what the colon ends."""
    key = fold(run_in.group(1))
    for spec in vocabulary.numbered({number.values[-1] for number in numbers}):
        if spec.parent and _agreement(numbers, spec, vocabulary) >= 2:
            alike = max(ratio(key, fold(title)) for title in spec.titles)
            if alike >= _VERY_ALIKE:
                value = start + run_in.end()
                yield _candidate(spec, position, line, value, 2.5, numbers, vocabulary)


def _outline(vocabulary: Vocabulary) -> Iterable[SectionSpec]:
    return dict.fromkeys(vocabulary.titles.values())


def _candidate(
    spec: SectionSpec,
    position: int,
    line: Line,
    value: int,
    wording: float,
    numbers: list[Number],
    vocabulary: Vocabulary,
) -> _Candidate:
    agreed = _agreement(numbers, spec, vocabulary)
    score = wording + agreed + emphasis(line)
    return _Candidate(spec, position, line, value, wording, score, agreed)


def emphasis(line: Line) -> float:
    """What style and look say for a heading: 0 (none) to 4.5."""
    paragraph = line.paragraph
    return (
        2.0 * (paragraph.level is not None)
        + 1.0 * paragraph.bold
        + 0.5 * paragraph.centered
        + 1.0 * (line.role == "label")
    )


def _agreement(numbers: list[Number], spec: SectionSpec, vocabulary: Vocabulary) -> float:
    """The best agreement of a line's numbers with the section's."""
    wanted = vocabulary.number(spec.id)
    if wanted is None or not numbers:
        return 0.0
    return max(_agree(number, wanted, spec) for number in numbers)


def _agree(number: Number, wanted: Number, spec: SectionSpec) -> float:
    path = section_path(spec.id) or wanted.values
    if number.kind == wanted.kind:
        return 3.0 if number.values == wanted.values else _mismatch(number, wanted)
    if number.values == path:
        return 3.0 if len(path) > 1 else 2.0
    if len(number.values) == 1 and number.values == path[-1:]:
        return 1.5 if number.kind in ("bracketed", "chinese") else 1.0
    return -2.0 if number.kind == "dotted" or wanted.kind == "chinese" else 0.0


def _mismatch(number: Number, wanted: Number) -> float:
    """A renumbered heading says nothing; a deeper number (3.3.1) says that it is another thing."""
    return -3.0 if len(number.values) > len(wanted.values) else 0.0


def _choose(
    candidates: list[_Candidate], vocabulary: Vocabulary, items: Sequence[Item]
) -> dict[str, _Candidate]:
    by_section: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        by_section.setdefault(candidate.spec.id, []).append(candidate)
    taken: set[int] = {candidate.position for candidate in candidates}
    chosen: dict[str, _Candidate] = {}
    company: frozenset[int] | None = None
    for parents in (True, False):
        tops = sorted(c.position for c in chosen.values())
        for spec in _outline(vocabulary):
            if bool(spec.parent) != parents:
                if spec.dimension and spec.parent not in chosen and company is None:
                    company = _company(by_section, chosen, vocabulary)
                best = _best(spec, by_section.get(spec.id, []), chosen, tops, taken, items, company)
                if best is not None:
                    chosen[spec.id] = best
    return _resolved(chosen)


def _best(
    spec: SectionSpec,
    candidates: list[_Candidate],
    chosen: Mapping[str, _Candidate],
    tops: list[int],
    taken: set[int],
    items: Sequence[Item],
    company: frozenset[int] | None,
) -> _Candidate | None:
    parent = chosen.get(spec.parent)
    good = [
        (candidate.score + _followed(candidate, taken, items), candidate.position, candidate)
        for candidate in candidates
        if _acceptable(candidate, _within(candidate, parent, tops), parent is not None)
        or (company and candidate.position in company)
    ]
    return max(good)[2] if good else None


def _company(
    by_section: Mapping[str, list[_Candidate]],
    chosen: Mapping[str, _Candidate],
    vocabulary: Vocabulary,
) -> frozenset[int]:
    """Positions of official titles of dimensions that follow one another in the form's order
    where their chapter's heading is missing: together they are no chance."""
    outline = list(_outline(vocabulary))
    places = [spec.id for spec in outline if spec.dimension]
    middle = next(n for n, spec in enumerate(outline) if spec.dimension)
    before = [chosen[spec.id].position for spec in outline[:middle] if spec.id in chosen]
    after = [c.position for key, c in chosen.items() if key not in {s.id for s in outline[:middle]}]
    last, end = max(before, default=-1), min(after, default=None)
    found: list[int] = []
    for key in places:
        following = [
            c.position
            for c in by_section.get(key, ())
            if c.position > last and (end is None or c.position < end) and _is_title(c)
        ]
        if following:
            last = min(following)
            found.append(last)
    return frozenset(found) if len(found) >= _COMPANY else frozenset()


def _is_title(candidate: _Candidate) -> bool:
    """The whole line is a title, and not a numbered point of some other list."""
    return candidate.wording >= 4 and candidate.numbered >= 0


def _within(candidate: _Candidate, parent: _Candidate | None, tops: list[int]) -> bool:
    """Whether a candidate stands between its parent's heading and the next chapter's."""
    if parent is None:
        return False
    after = bisect.bisect_right(tops, parent.position)
    end = tops[after] if after < len(tops) else None
    return candidate.position > parent.position and (end is None or candidate.position < end)


def _acceptable(candidate: _Candidate, inside: bool, has_parent: bool) -> bool:
    spec, score = candidate.spec, candidate.score
    if candidate.wording < 1:
        return not has_parent or inside
    if candidate.wording < 3 and spec.dimension and candidate.numbered < 1:
        return False
    if not spec.parent:
        return score >= _ENOUGH_INSIDE and (_is_official(candidate) or _is_backed(candidate))
    if inside:
        return score >= (_ENOUGH_INSIDE if spec.dimension else 2.0)
    if has_parent or not _is_official(candidate):
        return candidate.numbered >= 3 and _is_dotted(candidate)
    return score >= _ENOUGH and (not spec.dimension or _is_backed(candidate))


def _is_official(candidate: _Candidate) -> bool:
    """The whole line is the form's own title; shorter wordings occur inside texts too."""
    title = candidate.line.text[candidate.line.leading[1] : candidate.value]
    return candidate.wording >= 4 and fold(title).startswith(fold(candidate.spec.titles[0]))


def _is_backed(candidate: _Candidate) -> bool:
    """A second sign beside the wording: the chapter's number, a heading's style, a long title."""
    styled = candidate.line.paragraph.level is not None
    long = len(fold(candidate.line.text)) > _SHORT_TITLE and candidate.wording >= 4
    return candidate.numbered >= 2 or styled or (long and candidate.numbered >= 0)


def _is_dotted(candidate: _Candidate) -> bool:
    return any(number.kind == "dotted" for number in candidate.line.leading[0])


def _followed(candidate: _Candidate, taken: set[int], items: Sequence[Item]) -> float:
    """A heading followed by content is likelier the real one than one in a list of titles."""
    if candidate.value < len(candidate.line.text):
        return 0.5
    following = candidate.position + 1
    return 0.5 if following < len(items) and following not in taken else 0.0


def _resolved(chosen: dict[str, _Candidate]) -> dict[str, _Candidate]:
    """One line heads one section: the better of two claims stands."""
    by_position: dict[int, _Candidate] = {}
    for candidate in chosen.values():
        known = by_position.get(candidate.position)
        if known is None or candidate.score > known.score:
            by_position[candidate.position] = candidate
    return {candidate.spec.id: candidate for candidate in by_position.values()}
