"""The child by ``fork``: it needs no start-up, and is killed with all that it started."""

from __future__ import annotations

import gc
import os
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from reviewer.guard import confine, frames
from reviewer.guard.outcome import Outcome, Progress, Receiver
from reviewer.limits import Limits

_CHUNK = 1 << 18
_DYING = 1.0  # seconds that a child may take to exit after it closed its pipe
_channel = -1  # in the child: where frames go


def attempt(
    function: Callable[..., object],
    args: tuple[object, ...],
    limits: Limits,
    deadline: float,
    progress: Progress | None,
) -> Outcome:
    """Run the function in a forked child. deadline: by ``time.monotonic``."""
    reader, writer = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _child(function, args, limits, writer, parent)
    os.close(writer)
    receiver = Receiver(limits.result, progress)
    try:
        _receive(reader, receiver, deadline)
        return _finish(pid, receiver.outcome, limits)
    finally:
        os.close(reader)
        _kill(pid)


def report_progress(done: int, total: int) -> None:
    """Tell the parent how far the work is; nothing happens outside of a guarded child."""
    if _channel >= 0:
        payload = done.to_bytes(4, "big") + total.to_bytes(4, "big")
        _send(frames.pack(frames.PROGRESS, payload))


def _child(
    function: Callable[..., object],
    args: tuple[object, ...],
    limits: Limits,
    writer: int,
    parent: int,
) -> None:
    """Never returns: whatever happens, the child must not run on as a copy of its parent."""
    global _channel
    try:
        os.setsid()
        gc.freeze()  # what the parent left need not be looked through, nor copied
        confine.die_with(parent)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU):
            with suppress(ValueError, OSError):
                signal.signal(number, signal.SIG_DFL)
        _channel = confine.shut_off(writer)
        confine.confine(limits)
        frames.perform(function, args, _send)
    finally:
        os._exit(0)


def _send(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(_channel, view[:_CHUNK]) :]


def _receive(reader: int, receiver: Receiver, deadline: float) -> None:
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    while not receiver.done:
        left = deadline - time.monotonic()
        if left <= 0:
            receiver.outcome.timed_out = True
            return
        if poll.poll(left * 1000):
            data = os.read(reader, _CHUNK)
            if not data:
                return
            receiver.feed(data)


def _finish(pid: int, outcome: Outcome, limits: Limits) -> Outcome:
    """Find out how a child ended that sent no final frame."""
    if outcome.frame is not None or outcome.timed_out or outcome.overflowed:
        return outcome
    end = time.monotonic() + _DYING
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done or time.monotonic() > end:
            break
        time.sleep(0.002)
    if done and os.WIFSIGNALED(status):
        outcome.signal = os.WTERMSIG(status)
        spent = usage.ru_utime + usage.ru_stime
        outcome.processor = outcome.signal == signal.SIGXCPU or spent >= limits.cpu
        outcome.timed_out = outcome.processor
    return outcome


def _kill(pid: int) -> None:
    """Kill the child's whole group and reap the child."""
    for kill in (os.killpg, os.kill):  # by its number too, should it have no group yet
        with suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
