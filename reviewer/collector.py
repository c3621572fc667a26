"""The garbage collector out of the way while a review is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_SELDOM = 200_000
_lock = Lock()
_inside: list[tuple[int, int, int]] = []


@contextmanager
def seldom() -> Iterator[None]:
    """Collect seldom within (also a decorator).

    A review makes some 100,000 small objects that nearly all live to its end; looking through them
    again and again takes a tenth of its time. Cycles are still collected, only later. The
    thresholds of before come back when the last thread is out.
    """
    with _lock:
        before = gc.get_threshold()
        _inside.append(before)
        if before[0]:
            gc.set_threshold(max(before[0], _SELDOM), *before[1:])
    try:
        yield
    finally:
        with _lock:
            first = _inside[0]
            _inside.pop()
            if not _inside:
                gc.set_threshold(*first)
