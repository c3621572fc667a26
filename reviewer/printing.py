"""The HTML report as a PDF, printed by a browser that is installed (Chromium, Chrome, Edge).

The page is our own, without script, and its Content-Security-Policy forbids every request; the
browser gets a profile of its own that is thrown away.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reviewer.errors import MissingProgram, ReadingStopped

__all__ = ["browser", "printed"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
          "msedge", "chrome")  # fmt: skip
_WINDOWS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")
_MACS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WORDS = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
          "--disable-extensions", "--disable-sync", "--no-pdf-header-footer")  # fmt: skip
_SECONDS = 90
_ABSENT = (
    "打印成 PDF 要用本机的浏览器（Edge、Chrome 或 Chromium），没有找到。"
    "请用 --format html 写出网页，再用浏览器打印。"
)
_FAILED = "浏览器没能把报告打印成 PDF。请用 --format html 写出网页，再用浏览器打印。"


def printed(page: bytes) -> bytes:
    """The page as PDF bytes. Raises MissingProgram without a browser, ReadingStopped on failure."""
    program = browser()
    if program is None:
        raise MissingProgram(_ABSENT)
    with tempfile.TemporaryDirectory(prefix="reviewer-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_bytes(page)
        words = [program, *_WORDS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            words.append("--no-sandbox")  # a browser refuses to run as root otherwise
        try:
            subprocess.run(
                [*words, source.as_uri()], capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            raise ReadingStopped(_FAILED) from None
        data = target.read_bytes() if target.exists() else b""
    if not data.startswith(b"%PDF-"):
        raise ReadingStopped(_FAILED)
    return data


def browser() -> str | None:
    """The path of a browser that can print, None where there is none."""
    return next(_candidates(), None)


def _candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _NAMES))
    for root in filter(None, map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)"))):
        yield from (str(Path(root, part)) for part in _WINDOWS if Path(root, part).exists())
    yield from (path for path in _MACS if Path(path).exists())
