"""A filled table taken into the batch: rows judged, each with what triage needs of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reviewer.batch.digest import Digest, Entry
from reviewer.batch.tables import checks, grid
from reviewer.batch.tables.checks import CellFinding
from reviewer.batch.tables.grid import Filled
from reviewer.model.document import Document
from reviewer.policy.regions import regions
from reviewer.policy.schema import Policy, SummaryTable
from reviewer.rules import keys
from reviewer.service import Reviewer

_GATES = ("maturity-below-tier", "dimension-uncovered")


class FilledRow(Struct, frozen=True):
    """A row of a filled table. number: in the file, from 1."""

    table: str
    where: str
    number: int
    cells: dict[str, str]
    findings: tuple[CellFinding, ...]
    digest: Digest


def of_document(document: Document, reviewer: Reviewer) -> list[FilledRow]:
    """The rows of the notice's tables in a document; none where it holds no such table."""
    found = grid.of_document(document, reviewer.policy)
    return [row for filled in found for row in _rows(filled, document.name, reviewer)]


def of_workbook(data: bytes, name: str, reviewer: Reviewer) -> list[FilledRow]:
    """The rows of the notice's tables in an Excel file. Raises UnreadableFile."""
    found = grid.of_workbook(data, name, reviewer.policy, reviewer.limits)
    return [row for filled in found for row in _rows(filled, name, reviewer)]


def _rows(filled: Filled, name: str, reviewer: Reviewer) -> Iterator[FilledRow]:
    table = next(t for t in reviewer.policy.tables if t.id == filled.table)
    senders = regions(reviewer.policy, filled.lead) or regions(reviewer.policy, name)
    sender = next(iter(senders)) if len(senders) == 1 else ""
    for number, cells in filled.rows:
        judged = checks.check(cells, table, reviewer)
        short = _digest(name, number, cells, table, judged, sender, reviewer)
        yield FilledRow(table.id, filled.where, number, cells, judged.findings, short)


def _digest(
    name: str,
    number: int,
    cells: Mapping[str, str],
    table: SummaryTable,
    judged: checks.Row,
    sender: str,
    reviewer: Reviewer,
) -> Digest:
    errors = [f for f in judged.findings if f.severity == "error"]
    gates = tuple(f.message for f in judged.findings if f.rule in _GATES)
    blank = dict.fromkeys((keys.ENTERPRISE, *(key for key, *_ in table.sources.values())), "")
    fields = blank | dict(_fields(cells, table, reviewer.policy))
    own = regions(reviewer.policy, fields[keys.ENTERPRISE])
    region = sender or (next(iter(own)) if len(own) == 1 else "")
    score = _score(table)
    scored = not score or bool(cells.get(score))
    return Digest(
        name=f"{name} 第 {number} 行",
        kind="table",
        pages=None,
        sha256="",
        tier=judged.tier,
        region=region,
        fields=fields,
        eligible=not gates and scored,
        eligible_for=(judged.tier,) if judged.tier and not gates and scored else (),
        gates=gates if scored or gates else ("没有填写成熟度得分",),
        scores={},
        dimensions={},
        errors=len(errors),
        warnings=sum(f.severity == "warning" for f in judged.findings),
        infos=sum(f.severity == "info" for f in judged.findings),
        rules=dict(Counter(finding.rule for finding in judged.findings)),
        main=tuple(_entries(judged, "list:main:")),
        ai=tuple(_entries(judged, "list:ai:")),
        blocks=(),
        complete=True,
        described=True,
        first_errors=tuple(f.message for f in errors)[:5],
    )


def _fields(
    cells: Mapping[str, str], table: SummaryTable, policy: Policy
) -> Iterator[tuple[str, str]]:
    """Key of the form's field → text. A column of a table that has no sources is known by the field
    whose key its name ends in (海外智能工厂名称)."""
    form = [spec.key for spec in policy.template.fields]
    for column, value in cells.items():
        if column in table.sources:
            yield table.sources[column][0], value[:500]
        elif not table.sources:
            key = next((key for key in form if column.endswith(key)), "")
            if key:
                yield key, value[:500]


def _score(table: SummaryTable) -> str:
    return next((c for c, k in table.sources.items() if keys.SCORE in k), "")


def _entries(judged: checks.Row, prefix: str) -> Iterator[Entry]:
    for at, match in judged.matches.items():
        if at.startswith(prefix):
            known = match.scenario is not None
            yield Entry(
                match.scenario,
                match.stage if known else match.stage_written,
                match.name if known else match.name_written,
                match.instance,
            )
