"""What was read before: pages by the hash of their picture, so that a second run is instant.

The cache holds texts of declarations, so only its owner may read it; it is limited in size and can
be switched off with REVIEWER_NO_CACHE=1.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

_MOST_BYTES = 200 << 20
_OFF = "REVIEWER_NO_CACHE"
_FOLDER = "declaration-reviewer"


def folder() -> Path | None:
    """The cache's folder, None where it is switched off or cannot be made."""
    if os.environ.get(_OFF):
        return None
    path = _base() / _FOLDER / "ocr"
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return path


def _base() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def load(key: str) -> bytes | None:
    """What was stored under the key."""
    place = folder()
    if place is None:
        return None
    path = place / key
    try:
        data = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return data


def store(key: str, data: bytes) -> None:
    """Store, whole or not at all. Nothing happens where that is impossible."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=place, prefix=".")  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(place / key)
        except OSError:
            Path(name).unlink(missing_ok=True)


def trim() -> None:
    """Remove what was not used for longest, where the cache is too large, and broken leftovers."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        files = sorted(
            ((path.stat().st_mtime, path.stat().st_size, path) for path in place.iterdir()),
            reverse=True,
        )
        total = 0
        for _, size, path in files:
            total += size
            if total > _MOST_BYTES:
                path.unlink(missing_ok=True)
