"""Gets a worker warm: one review of a declaration made of the pack's own words.

Every case is reviewed in a forked child that is thrown away; what is filled on first use (tables of
folded characters, patterns, vocabularies, the model's weights, PDFium) is therefore filled before
the fork. A child that had to do it itself would take a fifth longer.
"""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from xml.sax.saxutils import escape

from reviewer.errors import ReviewerError
from reviewer.model.counting import count
from reviewer.model.folding import bare, fold
from reviewer.policy.formspec import FieldSpec
from reviewer.policy.schema import Policy
from reviewer.service import Reviewer

_PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources
<</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> >> >> >> endobj
4 0 obj <</Length 99>> stream
BT /F 12 Tf 72 700 Td (1 text) Tj ET 72 500 m 300 500 l 300 600 l 72 600 l 72 500 l 200 500 l S
endstream endobj
trailer <</Root 1 0 R>>
"""
"""A page with a line of text and a frame, of our own: it loads PDFium and what reads with it."""


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_LEADS, _TRAILS = range(0xA1, 0xF8), range(0xA1, 0xFF)  # of GB 2312
_LINE = 94
_VALUES = {
    "date": "2026年3月1日",
    "period": "2022年4月1日至2025年11月30日",
    "money": "1200万元",
    "years": "1200",
    "uscc": "91130000000000000A",
    "url": "https://example.invalid/",
}


def warm_up(reviewer: Reviewer) -> None:
    """Review the made-up declaration once; whatever comes of it is thrown away."""
    from reviewer.batch.digest import digest
    from reviewer.batch.tables import intake
    from reviewer.reports.json import encode

    for line in _letters():
        for fill in (fold, bare, count):
            fill(line)
    import cv2  # noqa: F401  # finds seals; not called here, since threads do not outlive a fork

    with suppress(ReviewerError):
        reviewer.read(_PDF, "a.pdf")
    with suppress(ReviewerError):
        document = reviewer.read(_package(reviewer.policy), "a.docx")
        intake.of_document(document, reviewer)
        review = reviewer.review_document(document)
        encode(review)
        digest(review, reviewer.policy)
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared


def _package(policy: Policy) -> bytes:
    """The made-up declaration as a Word file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        body = "".join(_body(policy))
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        )
    return stream.getvalue()


def _body(policy: Policy) -> Iterator[str]:
    yield _table([(spec.labels[0], _value(policy, spec)) for spec in policy.template.fields])
    heads = (policy.template.words.get(key, ("",))[0] for key in _KPI_HEADS)
    yield _table([tuple(heads), *_indicators(policy)])
    yield from map(_paragraph, _lines(policy))


_KPI_HEADS = ("kpi_label", "kpi_before", "kpi_after")


def _indicators(policy: Policy) -> Iterator[tuple[str, str, str]]:
    for kpi in policy.kpis:
        unit = "%" if kpi.percent else next(iter(kpi.units), "")
        yield f"{'*' * kpi.starred}{kpi.name}", f"12.5{unit}", f"≥36{unit}以上"


def _value(policy: Policy, spec: FieldSpec) -> str:
    if spec.options:
        return "□".join(("☑", *spec.options))
    if spec.kind == "entries":
        scenarios = policy.scenarios
        return "\n".join(f"{s.number}.{s.stage}-{s.name}-{s.text[:12]}" for s in scenarios)
    return _VALUES.get(spec.kind, policy.scenarios[len(spec.key) % len(policy.scenarios)].text[:60])


def _lines(policy: Policy) -> Iterator[str]:
    texts = [*(scenario.text for scenario in policy.scenarios), *_letters()]
    names = [kpi.name for kpi in policy.kpis]
    for at, spec in enumerate(policy.template.sections):
        yield f"{spec.number} {spec.titles[0]}"
        yield from texts[at :: len(policy.template.sections)]
        yield f"{names[at % len(names)]}由12.5%左右提高到36%以上，{at + 1}年内。"
        if spec.dimension:
            yield from _block(policy, at, texts)


def _block(policy: Policy, at: int, texts: Sequence[str]) -> Iterator[str]:
    """A scenario with all its parts."""
    block, scenario = policy.template.block, policy.scenarios[at % len(policy.scenarios)]
    section = policy.template.sections[at].number
    yield f"{section}.1 {scenario.stage}-{scenario.name}-{scenario.text[:12]}"
    for part in block.parts:
        yield f"（{part.number}）{part.labels[0]}"
        yield texts[(at + part.number) % len(texts)]
        if not part.text:
            yield from (
                f"{labels[0]}：☑是 □否 {_VALUES['period']} {_VALUES['money']}"
                for labels in block.labels.values()
            )


def _letters() -> list[str]:
    """All common characters, in lines."""
    pairs = bytes(byte for lead in _LEADS for trail in _TRAILS for byte in (lead, trail))
    letters = pairs.decode("gb2312", "ignore")
    return [letters[at : at + _LINE] for at in range(0, len(letters), _LINE)]


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = (
        "".join(f"<w:tc>{''.join(map(_paragraph, text.split(chr(10))))}</w:tc>" for text in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
