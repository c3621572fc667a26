"""Which words of a row of check boxes are chosen.

Boxes stand before or after the words, as signs or in brackets; or no box is left and only the
chosen word stands there. Untouched options (是/否, four words without a mark) choose nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_TICKED = "☑☒■✓✔√✅◼●◉▣🗹🗷"
_EMPTY = "□☐○◯◻▢⬜❏❑"
_BRACKET_TICK = r"[\[(（【〔]\s*[xX×✕✓✔√☑■●]\s*[\])）】〕]"
_BRACKET_EMPTY = r"[\[(（【〔]\s*[□☐○]?\s*[\])）】〕]"
_SPACE_OR_SLASH = re.compile(r"[\s/／、，,|｜;；。:：]*")
_LONGEST = 2000
_ASKING = "是否"
_OPENING, _CLOSING = "（([【〔", "）)]】〕"


class _Token(NamedTuple):
    kind: str
    word: str
    start: int
    end: int


class Choice(NamedTuple):
    """words: the options chosen, in the order of the text. rest: spans [start, end) of the text
    behind or between the options: remarks in brackets and what follows."""

    words: tuple[str, ...]
    rest: tuple[tuple[int, int], ...]


def chosen(text: str, options: Sequence[str]) -> tuple[str, ...]:
    """The options that are ticked anywhere in ``text``, which may hold other words too.

    Only the beginning is read where the text is longer than any row of boxes.
    """
    text = text[:_LONGEST]
    tokens = [token for token in _tokens(text, tuple(options)) if not _inside(text, token)]
    if not any(token.kind == "option" for token in tokens):
        tokens = list(_tokens(text, tuple(options)))
    return _resolve(text, tokens, len(options))


def leading_choice(text: str, options: Sequence[str]) -> Choice:
    """The choice that ``text`` begins with; what is no box, option or separator ends it."""
    tokens: list[_Token] = []
    remarks: list[tuple[int, int]] = []
    position = _skip(text, 0)
    while position < len(text):
        token = _token_at(text, position, tuple(options))
        if token is not None:
            tokens.append(token)
            position = _skip(text, token.end)
            continue
        close = _close(text, position)
        if close < 0 or not tokens:
            break
        remarks.append((position + 1, close))
        position = _skip(text, close + 1)
    if position < len(text):
        remarks.append((position, len(text)))
    return Choice(_resolve(text, tokens, len(options)), tuple(remarks))


def _resolve(text: str, tokens: Sequence[_Token], options: int) -> tuple[str, ...]:
    words = [token for token in tokens if token.kind == "option"]
    if not any(token.kind != "option" for token in tokens):
        written = tuple(dict.fromkeys(token.word for token in words))
        return written if 0 < len(written) < options else ()
    owned = _owners(text, tokens)
    ticked = [word.word for word, marks in zip(words, owned, strict=True) if "tick" in marks]
    bare = [word.word for word, marks in zip(words, owned, strict=True) if not marks]
    if not ticked and len(bare) == 1 and 1 < options == len(words):
        return (bare[0],)  # all others kept their empty box
    return tuple(dict.fromkeys(ticked))


def _owners(text: str, tokens: Sequence[_Token]) -> list[list[str]]:
    """For each option the kinds of the marks that are its own."""
    gaps: list[list[_Token]] = [[]]
    words: list[_Token] = []
    for token in tokens:
        if token.kind == "option":
            words.append(token)
            gaps.append([])
        else:
            gaps[-1].append(token)
    before = bool(gaps[0]) or _leans_right(gaps, words)
    owned: list[list[str]] = [[] for _ in words]
    for index, gap in enumerate(gaps):
        left, right = _share(text, gap, before, words, index)
        if left and index:
            owned[index - 1] += [mark.kind for mark in left]
        if right and index < len(words):
            owned[index] += [mark.kind for mark in right]
    return owned


def _share(
    text: str, gap: list[_Token], before: bool, words: Sequence[_Token], index: int
) -> tuple[list[_Token], list[_Token]]:
    """The marks between two options: those of the word before, those of the word behind."""
    if index == len(words):
        return gap, []
    if not before:
        return gap, []
    if index == 0 or not gap:
        return [], gap
    if len(gap) > 1:
        return gap[:-1], gap[-1:]
    glued = gap[0].start == words[index - 1].end and gap[0].end != words[index].start
    stray = glued and gap[0].kind == "tick" and text[gap[0].start] == "√"
    return (gap, []) if stray else ([], gap)


def _leans_right(gaps: Sequence[Sequence[_Token]], words: Sequence[_Token]) -> bool:
    """Whether the marks between the options cling to the word behind: 中央企业  √民营企业."""
    balance = 0
    for index, gap in enumerate(gaps[1:-1], 1):
        for mark in gap:
            clings_left = mark.start == words[index - 1].end
            clings_right = mark.end == words[index].start
            balance += clings_right - clings_left
    return balance > 0


def _tokens(text: str, options: tuple[str, ...]) -> Iterator[_Token]:
    for match in _pattern(options).finditer(text):
        token = _as_token(match)
        if token is not None:
            yield token


def _token_at(text: str, position: int, options: tuple[str, ...]) -> _Token | None:
    match = _pattern(options).match(text, position)
    return _as_token(match) if match else None


def _as_token(match: re.Match[str]) -> _Token | None:
    kind = match.lastgroup or ""
    if kind == "asking":
        return None
    word = "".join(match.group().split()) if kind == "option" else ""
    return _Token(kind, word, match.start(), match.end())


@lru_cache(maxsize=32)
def _pattern(options: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted(options, key=len, reverse=True)
    written = "|".join(r"[ \t　]*".join(map(re.escape, word)) for word in words)
    asking = f"(?P<asking>{_ASKING})|" if set(options) >= set(_ASKING) else ""
    return re.compile(
        f"{asking}(?P<tick>[{_TICKED}]|{_BRACKET_TICK})|(?P<box>[{_EMPTY}]|{_BRACKET_EMPTY})"
        f"|(?P<option>{written})"
    )


def _inside(text: str, token: _Token) -> bool:
    """Whether an option stands within brackets, as a part of a remark."""
    if token.kind != "option":
        return False
    depth = 0
    for char in text[: token.start]:
        depth += (char in _OPENING) - (char in _CLOSING and depth > 0)
    return depth > 0


def _close(text: str, position: int) -> int:
    """End of the bracket that opens at ``position``, -1 where none opens or it stays open."""
    if text[position] not in _OPENING:
        return -1
    depth = 0
    for index in range(position, len(text)):
        depth += (text[index] in _OPENING) - (text[index] in _CLOSING)
        if depth == 0:
            return index
    return -1


def _skip(text: str, position: int) -> int:
    match = _SPACE_OR_SLASH.match(text, position)
    return match.end() if match else position
