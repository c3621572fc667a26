"""Files written aside and renamed: whole or not at all, whenever the process is killed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PREFIX = ".part-"
"""How the files begin that a killed process leaves behind."""


@contextmanager
def written(
    path: Path, *, folder: Path | None = None, durable: bool = False
) -> Iterator[IO[bytes]]:
    """A stream for a file that takes its place when the block ends well, and is gone when it does not.

    folder: where it is written until then (on the same disk; beside ``path`` by default). durable:
    file and folder are synced, so that it outlives a power cut. Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=folder or path.parent, prefix=PREFIX)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        aside.chmod(0o644)
        aside.replace(path)
        if durable:
            sync(path.parent)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def sync(folder: Path) -> None:
    """Sync a folder, where the system can."""
    with suppress(OSError, AttributeError):
        number = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(number)
        finally:
            os.close(number)
