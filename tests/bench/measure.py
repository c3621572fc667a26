"""Timing and memory, measured the same way for everybody."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median


def milliseconds(job: Callable[[], object], *, rounds: int = 7, budget: float = 20.0) -> float:
    """Median wall time of ``job`` in ms over up to ``rounds`` runs within ``budget`` seconds."""
    job()
    times: list[float] = []
    started = time.perf_counter()
    while len(times) < rounds and (not times or time.perf_counter() - started < budget):
        gc.collect()
        begin = time.perf_counter()
        job()
        times.append((time.perf_counter() - begin) * 1000)
    return median(times)


def command(words: list[str], *, rounds: int = 5) -> tuple[float, int]:
    """Median wall time in ms and peak memory in MB of a command and its children."""
    times, peaks = [], []
    for _ in range(rounds):
        before = time.perf_counter()
        code = (
            "import resource, subprocess, sys;"
            "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        run = subprocess.run(
            [sys.executable, "-S", "-c", code, *words], capture_output=True, check=True
        )
        times.append((time.perf_counter() - before) * 1000)
        peaks.append(int(run.stdout) // 1024)
    return median(times) - _bare(), max(peaks)


def _bare() -> float:
    """What the measuring interpreter itself costs, in ms."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-S", "-c", "import resource, subprocess, sys"], check=True)
    return (time.perf_counter() - begin) * 1000


def peak_mb() -> int:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def row(name: str, value: float, base: float | None = None, unit: str = "ms") -> None:
    """Print one line; with ``base`` also the ratio to it."""
    ratio = "" if base is None else f"  {value / base:8.2f} ×"
    print(f"  {name:46} {value:10.2f} {unit}{ratio}", flush=True)
