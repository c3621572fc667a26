"""Dates as declarations write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")


def chinese(day: date) -> str:
    """2026年4月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def parse(text: str) -> date | None:
    """The first date in the text; a month alone is its first day."""
    match = _DATE.search(text)
    return date(int(match[1]), int(match[2]), int(match[3] or 1)) if match else None


def period(text: str) -> tuple[date, date] | None:
    """Start and end of “…至…”."""
    first, _, last = text.partition("至")
    start, end = parse(first), parse(last)
    return (start, end) if start and end else None


def shifted(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)
