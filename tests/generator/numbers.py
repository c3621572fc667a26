"""The numbers before headings, in the layout's style."""

from __future__ import annotations

from .labels import full_width
from .options import Options

_CN = "零一二三四五六七八九十"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩"


def chinese(number: int) -> str:
    """1 to 99 in Chinese digits."""
    if number <= 10:
        return _CN[number]
    tens, ones = divmod(number, 10)
    return (_CN[tens] if tens > 1 else "") + "十" + (_CN[ones] if ones else "")


def first(opt: Options, part: int) -> str:
    """Before 一、 … 九、."""
    if opt.numbers == "none":
        return ""
    if opt.numbers == "part":
        return f"第{chinese(part)}部分 "
    if opt.numbers == "arabic":
        return f"{part} "
    return f"{chinese(part)}、"


def second(opt: Options, part: int, section: int) -> str:
    """Before 2.1, 3.3."""
    if opt.numbers == "none":
        return ""
    if opt.numbers == "fullwidth":
        return full_width(f"{part}") + "．" + full_width(f"{section}") + " "
    return f"{part}.{section} "


def planned(opt: Options, section: int) -> str:
    """Before （一）预期目标 and its neighbours."""
    if opt.numbers == "none":
        return ""
    return f"7.{section} " if opt.numbers == "arabic" else f"（{chinese(section)}）"


def third(opt: Options, section: str, place: int) -> str:
    """Before a scenario's heading, without a space after: 3.3.2."""
    if opt.numbers == "none":
        return ""
    number = f"{section}.{place}"
    return full_width(number).replace(".", "．") if opt.numbers == "fullwidth" else number


def block_label(opt: Options, number: int) -> str:
    """Before 场景建设 and its neighbours within a scenario; empty where Word counts or nobody does."""
    if opt.labels in {"auto", "plain"}:
        return ""
    if opt.labels == "circled":
        return _CIRCLED[number]
    if opt.labels == "digit":
        return f"{number})"
    return f"({number})" if opt.labels == "half" else f"（{number}）"
