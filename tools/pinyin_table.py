"""Writes ``reviewer/matching/data/pinyin.txt``: the readings of the 6,763 characters of GB 2312.

One line a syllable (without tone), then its characters; a character with several readings stands
in several lines. Made once with pypinyin, whose import is too slow for every start.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parents[1] / "reviewer" / "matching" / "data" / "pinyin.txt"


def characters() -> list[str]:
    """The ideographs of GB 2312, in code order."""
    rows = ((high, low) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    made = (bytes(pair).decode("gb2312", errors="ignore") for pair in rows)
    return [char for char in made if char]


def main() -> None:
    """Write the table."""
    from pypinyin import Style, pinyin

    lines: dict[str, list[str]] = defaultdict(list)
    for char in characters():
        for syllable in set(pinyin(char, style=Style.NORMAL, heteronym=True)[0]):
            if syllable.isascii() and syllable.isalpha():
                lines[syllable].append(char)
    text = "\n".join(f"{syllable} {''.join(lines[syllable])}" for syllable in sorted(lines))
    OUT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
