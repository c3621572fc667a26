"""Knows the template's own words: guidance that was left, and words for "nothing"."""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

from reviewer.extraction.numbers import leading
from reviewer.extraction.texts import Piece
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.policy.labels import fold

_SAME = 90.0
_SHORTEST = 8
_LONGEST = 400
_LONGEST_PROMPT = 60


def is_guidance(text: str, vocabulary: Vocabulary) -> bool:
    """The line is guidance of the template, whole or one of its lines, lightly touched at most."""
    key = fold(text)
    if not key or len(key) > _LONGEST:
        return False
    if key in vocabulary.guidance:
        return True
    return len(key) >= _SHORTEST and any(
        ratio(key, known) >= _SAME for known in vocabulary.guidance_near(len(key))
    )


def is_remark(text: str, vocabulary: Vocabulary) -> bool:
    """The form's own words in brackets behind a label or column head, alone in a line."""
    return fold(text.strip("（）() 。：:\n")) in vocabulary.label_words


def written(piece: Piece, vocabulary: Vocabulary) -> Piece:
    """The piece, emptied where it is only the prompt of a control that nobody filled in."""
    text = piece.text
    if len(text) > _LONGEST_PROMPT or fold(text) not in vocabulary.words("prompts"):
        return piece
    return piece.cut(len(text))


def is_nothing(text: str, vocabulary: Vocabulary) -> bool:
    """无, /, ……, alone or behind a number."""
    key = fold(text)
    number = leading(text)
    rest = fold(text[number.end :]) if number else ""
    words = vocabulary.words("nothing")
    return not key or any(part in words for part in (key, rest, key.rstrip("。.;；")))
