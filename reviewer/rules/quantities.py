"""Numbers with units as people write them: money, percentages, values of KPIs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reviewer.model.folding import fold
from reviewer.rules.units import normal_unit, scaled

_NUMBER = re.compile(
    r"(?:(?<![^\s:：≈约为])[-−])?(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
)
_JOINED = re.compile(r"/\(([^()]*)\)")
_FRACTION = re.compile(r"(?<![\d.])(\d+)/(\d+)(?![\d.])")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_YEAR = re.compile(r"(?:19|20)\d{2}年(?:度|底|末|\d{1,2}月)*[:：]?")
_RANGE = re.compile(r"^(?P<unit>[^\d,，;；。由从提升降减增缩]{0,12}?)(?:[-—–~]+|至|到)$")
_RELATIVE = re.compile(
    r"(?:提升|提高|增长|增加|上升|下降|降低|减少|缩短|节约|改善)(?!(?:至|到|为|了?至|了?到))|个?百分点"
)
_HUNDREDTHS = re.compile(r"百分之(\d+(?:\.\d+)?)")
_APPROXIMATE = re.compile(r"(?:以上|以下|以内|左右|上下|余|多|及以上|及以下)+$")
_AT_LEAST = re.compile(r"[≥>⩾]=?|不低于|不少于|不小于|(?<!不)(?:大于|超过|高于|多于)")
_AT_MOST = re.compile(r"[≤<⩽]=?|不高于|不超过|不大于|不多于|(?<!不)(?:小于|低于|少于)")
_END = re.compile(r"[,，;；。、:：\n]")
_MONEY = {
    "": 1.0,
    "万元": 1.0,
    "万": 1.0,
    "亿元": 1e4,
    "亿": 1e4,
    "元": 1e-4,
    "千元": 0.1,
    "百万元": 100.0,
}
_INFINITE = float("inf")


class Quantity(Struct, frozen=True):
    """A value with its unit.

    low, high: bounds, equal for a plain number, infinite on the open side of "≥95%".
    unit: normalized, "" where there is none ("%" for percentages). written: the unit as written.
    relative: a change ("提升12%"), no value. several: more numbers stand there than one value has.
    """

    low: float
    high: float
    unit: str = ""
    written: str = ""
    relative: bool = False
    several: bool = False

    @property
    def value(self) -> float:
        """The number, or the finite bound, or the middle of a range."""
        if self.low == -_INFINITE:
            return self.high
        return self.low if self.high == _INFINITE else (self.low + self.high) / 2

    @property
    def plain(self) -> bool:
        """It can be compared with another value."""
        return not self.relative and not self.several

    def scaled(self) -> Quantity:
        """The same in the base unit of its kind (万元, 千克, 分钟 …)."""
        factor, unit = scaled(self.unit)
        return Quantity(self.low * factor, self.high * factor, unit, self.written)


def parse_quantity(text: str) -> Quantity | None:
    """The value in a cell, None where there is no number.

    Notes in brackets and years before a colon are no values: "2025年：148吨/小时（台时产量）".
    """
    plain = _HUNDREDTHS.sub(r"\1%", fold(text).lower())
    plain = _without_brackets(_JOINED.sub(r"/\1", plain))
    relative = bool(_RELATIVE.search(plain))
    fraction = _FRACTION.search(plain)
    if fraction and int(fraction[2]):
        share = 100 * int(fraction[1]) / int(fraction[2])
        return Quantity(share, share, relative=relative)
    plain = _YEAR.sub("", plain)
    numbers = list(_NUMBER.finditer(plain))
    if not numbers:
        return None
    return _quantity(plain, numbers, relative)


def _quantity(plain: str, numbers: list[re.Match[str]], relative: bool) -> Quantity:
    first = numbers[0]
    low = high = _float(first)
    used, last = 1, first
    if len(numbers) > 1:
        between = _RANGE.match(plain[first.end() : numbers[1].start()])
        if between and not relative:
            low, high = sorted((low, _float(numbers[1])))
            used, last = 2, numbers[1]
    written = _unit(plain, last)
    several = any(not _in_unit(written, last, number) for number in numbers[used:])
    before = plain[: first.start()]
    if _AT_LEAST.search(before) or re.search(r"及?以上$", _tail(plain, last)):
        high = _INFINITE
    elif _AT_MOST.search(before) or re.search(r"以内$|以下$", _tail(plain, last)):
        low = -_INFINITE
    return Quantity(low, high, normal_unit(written), written, relative, several)


def _float(found: re.Match[str]) -> float:
    return float(found.group().replace(",", "").replace("−", "-"))


def _tail(plain: str, number: re.Match[str]) -> str:
    return _END.split(plain[number.end() :], maxsplit=1)[0]


def _unit(plain: str, number: re.Match[str]) -> str:
    return _APPROXIMATE.sub("", _tail(plain, number))


def _in_unit(unit: str, last: re.Match[str], number: re.Match[str]) -> bool:
    """A number inside the unit ("CO2", "100米") is no second value."""
    inside = number.start() < last.end() + len(unit)
    return inside and bool(re.search(r"[a-z/]\d*$", unit[: number.end() - last.end()]))


def _without_brackets(text: str) -> str:
    """Without bracketed notes; nested ones from the inside."""
    for _ in range(3):
        text = _BRACKETS.sub("", text)
    return text


def parse_percent(text: str) -> float | None:
    """A share in percent: "33.3%" and "33.3" → 33.3, "4/12" → 33.33; None for a change or no number."""
    found = parse_quantity(text)
    return found.value if found is not None and found.plain else None


def parse_money(text: str) -> float | None:
    """An amount in 万元; a bare number is 万元; None where it cannot be told."""
    found = parse_quantity(text)
    if found is None or not found.plain:
        return None
    factor = _MONEY.get(found.written.removesuffix("人民币"))
    return None if factor is None else found.value * factor


def parse_integer(text: str) -> int | None:
    """A count: "7个" → 7; None where it is no whole number."""
    found = parse_quantity(text)
    if found is None or not found.plain or found.value != int(found.value):
        return None
    return int(found.value)


def numbers(text: str) -> Iterator[float]:
    """Every number in ``text``."""
    for found in _NUMBER.finditer(fold(text)):
        yield _float(found)
