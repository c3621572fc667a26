"""Line numbers, bullets and labels that stand before or between the parts of an entry."""

from __future__ import annotations

import re

BREAK = "\ue000"
"""Stands for every character of a label that was taken out (a private code point, kept by folding)."""

_DIGITS = r"[0-9０-９]"
_HAN = r"[一二三四五六七八九十]"
_WORDS = r"(?:环节|场景实例|场景|实例)(?:名称|名)"

_BULLET = re.compile(r"\s*[•●○■◆◇★☆▪▶►√✓☑□*＊]\s*")
_NUMBER = re.compile(
    rf"""\s*(?:
      第\s*(?:{_DIGITS}{{1,3}}|{_HAN}{{1,3}})\s*[条个项]\s*[:：.、．]?
    | (?:智能制造)?(?:典型)?场景\s*(?:{_DIGITS}{{1,3}}|{_HAN}{{1,2}})\s*[:：.、．]
    | [（(〔【\[]\s*(?:{_DIGITS}{{1,3}}|{_HAN}{{1,3}}|[NnＮ])\s*[）)〕】\]]\s*[.、．:：]?
    | [①-⑳⑴-⒛㉑-㉟㊱-㊿❶-❿➀-➉Ⅰ-Ⅻⅰ-ⅻ]\s*[.、．]?
    | (?:{_DIGITS}{{1,2}}\s*[.．]\s*){{1,3}}{_DIGITS}{{1,2}}\s*[.．、]?(?=\s*[^\s0-9０-９A-Za-zＡ-Ｚａ-ｚ.．%％])
    | {_DIGITS}{{1,3}}\s*(?:[.．、,，)）:：;；]|[号条][.、:：]?)
    | {_DIGITS}{{1,3}}[\s\u3000]+(?=\S)
    | {_HAN}{{1,3}}\s*[、.．]
    | (?:{_DIGITS}{{1,2}}\s*[.．]\s*)*[NnＮ]\s*[.．、]
    )\s*""",
    re.VERBOSE,
)
_LOOSE = re.compile(rf"\s*{_DIGITS}{{1,3}}\s*[-—–－]?\s*")
_BRACKETED = re.compile(rf"[（(\[【〔]\s*(?:{_WORDS}|环节|场景|实例)\s*[)）\]】〕]")
_LABEL = re.compile(rf"{_WORDS}\s*[:：]")
_SHORT_LABEL = re.compile(rf"(?:^|(?<=[\s；;，,、\-—–{BREAK}]))(?:环节|场景实例|场景|实例)\s*[:：]")

_EXAMPLE = re.compile(r"(?:^|(?<=[\s.．、,，)）]))示?例\s*[:：]")
"""Left of the template in front of an entry: a defect of the form, not of the entry."""


def strip_number(text: str) -> tuple[str, str]:
    """(number as written, rest). "1.5G专网" is number 1 and 5G; "3D检测" has none."""
    bullet = _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    found = _NUMBER.match(rest)
    return (found.group().strip(), rest[found.end() :]) if found else ("", rest)


def strip_loose_number(text: str) -> tuple[str, str]:
    """A number without mark or with a dash; only sensible where a stage's name follows."""
    found = _LOOSE.match(text)
    return (found.group().strip(" -—–－"), text[found.end() :]) if found else ("", text)


def break_labels(text: str) -> str:
    """Labels such as 环节名称：, （场景名） and 例： become breaks, of the same length as they were."""
    for pattern in (_EXAMPLE, _BRACKETED, _LABEL, _SHORT_LABEL):
        text = pattern.sub(lambda found: BREAK * len(found.group()), text)
    return text
