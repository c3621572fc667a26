"""Cases reviewed on all cores of this machine.

A pool of warm processes; each reviews every case in a guarded child of its own
(``reviewer.guard``), which has the limits of time, CPU and memory and is thrown away afterwards, so
that memory stays flat and one bad file hurts no other. The pool's own time limit only steps in
where a worker itself hangs.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from typing import Protocol

from reviewer.batch.task import Outcome, Task, outcome, warm
from reviewer.limits import Limits
from reviewer.model.clean import shown

__all__ = ["LocalPool", "Runner", "cores"]

_AHEAD = 3
_GRACE = 60.0
_TRIES = 2

Perform = Callable[[Task], Outcome]


class Runner(Protocol):
    """Reviews cases somewhere; outcomes come as they are ready."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Review the tasks. Closing the iterator stops what is under way."""
        ...


def cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class LocalPool:
    """Runner on this machine. workers: processes. perform: what is done with a task."""

    def __init__(
        self, policy: str, day: str, *, workers: int | None = None, perform: Perform = outcome
    ) -> None:
        self._workers = workers or cores()
        self._start = (policy, day)
        self._perform = perform
        self._limit = (Limits().wall + Limits().wall_ocr) * _TRIES + _GRACE

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Review the tasks, a few more than there are workers at once."""
        from pebble import ProcessPool

        pool = ProcessPool(
            max_workers=self._workers,
            initializer=_begin,
            initargs=self._start if self._perform is outcome else (),
            context=multiprocessing.get_context("spawn"),
        )
        done = False
        try:
            yield from self._fed(pool, iter(tasks))
            done = True
        finally:
            if done:
                pool.close()  # type: ignore[no-untyped-call]
            else:
                pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _fed(self, pool: object, tasks: Iterator[Task]) -> Iterator[Outcome]:
        waiting: dict[Future[Outcome], tuple[Task, int]] = {}

        def submit(task: Task, tries: int) -> None:
            future = pool.schedule(self._perform, args=(task,), timeout=self._limit)  # type: ignore[attr-defined]
            waiting[future] = (task, tries)

        while True:
            while len(waiting) < self._workers * _AHEAD:
                task = next(tasks, None)
                if task is None:
                    break
                submit(task, 1)
            if not waiting:
                return
            ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                task, tries = waiting.pop(future)
                error = future.exception()
                if error is None:
                    yield future.result()
                elif tries < _TRIES and not isinstance(error, TimeoutError):
                    submit(task, tries + 1)
                else:
                    yield lost(task)


def _begin(*start: str) -> None:
    """Get a worker ready: warm, and allowed to have children (where they cannot be forked)."""
    with suppress(AssertionError):
        multiprocessing.current_process().daemon = False
    if start:
        warm(*start)


def lost(task: Task) -> Outcome:
    """The outcome of a case whose worker died or hung."""
    name = shown(task.case.main.name)
    return Outcome(
        task.case.key,
        sentence=f"审阅“{name}”的进程两次意外中断，未能审阅；请用 reviewer review 单独审阅这一份。",
    )
