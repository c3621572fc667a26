"""Numbers that headings, labels and entries begin with, typed in any of the usual ways."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["dotted", "chinese", "bracketed", "digit"]

_CN = "一二三四五六七八九十"
_DOT = r"\s*[.．。·•\-－–—]\s*"
_STEP = r"(?:\d{1,3}|[NnＮｎ])"
_DOTTED = re.compile(rf"\d{{1,2}}(?:{_DOT}{_STEP}){{1,3}}(?!\d)[.．、:：]?")
_STEPS = re.compile(_STEP)
# Levels numbered by Word below a Chinese one, as other programs print them: 二.1, 三.3.2
_MIXED = re.compile(rf"([{_CN}]{{1,3}})((?:\s*[.．]\s*{_STEP}){{1,3}})(?!\d)[.．、:：]?")
_CHINESE = re.compile(
    rf"第\s*([{_CN}]+|\d{{1,2}})\s*(?:部分|章|节|篇)|([{_CN}]+)\s*(?:[、.．,，:：]|(?=\s)|$)"
)
_CN_BRACKETED = re.compile(rf"[（(〔【\[]\s*([{_CN}]+)\s*[）)〕】\]]|([{_CN}]+)\s*[）)]")
_BRACKETED = re.compile(r"[（(〔【\[]\s*(\d{1,2})\s*[）)〕】\]]|(\d{1,2})\s*[）)]")
_DIGIT = re.compile(r"(\d{1,3})\s*(?:[.．、，:：](?!\d)|(?=\s)|$)")
_SINGLE = {
    **{chr(0x2460 + i): i + 1 for i in range(20)},
    **{chr(0x2474 + i): i + 1 for i in range(20)},
    **{chr(0x2488 + i): i + 1 for i in range(20)},
    **{chr(0x2776 + i): i + 1 for i in range(10)},
    **{chr(0x3220 + i): i + 1 for i in range(10)},
}
_BEGINNINGS = (
    frozenset("0123456789０１２３４５６７８９第（(〔【[") | frozenset(_CN) | frozenset(_SINGLE)
)
BULLETS = "◆◇●■▲△▶►➢❖•·"
_BULLET = re.compile(rf"[{BULLETS}]\s*")
_TAIL = re.compile(r"[\s、.．:：]*")


class Number(NamedTuple):
    """A leading number.

    kind: dotted 3.3.2, chinese 三、 or 第三部分, bracketed （1） ① 1） （三）, digit 1. or 1、
    values: its parts; N of the template is 0. end: where it and what follows it ends in the text.
    """

    kind: Kind
    values: tuple[int, ...]
    end: int


def leading(text: str) -> Number | None:
    """The number that ``text`` begins with, None where there is none. Never a decimal's guess:
    ``3.5万元`` is read as 3.5 too, so callers must look at the wording behind it."""
    start = len(text) - len(text.lstrip())
    bullet = _BULLET.match(text, start) if text[start : start + 1] in BULLETS else None
    start = bullet.end() if bullet else start
    if text[start : start + 1] not in _BEGINNINGS:
        return None
    found = _match(text, start)
    if found is None:
        return None
    kind, values, end = found
    tail = _TAIL.match(text, end)
    return Number(kind, values, tail.end() if tail else end)


def _match(text: str, start: int) -> tuple[Kind, tuple[int, ...], int] | None:
    if text[start] in _SINGLE:
        return "bracketed", (_SINGLE[text[start]],), start + 1
    if match := _DOTTED.match(text, start):
        return "dotted", tuple(map(_value, _STEPS.findall(match.group()))), match.end()
    if match := _MIXED.match(text, start):
        steps = tuple(map(_value, _STEPS.findall(match[2])))
        return "dotted", (chinese(match[1]), *steps), match.end()
    for kind, pattern in _PATTERNS:
        if match := pattern.match(text, start):
            return kind, (_value(match[match.lastindex or 1]),), match.end()
    return None


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("chinese", _CHINESE),
    ("bracketed", _CN_BRACKETED),
    ("bracketed", _BRACKETED),
    ("digit", _DIGIT),
)


def _value(written: str) -> int:
    if written.isdigit():
        return int(written)
    if written in "NnＮｎ":
        return 0
    return chinese(written)


def chinese(written: str) -> int:
    """The value of 一 … 九十九."""
    tens, ten, ones = written.partition("十")
    if not ten:
        return _digit(tens)
    return (_digit(tens) or 1) * 10 + _digit(ones)


def _digit(written: str) -> int:
    return _CN.find(written[:1]) + 1 if written else 0
