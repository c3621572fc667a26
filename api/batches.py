"""A bureau's batch, on the worker's side: files taken out, copied texts found, order, official tables."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api import jobs, reviewing
from api.db.tables import Batch, Copied, Declaration, Draft, Job, Paper, Result
from api.intake import Handed, first_draft
from api.retention import made_key
from api.tasks import Bench, Lost
from reviewer.batch import places
from reviewer.batch.digest import Digest
from reviewer.batch.duplicates import Pair, Shelf, Source, Writer, official, search
from reviewer.batch.exceptions import Exceptions
from reviewer.batch.intake import Failure, Found, Item, find
from reviewer.batch.pairing import Case, pair
from reviewer.batch.quotas import usage
from reviewer.batch.ranking import order, standing
from reviewer.batch.records import Record
from reviewer.batch.tables import excel, word
from reviewer.batch.tables.fill import scenarios
from reviewer.errors import ReviewerError, UnreadableFile
from reviewer.limits import Limits
from reviewer.model.clean import shown
from reviewer.model.folding import bare, fold
from reviewer.policy.load import load
from reviewer.policy.schema import SummaryTable
from reviewer.rules import keys

_SHEET = "附件1、3、4 的汇总表请用命令行 reviewer batch 核对；这里只审阅申报书。"
_ORIGINAL = "originals"
_CODE = "统一社会信用代码"


def intake(bench: Bench, job: Job) -> None:
    """Take a batch's files apart into declarations and ask for their reviews.

    The keys of the files follow from the batch, so that a second try writes the same again.
    """
    with bench.database.read() as session:
        batch = session.get(Batch, job.subject)
    if batch is None:
        raise UnreadableFile("这个批次已被删除。")
    with tempfile.TemporaryDirectory(prefix="reviewer-batch-") as folder:
        found = _found(bench, batch, Path(folder))
        drafts = list(_drafts(bench, batch, found))
    with bench.database.write() as session:
        _ended(session, job)
        batch = session.merge(batch)
        batch.failures = {failure.shown[:200]: failure.sentence for failure in found.failures}
        batch.state = "running" if drafts else "done"
        for draft in drafts:
            _record(session, bench, batch, draft)


def finish(bench: Bench, job: Job) -> None:
    """What only the whole batch shows: copied texts, one enterprise twice, quotas; then the order."""
    with bench.database.read() as session:
        sources, records = _reviewed(session, job.subject)
    pairs = _copied(sources, bench.settings.policy) if len(sources) > 1 else []
    remarks = _remarks(records, pairs, bench.settings.policy)
    with bench.database.write() as session:
        _ended(session, job)
        batch = session.get(Batch, job.subject)
        if batch is None:
            return
        batch.state = "done"
        session.execute(delete(Copied).where(Copied.batch_id == batch.id))
        session.add_all(_pair(batch.id, found) for found in pairs)
        _place(session, records, remarks)
        # The next late draft asks for all this again.
        session.execute(delete(Job).where(Job.subject == batch.id, Job.kind == "table"))


def table(bench: Bench, job: Job) -> None:
    """An official table of a batch, best first. detail: JSON of table and form."""
    words = json.loads(job.detail)
    policy = load(bench.settings.policy)
    spec = next((t for t in policy.tables if t.id == words["table"]), None)
    if spec is None:
        raise UnreadableFile("没有这张汇总表。")
    with bench.database.read() as session:
        rows = list(_rows(session, job.subject, spec))
    write = word.write if words["form"] == "docx" else excel.write
    bench.storage.put(made_key(job), write(spec, rows))
    with bench.database.write() as session:
        _ended(session, job)


def _found(bench: Bench, batch: Batch, folder: Path) -> Found:
    """The files of a batch, copied side by side under numbers: names of strangers make no paths."""
    found = Found([], [])
    for number, (key, name) in enumerate(batch.files.items()):
        suffix = Path(name).suffix.lower()
        path = folder / f"{number}{suffix if suffix[1:].isalnum() else ''}"
        path.write_bytes(bench.storage.get(key))
        try:
            part = find([str(path)], Limits())
        except ReviewerError as error:
            found.failures.append(Failure(shown(name), str(error)))
            continue
        found.items += [_named(item, path.name, name) for item in part.items]
        found.failures += [
            Failure(shown(f.shown.replace(path.name, name, 1), 200), f.sentence)
            for f in part.failures
        ]
    return found


def _named(item: Item, path: str, name: str) -> Item:
    return msgspec.structs.replace(item, shown=item.shown.replace(path, name, 1))


def _drafts(bench: Bench, batch: Batch, found: Found) -> Iterator[Handed]:
    cases = pair(found.items)
    for done, case in enumerate(cases, 1):
        bench.progress(done, len(cases))
        if case.sheet is not None:
            found.failures.append(Failure(shown(case.sheet.shown, 200), _SHEET))
            continue
        try:
            yield _draft(bench, batch, case)
        except ReviewerError as error:
            found.failures.append(Failure(shown(case.main.shown, 200), str(error)))


def _draft(bench: Bench, batch: Batch, case: Case) -> Handed:
    main, stamped = case.main, case.pdf if case.word is not None else None
    data = places.read(main.ref, main.name, Limits())
    pdf = places.read(stamped.ref, stamped.name, Limits()) if stamped is not None else b""
    return Handed(
        name=shown(main.name, 120),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        key=_keep(bench, batch, main, data),
        stamped=shown(stamped.name, 120) if stamped is not None else "",
        stamped_key=_keep(bench, batch, stamped, pdf) if stamped is not None else "",
    )


def _keep(bench: Bench, batch: Batch, item: Item, data: bytes) -> str:
    place = f"{batch.id}|{Path(item.ref.place).name}|{item.ref.members}"
    name = hashlib.sha256(place.encode()).hexdigest()[:32]
    key = f"{_ORIGINAL}/{name[:2]}/{name}"
    bench.storage.put(key, data)
    return key


def _record(session: Session, bench: Bench, batch: Batch, handed: Handed) -> None:
    about = {"owner_id": batch.owner_id, "batch_id": batch.id, "region": batch.region}
    first_draft(session, {**about, "policy": bench.settings.policy, "tier": ""}, handed, rank=2)


def _reviewed(session: Session, batch: str) -> tuple[list[Source], list[Record]]:
    """Texts and short forms of a batch's reviewed declarations, by key of the declaration."""
    rows = session.execute(
        select(Declaration.id, Draft.name, Paper.digest, Paper.texts)
        .join(Draft, Draft.id == Declaration.latest)
        .join(Paper, Paper.draft_id == Draft.id)
        .where(Declaration.batch_id == batch)
        .order_by(Declaration.id)
    )
    sources, records = [], []
    for key, name, digest, texts in rows:
        short = reviewing.digest_of(digest)
        records.append(Record(key, name, key, short))
        passages = tuple((s, t) for s, t in reviewing.unpack(texts, list[tuple[str, str]]) if t)
        firm = bare(short.fields.get("企业名称") or short.fields.get("申报单位") or "")
        code = fold(short.fields.get(_CODE, ""))
        sources.append(Source(key, name, firm, code, passages))
    return sources, records


def _copied(sources: Sequence[Source], policy: str) -> list[Pair]:
    known = official(load(policy))
    folder = Path(tempfile.mkdtemp(prefix="reviewer-texts-"))
    try:
        with Writer(folder, known) as writer:
            for source in sources:
                writer.add(source)
        return search([Shelf(folder)], known)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remarks(
    records: Sequence[Record], pairs: Sequence[Pair], policy: str
) -> Mapping[str, list[str]]:
    """Key → what the batch adds to the reasons."""
    remarks: dict[str, list[str]] = defaultdict(list)
    copies = Counter(key for found in pairs for key in (found.first.key, found.second.key))
    for key, count in copies.items():
        remarks[key].append(f"与 {count} 份申报书有雷同文字")
    codes = Counter(fold(r.digest.fields.get(_CODE, "")) for r in records)
    for record in records:
        code = fold(record.digest.fields.get(_CODE, ""))
        if code and codes[code] > 1:
            remarks[record.key].append(f"同一企业在本批有 {codes[code]} 份")
    standings = {record.key: standing(record, remarks[record.key]) for record in records}
    for used in usage(order(records, standings), load(policy), Exceptions()):
        for key in used.over:
            remarks[key].append(f"排在{used.region}名额（{used.quota} 家）之后")
    return remarks


def _place(session: Session, records: Sequence[Record], remarks: Mapping[str, list[str]]) -> None:
    """Write order and reasons of the records."""
    results = session.execute(
        select(Declaration.id, Result)
        .join(Result, Result.draft_id == Declaration.latest)
        .where(Declaration.id.in_([record.key for record in records]))
    ).all()
    by_key = {row[0]: row[1] for row in results}
    for record in records:
        result = by_key.get(record.key)
        if result is not None:
            place = standing(record, remarks.get(record.key, ()))
            result.group, result.points = place.group, place.points
            result.reasons = list(place.reasons)


def _pair(batch: str, found: Pair) -> Copied:
    return Copied(
        batch_id=batch,
        first=found.first.key,
        second=found.second.key,
        share=found.share,
        shared=found.shared,
        passages=zlib.compress(msgspec.msgpack.encode(found.passages)),
    )


def _rows(session: Session, batch: str, spec: SummaryTable) -> Iterator[dict[str, str]]:
    digests = session.scalars(
        select(Paper.digest)
        .join(Declaration, Declaration.latest == Paper.draft_id)
        .join(Result, Result.draft_id == Paper.draft_id)
        .where(Declaration.batch_id == batch, Result.tier == spec.tier)
        .order_by(Result.group, Result.points.desc(), Declaration.id)
    )
    for data in digests:
        short = reviewing.digest_of(data)
        yield {column: _cell(short, source) for column, source in spec.sources.items()}


def _cell(short: Digest, sources: Sequence[str]) -> str:
    lists = {keys.MAIN_LIST: short.main, keys.AI_LIST: short.ai}
    if sources[0] in lists:
        return scenarios(lists[sources[0]])
    return " ".join(filter(None, (short.fields.get(key, "") for key in sources)))


def _ended(session: Session, job: Job) -> None:
    if not jobs.finish(session, job):
        raise Lost
