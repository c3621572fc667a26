"""One shared index of the declaration's sentences, made once, used by every later stage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reviewer.model.declaration import Declaration, Span, Text

_SENTENCE = re.compile(r"[^。！？；;!?\n]+[。！？；;!?]*")


class Sentence(Struct, frozen=True):
    """A sentence, the subject whose text holds it, and its span (None for made-up text)."""

    text: str
    subject: str
    span: Span | None = None


def split(text: Text) -> Iterator[tuple[str, Span | None]]:
    """Split at 。！？； and line ends; the spans point into the paragraphs of ``text``."""
    for chunk, span in chunks(text):
        for match in _SENTENCE.finditer(chunk):
            piece = match.group().strip()
            if not piece:
                continue
            if span is None:
                yield piece, None
                continue
            start = span.start + match.start() + match.group().index(piece[0])
            yield piece, Span(span.place, start, start + len(piece))


def chunks(text: Text) -> Iterator[tuple[str, Span | None]]:
    """The stretches that ``text`` is made of, each with its span."""
    if not text.spans:
        yield text.text, None
        return
    position = 0
    for span in text.spans:
        length = span.end - span.start
        yield text.text[position : position + length], span
        position += length + 1


def sentences(declaration: Declaration) -> tuple[Sentence, ...]:
    """All sentences of narratives, blocks, their tables and 附件1–6, with their subjects."""
    return tuple(
        Sentence(piece, subject, span)
        for subject, text in _labelled(declaration)
        for piece, span in split(text)
    )


def _labelled(declaration: Declaration) -> Iterator[tuple[str, Text]]:
    for section in declaration.sections.values():
        yield f"section:{section.id}", section.text
        for table in section.tables:
            yield f"section:{section.id}", table
    for block in declaration.blocks:
        for part, text in block.parts.items():
            yield f"{block.at}/{part}", text
        for rows in (block.equipment, block.software, block.process, block.technology):
            for row in rows:
                yield block.at, row.text
    for name, rows in declaration.lists.items():
        for row in rows:
            yield f"section:9.{name.removeprefix('附件')}", row.text
