"""What runs in the guarded child for the service: the review with all that its pages need."""

from __future__ import annotations

import io
import zlib
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct

from reviewer.batch.digest import Digest, digest
from reviewer.batch.remarks import put
from reviewer.batch.tables import intake as tables
from reviewer.batch.task import no_declaration
from reviewer.errors import ReviewerError, UnreadableFile
from reviewer.limits import Limits
from reviewer.matching import Resolver, read_corrections
from reviewer.matching.corrections import Correction
from reviewer.matching.protocol import EntryMatcher
from reviewer.model.declaration import Declaration
from reviewer.model.document import Document
from reviewer.model.review import Finding, Review
from reviewer.parsing.detect import kind
from reviewer.policy.load import load
from reviewer.reports import Material, render
from reviewer.reports import json as report_json
from reviewer.reports.anchors import Anchors
from reviewer.service import CORRECTIONS, Reviewer
from reviewer.waivers import Waiver, apply

PAGE_DPI = 96
_POINTS = 72


class Asked(Struct, frozen=True):
    """A file to review. corrections: experts' verdicts on entries. today: ISO date.

    pdf: the stamped PDF beside it, b"" where there is none. batch: it came in a batch, so that it
    may be a filled table as well. own: what the batch found, for reports made anew.
    """

    data: bytes
    name: str
    policy: str
    tier: str
    today: str
    corrections: tuple[Correction, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    form: str = ""
    pdf: bytes = b""
    pdf_name: str = ""
    batch: bool = False
    own: tuple[Finding, ...] = ()


class Mark(Struct, frozen=True, array_like=True):
    """Where a finding is shown: characters [start, end) of a paragraph. own: it stands there."""

    finding: str
    block: int
    start: int
    end: int
    own: bool


class Places(Struct, frozen=True):
    """Marks of the findings; sizes: width and height of a PDF's pages in points."""

    marks: tuple[Mark, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()


class Answer(Struct, frozen=True):
    """What the child sends back, compressed where it is kept so. rows: of a filled table, instead."""

    report: bytes = b""
    document: bytes = b""
    places: bytes = b""
    texts: bytes = b""
    digest: bytes = b""
    rows: bytes = b""


@lru_cache(maxsize=4)
def matcher(policy: str, corrections: tuple[Correction, ...]) -> EntryMatcher:
    """The matcher with experts' corrections; inherited by the children of a worker."""
    from models.classifier import released

    pack = load(policy)
    numbers = [scenario.number for scenario in pack.scenarios]
    known = read_corrections(CORRECTIONS, numbers) if CORRECTIONS.exists() else ()
    return Resolver(pack, released(), [*known, *corrections])


def reviewer(asked: Asked) -> Reviewer:
    """The reviewer of what is asked."""
    return Reviewer(
        asked.policy,
        today=date.fromisoformat(asked.today),
        matcher=matcher(asked.policy, asked.corrections),
    )


def warm(policy: str) -> None:
    """Load in the worker what its children inherit: pack, model, code."""
    import reviewer.reports.html
    import reviewer.reports.places  # noqa: F401

    matcher(policy, ())


def perform(asked: Asked) -> Answer:
    """Review one file, or take the rows of a filled table. Raises ReviewerError."""
    ready = reviewer(asked)
    if asked.batch and kind(asked.data) == "xlsx":
        rows = tables.of_workbook(asked.data, asked.name, ready)
        if not rows:
            raise UnreadableFile(no_declaration(asked.name))
        return Answer(rows=msgspec.msgpack.encode(rows))
    document = ready.read(asked.data, asked.name)
    if asked.batch and (rows := tables.of_document(document, ready)):
        return Answer(rows=msgspec.msgpack.encode(rows))
    declaration, review = _reviewed(asked, ready, document)
    short = digest(review, ready.policy)
    if asked.batch and not short.described:
        raise UnreadableFile(no_declaration(asked.name))
    return _answer(asked, ready, document, declaration, review, short)


def _answer(
    asked: Asked,
    ready: Reviewer,
    document: Document,
    declaration: Declaration,
    review: Review,
    short: Digest,
) -> Answer:
    anchors = Anchors(ready.policy, declaration)
    marks = tuple(
        Mark(f.id, span.place.block, span.start, span.end, bool(f.location.spans))
        for f in review.findings
        for span in anchors.spans(f)
    )
    sizes = page_sizes(asked.data) if document.kind in ("pdf", "scan") else ()
    # The narratives only: tables repeat the form, which everybody shares.
    texts = [
        (key if key.startswith("body:") else f"section:{key}", section.text)
        for key, section in review.sections.items()
    ]
    return Answer(
        zlib.compress(report_json.encode(review)),
        zlib.compress(msgspec.msgpack.encode(document), 1),
        zlib.compress(msgspec.msgpack.encode(Places(marks, sizes)), 1),
        zlib.compress(msgspec.msgpack.encode(texts), 1),
        msgspec.msgpack.encode(short),
    )


def export(asked: Asked) -> bytes:
    """The report in the form asked for, made from the original anew."""
    ready = reviewer(asked)
    document = ready.read(asked.data, asked.name)
    declaration, review = _reviewed(asked, ready, document)
    review = put(review, asked.own)
    if asked.waivers:
        review = apply(review, asked.waivers)
    return render(asked.form, Material(review, ready.policy, asked.data, document, declaration))


def _reviewed(asked: Asked, ready: Reviewer, document: Document) -> tuple[Declaration, Review]:
    """The street from the document on. A stamped PDF that cannot be read costs a notice only."""
    declaration = ready.declared(document)
    stamped: Declaration | None = None
    notices: tuple[str, ...] = ()
    if asked.pdf:
        try:
            stamped = ready.declared(ready.read(asked.pdf, asked.pdf_name))
        except ReviewerError as error:
            notices = (f"盖章 PDF 没有核对：{error}",)
    review = ready.review_declaration(declaration, tier=asked.tier or None, stamped=stamped)
    if notices:
        review = msgspec.structs.replace(review, notices=(*review.notices, *notices))
    return declaration, review


def page_image(data: bytes, number: int) -> bytes:
    """A page of a PDF (from 1) as JPEG. UnreadableFile where there is no such page."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= number <= len(pdf):
            raise UnreadableFile("没有这一页。")
        page = pdf[number - 1]
        width, height = page.get_size()
        most = (Limits().pixels / max(1.0, width * height)) ** 0.5
        image = page.render(scale=min(PAGE_DPI * 1.5 / _POINTS, most)).to_pil()
        made = io.BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=82)
        return made.getvalue()
    finally:
        pdf.close()


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in points; () where the PDF holds none that can be opened."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:  # pictures that were read as a scan
        return ()
    try:
        return tuple(pdf.get_page_size(at) for at in range(len(pdf)))
    finally:
        pdf.close()


def unpack(data: bytes, kind: Any) -> Any:
    """A compressed msgpack value of ``Paper`` as the type asked for."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=kind)


def document_of(data: bytes) -> Document:
    """The document of ``Paper.document``."""
    document: Document = unpack(data, Document)
    return document


def places_of(data: bytes) -> Places:
    """The places of ``Paper.places``."""
    places: Places = unpack(data, Places)
    return places


def digest_of(data: bytes) -> Digest:
    """The digest of ``Paper.digest``."""
    return msgspec.msgpack.decode(data, type=Digest)
