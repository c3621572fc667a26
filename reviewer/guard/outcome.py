"""How an attempt in a child ended."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from reviewer.guard.frames import FINAL, PROGRESS, Frame, unpack

Progress = Callable[[int, int], None]


class Outcome(Struct):
    """frame: the final frame, if any came. timed_out: stopped at the wall or CPU limit;
    processor: it was the CPU limit.

    signal: number of the signal that it died by, 0 for none. overflowed: sent too much.
    """

    frame: Frame | None = None
    timed_out: bool = False
    processor: bool = False
    signal: int = 0
    overflowed: bool = False


class Receiver:
    """Puts the child's frames together; passes progress on."""

    def __init__(self, most: int, progress: Progress | None) -> None:
        self._buffer = bytearray()
        self._most = most
        self._progress = progress
        self.outcome = Outcome()

    @property
    def done(self) -> bool:
        """The final frame is here, or no sense can be made of what comes."""
        return self.outcome.frame is not None or self.outcome.overflowed

    def feed(self, data: bytes) -> None:
        """Take bytes as they come."""
        self._buffer += data
        try:
            for kind, payload in unpack(self._buffer, self._most):
                self._take(kind, payload)
        except ValueError:
            self.outcome.overflowed = True

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind in FINAL:
            self.outcome.frame = (kind, payload)
        elif kind == PROGRESS and len(payload) == 8 and self._progress is not None:
            done, total = payload[:4], payload[4:]
            self._progress(int.from_bytes(done, "big"), int.from_bytes(total, "big"))
