"""Documents a second: Word, PDF and both, on one and two processes, against a naive job; scaling.

``python -m tests.bench batch`` measures a hundred Word files, a dozen PDFs, and 300 Word files;
``python -m tests.bench.batch 1000 300 [FOLDER] [--scaling 100 1000 3000]`` as many as told, with the
files kept in a folder.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pdfplumber

from tests.bench import account, declarations, near
from tests.bench.measure import row

_BASE_OF = 10
_SCALING = (300,)


def run(
    words: int = 100, pdfs: int = 12, folder: str | None = None, scaling: Sequence[int] = _SCALING
) -> None:
    """Print every line."""
    with tempfile.TemporaryDirectory() as own:
        at = Path(folder or own)
        made = _made(at / "word", words)
        print(f"Batch, {words} Word declarations varied mechanically")
        base = _measured(made, Path(own), _read_docx, "naive: python-docx, text and cells only")
        prints = at / "pdf"
        if pdfs and (len(list(prints.glob("*.pdf"))) >= pdfs or convert(made[:pdfs], prints)):
            print(f"Batch, {pdfs} of them as PDF")
            files = sorted(prints.iterdir())[:pdfs]
            _measured(files, Path(own), _read_pdf, "naive: pdfplumber, text and tables only")
            print(f"Batch, mixed: these and {pdfs} others as Word")
            account.show(_batch([*files, *made[pdfs : 2 * pdfs]], Path(own), 2))
        for many in scaling:
            print(f"Batch, {many} Word declarations")
            account.show(_batch(_made(at / "word", many), Path(own), 2), base)
    near.run(2_000)


def _made(folder: Path, documents: int) -> list[Path]:
    if len(list(folder.glob("*.docx"))) < documents:
        declarations.write(folder, documents)
    return sorted(folder.iterdir())[:documents]


def _measured(files: list[Path], own: Path, read: Callable[[bytes], int], naive: str) -> float:
    base = _naive(files[:_BASE_OF], read)
    row(naive, base, unit="/s")
    for workers in (1, 2):
        account.show(_batch(files, own, workers), base)
    return base


def _batch(files: list[Path], own: Path, workers: int) -> account.Run:
    with tempfile.TemporaryDirectory(dir=own) as out:
        return account.measured([str(file) for file in files], out, workers)


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
    words = argparse.ArgumentParser()
    words.add_argument("words", type=int, nargs="?", default=100)
    words.add_argument("pdfs", type=int, nargs="?", default=12)
    words.add_argument("folder", nargs="?")
    words.add_argument("--scaling", type=int, nargs="*", default=_SCALING)
    run(**vars(words.parse_args()))
