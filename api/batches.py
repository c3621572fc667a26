"""A bureau's batch, on the worker's side: files taken out, official tables filled."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from api import jobs, whole
from api.db.tables import Batch, Declaration, Job, Listed, Result
from api.intake import Handed, first_draft
from api.retention import made_key
from api.tasks import Bench, Lost
from reviewer.batch import places
from reviewer.batch.intake import Failure, Found, Item, find
from reviewer.batch.pairing import Case, pair
from reviewer.batch.records import Record
from reviewer.batch.tables import excel, fill, word
from reviewer.errors import ReviewerError, UnreadableFile
from reviewer.limits import Limits
from reviewer.model.clean import shown
from reviewer.policy.load import load

_ORIGINAL = "originals"


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


def table(bench: Bench, job: Job) -> None:
    """An official table of a batch, best first. detail: JSON of table and form."""
    words = json.loads(job.detail)
    policy = load(bench.settings.policy)
    spec = next((t for t in policy.tables if t.id == words["table"]), None)
    if spec is None:
        raise UnreadableFile("没有这张汇总表。")
    with bench.database.read() as session:
        batch = session.get(Batch, job.subject)
        rows = fill.lines(_ordered(session, batch), spec) if batch is not None else []
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


def _ordered(session: Session, batch: Batch) -> list[Record]:
    """The records of a batch in the order of the triage."""
    places = {
        key: (group, -points)
        for key, group, points in session.execute(
            select(Declaration.id, Result.group, Result.points)
            .join(Result, Result.draft_id == Declaration.latest)
            .where(Declaration.batch_id == batch.id)
        )
    }
    places |= {
        key: (group, -points)
        for key, group, points in session.execute(
            select(Listed.id, Listed.group, Listed.points).where(Listed.batch_id == batch.id)
        )
    }
    return sorted(whole.records(session, batch), key=lambda r: (places[r.key], r.digest.name))


def _ended(session: Session, job: Job) -> None:
    if not jobs.finish(session, job):
        raise Lost
