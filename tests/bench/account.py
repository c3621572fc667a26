"""Where the time of a batch goes: start, review, what comes after, and what the processors did."""

from __future__ import annotations

import multiprocessing
import resource
import time

from msgspec import Struct

from reviewer.batch.options import Options, Silent
from reviewer.batch.run import run
from tests.bench.measure import processor, row, yardstick

QUIET = 25.0
"""The yardstick on a quiet machine, ms: what rates are scaled to."""


class Moment(Struct, frozen=True):
    """wall, own: seconds of wall time and of this process's processor time; others: of children
    that ended."""

    wall: float
    own: float
    others: float


def moment() -> Moment:
    """Now."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, others = (one.ru_utime + one.ru_stime for one in used)
    return Moment(time.perf_counter(), own, others)


class Account(Silent):
    """Progress that keeps the times at which stages begin and the first review is done."""

    def __init__(self) -> None:
        self.begun = moment()
        self.stages: list[Moment] = []
        self.first: float | None = None

    def stage(self, title: str, total: int, done: int = 0) -> None:
        self.stages.append(moment())

    def step(self, *, failed: bool = False) -> None:
        self.first = self.first or time.perf_counter()


class Run(Struct, frozen=True):
    """A batch measured. start: s until the first review is done; review, finish: s of wall time
    for all files. reviewing, finishing: ms of processor time a file, of all processes and of the
    one that finishes. free: share of the processors' time while reviewing that was not used, or
    by others. yard: ms of the yardstick, as many at once as there are processes."""

    files: int
    workers: int
    wall: float
    start: float
    review: float
    finish: float
    reviewing: float
    finishing: float
    free: float
    yard: float
    largest: float  # MB, of workers and children

    @property
    def rate(self) -> float:
        """Files a second."""
        return self.files / self.wall

    @property
    def scaled(self) -> float:
        """The same on a quiet machine."""
        return self.rate * self.yard / QUIET

    @property
    def alone(self) -> float:
        """Files a second by processor time, scaled: what a quiet machine of our own would give. The
        start of the workers is among it. Comparable where others are busy on the machine."""
        return 1000 / (self.reviewing / self.workers + self.finishing) * self.yard / QUIET


def measured(paths: list[str], out: str, workers: int) -> Run:
    """Run a batch and account for its time."""
    account = Account()
    summary = run(Options(paths=tuple(paths), out=out, workers=workers), progress=account)
    end, files = moment(), summary.reviewed + summary.failed
    # Before further processes are started: they count with the memory of the one that starts them.
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    # The stages: files found, reviewed, pairs parted or joined, texts, … (reviewer.batch.run).
    began, ended = account.stages[1], account.stages[2]
    busy = ended.own - began.own + ended.others - began.others
    review = ended.wall - began.wall
    return Run(
        files=files,
        workers=workers,
        wall=end.wall - account.begun.wall,
        start=(account.first or ended.wall) - account.begun.wall,
        review=review,
        finish=end.wall - ended.wall,
        reviewing=1000 * busy / files,
        finishing=1000 * (end.own - ended.own) / files,
        free=1 - busy / (review * workers),
        yard=at_once(workers),
        largest=largest,
    )


def at_once(processes: int) -> float:
    """The yardstick, so many at a time: two cores are seldom twice as fast as one."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return max(pool.map(_yard, range(processes), chunksize=1))


def _yard(_: int) -> float:
    return processor(yardstick)


def show(one: Run, base: float | None = None) -> None:
    """Print it."""
    row(f"reviewer batch, {one.workers} process(es)", one.rate, base, "/s")
    row("  scaled to a yardstick of 25 ms", one.scaled, unit="/s")
    row("  by processor time alone, scaled", one.alone, unit="/s")
    row("  start to the first review", one.start, unit="s")
    row("  reviewing, wall time a file", 1000 * one.review / one.files)
    row("  finishing, wall time a file", 1000 * one.finish / one.files)
    row("  processor time a file, reviewing", one.reviewing)
    row("  processor time a file, finishing", one.finishing)
    row("  processors idle or others' while reviewing", 100 * max(0.0, one.free), unit="%")
    row(f"  yardstick, {one.workers} at once (quiet: some 25)", one.yard)
    row("  largest of workers and children", one.largest, unit="MB")
