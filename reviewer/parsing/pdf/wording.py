"""How a stretch of text begins and ends, as far as that tells what belongs together."""

from __future__ import annotations

import re

ENDS = "。！？；!?;：:…”」"
NUMBERED = re.compile(
    r"\s*(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,2}\s*[.．、)）](?!\d)|[①-⑳]"
    r"|\d(?:\.\d){1,3}\s*(?![\d.%])|[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十\d]{1,3}[章节部条])"
)
_LEADER = re.compile(r"(?:[.．·…‥_]\s?){4,}\s*[（(]?(?:\d{1,3}|[ivxIVX]{1,4})[)）]?\s*$")


def has_leader(text: str) -> bool:
    """Whether a text is a line of a table of contents: dots up to the number of a page."""
    last = text.rstrip()[-1:]  # looked at first: most texts end with a word
    return (last.isdecimal() or last in "ivxIVX)）") and _LEADER.search(text) is not None


def begins_item(text: str) -> bool:
    """Whether a text begins with a number of a list or heading."""
    return NUMBERED.match(text) is not None


def ended(text: str) -> bool:
    """Whether a text ends like a sentence or the lead to a list."""
    return text.rstrip()[-1:] in ENDS
