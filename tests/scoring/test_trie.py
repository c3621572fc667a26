"""The vectorized word search against the plain one."""

from __future__ import annotations

import random

from reviewer.scoring.trie import Trie, codes, trie


def _plain(words: list[str], text: str) -> list[tuple[int, int]]:
    return sorted(
        (start, number)
        for number, word in enumerate(words)
        for start in range(len(text))
        if text.startswith(word, start)
    )


def test_finds_what_a_plain_search_finds() -> None:
    chance = random.Random(7)
    for _ in range(60):
        words = sorted({"".join(chance.choices("甲乙a", k=chance.randint(1, 4))) for _ in range(9)})
        text = "".join(chance.choices("甲乙a丙😀", k=chance.randint(1, 60)))
        at, which = Trie(trie(words)).find(codes(text))
        assert sorted(zip(at.tolist(), which.tolist(), strict=True)) == _plain(words, text)


def test_characters_beyond_the_basic_plane_keep_their_places() -> None:
    at, which = Trie(trie(["能源"])).find(codes("😀能源"))
    assert (at.tolist(), which.tolist()) == ([1], [0])


def test_an_empty_text_has_nothing() -> None:
    at, _ = Trie(trie(["能源"])).find(codes(""))
    assert at.size == 0
