"""``python -m tests.bench.near [documents]``: near-duplicates among as many as a nation's basic tier.

Texts of random letters in sentences; one in twenty shares 30 % of its sentences with another. Fingerprints are
timed with the making of the texts left out; the search is timed as a whole.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from reviewer.batch.duplicates import Official, Shelf, Source, Writer, official, search
from reviewer.policy.load import load
from tests.batch.words import mixed
from tests.bench.measure import peak_mb, processor, row, yardstick

LETTERS, EVERY, SHARE = 21_000, 20, 0.3


def run(documents: int = 2_000) -> None:
    """Print every line."""
    print(f"Near-duplicates, {documents} documents of {LETTERS} letters")
    known = official(load("hebei-2026"))
    with tempfile.TemporaryDirectory() as folder:
        seconds, planted = fill(Path(folder), known, documents)
        searched = Seconds()
        with searched.counted():
            pairs = search([Shelf(Path(folder))], known)
        found = {(pair.first.key, pair.second.key) for pair in pairs}
    row("fingerprints and texts to disk", seconds.wall, unit="s")
    row("  of it processor time", seconds.load, unit="s")
    row("search, verified letter by letter", searched.wall, unit="s")
    row("  of it processor time", searched.load, unit="s")
    row("yardstick", processor(yardstick))
    row("peak memory", peak_mb(), unit="MB")
    row("recall at 30 % shared", 100 * len(found & planted) / max(1, len(planted)), unit="%")
    row("pairs reported that were not planted", len(found - planted), unit="")


class Seconds:
    """Wall and processor time of a job in pieces."""

    wall = load = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """What is done within counts."""
        started, load = time.perf_counter(), time.process_time()
        yield
        self.wall += time.perf_counter() - started
        self.load += time.process_time() - load


def fill(folder: Path, known: Official, documents: int) -> tuple[Seconds, set[tuple[str, str]]]:
    """Seconds that the shelf took, and the pairs planted."""
    seconds, planted, origin = Seconds(), set(), ""
    source: list[str] = []
    with Writer(folder, known) as writer:
        for number in range(documents):
            own, key = sentences(number), f"d{number:06}"
            if number % EVERY == EVERY - 1:
                own = mixed(random.Random(number), own, source, SHARE)
                planted.add((origin, key))
            elif number % EVERY == EVERY // 2:
                source, origin = own, key
            passages = tuple(
                ("section:2.1", "".join(own[at : at + 20])) for at in range(0, len(own), 20)
            )
            with seconds.counted():
                writer.add(Source(key, key, "", "", passages))
    return seconds, planted


def sentences(number: int) -> list[str]:
    """Sentences of 25 to 65 letters, made fast."""
    rng = np.random.default_rng(number)
    codes = rng.integers(0x4E00, 0x4E00 + 3000, LETTERS, dtype=np.uint32)
    codes[np.cumsum(rng.integers(25, 65, LETTERS // 65))] = ord("。")
    text = codes.tobytes().decode("utf-32-le")
    return [f"{part}。" for part in text.split("。") if part]


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
