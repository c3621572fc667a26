"""Reads the pages that need it, several at a time, and remembers what it read."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from reviewer.limits import Limits
from reviewer.parsing.pdf.content import PageContent, Rule
from reviewer.parsing.scan import cache
from reviewer.parsing.scan.characters import characters
from reviewer.parsing.scan.engine import Image, TextLine, read_lines
from reviewer.parsing.scan.picture import clean_up
from reviewer.parsing.scan.ruling import Square, dark, rules, squares
from reviewer.parsing.scan.slash import with_slashes

DPI = 150.0
_VERSION = b"5"
_GIB = 1 << 30
_PROCESS_MEMORY = 1.2 * _GIB
Progress = Callable[[int, int], None]


class Reading(msgspec.Struct, frozen=True):
    """What was found in the picture of a page, before anything is made of it.

    width, height: points. across, down: ruling lines in points. lines, squares: pixels.
    """

    width: float
    height: float
    dpi: float
    lines: list[TextLine]
    squares: list[Square]
    across: list[Rule]
    down: list[Rule]
    seal: bool
    greyscale: bool

    def content(self, number: int) -> PageContent:
        """The same as what a page with text gives."""
        chars = characters(self.lines, self.squares, self.dpi)
        return PageContent(
            number, self.width, self.height, chars, self.across, self.down, [], (), True
        )


def read_pages(
    data: bytes, numbers: Sequence[int], limits: Limits, progress: Progress | None = None
) -> dict[int, Reading]:
    """Page number (from 1) → what stands on it. progress: called with (done, total)."""
    found: dict[int, Reading] = {}
    for number, reading in _readings(data, numbers, limits):
        found[number] = reading
        if progress is not None:
            progress(len(found), len(numbers))
    cache.trim()
    return found


def _readings(data: bytes, numbers: Sequence[int], limits: Limits) -> Iterator[tuple[int, Reading]]:
    workers = min(_workers(), len(numbers))
    if workers < 2 or not hasattr(os, "fork"):
        for number in numbers:
            yield number, _read(data, number, limits)
        return
    import multiprocessing

    # Forked before the engine is loaded; each worker opens the document for itself.
    context = multiprocessing.get_context("fork")
    with context.Pool(workers, _start, (data, limits)) as pool:
        yield from pool.imap_unordered(_work, numbers)


_job: tuple[bytes, Limits] | None = None


def _start(data: bytes, limits: Limits) -> None:
    global _job
    _job = (data, limits)


def _work(number: int) -> tuple[int, Reading]:
    assert _job is not None
    return number, _read(_job[0], number, _job[1])


def _workers() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _read(data: bytes, number: int, limits: Limits) -> Reading:
    from reviewer.parsing.pdf.reader import opened

    with opened(data, limits) as document:
        page = document[number - 1]
        image, dpi = render(page, limits)
        page.close()
    key = hashlib.sha256(_VERSION + repr((image.shape, dpi)).encode() + image.tobytes()).hexdigest()
    stored = cache.load(key)
    if stored is not None:
        try:
            return msgspec.msgpack.decode(stored, type=Reading)
        except msgspec.MsgspecError:
            pass  # of another version, or broken: read again
    reading = read_picture(image, dpi)
    cache.store(key, msgspec.msgpack.encode(reading))
    return reading


def render(page: Any, limits: Limits, dpi: float = DPI) -> tuple[Image, float]:
    """(h, w, 3) RGB of a page and its resolution, lowered for pages that would be too large."""
    width, height = page.get_size()
    scale = min(dpi / 72, math.sqrt(limits.pixels / max(1.0, width * height)))
    scale = min(scale, 10_000 / max(1.0, width, height))
    picture = page.render(scale=scale, rev_byteorder=True).to_numpy()
    if picture.ndim == 2:
        picture = np.repeat(picture[:, :, None], 3, axis=2)
    return np.ascontiguousarray(picture[:, :, :3]), scale * 72


def read_picture(image: Image, dpi: float) -> Reading:
    """Read a page's (h, w, 3) RGB picture."""
    page = clean_up(image, dpi)
    ink = dark(page.grey)
    across, down = rules(ink, dpi)
    high, wide = page.grey.shape
    return Reading(
        width=wide * 72 / dpi,
        height=high * 72 / dpi,
        dpi=dpi,
        lines=with_slashes(read_lines(np.repeat(page.grey[:, :, None], 3, axis=2)), ink),
        squares=squares(ink, dpi),
        across=across,
        down=down,
        seal=page.seal,
        greyscale=page.greyscale,
    )
