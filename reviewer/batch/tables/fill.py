"""The notice's summary tables filled from what was reviewed, best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from reviewer.batch.digest import Digest, Entry
from reviewer.batch.records import Record
from reviewer.batch.tables import excel, word
from reviewer.batch.tables.checks import CLASS
from reviewer.batch.tables.grid import NUMBER
from reviewer.batch.triage.sight import Sight
from reviewer.policy import industry
from reviewer.policy.schema import SummaryTable
from reviewer.rules import keys

_NAMES = {"附件1": "annex1", "附件3": "annex3", "附件4": "annex4"}
_LISTS = {keys.MAIN_LIST: "main", keys.AI_LIST: "ai"}
DASH = "—"

Rows = list[dict[str, str]]


def files(sight: Sight) -> dict[str, Callable[[], bytes]]:
    """File name → its maker. Annex 4 only where overseas factories are handed in."""
    found: dict[str, Callable[[], bytes]] = {}
    for table in sight.batch.policy.tables:
        name = _NAMES.get(table.id, table.id)
        rows = lines(sight.ordered, table)
        if table.tier or rows:
            found[f"{name}.docx"] = _maker(word.write, table, rows)
            found[f"{name}.xlsx"] = _maker(excel.write, table, rows)
    return found


def _maker(
    write: Callable[[SummaryTable, Rows], bytes], table: SummaryTable, rows: Rows
) -> Callable[[], bytes]:
    return lambda: write(table, rows)


def lines(ordered: Iterable[Record], table: SummaryTable) -> Rows:
    """The lines of a table, in the order of the records: those filled in it, and declarations of its tier."""
    return [_row(record, table) for record in _listed(ordered, table)]


def _listed(ordered: Iterable[Record], table: SummaryTable) -> Iterator[Record]:
    for record in ordered:
        own = record.row is not None and record.row.table == table.id
        reviewed = record.row is None and bool(table.tier) and record.digest.tier == table.tier
        if own or reviewed:
            yield record


def _row(record: Record, table: SummaryTable) -> dict[str, str]:
    """Column → text: a filled row as it was, a declaration's from its fields and lists."""
    if record.row is not None:
        return {c: record.row.cells.get(c, "") for c in table.columns if c != NUMBER}
    cells = {column: _cell(record.digest, sources) for column, sources in table.sources.items()}
    if CLASS in table.columns:
        cells[CLASS] = _class(record.digest)
    return cells


def _class(short: Digest) -> str:
    """The class (小类), which the form does not ask: where the sub-industry names one, or the group has
    only one; else left to be filled in."""
    named = [e for e in industry.named(short.fields.get("细分行业", "")) if e.level == "class"]
    code = re.search(r"\d{3}", short.fields.get(keys.GROUP_CODE, ""))
    inside = industry.classes(code[0]) if code else ()
    fitting = [e for e in named if not code or e.code.startswith(code[0])]
    chosen = fitting or (inside if len(inside) == 1 else ())
    return f"{chosen[0].code} {chosen[0].name}" if len(chosen) == 1 else ""


def _cell(short: Digest, sources: tuple[str, ...]) -> str:
    if sources[0] in _LISTS:
        entries = short.main if sources[0] == keys.MAIN_LIST else short.ai
        return scenarios(entries)
    return " ".join(filter(None, (short.fields.get(key, "") for key in sources)))


def scenarios(entries: tuple[Entry, ...]) -> str:
    """Numbered lines as in the notice's example: 1.环节—场景—实例."""
    return "\n".join(
        f"{number}.{DASH.join(filter(None, (entry.stage, entry.name, entry.instance)))}"
        for number, entry in enumerate(entries, 1)
    )
