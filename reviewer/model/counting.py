"""字数 as Word counts it (docs: "Counting" in the contract of the report)."""

from __future__ import annotations

import re
import unicodedata

_ONE, _RUN, _SPACE = "1", "r", " "
_RUNS = re.compile(f"{_RUN}+")
_IDEOGRAPH = "字"
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]+")
_SMALL = ("<super>", "<sub>")


class _Classes(dict[int, str]):
    """Code point → class of the character, filled as characters are met (for ``str.translate``)."""

    def __missing__(self, code: int) -> str:
        kind = self[code] = _classify(chr(code))
        return kind


def count(text: str) -> int:
    """Number of 字.

    Each CJK character or full-width mark is 1; marks of ambiguous width (“ ” — … ± ·) are 1 each;
    each unbroken run of Latin letters, digits and half-width signs is 1, full-width letters and
    digits as half-width ones; white space is 0 and breaks a run; zero-width characters, soft
    hyphens and combining marks are nothing and break none.
    """
    rest = _IDEOGRAPHS.sub(_IDEOGRAPH, text)  # most of a text, and each of them 1
    classes = rest.translate(_CLASSES)
    return len(text) - len(rest) + classes.count(_ONE) + len(_RUNS.findall(classes))


def _classify(char: str) -> str:
    category = unicodedata.category(char)
    if char.isspace():
        return _SPACE
    if category in ("Cf", "Cc", "Cs", "Mn", "Me"):
        return ""
    width = unicodedata.east_asian_width(char)
    if width == "F":
        return _RUN if unicodedata.normalize("NFKC", char).isalnum() else _ONE
    if width == "A":
        return _RUN if _is_letter_like(char, category) else _ONE
    return _ONE if width == "W" else _RUN


def _is_letter_like(char: str, category: str) -> bool:
    """Greek, Cyrillic letters and raised or lowered digits (m²) are no marks: they join a run."""
    return category[0] == "L" or unicodedata.decomposition(char).startswith(_SMALL)


_CLASSES = _Classes()
