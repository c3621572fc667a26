"""A filled table as rows of text, out of Word or Excel, and which of the notice's tables it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from reviewer.errors import DamagedFile
from reviewer.limits import Limits
from reviewer.model.clean import clean, shown
from reviewer.model.document import Document, Paragraph, Table
from reviewer.policy.labels import readings
from reviewer.policy.schema import Policy

_HEAD_ROWS = 12
_LEAD = 400  # letters above a table
_ENOUGH = 0.7
_FEWEST = 5
_LONGEST_HEAD = 60
_MOST_ROWS, _MOST_COLUMNS = 20_000, 60
NUMBER = "序号"

Rows = Sequence[Sequence[str]]


class Filled(Struct, frozen=True):
    """A table of the notice as filled in. rows: (number in the file from 1, column → text).

    lead: the lines above it (报送单位 …). where: the worksheet's name, "" in Word.
    """

    table: str
    rows: tuple[tuple[int, dict[str, str]], ...]
    lead: str = ""
    where: str = ""


def of_document(document: Document, policy: Policy) -> list[Filled]:
    """The notice's tables in a Word file or PDF; none in a declaration."""
    found: list[Filled] = []
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table) and any(map(_likely, _texts(block, _HEAD_ROWS))):
            lead = "\n".join(["", *lines[-_LEAD:]])[-_LEAD:]
            filled = recognize(_texts(block, block.rows), policy, lead)
            found += [filled] if filled is not None else []
    return found


def of_workbook(data: bytes, name: str, policy: Policy, limits: Limits) -> list[Filled]:
    """The notice's tables in an Excel file. Raises UnreadableFile with one sentence."""
    import io

    from openpyxl import load_workbook

    from reviewer.parsing.trouble import naming
    from reviewer.parsing.zipcheck import open_zip

    with naming(name):
        open_zip(data, limits)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(sheet.title, list(_sheet(sheet))) for sheet in book.worksheets]
    except Exception:  # openpyxl raises whatever its parts do
        raise DamagedFile(f"“{shown(name)}”不是完整的 Excel 文件，请另存后再试。") from None
    found = (recognize(rows, policy, "", title) for title, rows in sheets)
    return [filled for filled in found if filled is not None]


def recognize(rows: Rows, policy: Policy, lead: str, where: str = "") -> Filled | None:
    """The table that a grid is by its head, None where it is none of the notice's."""
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        if not _likely(row):
            continue
        for table in policy.tables:
            columns = _columns(row, _heads(policy, table.id))
            asked = [column for column in table.columns if column != NUMBER]
            if sum(column in columns for column in asked) >= _ENOUGH * len(asked):
                above = "\n".join([lead, *(" ".join(r) for r in rows[:at])])
                return Filled(table.id, tuple(_body(rows, at, columns)), above.strip(), where)
    return None


def _likely(row: Sequence[str]) -> bool:
    """A row of several short cells, as heads are: most rows of a declaration's tables are not."""
    filled = {cell for cell in row if cell.strip()}
    return len(filled) >= _FEWEST and all(len(cell) <= _LONGEST_HEAD for cell in filled)


@lru_cache(maxsize=16)
def _heads(policy: Policy, table: str) -> Mapping[str, str]:
    """Every reading of a head → its column."""
    found: dict[str, str] = {}
    own = next(t for t in policy.tables if t.id == table)
    for column in own.columns:
        for word in (column, own.heads.get(column, column)):
            found |= dict.fromkeys(readings(word), column)
    return found


def _columns(row: Sequence[str], known: Mapping[str, str]) -> dict[str, int]:
    """Column → its place, by the heads of one row."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = next((known[r] for r in readings(cell) if r in known), "")
        if column and column not in found:
            found[column] = place
    return found


def _body(rows: Rows, head: int, columns: dict[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {c: clean(row[at]).strip() if at < len(row) else "" for c, at in columns.items()}
        filled = [value for column, value in cells.items() if column != NUMBER and value]
        if len(filled) > 1 or (filled and len(columns) == 2):
            yield number, cells


def _texts(table: Table, most: int) -> list[list[str]]:
    """The texts of the first rows."""
    rows = [[""] * table.cols for _ in range(min(table.rows, most))]
    for cell in table.cells:
        if cell.row < len(rows):
            rows[cell.row][cell.col] = cell.text
    return rows


def _sheet(sheet: Iterable[Iterable[object]]) -> Iterator[list[str]]:
    lines = sheet.iter_rows(  # type: ignore[attr-defined]
        max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True
    )
    for line in lines:
        yield [_text(value) for value in line]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)
