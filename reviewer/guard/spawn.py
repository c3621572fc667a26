"""The child by a fresh interpreter, for systems without ``fork`` (Windows).

The call travels there by multiprocessing; only framed bytes come back. Memory is limited by a job
object where the system grants one; the wall limit always holds.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from reviewer.guard import confine, frames
from reviewer.guard.outcome import Outcome, Progress, Receiver
from reviewer.limits import Limits

_KILL_ON_CLOSE, _PROCESS_MEMORY, _EXTENDED = 0x2000, 0x100, 9


def attempt(
    function: Callable[..., object],
    args: tuple[object, ...],
    limits: Limits,
    deadline: float,
    progress: Progress | None,
) -> Outcome:
    """Run a function that can be imported in a new interpreter. deadline: by ``time.monotonic``."""
    context = multiprocessing.get_context("spawn")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(writer, limits, function, args), daemon=True)
    process.start()
    writer.close()
    receiver = Receiver(limits.result, progress)
    job = _job(process.pid or 0, limits) if sys.platform == "win32" else None
    try:
        _receive(reader, receiver, deadline)
        if not receiver.done and not receiver.outcome.timed_out:
            process.join(1)
            code = process.exitcode
            receiver.outcome.signal = abs(code) if code else 0
        return receiver.outcome
    finally:
        reader.close()
        _kill(process)
        if job is not None:
            _kernel().CloseHandle(job)


def _child(
    writer: Connection, limits: Limits, function: Callable[..., object], args: tuple[object, ...]
) -> None:
    confine.set_limits(limits)
    frames.perform(function, args, writer.send_bytes)


def _receive(reader: Connection, receiver: Receiver, deadline: float) -> None:
    while not receiver.done:
        if not reader.poll(max(0.0, deadline - time.monotonic())):
            receiver.outcome.timed_out = True
            return
        try:
            receiver.feed(reader.recv_bytes())
        except (EOFError, OSError):
            return


def _kill(process: Any) -> None:
    """Kill the process with what it started."""
    if process.is_alive() and sys.platform == "win32":
        with suppress(OSError, subprocess.SubprocessError):
            call = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(call, capture_output=True, timeout=10, check=False)
    process.kill()
    process.join(5)


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


def _kernel() -> Any:
    return ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]


def _job(pid: int, limits: Limits) -> Any:
    """A job object that limits the child's memory and dies with us; None where refused."""
    kernel = _kernel()
    for name in ("CreateJobObjectW", "OpenProcess"):
        getattr(kernel, name).restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    asked = _Extended(flags=_KILL_ON_CLOSE | _PROCESS_MEMORY, process_memory=limits.memory)
    handle = ctypes.c_void_p(kernel.OpenProcess(0x0101, False, pid))  # set quota, terminate
    kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(asked), ctypes.sizeof(asked))
    kernel.AssignProcessToJobObject(job, handle)
    kernel.CloseHandle(handle)
    return job
