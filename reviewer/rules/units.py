"""Units of measurement: one normal form for the ways of writing one, and a base for each kind."""

from __future__ import annotations

import re

_SAME = (
    (r"吨标准煤|吨标煤|tce|吨ce", "吨标准煤"),
    (r"千克标准煤|公斤标准煤|千克标煤|公斤标煤|kgce", "千克标准煤"),
    (r"吨二氧化碳当量|吨二氧化碳|吨co[2₂]e?|tco[2₂]e?", "吨二氧化碳"),
    (r"千克二氧化碳|公斤二氧化碳|kgco[2₂]e?", "千克二氧化碳"),
    (r"千瓦时|千瓦·时|kwh|kw·h|度", "千瓦时"),
    (r"公斤|kg", "千克"),
    (r"(?<![a-z])t(?![a-z])", "吨"),
    (r"个?小时|(?<![a-z])h(?:our)?s?(?![a-z])|(?<=[人工台])时", "小时"),
    (r"分钟|(?<![a-z])min(?![a-z])|分(?!钟)", "分钟"),
    (r"秒钟|秒|(?<![a-z])s(?![a-z])", "秒"),
    (r"个月|月份|月", "月"),
    (r"个?(?:自然日|工作日|日|天)|(?<![a-z])d(?:ay)?s?(?![a-z])", "天"),
    (r"万元人民币|万元|万(?!元)", "万元"),
    (r"亿元人民币|亿元|亿(?!元)", "亿元"),
    (r"百分比|百分点|pct|%", "%"),
)
_PATTERNS = tuple((re.compile(pattern), normal) for pattern, normal in _SAME)
_JOINTS = re.compile(r"[·•・*×.\-]")
_MARKS = re.compile(r"[\s\"'“”‘’约]")
_BASES: dict[str, tuple[float, str]] = {
    "元": (1e-4, "万元"),
    "万元": (1.0, "万元"),
    "亿元": (1e4, "万元"),
    "克": (1e-3, "千克"),
    "千克": (1.0, "千克"),
    "吨": (1e3, "千克"),
    "万吨": (1e7, "千克"),
    "千克标准煤": (1.0, "千克标准煤"),
    "吨标准煤": (1e3, "千克标准煤"),
    "千克二氧化碳": (1.0, "千克二氧化碳"),
    "吨二氧化碳": (1e3, "千克二氧化碳"),
    "秒": (1 / 60, "分钟"),
    "分钟": (1.0, "分钟"),
    "小时": (60.0, "分钟"),
    "天": (1440.0, "分钟"),
}
_TIMES = frozenset(("秒", "分钟", "小时", "天", "月", "年"))


def normal_unit(written: str) -> str:
    """One form for "万元／人", "万元每人", "万元/(人·年)" …; lower case, no white space."""
    unit = _MARKS.sub("", written).lower().replace("／", "/").replace("÷", "/").replace("％", "%")
    unit = re.sub(r"(?<!^)每|(?<!^)per", "/", unit).removeprefix("每")
    for pattern, normal in _PATTERNS:
        unit = pattern.sub(normal, unit)
    return _JOINTS.sub("", unit).strip("/")


def scaled(unit: str) -> tuple[float, str]:
    """(factor, base unit) of a normalized unit: its head is converted, what follows "/" is kept."""
    head, slash, rest = unit.partition("/")
    factor, base = _BASES.get(head, (1.0, head))
    return factor, f"{base}{slash}{rest}"


def is_time(unit: str) -> bool:
    """A duration, or a duration a piece ("分钟/件"): less of it is faster."""
    return unit.partition("/")[0].removeprefix("人").removeprefix("工") in _TIMES
