"""The guarded child: whatever reads a stranger's file runs in one, and is killed at its limits.

``run`` is the one way in, for the command line, batch and service alike::

    document = guard.run(read, data, name, result=Document, name=name)

The function runs in a process of its own (forked where the system can, else spawned) with limits on
address space, CPU time, written files and wall time, without network where the system allows, in a
process group that is killed as a whole. Its result comes back as bytes and is decoded as the type
that was asked for.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from typing import Any, TypeVar, overload

import msgspec

from reviewer.errors import NeedsRecognition, ReadingStopped
from reviewer.guard import confine, frames
from reviewer.guard.outcome import Outcome, Progress
from reviewer.limits import Limits
from reviewer.model.clean import shown

__all__ = ["may_recognize", "report_progress", "run"]

_T = TypeVar("_T")
_log = logging.getLogger(__name__)
_ADVICE = "请另存为新的文件后再试，仍不行请核对文件来源"


@overload
def run(
    function: Callable[..., bytes],
    *args: Any,
    limits: Limits = ...,
    name: str = ...,
    progress: Progress | None = ...,
) -> bytes: ...


@overload
def run(
    function: Callable[..., _T],
    *args: Any,
    result: type[_T],
    limits: Limits = ...,
    name: str = ...,
    progress: Progress | None = ...,
) -> _T: ...


def run(
    function: Callable[..., Any],
    *args: Any,
    result: type[Any] | None = None,
    limits: Limits | None = None,
    name: str = "",
    progress: Progress | None = None,
) -> Any:
    """Call ``function(*args)`` in a guarded child and return what it returned.

    result: type to decode the result as (anything msgspec knows); None for functions that return
    bytes. name: the file's name, for the sentence of an error. progress: called with (done,
    total) whenever the function calls ``report_progress``.

    Where ``limits.ocr`` is off and the file needs OCR, a second child runs ``limits.with_ocr()``.
    A child that died by a signal is tried once more within the same wall limit. Raises the
    ReviewerError that the function raised, as the same type with the same text; ReadingStopped
    where the child hit a limit, died or crashed.
    """
    limits = limits or Limits()
    try:
        return _run(function, args, result, limits, name, progress)
    except NeedsRecognition:
        if limits.ocr:
            raise
    return _run(function, args, result, limits.with_ocr(), name, progress)


def may_recognize() -> bool:
    """Whether this process may spend what OCR takes: always outside of a guarded child."""
    return confine.current is None or confine.current.ocr


def _run(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    result: type[Any] | None,
    limits: Limits,
    name: str,
    progress: Progress | None,
) -> Any:
    deadline = time.monotonic() + limits.wall
    outcome = Outcome()
    for _ in range(2):
        outcome = _attempt(function, args, limits, deadline, progress)
        if outcome.frame is not None or outcome.timed_out or outcome.overflowed:
            break
        _log.debug("guarded child died by signal %d", outcome.signal)
    return _returned(outcome, result, limits, name)


def report_progress(done: int, total: int) -> None:
    """Tell the parent how far the work is; nothing happens outside of a forked guarded child."""
    if _forks():
        from reviewer.guard import posix

        posix.report_progress(done, total)


def _forks() -> bool:
    return hasattr(os, "fork")


def _attempt(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    limits: Limits,
    deadline: float,
    progress: Progress | None,
) -> Outcome:
    if _forks():
        from reviewer.guard import posix

        return posix.attempt(function, args, limits, deadline, progress)
    from reviewer.guard import spawn

    return spawn.attempt(function, args, limits, deadline, progress)


def _returned(outcome: Outcome, result: type[Any] | None, limits: Limits, name: str) -> Any:
    kind, payload = outcome.frame or (b"", b"")
    if kind == frames.RESULT:
        try:
            return payload if result is None else msgspec.msgpack.decode(payload, type=result)
        except msgspec.MsgspecError as error:
            _log.debug("guarded child sent no %s: %s", result, type(error).__name__)
            raise _stopped(name, "读取结果无法识别") from None
    if kind == frames.ERROR:
        raise frames.raised(payload)
    if kind == frames.CRASH:
        _log.debug("guarded child crashed: %s", payload.decode("utf-8", "replace"))
        raise _stopped(name, "程序内部出错，未能读完")
    raise _stopped(name, _limit(outcome, kind, limits))


def _limit(outcome: Outcome, kind: bytes, limits: Limits) -> str:
    if outcome.timed_out:
        seconds = limits.cpu if outcome.processor else limits.wall
        return f"读取时间超过上限（{seconds:g} 秒），已停止"
    if kind == frames.MEMORY:
        return f"读取所需内存超过上限（{limits.memory >> 20} MB），已停止"
    if outcome.overflowed:
        return "读取结果异常庞大，已停止"
    return "读取过程两次意外中断"


def _stopped(name: str, what: str) -> ReadingStopped:
    subject = f"“{shown(name)}”" if name else "文件"
    return ReadingStopped(f"无法读取{subject}：{what}；{_ADVICE}。")
