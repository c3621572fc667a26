"""Reading and reviewing Word, against the peers."""

from __future__ import annotations

import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from compileall import compile_dir
from pathlib import Path
from unittest.mock import patch

import docx
from docx.table import Table
from docx2python import docx2python
from lxml import etree
from markitdown import MarkItDown

import models
import reviewer as reviewer_package
from reviewer.limits import Limits
from reviewer.model.index import sentences
from reviewer.model.review import TierCoverage
from reviewer.parsing import read
from reviewer.scoring import cover
from reviewer.service import Reviewer
from tests.bench.measure import command, milliseconds, processor, row, yardstick
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
    row(
        "python-docx table.cell", milliseconds(lambda: table_cell(data), rounds=1, warm=False), base
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(data)
        row("docx2python", milliseconds(lambda: docx2python(path).text, rounds=3), base)
        converter = MarkItDown()
        row(
            "markitdown", milliseconds(lambda: converter.convert(path).text_content, rounds=3), base
        )
        _reviews(data, base)
        _cold(path, base)


def _reviews(data: bytes, base: float) -> None:
    """Warm reviews: without evidence, with everything; processor times and entries beside them."""
    reviewer = Reviewer()
    declaration = reviewer.declared(reviewer.read(data, "a.docx"))
    matches = reviewer._match(declaration)
    index = sentences(declaration)

    def whole() -> object:
        return reviewer.review(data, "a.docx")

    def evidence() -> Mapping[str, TierCoverage]:
        return cover(declaration, matches, index, reviewer.policy)

    ready = evidence()
    with patch("reviewer.service.cover", lambda *_: ready):
        row("warm review without evidence (goal 60)", milliseconds(whole), base)
        bare = processor(whole)
    row("warm review, everything (goal 120)", milliseconds(whole), base)
    row("evidence alone (goal 40)", milliseconds(evidence), base)
    row("entries of the declaration (goal 30)", milliseconds(lambda: reviewer._match(declaration)))
    yard = processor(yardstick)
    row("processor time: yardstick of plain Python", yard)
    row("processor time: warm, without evidence", bare, yard)
    row("processor time: warm, everything", processor(whole), yard)


def _cold(path: Path, base: float) -> None:
    """The command from its start, compiled; the guarded child is part of it."""
    for package in (reviewer_package, models):
        compile_dir(Path(package.__file__ or "").parent, quiet=1)
    wall, load, peak = command([sys.executable, "-m", "reviewer", "review", str(path)])
    row("cold `reviewer review` (goal 800)", wall, base)
    row("processor time: cold, command and child", load)
    row("peak memory, command or child (goal 150)", peak, unit="MB")


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "gold" for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
