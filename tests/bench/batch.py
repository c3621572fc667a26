"""Documents a second: the whole batch on one and two processes, against a naive job; near-duplicates.

``python -m tests.bench batch`` measures a hundred; ``python -m tests.bench.batch 10000`` as many as told.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import docx
import pdfplumber

from reviewer.batch.options import Options
from reviewer.batch.run import run as run_batch
from tests.bench import near
from tests.bench.measure import row
from tests.generator import render_docx, seed_defects

SAMPLES = Path(__file__).parents[2] / "corpus/samples"
_DISTINCT = 60


def run(documents: int = 100) -> None:
    """Print every line."""
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "word"
        make(words, documents)
        print(f"Batch, {documents} Word declarations varied mechanically")
        base = _naive(sorted(words.iterdir())[:20], _read_docx)
        row("naive: python-docx, text and cells only", base, unit="/s")
        for workers in (1, 2):
            row(
                f"reviewer batch, {workers} process(es)",
                _speed(words, Path(folder), workers),
                base,
                "/s",
            )
        pdfs = Path(folder) / "pdf"
        if convert(sorted(words.iterdir())[:12], pdfs):
            base = _naive(sorted(pdfs.iterdir())[:3], _read_pdf)
            row("naive: pdfplumber, text and tables only", base, unit="/s")
            row("reviewer batch, PDF, 2 processes", _speed(pdfs, Path(folder), 2), base, "/s")
    near.run(2_000)


def make(folder: Path, documents: int) -> None:
    """Declarations in mixed layouts with seeded defects; beyond some dozens, copies under other names."""
    folder.mkdir(parents=True)
    truths = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(SAMPLES.glob("S*.json"))]
    made: list[bytes] = []
    for number in range(documents):
        if number < _DISTINCT:
            rng, truth = random.Random(number), truths[number % len(truths)]
            with suppress(ValueError):  # one that has findings of its own stays as it is
                truth = seed_defects(truth, rng, rng.randint(0, 6))
            made.append(render_docx(truth, "mix", number))
        (folder / f"申报书{number:05}.docx").write_bytes(made[number % len(made)])


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


def _speed(source: Path, folder: Path, workers: int) -> float:
    out = folder / f"out-{source.name}-{workers}"
    started = time.perf_counter()
    summary = run_batch(Options(paths=(str(source),), out=str(out), workers=workers))
    return (summary.reviewed + summary.failed) / (time.perf_counter() - started)


def _naive(files: list[Path], read: object) -> float:
    assert callable(read)
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
    run(*map(int, sys.argv[1:]))
