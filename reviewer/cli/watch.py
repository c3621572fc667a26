"""Reviewing again on every save, for the person drafting in Word.

Word and WPS save by writing aside and renaming, so the file vanishes for a moment and comes back
as another: its stamp (time and size) is polled, which also works on network drives.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PAUSE = 0.5

Stamp = tuple[int, int]


def saves(path: Path, pause: Callable[[float], object] = time.sleep) -> Iterator[None]:
    """Yield at once, then after every save, as soon as the file has come to rest."""
    seen = _stamp(path)
    yield
    while True:
        pause(_PAUSE)
        now = _stamp(path)
        if now is None or now == seen:
            continue
        while True:
            pause(_PAUSE)
            later = _stamp(path)
            if later == now:
                break
            now = later
        if now is not None:
            seen = now
            yield


def _stamp(path: Path) -> Stamp | None:
    """Time and size of the last save; None while the file is away."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
