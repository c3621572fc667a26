"""One case reviewed: what is sent to a worker, what runs in the guarded child, what comes back."""

from __future__ import annotations

import gc
import hashlib
from datetime import date
from functools import lru_cache

import msgspec
from msgspec import Struct

from reviewer import guard
from reviewer.batch import identity, places
from reviewer.batch.digest import Digest, digest
from reviewer.batch.pairing import Case
from reviewer.errors import NeedsRecognition, ReviewerError
from reviewer.limits import Limits
from reviewer.model.clean import shown
from reviewer.model.declaration import Declaration
from reviewer.reports import json as report_json
from reviewer.service import Reviewer

__all__ = ["Outcome", "Task", "no_declaration", "outcome", "warm"]


class Task(Struct, frozen=True):
    """What a worker needs. day: ISO date of the batch. data, pdf_data: the bytes, where they are sent
    along because the worker cannot reach the files."""

    case: Case
    policy: str
    tier: str | None
    day: str
    data: bytes | None = None
    pdf_data: bytes | None = None


class Outcome(Struct, frozen=True):
    """What came of a case.

    report: the review as JSON, b"" where there is none. sentence: why there is none. stranger:
    the PDF of the pair is of another enterprise, and the Word was reviewed alone; pdf_sentence: why
    the PDF could not be read, and the Word was reviewed alone.
    """

    key: str
    report: bytes = b""
    digest: Digest | None = None
    rows: bytes = b""
    sentence: str = ""
    stranger: bool = False
    pdf_sentence: str = ""


class Files(Struct, frozen=True):
    """What the guarded child works on."""

    data: bytes
    name: str
    pdf: bytes
    pdf_name: str
    policy: str
    tier: str | None
    day: str


class Result(Struct, frozen=True):
    """What the guarded child sends back."""

    report: bytes = b""
    digest: Digest | None = None
    rows: bytes = b""
    stranger: bool = False
    pdf_sentence: str = ""


@lru_cache(maxsize=2)
def reviewer(policy: str, day: str) -> Reviewer:
    """The reviewer of a batch, made once in a worker: its children inherit it by fork."""
    return Reviewer(policy, today=date.fromisoformat(day))


@lru_cache(maxsize=2)
def warm(policy: str, day: str) -> None:
    """Get a worker ready, once (initializer of a pool)."""
    from reviewer.batch.warmup import warm_up

    warm_up(reviewer(policy, day))


def outcome(task: Task) -> Outcome:
    """Review one case; whatever is wrong with its files becomes a sentence, never an exception."""
    item = task.case.main
    try:
        files = _files(task, Limits())
        limits = _limits(task.case, files.data)
        warm(task.policy, task.day)
        result = guard.run(in_child, files, result=Result, limits=limits, name=item.name)
    except ReviewerError as error:
        return Outcome(task.case.key, sentence=str(error))
    if not result.report and not result.rows:
        return Outcome(task.case.key, sentence=no_declaration(item.name))
    return Outcome(
        task.case.key,
        result.report,
        result.digest,
        result.rows,
        stranger=result.stranger,
        pdf_sentence=result.pdf_sentence,
    )


def in_child(files: Files) -> Result:
    """``perform`` in a process that is thrown away afterwards: collecting its garbage is a waste."""
    gc.disable()
    return perform(files)


def perform(files: Files) -> Result:
    """Review a declaration, or take a filled table in (in the guarded child)."""
    from reviewer.batch.tables import intake
    from reviewer.parsing.detect import kind

    ready = reviewer(files.policy, files.day)
    if kind(files.data) == "xlsx":
        rows = intake.of_workbook(files.data, files.name, ready)
        return Result(rows=msgspec.msgpack.encode(rows) if rows else b"")
    document = ready.read(files.data, files.name)
    rows = intake.of_document(document, ready)
    if rows:
        return Result(rows=msgspec.msgpack.encode(rows))
    declaration = ready.declared(document)
    stamped, problem = _stamped(files, ready)
    stranger = stamped is not None and identity.other_firm(declaration, stamped)
    review = ready.review_declaration(
        declaration, tier=files.tier, stamped=None if stranger else stamped
    )
    short = digest(review, ready.policy)
    if not short.described:
        return Result()
    return Result(report_json.encode(review), short, stranger=stranger, pdf_sentence=problem)


def _stamped(files: Files, ready: Reviewer) -> tuple[Declaration | None, str]:
    """What the PDF of a pair declares, or why it cannot be read."""
    if not files.pdf:
        return None, ""
    try:
        return ready.declared(ready.read(files.pdf, files.pdf_name)), ""
    except NeedsRecognition:
        raise  # the guard reads again, with OCR
    except ReviewerError as error:
        return None, str(error)


def _files(task: Task, limits: Limits) -> Files:
    case = task.case
    data = (
        task.data if task.data is not None else places.read(case.main.ref, case.main.name, limits)
    )
    pdf = b""
    if case.word is not None and case.pdf is not None:
        sent = task.pdf_data
        pdf = sent if sent is not None else places.read(case.pdf.ref, case.pdf.name, limits)
    name = case.pdf.name if case.pdf is not None else ""
    return Files(data, case.main.name, pdf, name, task.policy, task.tier, task.day)


def _limits(case: Case, data: bytes) -> Limits:
    """By what is read: Word is given little time, a PDF is read by OCR only where it must be."""
    from reviewer.parsing.detect import kind

    return Limits().of_kind("pdf" if case.pdf is not None else kind(data))


def no_declaration(name: str) -> str:
    """What is said of a file in which nothing of a declaration or table is found."""
    return f"“{shown(name)}”里看不出申报书的内容（没有表一、各部分标题，也不是附件1、3、4的汇总表），请核对。"


def digest_of(data: bytes) -> str:
    """Hash of a report as written, for the journal."""
    return hashlib.sha256(data).hexdigest()[:32]
