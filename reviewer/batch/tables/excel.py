"""A summary table as Excel, in the notice's columns and order, notes below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from reviewer.batch.tables.grid import NUMBER
from reviewer.batch.tables.heads import blank_rows, head, note, width
from reviewer.model.clean import clean
from reviewer.policy.schema import SummaryTable

_LONGEST = 32_000


def write(table: SummaryTable, rows: Sequence[dict[str, str]]) -> bytes:
    """The workbook's bytes; the same for the same rows."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": table.title, "created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet(table.id)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    frame = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "仿宋"}
    title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    top = book.add_format({**frame, "bold": True, "align": "center", "font_name": "黑体"})
    raised = book.add_format({"font_script": 1})
    body, plain = book.add_format(frame), book.add_format({"text_wrap": True, "font_size": 9})
    last = len(table.columns) - 1
    sheet.write_string(0, 0, table.id)
    sheet.merge_range(1, 0, 1, last, table.title + _small(note(table, "")), title)
    sheet.merge_range(2, 0, 2, last, (" " * 20).join(table.lead))
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, max(6, width(column) * 1.3))
        text, mark = head(table, column)
        if mark:
            sheet.write_rich_string(3, at, text, raised, mark, top)
        else:
            sheet.write_string(3, at, text, top)
    for number in range(1, len(rows) + blank_rows(len(rows)) + 1):
        row = rows[number - 1] if number <= len(rows) else {}
        for at, column in enumerate(table.columns):
            text = str(number) if column == NUMBER and (row or number == 1) else row.get(column, "")
            sheet.write_string(3 + number, at, clean(text)[:_LONGEST], body)
    under = 4 + len(rows) + blank_rows(len(rows))
    numbered = len(table.notes) == max(table.marks.values(), default=0)
    for number, text in enumerate(table.notes, 1):
        line = f"{_small(str(number)) if numbered else ''}{text}"
        sheet.merge_range(under + number, 0, under + number, last, line, plain)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    book.close()
    return stream.getvalue()


def _small(number: str) -> str:
    """A number in raised digits."""
    return number.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
