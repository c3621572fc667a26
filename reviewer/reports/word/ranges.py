"""From a finding's spans to paragraphs of the body and letters in them."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from reviewer.model.declaration import Span
from reviewer.model.document import Document, paragraphs
from reviewer.reports.word.letters import Letters
from reviewer.reports.word.marks import Marked
from reviewer.reports.word.names import Dialect
from reviewer.reports.word.package import Original


class Ranges:
    """Finds where comments go. letters: of every paragraph asked for so far."""

    def __init__(self, original: Original, document: Document | None) -> None:
        self._original = original
        self._d: Dialect = original.dialect
        self._paragraphs = list(original.root.iter(self._d("p")))
        self._texts: dict[int, str] = {}
        for paragraph in paragraphs(document.blocks) if document else ():
            place = paragraph.place
            if place.paragraph >= 0 and original.is_main(place.part):
                self._texts.setdefault(place.paragraph, paragraph.text)
        self.letters: dict[etree._Element, Letters] = {}

    def top(self, comment: int) -> Marked | None:
        """The first paragraph of the body with text, else the first; None in an empty body."""
        fallback: etree._Element | None = None
        for paragraph in self._paragraphs[:200]:
            if self._boxed(paragraph) is not None:
                continue
            fallback = paragraph if fallback is None else fallback
            if self._of(paragraph).raw.strip():
                return self._whole(comment, paragraph)
        return None if fallback is None else self._whole(comment, fallback)

    def mark(self, comment: int, spans: Sequence[Span]) -> Marked | None:
        """The range of the first connected group of spans; None where none is in the body."""
        group = self._group(spans)
        if not group:
            return None
        first, last = group[0], group[-1]
        start_at = self._paragraphs[first.place.paragraph]
        holder = self._boxed(start_at)
        if holder is not None:
            return self._around(comment, holder)
        end_at = self._paragraphs[last.place.paragraph]
        start, _ = self._located(first, start_at)
        _, end = self._located(last, end_at)
        return Marked(comment, start_at, start, end_at, end)

    def _group(self, spans: Sequence[Span]) -> list[Span]:
        """The leading spans that stand in one container (body, cell …), in order."""
        group: list[Span] = []
        for span in spans:
            if not self._in_body(span):
                continue
            if group and not self._follows(group[-1], span):
                break
            group.append(span)
        return group

    def _in_body(self, span: Span) -> bool:
        known = 0 <= span.place.paragraph < len(self._paragraphs)
        return known and self._original.is_main(span.place.part)

    def _follows(self, before: Span, after: Span) -> bool:
        one, two = before.place.paragraph, after.place.paragraph
        if (one, before.start) > (two, after.start):
            return False
        same = self._paragraphs[one].getparent() is self._paragraphs[two].getparent()
        return same and not any(
            self._paragraphs[at].getparent() is self._paragraphs[one].getparent()
            and self._texts.get(at, "").strip()
            for at in range(one + 1, two)
        )

    def _located(self, span: Span, paragraph: etree._Element) -> tuple[int, int]:
        text = self._texts.get(span.place.paragraph, "")
        return self._of(paragraph).located(text, span.start, span.end)

    def _of(self, paragraph: etree._Element) -> Letters:
        if paragraph not in self.letters:
            self.letters[paragraph] = Letters(paragraph, self._d)
        return self.letters[paragraph]

    def _whole(self, comment: int, paragraph: etree._Element) -> Marked:
        return Marked(comment, paragraph, 0, paragraph, len(self._of(paragraph).letters))

    def _boxed(self, paragraph: etree._Element) -> etree._Element | None:
        """The run of the body that holds the text box around a paragraph, None outside one."""
        boxes = list(paragraph.iterancestors(self._d("txbxContent")))
        return next(boxes[-1].iterancestors(self._d("r")), None) if boxes else None

    def _around(self, comment: int, run: etree._Element) -> Marked | None:
        """Word takes no comments inside text boxes: the mark goes around the box's anchor."""
        paragraph = next(run.iterancestors(self._d("p")), None)
        if paragraph is None:
            return None
        return Marked(comment, paragraph, 0, paragraph, 0, run)
