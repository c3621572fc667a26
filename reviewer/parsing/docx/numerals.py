"""Automatic numbers as Word prints them, by ``w:numFmt`` (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_SIMPLE = ("零一二三四五六七八九", "", "十百千")
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "壹", "拾佰仟")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "壹", "拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def numeral(number: int, form: str) -> str:
    """``number`` in the format named ``form``; in decimal where the format is unknown or ends."""
    if form in {"none", "bullet"}:
        return ""
    make = _FORMS.get(form)
    return (make(number) if make and 0 < number < 10_000 else "") or str(number)


def _counting(number: int, digits: str, one: str, units: str) -> str:
    """Chinese counting up to 9999; ``one`` is written before ten (壹拾 but 十)."""
    text = ""
    zero = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            zero = bool(text)
            continue
        if zero:
            text += digits[0]
            zero = False
        lead = one if place == 1 and digit == 1 and not text else digits[digit]
        text += lead + (units[place - 1] if place else "")
    return text


def _chinese(style: tuple[str, str, str]) -> Callable[[int], str]:
    return lambda number: _counting(number, *style)


def _listed(row: str) -> Callable[[int], str]:
    return lambda number: row[number - 1] if number <= len(row) else ""


def _run(first: str, last: int) -> Callable[[int], str]:
    """Consecutive Unicode characters from ``first`` for 1…last."""
    return lambda number: chr(ord(first) + number - 1) if number <= last else ""


def _letters(number: int) -> str:
    """a … z, aa, bb …"""
    times, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (times + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _ordinal(number: int) -> str:
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _sexagenary(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]


_COUNTING = _chinese(_SIMPLE)
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _COUNTING,
    "chineseCountingThousand": _COUNTING,
    "taiwaneseCounting": _COUNTING,
    "taiwaneseCountingThousand": _COUNTING,
    "japaneseCounting": _COUNTING,
    "koreanCounting": _COUNTING,
    "chineseLegalSimplified": _chinese(_LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": _chinese(_LEGAL_TRADITIONAL),
    "ideographDigital": _positional,
    "taiwaneseDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "ideographEnclosedCircle": _run("㊀", 10),
    "ideographTraditional": _listed(_STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
}
