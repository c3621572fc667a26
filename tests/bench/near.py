"""``python -m tests.bench.near [documents]``: near-duplicates among as many as a nation's basic tier.

Texts of random letters in sentences; one in twenty shares 30 % of its sentences with another. Fingerprints are
timed with the making of the texts left out; the search is timed as a whole.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from reviewer.batch.duplicates import Official, Shelf, Source, Writer, official, search
from reviewer.policy.load import load
from tests.batch.words import mixed
from tests.bench.measure import peak_mb, row

LETTERS, EVERY, SHARE = 21_000, 20, 0.3


def run(documents: int = 2_000) -> None:
    """Print every line."""
    print(f"Near-duplicates, {documents} documents of {LETTERS} letters")
    known = official(load("hebei-2026"))
    with tempfile.TemporaryDirectory() as folder:
        seconds, planted = fill(Path(folder), known, documents)
        started = time.perf_counter()
        shelf = Shelf(Path(folder))
        pairs = search([shelf], known)
        searched = time.perf_counter() - started
        found = {(pair.first.key, pair.second.key) for pair in pairs}
    row("fingerprints and texts to disk", seconds, unit="s")
    row("search, verified letter by letter", searched, unit="s")
    row("peak memory", peak_mb(), unit="MB")
    row("recall at 30 % shared", 100 * len(found & planted) / max(1, len(planted)), unit="%")
    row("pairs reported that were not planted", len(found - planted), unit="")


def fill(folder: Path, known: Official, documents: int) -> tuple[float, set[tuple[str, str]]]:
    """Seconds that the shelf took, and the pairs planted."""
    seconds, planted, origin = 0.0, set(), ""
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
            started = time.perf_counter()
            writer.add(Source(key, key, "", "", passages))
            seconds += time.perf_counter() - started
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
