"""What a worker of the test cluster does in place of the street, chosen by the file's words."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import msgspec

from reviewer.batch.task import Outcome, Task


def perform(packed: bytes) -> bytes:
    """Kills its own worker once where the file says so; else tells the file's length."""
    task = msgspec.msgpack.decode(packed, type=Task)
    data = (task.data or b"").decode()
    word, _, mark = data.partition(":")
    if word == "die" and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "always":
        os.kill(os.getpid(), signal.SIGKILL)
    return msgspec.msgpack.encode(Outcome(task.case.key, sentence=f"{len(data)}"))
