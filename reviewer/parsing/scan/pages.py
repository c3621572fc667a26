"""Reads the pages that need it, several at a time, and remembers what it read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np

from reviewer.limits import Limits
from reviewer.parsing.pdf.content import PageContent, Rule
from reviewer.parsing.rendering import Image, render
from reviewer.parsing.scan import cache
from reviewer.parsing.scan.agree import agreed, with_gaps
from reviewer.parsing.scan.brackets import with_ticks
from reviewer.parsing.scan.characters import characters, line_pitches
from reviewer.parsing.scan.engine import TextLine, read_lines
from reviewer.parsing.scan.picture import clean_up
from reviewer.parsing.scan.ruling import Square, dark, rules, squares
from reviewer.parsing.scan.slash import with_slashes

_VERSION = b"16"
_SURE, _GOOD = 0.85, 0.7  # confidence of a character; share of such on a page the right way up
Progress = Callable[[int, int], None]


class Reading(msgspec.Struct, frozen=True):
    """What was found in the picture of a page, before anything is made of it.

    width, height: points. across, down: ruling lines in points. lines, squares: pixels.
    unread: about how many characters were seen and made no sense.
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
    unread: float = 0.0

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
    numbers = sorted(found)
    mended = agreed([found[number].lines for number in numbers])
    return {
        number: msgspec.structs.replace(found[number], lines=lines)
        for number, lines in zip(numbers, mended, strict=True)
    }


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


def read_picture(image: Image, dpi: float) -> Reading:
    """Read a page's (h, w, 3) RGB picture, whichever way round it lay in the scanner."""
    reading = _read_turned(image, dpi)
    aside = _runs_down(reading.lines)
    if not aside and _goodness(reading) >= _GOOD:
        return reading
    found = [] if aside else [reading]
    for quarters in (1, 3) if aside else (2,):
        found.append(_read_turned(np.ascontiguousarray(np.rot90(image, quarters)), dpi))
        if _goodness(found[-1]) >= _GOOD:
            return found[-1]
    return max(found, key=_sure)


def _runs_down(lines: Sequence[TextLine]) -> bool:
    """Whether most of the text runs up or down the page; it is read so too, but in no order."""
    sizes = [(line.box[2] - line.box[0], line.box[3] - line.box[1]) for line in lines]
    across = sum(wide for wide, high in sizes if wide > 2 * high)
    return sum(high for wide, high in sizes if high > 2 * wide) > across


def _sure(reading: Reading) -> int:
    """How many characters were read with confidence."""
    return sum(word.confidence > _SURE for line in reading.lines for word in line.words)


def _goodness(reading: Reading) -> float:
    """Share of such characters among all that were seen; that of a blank page is 1."""
    seen = sum(len(line.words) for line in reading.lines) + reading.unread
    return _sure(reading) / seen if seen else 1.0


def _read_turned(image: Image, dpi: float) -> Reading:
    page = clean_up(image, dpi)
    ink = dark(page.grey)
    across, down = rules(ink, dpi)
    high, wide = page.grey.shape
    found, unread = read_lines(np.repeat(page.grey[:, :, None], 3, axis=2))
    ems = line_pitches(found)
    found = [
        with_ticks(with_gaps(line, ink, em), ink, em) for line, em in zip(found, ems, strict=True)
    ]
    return Reading(
        width=wide * 72 / dpi,
        height=high * 72 / dpi,
        dpi=dpi,
        lines=with_slashes(found, ink, dpi),
        squares=squares(ink, dpi),
        across=across,
        down=down,
        seal=page.seal,
        greyscale=page.greyscale,
        unread=unread,
    )
