"""Where a finding without a place of its own is shown: at what stands nearest to its subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.model.declaration import Declaration, Span, Text
from reviewer.model.document import Document
from reviewer.model.review import Finding
from reviewer.policy.schema import Policy
from reviewer.reports.blanks import blank

_LISTS = {"main": "覆盖的环节和具体场景", "ai": "应用人工智能技术的具体场景"}


class Anchors:
    """Spans by subject. Without a declaration only a finding's own spans are known."""

    def __init__(
        self, policy: Policy, declaration: Declaration | None, document: Document | None = None
    ) -> None:
        self._policy = policy
        self._declaration = declaration
        self._document = document
        self._known: dict[str, Sequence[Span]] = {}
        for subject, text in _places(declaration) if declaration else ():
            if text.spans:
                self._known.setdefault(subject, text.spans)
        self._order = [f"section:{spec.id}" for spec in policy.template.sections]

    def spans(self, finding: Finding) -> Sequence[Span]:
        """The finding's own spans, else those of the nearest thing that exists; may be empty."""
        if finding.location.spans:
            return finding.location.spans
        kind, _, key = finding.subject.partition(":")
        if kind == "field" and (span := self._blank(key)) is not None:
            return (span,)
        for subject in self._ladder(finding.subject):
            if subject in self._known:
                return self._known[subject][:1]
        return ()

    def _blank(self, key: str) -> Span | None:
        """The empty place of a field, looked for behind the fields that stand before it."""
        if self._declaration is None or self._document is None or f"field:{key}" in self._known:
            return None
        field = self._declaration.fields.get(key)
        if field is None or not field.label:
            return None
        before = next((s for s in self._ladder(f"field:{key}") if s in self._known), "")
        last = max((span.place.block for span in self._known.get(before, ())), default=-1)
        return blank(self._document, field.label, last)

    def _ladder(self, subject: str) -> Iterator[str]:
        """The subject, then what holds it, then what should stand before it in the form."""
        yield subject
        kind, _, rest = subject.partition(":")
        if kind == "body":
            yield f"body:{rest.partition('/')[0]}"
            yield from self._sections(f"section:{rest.rpartition('.')[0]}")
        elif kind == "section":
            yield from self._sections(subject)
        elif kind == "list":
            yield f"field:{_LISTS.get(rest.partition(':')[0], '')}"
        elif kind == "kpi":
            yield from self._neighbours("kpi", rest, [kpi.name for kpi in self._policy.kpis])
        elif kind == "attachment":
            yield from self._sections("section:8")
        elif kind in ("dimension", "req"):
            yield from self._sections(self._narrated(rest))
        elif kind == "field":
            form = self._policy.template.fields
            yield from self._neighbours("field", rest, [spec.key for spec in form])

    @staticmethod
    def _neighbours(kind: str, name: str, names: Sequence[str]) -> Iterator[str]:
        """Those before it in the form, nearest first, then those behind it."""
        at = names.index(name) if name in names else 0
        yield from (f"{kind}:{one}" for one in (*reversed(names[:at]), *names[at:]))

    def _narrated(self, rest: str) -> str:
        """The section of a dimension (by name) or of a clause ("advanced.4.c")."""
        number = rest.split(".")[1] if rest.count(".") == 2 else ""
        for dimension in self._policy.dimensions:
            if rest == dimension.name or number == str(dimension.number):
                return f"section:{dimension.section}"
        return "section:3"

    def _sections(self, subject: str) -> Iterator[str]:
        if subject not in self._order:
            return
        at = self._order.index(subject)
        yield from reversed(self._order[: at + 1])


def _places(declaration: Declaration) -> Iterator[tuple[str, Text]]:
    """Headings first: a remark on a whole section stands at its heading."""
    for section in declaration.sections.values():
        yield f"section:{section.id}", section.heading
    for block in declaration.blocks:
        yield block.at, block.entry.text
        for part, text in block.parts.items():
            yield f"{block.at}/{part}", text
    for row in declaration.kpis:
        yield f"kpi:{row.name or row.label}", row.before
        yield f"kpi:{row.name or row.label}", row.after
    for item in declaration.fields.values():
        yield f"field:{item.key}", item.text
    yield from declaration.texts()
