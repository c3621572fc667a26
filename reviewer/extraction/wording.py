"""Finds a label of the form at the beginning of a text, however it is typed.

Labels are compared folded (no white space, stars, colons, width of brackets), so ``企\\n业\\n性\\n质``
and ``企业 性质：`` are one. What may follow a label: guidance in brackets, which belongs to it, then
a colon or white space, then the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from reviewer.extraction.numbers import BULLETS
from reviewer.policy.labels import fold

T = TypeVar("T")

_LONGEST_LABEL = 60
_MOST_ENDS = 12
_FIRST = re.compile(r"[\s*＊★:：\u00ad\u200b-\u200f\ufeff]*(.)", re.DOTALL)
_END = re.compile(r"[\s:：（(【\[。】〗]+")
_AFTER = re.compile(r"[\s:：】〗]*")
_OPENED = re.compile(rf"[【〖{BULLETS}]\s*")
_BLANK = " \t\n　:："
_BRACKETS = {"（": "）", "(": ")", "【": "】", "[": "]"}
_CLOSING = set("）)】]")
_TORN_OFF = re.compile(r"[^\s（(【\[）)】\]]{1,12}[）)】\]]\s*")
_LONGEST_REMARK = 60
_LONGEST_GUIDANCE = 150


class Labelled(NamedTuple, Generic[T]):
    """A label found: what it stands for, its end, and where the value begins (== len: none)."""

    what: T
    end: int
    value: int


class Labels(dict[str, T]):
    """Folded label → what it stands for. Knows the characters that labels begin with, so that
    nearly every text is told at its first two characters to begin with none."""

    def __init__(self, labels: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        super().__init__(labels)
        self.firsts = frozenset(label[:1] for label in self)
        self._pairs = frozenset(label[:2] for label in self)

    def may_begin(self, text: str, start: int) -> bool:
        """Whether a label could begin at ``start``."""
        char = text[start : start + 1]
        known, ideograph = char in self.firsts, "\u4e00" <= char <= "\u9fff"
        if ideograph and known and "\u4e00" <= text[start + 1 : start + 2] <= "\u9fff":
            # Ideographs are their own folded form.
            return char in self._pairs or text[start : start + 2] in self._pairs
        if known or ideograph:
            return known
        first = _FIRST.match(text, start)
        return first is not None and fold(first.group(1)) in self.firsts


def split_label(text: str, labels: Mapping[str, T], start: int = 0) -> Labelled[T] | None:
    """The longest label that ``text`` begins with at ``start``; None where there is none.

    labels: folded label → what it stands for.
    """
    if isinstance(labels, Labels) and not labels.may_begin(text, start):
        return None
    found: Labelled[T] | None = None
    for end in _ends(text, start):
        what = labels.get(fold(text[start:end]))
        if what is not None:
            found = Labelled(what, end, value_start(text, end))
    return found


def opened(text: str, start: int) -> int:
    """Where the wording begins behind what sets a label off: 【场景建设】, ◆ 场景建设."""
    match = _OPENED.match(text, start)
    return match.end() if match else start


def whole_label(text: str, labels: Mapping[str, T]) -> T | None:
    """What the whole text is the label of (guidance in brackets aside), None where it is none."""
    if len(text) > _LONGEST_LABEL + _LONGEST_GUIDANCE:
        return None
    if isinstance(labels, Labels) and not labels.may_begin(text, 0):
        return None
    exact = labels.get(fold(text))
    if exact is not None:
        return exact
    found = split_label(text, labels)
    return found.what if found is not None and found.value >= len(text.rstrip()) else None


def mended(text: str) -> str:
    """A label without the halves of brackets that a page break tore off: 关键软件（可填写多 | 个）工艺."""
    tail = _TORN_OFF.match(text)
    text = text[tail.end() :] if tail else text
    cut = max(map(text.rfind, _BRACKETS))
    return text[:cut] if cut > 0 and _closing(text, cut) < 0 else text


def value_start(text: str, end: int) -> int:
    """Where the value begins behind a label that ends at ``end``: remarks in brackets and colons
    are passed over; a longer one only where nothing follows it."""
    position = _skip(text, end)
    while position < len(text) and text[position] in _BRACKETS:
        close = _closing(text, position)
        if close < 0 or (close - position > _LONGEST_REMARK and text[close + 1 :].strip(" :：。")):
            break
        position = _skip(text, close + 1)
    return position


def _closing(text: str, start: int) -> int:
    """Index of the bracket that closes the one at ``start``, -1 where none does near by."""
    depth = 0
    for index in range(start, min(len(text), start + _LONGEST_GUIDANCE)):
        if text[index] in _BRACKETS:
            depth += 1
        elif text[index] in _CLOSING:
            depth -= 1
            if depth == 0:
                return index
    return -1


def _skip(text: str, position: int) -> int:
    match = _AFTER.match(text, position)
    return match.end() if match else position


def _ends(text: str, start: int) -> Iterator[int]:
    """Places where a label might end: before a separator, behind a bracket, at the very end."""
    window = min(len(text), start + _LONGEST_LABEL)
    count = 0
    for match in _END.finditer(text, start, window):
        if match.start() > start:
            yield match.start()
            count += 1
        if count >= _MOST_ENDS:
            return
    yield from _behind_brackets(text, start, window)
    if len(text) <= window:
        yield len(text.rstrip(_BLANK))


def _behind_brackets(text: str, start: int, window: int) -> Iterator[int]:
    for index in range(start, window):
        if text[index] in _CLOSING:
            yield index + 1
