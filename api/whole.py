"""What only a whole batch shows: copied texts, one enterprise twice, quotas; then the order."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import delete, select, true
from sqlalchemy.orm import Session

from api import filled, jobs, marks, reviewing
from api.db.tables import Batch, Copied, Declaration, Draft, Job, Paper, Result
from api.retention import made_key
from api.tasks import Bench, Lost
from reviewer.batch import joins, quotas, remarks
from reviewer.batch.duplicates import Pair, Shelf, Source, Writer, official, search
from reviewer.batch.quotas import Usage
from reviewer.batch.ranking import order, standing
from reviewer.batch.records import PDF, WORD, Record
from reviewer.batch.remarks import Findings
from reviewer.model.folding import bare, fold
from reviewer.model.review import Finding, Review
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.reports import json as report_json

_NOT_FILED = "下一级备案名单中未见该企业"
_PDFS = ("pdf", "scan")


class Whole(Struct, frozen=True):
    """What came of a batch. standings: key → group, points, reasons. reviews: draft → review changed."""

    pairs: list[Pair]
    standings: dict[str, tuple[int, float, list[str]]]
    usages: list[Usage]
    reviews: dict[str, Review]


def finish(bench: Bench, job: Job) -> None:
    """Look at the batch as a whole, and write what comes of it."""
    policy = load(bench.settings.policy)
    with bench.database.read() as session:
        batch = session.get(Batch, job.subject)
        found = _whole(session, batch, policy) if batch is not None else None
    with bench.database.write() as session:
        if not jobs.finish(session, job):
            raise Lost
        batch = session.get(Batch, job.subject)
        if batch is None or found is None:
            return
        old = _write(session, batch, found, policy)
    for key in old:
        bench.storage.delete(key)


def own_findings(session: Session, draft: str) -> tuple[Finding, ...]:
    """What the batch found of a draft, out of its review."""
    paper = session.get(Paper, draft)
    review = report_json.decode(zlib.decompress(paper.report)) if paper else None
    findings = review.findings if review else ()
    return tuple(finding for finding in findings if finding.rule in remarks.SLUGS)


def records(session: Session, batch: Batch) -> list[Record]:
    """The declarations and rows of a batch as records, without order."""
    rows = session.execute(
        select(Declaration.id, Draft.name, Draft.stamped, Result.kind, Paper.digest)
        .join(Draft, Draft.id == Declaration.latest)
        .join(Result, Result.draft_id == Draft.id)
        .join(Paper, Paper.draft_id == Draft.id)
        .where(Declaration.batch_id == batch.id)
    )
    found = []
    for key, name, stamped, kind, data in rows:
        short = reviewing.digest_of(data)
        # Whose batch it is decides, not what the document says of its region.
        short = msgspec.structs.replace(short, region=batch.region or short.region)
        lacking = WORD if kind in _PDFS else "" if stamped else PDF
        found.append(Record(key, name, key, short, lacking))
    return [*found, *filled.records(session, batch.id)]


def _whole(session: Session, batch: Batch, policy: Policy) -> Whole:
    found, exempt = records(session, batch), marks.exceptions(batch)
    pairs = _copied(session, batch, policy)
    own = remarks.joined(
        remarks.copied(pairs, policy),
        remarks.twice(found, policy),
        remarks.listed_twice(found, policy),
    )
    filed = joins.filed(found, policy)
    standings = {}
    for record in found:
        words = remarks.words(own.get(record.key, ()))
        words += [_NOT_FILED] if filed.get(record.key) == joins.UNKNOWN else []
        standings[record.key] = standing(record, words)
    usages = quotas.usage(order(found, standings), policy, exempt)
    over = remarks.exceeding(usages, policy)
    own = remarks.joined(own, over)
    reasons = {}
    for record in found:
        place, free = standings[record.key], exempt.reason(record.digest)
        words = [*place.reasons, *remarks.words(over.get(record.key, ()))]
        words += [f"不占名额：{free}"] if free else []
        reasons[record.key] = (place.group, place.points, words)
    return Whole(pairs, reasons, usages, _reviews(session, batch, own))


def _copied(session: Session, batch: Batch, policy: Policy) -> list[Pair]:
    """The pairs within the batch, and with the batches kept for comparison."""
    known, folder = official(policy), Path(tempfile.mkdtemp(prefix="reviewer-texts-"))
    earlier = select(Batch.id).where(
        Batch.archived,
        Batch.created < batch.created,
        Batch.region == batch.region if batch.region else true(),
    )
    try:
        shelves = []
        for name, asked in (("own", [batch.id]), ("earlier", session.scalars(earlier).all())):
            with Writer(folder / name, known) as writer:
                for source in _sources(session, asked):
                    writer.add(source)
            shelves.append(Shelf(folder / name))
        return search(shelves if len(shelves[1]) else shelves[:1], known)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sources(session: Session, batches: Sequence[str]) -> Iterator[Source]:
    """Texts of the reviewed declarations of batches, one at a time."""
    rows = session.execute(
        select(Declaration.id, Draft.name, Paper.digest, Paper.texts)
        .join(Draft, Draft.id == Declaration.latest)
        .join(Paper, Paper.draft_id == Draft.id)
        .where(Declaration.batch_id.in_(batches))
        .order_by(Declaration.id)
        .execution_options(yield_per=50)
    )
    for key, name, digest, texts in rows:
        fields = reviewing.digest_of(digest).fields
        passages = tuple((s, t) for s, t in reviewing.unpack(texts, list[tuple[str, str]]) if t)
        firm = bare(fields.get("企业名称") or fields.get("申报单位") or "")
        yield Source(key, name, firm, fold(fields.get("统一社会信用代码", "")), passages)


def _reviews(session: Session, batch: Batch, own: Findings) -> dict[str, Review]:
    """The reviews that change by what the batch found, or found before and no longer."""
    rows = session.execute(
        select(Declaration.id, Declaration.latest, Result.rules)
        .join(Result, Result.draft_id == Declaration.latest)
        .where(Declaration.batch_id == batch.id)
    ).all()
    changed = {}
    for key, draft, rules in rows:
        if not own.get(key) and not set(rules) & set(remarks.SLUGS):
            continue
        paper = session.get(Paper, draft)
        if paper is not None:
            review = report_json.decode(zlib.decompress(paper.report))
            changed[draft] = remarks.put(review, own.get(key, ()))
            session.expunge(paper)
    return changed


def _write(session: Session, batch: Batch, found: Whole, policy: Policy) -> list[str]:
    """Write it all; the keys of the official tables that no longer hold."""
    batch.state, batch.usage = "done", list(_usage(found.usages, policy))
    session.execute(delete(Copied).where(Copied.batch_id == batch.id))
    session.add_all(_pair(batch.id, pair) for pair in found.pairs)
    results = session.execute(
        select(Declaration.id, Result)
        .join(Result, Result.draft_id == Declaration.latest)
        .where(Declaration.batch_id == batch.id)
    ).all()
    for key, result in results:
        if key in found.standings:
            result.group, result.points, result.reasons = found.standings[key]
        if result.draft_id in found.reviews:
            _change(session, result, found.reviews[result.draft_id])
    filled.place(session, batch.id, found.standings)
    tables = session.scalars(select(Job).where(Job.subject == batch.id, Job.kind == "table")).all()
    for table in tables:
        session.delete(table)
    return [made_key(table) for table in tables]


def _change(session: Session, result: Result, review: Review) -> None:
    """A review with the batch's findings, and the numbers that lists show of it."""
    paper = session.get(Paper, result.draft_id)
    if paper is None:
        return
    paper.report = zlib.compress(report_json.encode(review))
    counts = review.summary
    result.errors, result.warnings, result.infos = counts.errors, counts.warnings, counts.infos
    rules = {rule: number for rule, number in result.rules.items() if rule not in remarks.SLUGS}
    for finding in review.findings:
        if finding.rule in remarks.SLUGS:
            rules[finding.rule] = rules.get(finding.rule, 0) + 1
    result.rules = rules


def _usage(usages: Iterable[Usage], policy: Policy) -> Iterator[dict[str, object]]:
    for used in usages:
        if used.count or used.exempt:
            yield {
                "region": used.region or "未识别",
                "tier": policy.tier(used.tier).name,
                "count": used.count,
                "quota": used.quota,
                "exempt": used.exempt,
                "over": len(used.over),
            }


def _pair(batch: str, found: Pair) -> Copied:
    return Copied(
        batch_id=batch,
        first=found.first.key,
        second=found.second.key,
        share=found.share,
        shared=found.shared,
        archived=found.archived,
        same=found.same,
        passages=zlib.compress(msgspec.msgpack.encode(found.passages)),
    )
