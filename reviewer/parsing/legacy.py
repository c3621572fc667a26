"""Old formats (.doc, .wps, .rtf) by way of LibreOffice, where it is installed.

It reads strangers' files with a profile of its own that is thrown away: no macros, no links, no
active content. What it writes is checked like any stranger's .docx. It must run inside the guarded
child, from which it inherits the limits, the missing network and the death of its process group.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec.structs import replace

from reviewer.errors import DamagedFile
from reviewer.limits import Limits
from reviewer.model.document import Document
from reviewer.parsing.refusals import refusal
from reviewer.parsing.trouble import RESAVE, Trouble, damaged, naming

_SUFFIXES = {"doc": "doc", "wps": "wps", "rtf": "rtf"}
_PROGRAMS = ("soffice", "libreoffice", "soffice.exe")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_PREFIX = "declaration-reviewer-office-"
_STALE = 3600.0
_RESERVE = 5.0  # seconds kept for reading what came out, and for tidying up
_SETTINGS = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "DisableActiveContent": "true",
        "DisableOLEAutomation": "true",
        "DisablePythonRuntime": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "/org.openoffice.Office.Writer/Content/Update": {
        "Link": "2",
        "Field": "false",
        "Chart": "false",
    },
    "/org.openoffice.Office.Common/Save/Document": {"AutoSave": "false"},
    "/org.openoffice.Office.Recovery/RecoveryInfo": {"Enabled": "false"},
    "/org.openoffice.Office.Recovery/AutoSave": {"Enabled": "false"},
}


def read_legacy(data: bytes, name: str, kind: str, limits: Limits) -> Document:
    """Read a file of an old format. kind: doc, wps or rtf.

    Raises UnsupportedFormat where LibreOffice is missing, DamagedFile where it makes nothing of the
    file or takes too long.
    """
    from reviewer.parsing.docx import read_docx

    with naming(name):
        made = _converted(data, kind, limits)
    document = read_docx(made, name, limits)
    return replace(document, kind="doc", sha256=hashlib.sha256(data).hexdigest())


def program() -> str | None:
    """LibreOffice's path, None where it is not installed."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def _converted(data: bytes, kind: str, limits: Limits) -> bytes:
    office = program()
    if office is None:
        raise refusal(kind)
    with _folder() as folder:
        source = folder / f"source.{_SUFFIXES[kind]}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        _run(office, source, folder, limits)
        target = folder / "out" / "source.docx"
        if not target.exists() or not target.stat().st_size:
            raise damaged("旧格式文件无法转换，可能已损坏或设有密码")
        if target.stat().st_size > limits.file_bytes:
            raise damaged("旧格式文件转换后异常庞大")
        return target.read_bytes()


def _run(office: str, source: Path, folder: Path, limits: Limits) -> None:
    words = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(folder / "out"),
        str(source),
    ]  # fmt: skip
    # Its own group would escape the guard, which kills the child's.
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd=folder, env=_environment(folder),
    )  # fmt: skip
    try:
        process.wait(timeout=max(1.0, limits.wall - _RESERVE))
    except subprocess.TimeoutExpired:
        raise Trouble(DamagedFile, "旧格式文件转换超时，已停止", RESAVE) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The launcher starts the program proper; both must be gone before the folder is removed."""
    if process.poll() is None:
        for child in _children(process.pid):
            with suppress(OSError):
                os.kill(child, 9)
        process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)


def _children(parent: int) -> Iterator[int]:
    """All descendants of a process (Linux)."""
    with suppress(OSError, ValueError):
        listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for child in map(int, listed):
            yield from _children(child)
            yield child


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the user's own but what a program needs to start."""
    kept = {
        key: os.environ[key]
        for key in ("PATH", "LANG", "SYSTEMROOT", "WINDIR")
        if key in os.environ
    }
    home = str(folder)
    return {**kept, "HOME": home, "USERPROFILE": home, "TMPDIR": home, "TEMP": home, "TMP": home,
            "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}  # fmt: skip


def _write_profile(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, values in _SETTINGS.items()
        for key, value in values.items()
    )
    user.joinpath("registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that is gone afterwards; those that a killed child left are swept."""
    base = Path(tempfile.gettempdir())
    for old in base.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE:
                shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
