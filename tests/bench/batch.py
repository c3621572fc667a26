"""Documents a second: the whole batch on one and two processes, against a naive job; near-duplicates.

``python -m tests.bench batch`` measures a hundred Word files and a dozen PDFs; ``python -m tests.bench.batch
1000 300 [FOLDER]`` as many as told, with the files kept in a folder.
"""

from __future__ import annotations

import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pdfplumber

from reviewer.batch.options import Options
from reviewer.batch.run import run as run_batch
from tests.bench import declarations, near
from tests.bench.measure import processor, row, yardstick

_BASE_OF = 10


def run(words: int = 100, pdfs: int = 12, folder: str | None = None) -> None:
    """Print every line."""
    with tempfile.TemporaryDirectory() as own:
        at = Path(folder or own)
        made = _made(at / "word", words)
        print(f"Batch, {words} Word declarations varied mechanically")
        _measured(made, Path(own), _read_docx, "naive: python-docx, text and cells only")
        prints = at / "pdf"
        if pdfs and (len(list(prints.glob("*.pdf"))) >= pdfs or convert(made[:pdfs], prints)):
            print(f"Batch, {pdfs} of them as PDF")
            files = sorted(prints.iterdir())[:pdfs]
            _measured(files, Path(own), _read_pdf, "naive: pdfplumber, text and tables only")
    near.run(2_000)


def _made(folder: Path, documents: int) -> list[Path]:
    if len(list(folder.glob("*.docx"))) < documents:
        declarations.write(folder, documents)
    return sorted(folder.iterdir())[:documents]


def _measured(files: list[Path], own: Path, read: Callable[[bytes], int], naive: str) -> None:
    base = _naive(files[:_BASE_OF], read)
    row(naive, base, unit="/s")
    for workers in (1, 2):
        _batch(files, own / f"out-{files[0].suffix[1:]}-{workers}", workers, base)


def _batch(files: list[Path], out: Path, workers: int, base: float) -> None:
    """One run. Processor time stays comparable where the machine is busy with other things."""
    begun, started = _processor(), time.perf_counter()
    summary = run_batch(Options(paths=tuple(map(str, files)), out=str(out), workers=workers))
    wall, used = time.perf_counter() - started, _processor()
    count = summary.reviewed + summary.failed
    row(f"reviewer batch, {workers} process(es)", count / wall, base, "/s")
    row("  processor time a file, parent", 1000 * (used[0] - begun[0]) / count)
    row("  processor time a file, workers and children", 1000 * (used[1] - begun[1]) / count)
    row("  yardstick (some 25 ms on a quiet machine)", processor(yardstick))
    row(
        "  largest process",
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        unit="MB",
    )


def _processor() -> tuple[float, float]:
    own, others = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


def convert(files: list[Path], folder: Path) -> bool:
    """The same as PDF, where LibreOffice is installed."""
    program = shutil.which("soffice")
    if program is None:
        return False
    words = [
        program,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    subprocess.run(words, check=True, capture_output=True)
    return True


def _naive(files: list[Path], read: Callable[[bytes], int]) -> float:
    started = time.perf_counter()
    for file in files:
        read(file.read_bytes())
    return len(files) / (time.perf_counter() - started)


def _read_docx(data: bytes) -> int:
    document = docx.Document(io.BytesIO(data))
    cells = sum(len(c.text) for t in document.tables for r in t.rows for c in r.cells)
    return cells + sum(len(p.text) for p in document.paragraphs)


def _read_pdf(data: bytes) -> int:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(p.extract_text() or "") + len(p.extract_tables()) for p in document.pages)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()] or [100]
    places = [word for word in sys.argv[1:] if not word.isdecimal()]
    run(numbers[0], numbers[-1], places[0] if places else None)
