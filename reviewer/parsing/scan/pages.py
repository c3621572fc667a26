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
from reviewer.parsing.pdf.content import Chars, PageContent, Rule
from reviewer.parsing.scan import cache
from reviewer.parsing.scan.characters import characters
from reviewer.parsing.scan.engine import Image, read_lines
from reviewer.parsing.scan.picture import clean_up
from reviewer.parsing.scan.ruling import dark, rules, squares

DPI = 150.0
_VERSION = b"1"
_GIB = 1 << 30
_PROCESS_MEMORY = 1.2 * _GIB
Progress = Callable[[int, int], None]


class Reading(msgspec.Struct, frozen=True):
    """A page as read by OCR; arrays as bytes. confidence: mean over its characters."""

    width: float
    height: float
    text: str
    boxes: bytes
    sizes: bytes
    doubt: bytes
    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]
    seal: bool
    greyscale: bool

    def content(self, number: int) -> PageContent:
        """The same as what a page with text gives."""
        count = len(self.text)
        none = np.zeros(count, np.bool_)
        chars = Chars(
            self.text,
            np.frombuffer(self.boxes, np.float32).reshape(count, 4),
            np.frombuffer(self.sizes, np.float32),
            none,
            np.frombuffer(self.doubt, np.bool_),
            none,
        )
        return PageContent(
            number, self.width, self.height, chars,
            [Rule(*rule) for rule in self.across], [Rule(*rule) for rule in self.down], [], (), True,
        )  # fmt: skip


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


def _readings(
    data: bytes, numbers: Sequence[int], limits: Limits
) -> Iterator[tuple[int, Reading]]:
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
    lines = read_lines(np.repeat(page.grey[:, :, None], 3, axis=2))
    chars = characters(lines, squares(ink, dpi), dpi)
    high, wide = page.grey.shape
    return Reading(
        width=wide * 72 / dpi,
        height=high * 72 / dpi,
        text=chars.text,
        boxes=chars.boxes.tobytes(),
        sizes=chars.sizes.tobytes(),
        doubt=chars.doubt.tobytes(),
        across=[tuple(rule) for rule in across],
        down=[tuple(rule) for rule in down],
        seal=page.seal,
        greyscale=page.greyscale,
    )
