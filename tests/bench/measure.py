"""Timing and memory, measured the same way for everybody."""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

_CODE = """
import resource, subprocess, sys, time
begin = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(status if status not in (0, 1) else 0)
"""


def milliseconds(
    job: Callable[[], object], *, rounds: int = 7, budget: float = 20.0, warm: bool = True
) -> float:
    """Median wall time of ``job`` in ms over up to ``rounds`` runs within ``budget`` seconds.

    warm: run it once before, unmeasured; not for what takes many seconds.
    """
    if warm:
        job()
    times: list[float] = []
    started = time.perf_counter()
    while len(times) < rounds and (not times or time.perf_counter() - started < budget):
        gc.collect()
        begin = time.perf_counter()
        job()
        times.append((time.perf_counter() - begin) * 1000)
    return median(times)


def processor(job: Callable[[], object], *, rounds: int = 9) -> float:
    """Least processor time of ``job`` in ms: what stays comparable on a busy machine."""
    job()
    times: list[float] = []
    for _ in range(rounds):
        gc.collect()
        begin = time.process_time()
        job()
        times.append((time.process_time() - begin) * 1000)
    return min(times)


def yardstick() -> int:
    """A fixed piece of plain Python (some 25 ms on a machine of its own) to compare runs by."""
    total, seen = 0, {}
    for number in range(300_000):
        total += number * number % 7
        seen[number & 1023] = total
    return len(seen)


def command(words: list[str], *, rounds: int = 5) -> tuple[float, float, int]:
    """Wall time (median) and processor time (least) in ms, peak memory in MB of a command.

    All that it started and waited for counts: processor time as a sum, memory as the largest of the
    processes (a forked child's includes what it shares with its parent). Raises CalledProcessError
    where the command is unusable (status 2 and above).
    """
    times, loads, peaks = [], [], []
    for _ in range(rounds):
        run = subprocess.run(
            [sys.executable, "-S", "-c", _CODE, *words], capture_output=True, check=True
        )
        wall, load, peak = map(float, run.stdout.split())
        times.append(wall * 1000)
        loads.append(load * 1000)
        peaks.append(int(peak) // 1024)
    return median(times), min(loads), max(peaks)


def peak_mb() -> int:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def row(name: str, value: float, base: float | None = None, unit: str = "ms") -> None:
    """Print one line; with ``base`` also the ratio to it."""
    ratio = "" if base is None else f"  {value / base:8.2f} ×"
    print(f"  {name:46} {value:10.2f} {unit}{ratio}", flush=True)
