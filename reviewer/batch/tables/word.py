"""A summary table as Word, laid out as the notice prints it: landscape, title, lead, notes below."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from reviewer.batch.tables.grid import NUMBER
from reviewer.batch.tables.heads import blank_rows, head, note, width
from reviewer.model.clean import clean
from reviewer.policy.schema import SummaryTable

_EPOCH = (2026, 1, 1, 0, 0, 0)
_TITLE, _BODY, _NOTE = "方正小标宋简体", "仿宋", "宋体"
_MIDDLE = '<w:vAlign w:val="center"/>'
_LOOKS = (
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    f' w:eastAsia="{_BODY}"/><w:sz w:val="21"/></w:rPr>'
)


def write(table: SummaryTable, rows: Sequence[dict[str, str]]) -> bytes:
    """The bytes of the .docx; the same for the same rows."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _above(document, table)
    _grid(document, table, rows)
    _notes(document, table)
    document.core_properties.title = table.title
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
    stream = io.BytesIO()
    document.save(stream)
    return _undated(stream.getvalue())


def _above(document: Any, table: SummaryTable) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _run(document.add_paragraph(), table.id, "黑体", 16)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, table.title, _TITLE, 20)
    _run(title, note(table, ""), _TITLE, 20, raised=True)
    if table.lead:
        _run(document.add_paragraph(), (" " * 30).join(table.lead), _BODY, 12)


def _grid(document: Any, table: SummaryTable, rows: Sequence[dict[str, str]]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(map(width, table.columns))
    widths = [Cm(25.7 * width(column) / whole) for column in table.columns]
    for at, column in enumerate(table.columns):
        cell = grid.cell(0, at)
        _head(cell, *head(table, column))
        cell.width = grid.columns[at].width = widths[at]
    _repeat(grid.rows[0])
    twips = [size.twips for size in widths]
    for texts in _texts(table, rows):
        grid._tbl.append(_line(texts, twips))


def _texts(table: SummaryTable, rows: Sequence[dict[str, str]]) -> Iterator[list[str]]:
    """The cells of each line below the head: the rows, then blank lines to write on."""
    for number, row in enumerate(rows, 1):
        yield [str(number) if column == NUMBER else row.get(column, "") for column in table.columns]
    example = next((n for n, column in enumerate(table.columns) if "罗列" in column), 0)
    for number in range(len(rows) + 1, len(rows) + blank_rows(len(rows)) + 1):
        texts = [str(number) if number == 1 else "", *[""] * (len(table.columns) - 1)]
        if number == 1 and table.example:
            texts[example] = f"示例：\n{table.example}\n2.……"
        yield texts


def _line(texts: Sequence[str], twips: Sequence[int]) -> Any:
    """A line of the table. Written as XML at once: cell by cell takes a hundred times as long, and a
    bureau's table has a thousand lines."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cells = "".join(map(_cell, texts, twips))
    return parse_xml(f"<w:tr {nsdecls('w')}>{cells}</w:tr>")


def _cell(text: str, twips: int) -> str:
    paragraphs = "".join(map(_paragraph, clean(text).split("\n")))
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{twips}"/>{_MIDDLE}</w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str) -> str:
    run = f'<w:r>{_LOOKS}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{run}</w:p>'


def _head(cell: Any, text: str, mark: str) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, "黑体", 10.5)
    _run(paragraph, mark, "黑体", 10.5, raised=True)


def _notes(document: Any, table: SummaryTable) -> None:
    if not table.notes:
        return
    _run(document.add_paragraph(), "_" * 28, _NOTE, 9)
    for number, text in enumerate(table.notes, 1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        if len(table.notes) == max(table.marks.values(), default=0):
            _run(paragraph, str(number), _NOTE, 9, raised=True)
        _run(paragraph, text, _NOTE, 9)


def _run(paragraph: Any, text: str, font: str, size: float, *, raised: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    if not text:
        return
    run = paragraph.add_run(text)
    run.font.size, run.font.superscript, run.font.name = Pt(size), raised or None, "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _repeat(row: Any) -> None:
    """The head stands on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _undated(data: bytes) -> bytes:
    """The package with one date on every part, so that equal content gives equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            plain = zipfile.ZipInfo(info.filename, _EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(plain, old.read(info))
    return stream.getvalue()
