"""Pieces of text with their places, and the order of subjects in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.model.declaration import Declaration, Span, Text
from reviewer.model.index import chunks
from reviewer.model.review import Location
from reviewer.policy.schema import Policy
from reviewer.rules import keys

QUOTE = 80


def cut(text: Text, start: int, end: int) -> Text:
    """Characters [start, end) of ``text``, with the spans that they came from."""
    spans: list[Span] = []
    position = 0
    for chunk, span in chunks(text):
        first, last = max(start, position), min(end, position + len(chunk))
        if span is not None and first < last:
            offset = span.start - position
            spans.append(Span(span.place, first + offset, last + offset))
        position += len(chunk) + 1
    piece = text.text[start:end]
    return Text(
        piece if _fits(piece, spans) else "\n".join(_pieces(text, start, end)),
        tuple(spans),
        text.doubt,
    )


def _fits(piece: str, spans: list[Span]) -> bool:
    return not spans or len(piece) == sum(s.end - s.start for s in spans) + len(spans) - 1


def _pieces(text: Text, start: int, end: int) -> Iterator[str]:
    position = 0
    for chunk, _ in chunks(text):
        piece = chunk[max(start - position, 0) : max(end - position, 0)]
        if piece:
            yield piece
        position += len(chunk) + 1


def quote(text: str) -> str:
    """On one line, at most 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTE else line[: QUOTE - 1] + "…"


def location(text: Text) -> Location:
    """Page, block, quote and spans of a text."""
    place = text.spans[0].place if text.spans else None
    return Location(
        page=place.page if place else None,
        block=place.block if place else None,
        quote=quote(text.text),
        spans=text.spans,
    )


class Order:
    """The place of every subject in reading order, known or reckoned from its neighbours."""

    def __init__(self, policy: Policy, declaration: Declaration) -> None:
        found = _blocks(declaration)
        self._keys: dict[str, tuple[int, int]] = {}
        last = -1
        for index, subject in enumerate(_sequence(policy, declaration)):
            last = found.get(subject, last)
            self._keys.setdefault(subject, (last, index))
        self._end = (max(found.values(), default=0) + 1, 0)

    def key(self, subject: str, block: int | None) -> tuple[int, int]:
        """Sort key: by the block where known, else behind what stands before it in the form."""
        known = self._keys.get(_home(subject), self._end)
        return (block, known[1]) if block is not None else known


def _home(subject: str) -> str:
    """The subject that stands in the form's sequence: that of the whole block or field."""
    if subject.startswith("list:"):
        return f"field:{keys.AI_LIST if subject.startswith('list:ai') else keys.MAIN_LIST}"
    if subject.startswith("attachment:"):
        return "section:8"
    return subject.partition("/")[0] if subject.startswith("body:") else subject


def _blocks(declaration: Declaration) -> dict[str, int]:
    found: dict[str, int] = {}
    for section in declaration.sections.values():
        _note(found, f"section:{section.id}", section.heading)
    for block in declaration.blocks:
        _note(found, block.at, block.entry.text)
    for row in declaration.kpis:
        _note(found, f"kpi:{row.name or row.label}", row.before)
    for subject, text in declaration.texts():
        _note(found, subject, text)
    return found


def _note(found: dict[str, int], subject: str, text: Text) -> None:
    if text.spans:
        found.setdefault(subject, text.spans[0].place.block)


def _sequence(policy: Policy, declaration: Declaration) -> Iterator[str]:
    """All subjects in the order of the form."""
    form = policy.template.fields
    yield "section:cover"
    yield from (f"field:{spec.key}" for spec in form if spec.part == "cover")
    yield "section:commitment"
    yield from (f"field:{spec.key}" for spec in form if spec.part != "cover")
    yield from (f"kpi:{kpi.name}" for kpi in policy.kpis)
    yield from (f"kpi:{row.name or row.label}" for row in declaration.kpis)
    yield from _sections(policy, declaration)


def _sections(policy: Policy, declaration: Declaration) -> Iterable[str]:
    for spec in policy.template.sections:
        yield f"section:{spec.id}"
        yield from (block.at for block in declaration.blocks if block.section == spec.id)
