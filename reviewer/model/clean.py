"""Hygiene of text, at the entrance of every reader, and of names that are shown to people.

What is removed shows nothing on paper but breaks writers (Excel, JSON, SQLite, terminals) or hides
words from comparison: control characters, lone surrogates, noncharacters, direction marks and
overrides, zero-width characters, soft hyphens, variation selectors. Counting (字数) is the same
with and without them.
"""

from __future__ import annotations

import re

_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_REMOVED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls but tab and line ends
    "\u00ad\u034f\u061c\u180b-\u180f"  # soft hyphen, joiners, Mongolian selectors
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, direction, BOM
    "\ufe00-\ufe0f\ufff9-\ufffb"  # variation selectors, interlinear marks
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"  # noncharacters, lone surrogates
    "\U000e0000-\U000e0fff"  # tags, variation selectors
)
# Matches every character that ``clean`` changes.
ODD = re.compile(f"[{_BREAKS}{_REMOVED}]")
_LINE_END = re.compile(f"\r\n|[{_BREAKS}]")


def clean(text: str) -> str:
    r"""``text`` without invisible characters; every kind of line end becomes ``\n``.

    Tabs, private-use characters and all visible ones stay. Idempotent.
    """
    if ODD.search(text) is None:
        return text
    return ODD.sub("", _LINE_END.sub("\n", text))


def shown(name: str, most: int = 60) -> str:
    """A file or part name as it may stand in a message: one line, escaped, shortened.

    Characters that do not print become ``\\xNN`` or ``\\uNNNN``; a name longer than ``most``
    characters loses its middle, so that the ending stays.
    """
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
    if len(plain) <= most:
        return plain
    tail = most // 3
    return f"{plain[: most - tail - 1]}…{plain[-tail:]}"
