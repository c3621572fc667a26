"""Texts made of invented words: as unlike each other as the texts of different firms, only more so."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    rng = random.Random("vocabulary")
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    return tuple("".join(rng.choices(letters, k=rng.choice((2, 2, 3, 4)))) for _ in range(20_000))


def sentences(rng: random.Random, letters: int) -> list[str]:
    """Sentences of together at least that many letters."""
    made: list[str] = []
    count = 0
    while count < letters:
        made.append("".join(rng.choices(vocabulary(), k=rng.randint(8, 24))) + "。")
        count += len(made[-1])
    return made


def mixed(rng: random.Random, own: Sequence[str], source: Sequence[str], share: float) -> list[str]:
    """``own`` with that share of its sentences replaced by sentences of ``source``."""
    made = list(own)
    for at in rng.sample(range(len(made)), round(len(made) * share)):
        made[at] = source[at % len(source)]
    return made
