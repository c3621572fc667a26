"""Reading and reviewing Word, against the peers."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path

import docx
from docx.table import Table
from docx2python import docx2python
from lxml import etree
from markitdown import MarkItDown

from reviewer.limits import Limits
from reviewer.parsing import read
from reviewer.service import Reviewer
from tests.bench.measure import command, milliseconds, row
from tests.generator import render_docx

SAMPLE = Path(__file__).parents[2] / "corpus/samples/S01-bearing-advanced.json"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def floor(data: bytes) -> int:
    """The least that a reader of text and merged tables must do, with zipfile and lxml alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    lines = [
        "".join(node.text or "" for node in paragraph.iter(_W + "t"))
        for paragraph in root.iter(_W + "p")
    ]
    grids = [_grid(table) for table in root.iter(_W + "tbl")]
    return len(lines) + len(grids)


def _grid(table: etree._Element) -> list[list[tuple[int, bool, str]]]:
    """Rows of (columns spanned, goes on from above, text)."""
    rows = []
    for line in table.iterchildren(_W + "tr"):
        cells = []
        for cell in line.iterchildren(_W + "tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            width = int(span.get(_W + "val", "1")) if span is not None else 1
            goes_on = merge is not None and merge.get(_W + "val") != "restart"
            text = "".join(node.text or "" for node in cell.iter(_W + "t"))
            cells.append((width, goes_on, text))
        rows.append(cells)
    return rows


def row_cells(data: bytes) -> int:
    """python-docx over row.cells."""
    document = docx.Document(io.BytesIO(data))
    return sum(len(cell.text) for table in document.tables for r in table.rows for cell in r.cells)


def table_cell(data: bytes) -> int:
    """python-docx over table.cell(row, column)."""
    document = docx.Document(io.BytesIO(data))
    return sum(_whole(table) for table in document.tables)


def _whole(table: Table) -> int:
    rows, columns = len(table.rows), len(table.columns)
    return sum(len(table.cell(r, c).text) for r in range(rows) for c in range(columns))


def run() -> None:
    """Print every line of the Word bench."""
    truth = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data = render_docx(truth, "template", 0)
    limits = Limits()
    print(f"Word, {len(data) // 1024} kB, {sum(map(len, _texts(truth)))} characters")
    base = milliseconds(lambda: floor(data))
    row("floor: zipfile + lxml, text and merged tables", base)
    row("our reading", milliseconds(lambda: read(data, "a.docx", limits)), base)
    row("python-docx row.cells", milliseconds(lambda: row_cells(data)), base)
    row("python-docx table.cell", milliseconds(lambda: table_cell(data), rounds=2), base)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(data)
        row("docx2python", milliseconds(lambda: docx2python(path).text, rounds=3), base)
        converter = MarkItDown()
        row(
            "markitdown", milliseconds(lambda: converter.convert(path).text_content, rounds=3), base
        )
        reviewer = Reviewer()
        row("warm review, everything", milliseconds(lambda: reviewer.review(data, "a.docx")))
        cold, peak = command([".venv/bin/reviewer", "review", str(path)])
        row("cold `reviewer review`", cold)
        row("its peak memory", peak, unit="MB")


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "gold" for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
