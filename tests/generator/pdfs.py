"""Other producers' PDFs: LibreOffice prints the Word file, Chromium or WeasyPrint the HTML."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_TIMEOUT = 180


class ToolMissing(RuntimeError):
    """A program outside Python that is not installed here."""


def office() -> str | None:
    """The path of LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(content: bytes, suffix: str, target: str) -> bytes:
    """A file through headless LibreOffice, with a profile of its own so that calls can run beside each other.

    Raises:
        ToolMissing: LibreOffice is not installed.
        RuntimeError: it ran and produced nothing; the message holds what it said.
    """
    program = office()
    if program is None:
        raise ToolMissing(
            "LibreOffice (soffice) is not installed: apt-get install libreoffice-writer"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"declaration.{suffix}")
        source.write_bytes(content)
        profile = Path(folder, "profile").as_uri()
        words = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            target,
            "--outdir",
            folder,
            str(source),
        ]
        done = subprocess.run(words, capture_output=True, timeout=_TIMEOUT, check=False, text=True)
        made = source.with_suffix(f".{target.partition(':')[0]}")
        if not made.exists():
            raise RuntimeError(
                f"LibreOffice made no {target} (exit {done.returncode}): {done.stdout} {done.stderr}".strip()
            )
        return made.read_bytes()


def to_pdf(docx_bytes: bytes) -> bytes:
    """The Word file printed by LibreOffice. Raises as :func:`convert`."""
    return convert(docx_bytes, "docx", "pdf")


def to_doc(docx_bytes: bytes) -> bytes:
    """The Word file saved as a binary .doc by LibreOffice. Raises as :func:`convert`."""
    return convert(docx_bytes, "docx", "doc")


def browser() -> str | None:
    """The path of Chromium, where it is installed."""
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


def html_to_pdf(page: str) -> bytes:
    """An HTML page printed by WeasyPrint, or by Chromium where WeasyPrint is missing.

    Raises:
        ToolMissing: neither is installed.
    """
    try:
        from weasyprint import HTML
    except ImportError:
        return _chromium(page)
    printed = HTML(string=page).write_pdf()
    return bytes(printed or b"")


def _chromium(page: str) -> bytes:
    program = browser()
    if program is None:
        raise ToolMissing("neither WeasyPrint nor Chromium is installed: pip install weasyprint")
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        subprocess.run(
            [program, *flags, f"--print-to-pdf={made}", source.as_uri()],
            capture_output=True,
            timeout=_TIMEOUT,
            check=True,
        )
        return made.read_bytes()
