"""The text around what a finding quotes, for reports that show it highlighted."""

from __future__ import annotations

from msgspec import Struct

from reviewer.model.document import Document, paragraphs
from reviewer.model.review import Finding

_AROUND = 48
_LONGEST = 240


class Excerpt(Struct, frozen=True):
    """before, marked, after: neighbouring pieces of one paragraph; marked may be ""."""

    before: str = ""
    marked: str = ""
    after: str = ""


class Excerpts:
    """Excerpts of one document. Without a document the quote alone is shown."""

    def __init__(self, document: Document | None) -> None:
        found = paragraphs(document.blocks) if document is not None else ()
        self._texts = {paragraph.place.block: paragraph.text for paragraph in found}

    def of(self, finding: Finding) -> Excerpt:
        """The excerpt at the first span of a finding."""
        where = finding.location
        if not where.spans:
            return Excerpt(marked=where.quote)
        span = where.spans[0]
        text = self._texts.get(span.place.block, "")
        marked = text[span.start : span.end]
        if not marked:
            return Excerpt(marked=where.quote)
        before, after = text[: span.start], text[span.end :]
        return Excerpt(
            ("…" if len(before) > _AROUND else "") + before[-_AROUND:],
            marked[:_LONGEST] + ("…" if len(marked) > _LONGEST else ""),
            after[:_AROUND] + ("…" if len(after) > _AROUND else ""),
        )
