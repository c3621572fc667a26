"""Reading and reviewing PDFs, against PDFium's bare text and pdfplumber; scanned pages by OCR.

Milliseconds of processor time, which stay comparable on a busy machine.
"""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pdfplumber
import pypdfium2

from reviewer.limits import Limits
from reviewer.parsing import read
from reviewer.parsing.rendering import render
from reviewer.parsing.scan.pages import read_picture
from reviewer.service import Reviewer
from tests.bench.measure import peak_mb, processor, row, yardstick
from tests.generator import render_docx
from tests.generator.pdfs import ToolMissing, html_to_pdf, to_pdf
from tests.generator.scan import scan

SAMPLE = Path(__file__).parents[2] / "corpus/samples/S01-bearing-advanced.json"
_SCANNED = 3


def bare(data: bytes) -> int:
    """PDFium's text, page by page, and nothing else."""
    document = pypdfium2.PdfDocument(data)
    total = 0
    for page in document:
        total += len(page.get_textpage().get_text_bounded())
        page.close()
    document.close()
    return total


def plumber(data: bytes) -> int:
    """Text and tables by pdfplumber."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(
            len(page.extract_text() or "") + len(page.extract_tables()) for page in document.pages
        )


def printed() -> bytes:
    """The sample as a PDF of LibreOffice, or of WeasyPrint where that is missing."""
    truth = json.loads(SAMPLE.read_text(encoding="utf-8"))
    try:
        return to_pdf(render_docx(truth, "template", 1))
    except ToolMissing:
        from tests.generator.htmlview import render_html

        return html_to_pdf(render_html(truth, 1))


def run() -> None:
    """Print the figures."""
    data = printed()
    pages = len(pypdfium2.PdfDocument(data))
    print(f"PDF: {SAMPLE.stem}, {pages} pages")
    reviewer = Reviewer()
    row("yardstick (some 25 ms on a quiet machine)", processor(yardstick))
    mine = processor(lambda: read(data, "x.pdf"))
    base = processor(lambda: bare(data))
    row("PDFium, bare text, a page", base / pages)
    row("read, text and tables, a page (goal 4)", mine / pages, base / pages)
    slow = processor(lambda: plumber(data), rounds=2)
    row("pdfplumber, text and tables, a page", slow / pages, base / pages)
    row("times faster than pdfplumber (goal 8)", slow / mine, unit="×")
    whole = processor(lambda: reviewer.review(data, "x.pdf"))
    row("whole review, warm (goal 250 for 40 pages)", whole)
    row("peak memory so far (goal 300)", peak_mb(), unit="MB")
    _ocr(scan(data, seed=1))


def _ocr(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    pictures = [render(document[number], Limits()) for number in range(2, 2 + _SCANNED)]
    read_picture(*pictures[0])  # loads the engine
    begin, cpu = time.perf_counter(), time.process_time()
    for image, dpi in pictures:
        read_picture(image, dpi)
    row("OCR, a page and core (goal 1.2)", (time.perf_counter() - begin) / _SCANNED, unit="s")
    row("OCR, processor time a page", (time.process_time() - cpu) / _SCANNED, unit="s")
    row("peak memory with OCR (goal 1200)", peak_mb(), unit="MB")
