"""The finished folder: copied texts, order, quotas, official tables, triage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from reviewer.batch import exceptions, joins, lists, quotas, ranking, remarks, texts
from reviewer.batch.duplicates import Pair, clusters, official, search
from reviewer.batch.options import Options, Progress, Summary
from reviewer.batch.ranking import Standing
from reviewer.batch.records import Batch
from reviewer.batch.remarks import Findings
from reviewer.batch.task import digest_of
from reviewer.batch.triage import excel, html
from reviewer.batch.triage.sight import Sight
from reviewer.batch.workspace import STATE, Workspace


def finish(batch: Batch, space: Workspace, options: Options, progress: Progress) -> Summary:
    """Write everything that comes of the whole batch. Idempotent: a resumed run does it anew."""
    marks = exceptions.read(options.exceptions)
    pairs = _copied(batch, space, options, progress)
    filed = joins.filed(batch.records, batch.policy)
    own = remarks.joined(
        remarks.copied(pairs, batch.policy),
        remarks.twice(batch.records, batch.policy),
        remarks.listed_twice(batch.records, batch.policy),
    )
    standings = _standings(batch, own, filed)
    ordered = ranking.order(batch.records, standings)
    usages = quotas.usage(ordered, batch.policy, marks)
    own = remarks.joined(own, remarks.exceeding(usages, batch.policy))
    _into_reports(batch, own, space, progress)
    sight = Sight(
        batch=batch,
        ordered=tuple(ordered),
        standings=standings,
        findings=own,
        pairs=tuple(pairs),
        clusters=tuple(map(tuple, clusters(pairs))),
        usages=tuple(usages),
        terms=tuple(quotas.terms(batch.policy, batch.day)),
        filed=filed,
        exempt={r.key: marks.reason(r.digest) for r in ordered if marks.reason(r.digest)},
        copies=Counter(key for pair in pairs for key in {pair.first.key, pair.second.key}),
    )
    _write(sight, space, progress)
    if options.archive:
        name = texts.own_name(batch.day, batch.declarations)
        texts.keep(space.folder / STATE / "texts", options.archive, name)
    return _summary(sight, len(marks.nominees))


def _copied(batch: Batch, space: Workspace, options: Options, progress: Progress) -> list[Pair]:
    """Search the batch, and the archive where one is kept."""
    known = official(batch.policy)
    declarations = batch.declarations
    progress.stage("整理文本", len(declarations))
    folder = space.state / "texts"
    made = texts.shelf(declarations, space.reports, folder, known, progress.step)
    shelves = [made]
    if options.archive:
        shelves += texts.archived(options.archive, texts.own_name(batch.day, declarations))
    progress.stage("查找雷同文字", 1)
    return search(shelves, known)


def _standings(batch: Batch, own: Findings, filed: Mapping[str, str]) -> dict[str, Standing]:
    """Key → standing, what the batch found included."""
    found = {}
    for record in batch.records:
        words = remarks.words(own.get(record.key, ()))
        if filed.get(record.key) == joins.UNKNOWN:
            words.append("下一级备案名单中未见该企业")
        found[record.key] = ranking.standing(record, words)
    return found


def _into_reports(batch: Batch, own: Findings, space: Workspace, progress: Progress) -> None:
    """The batch's findings into the reports; those of an earlier run that no longer hold go."""
    progress.stage("写入报告", len(batch.declarations))
    for record in batch.declarations:
        line = batch.journal.lines[record.key]
        if own.get(record.key) or line.marked:
            data = remarks.apply(record, own.get(record.key, ()), space)
            if data is not None:
                changed = msgspec.structs.replace(
                    line, hash=digest_of(data), marked=bool(own.get(record.key))
                )
                batch.journal.add(changed)
        progress.step()
    batch.journal.flush()


def _write(sight: Sight, space: Workspace, progress: Progress) -> None:
    from reviewer.batch.tables import fill

    files = {
        "failures.csv": lambda: lists.failures(sight.batch.failures),
        "duplicates.csv": lambda: lists.duplicates(sight),
        "triage.xlsx": lambda: excel.write(sight),
        "triage.html": lambda: html.write(sight),
        **fill.files(sight),
    }
    progress.stage("写汇总", len(files))
    for name, make in files.items():
        space.write(name, make())
        progress.step()


def _summary(sight: Sight, nominees: int) -> Summary:
    batch = sight.batch
    notes = []
    lacking = sum(1 for record in batch.declarations if record.lacking)
    if lacking:
        notes.append(f"{lacking} 份申报书缺 Word 版或盖章 PDF 版，见汇总表“缺件”")
    over = [usage for usage in sight.usages if usage.over]
    notes += [
        f"{usage.region}{batch.policy.tier(usage.tier).name}推荐 {usage.count} 家，名额 {usage.quota} 家"
        for usage in over
    ]
    if nominees > 1:
        notes.append(f"“领航推荐”标了 {nominees} 家，通知只推荐 1 家")
    return Summary(
        reviewed=len(batch.declarations),
        rows=len(batch.rows),
        failed=len(batch.failures),
        pairs=len(sight.pairs),
        errors=sum(record.digest.errors for record in batch.records),
        notes=tuple(notes),
    )
