"""Dates and periods as people write them in a form."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from reviewer.model.folding import fold

_CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年(?:([一二三四五六七八九十〇零]{1,3})月"
    r"(?:([一二三四五六七八九十廿卅〇零]{1,4})[日号])?)?"
)
_DATE = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d{2})(?:"
    r"年(?:(?P<m1>\d{1,2})(?:月(?:(?P<d1>\d{1,2})[日号]?)?|(?!\d)))?"
    r"|(?P<s>[./\-])(?P<m2>\d{1,2})(?:(?P=s)(?P<d2>\d{1,2}))?月?(?!\d)"
    r"|(?P<m3>0[1-9]|1[0-2])(?P<d3>[0-3]\d)(?!\d)"
    r")"
)
_SAME_YEAR = re.compile(r"(?:至|到|[-—–~～])(\d{1,2})月(?:(\d{1,2})[日号]?)?")
_OPEN = re.compile(r"至今|迄今|到今|现在|目前|在建")


class Day(Struct, frozen=True):
    """A date as written: month and day are None where they are not given, and may be impossible."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def exists(self) -> bool:
        """It is in the calendar."""
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True

    def after(self, other: Day) -> bool:
        """Later than ``other``, by what both give: year, then month, then day."""
        for mine, theirs in zip(self._parts(), other._parts(), strict=True):
            if mine is None or theirs is None:
                return False
            if mine != theirs:
                return mine > theirs
        return False

    def _parts(self) -> tuple[int, int | None, int | None]:
        return self.year, self.month, self.day

    def __str__(self) -> str:
        text = f"{self.year}年"
        if self.month is not None:
            text += f"{self.month}月"
        return text if self.day is None else f"{text}{self.day}日"


class Period(Struct, frozen=True):
    """Start and end; end None where open ("至今") or not given; ``days`` as they were written."""

    start: Day | None = None
    end: Day | None = None
    days: tuple[Day, ...] = ()


def parse_days(text: str) -> tuple[Day, ...]:
    """Every date in ``text``, in order; impossible ones too ("2025年13月")."""
    plain = _arabic(fold(text))
    return tuple(_day(found) for found in _DATE.finditer(plain))


def parse_day(text: str) -> Day | None:
    """The first date that exists in ``text``."""
    return next((day for day in parse_days(text) if day.exists), None)


def parse_period(text: str) -> Period:
    """The first two dates. "2024年3月至12月" ends in the same year; one date is a start only."""
    plain = _arabic(fold(text))
    found = list(_DATE.finditer(plain))
    days = [_day(match) for match in found]
    if len(days) == 1:
        short = _SAME_YEAR.match(plain, found[0].end())
        if short:
            days.append(Day(days[0].year, int(short[1]), _number(short[2])))
    real = [day if day.exists else None for day in days]
    start = real[0] if real else None
    end = real[1] if len(real) > 1 and not _OPEN.search(plain) else None
    return Period(start, end, tuple(days))


def _day(found: re.Match[str]) -> Day:
    month = found["m1"] or found["m2"] or found["m3"]
    day = found["d1"] or found["d2"] or found["d3"]
    return Day(int(found["y"]), _number(month), _number(day))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _arabic(text: str) -> str:
    """二〇二六年四月三日 → 2026年4月3日."""

    def digits(found: re.Match[str]) -> str:
        result = found[1].translate(_CHINESE) + "年"
        if found[2]:
            result += f"{_tens(found[2])}月"
        return result + f"{_tens(found[3])}日" if found[3] else result

    return _HAN_DATE.sub(digits, text)


def _tens(word: str) -> int:
    """十二 → 12, 二十 → 20, 三十一 → 31, 廿五 → 25."""
    word = word.replace("廿", "二十").replace("卅", "三十")
    if "十" not in word:
        return int(word.translate(_CHINESE) or 0)
    tens, _, ones = word.partition("十")
    return int(tens.translate(_CHINESE) or 1) * 10 + int(ones.translate(_CHINESE) or 0)
