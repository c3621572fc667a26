"""Captions of pictures and tables, told by their wording where no style tells."""

from __future__ import annotations

import re

_LONGEST = 50
_BEGINNINGS = frozenset("图圖表附续FfTt \t\u3000")
_LABEL = re.compile(
    r"\s*(?:续\s*)?(?:附?[图圖表]|figure|fig\.?|table|tab\.)\s*"
    r"(?:[A-Za-z]\s*[-—–.．]?\s*)?\d+(?:\s*[-—–‑.．]\s*\d+)*",
    re.IGNORECASE,
)
# A sentence that speaks of a figure ("图2为…") begins like its caption.
_SENTENCE = re.compile(r"\s*(?:[为是中所示给展显可说表列反描对]|和|与|及|、|,|，|shows|is\b)")


def worded_as_caption(text: str, *, centered: bool) -> bool:
    """Whether a short line reads as "图3-1 总体架构" and not as a sentence about the figure."""
    if not text or text[0] not in _BEGINNINGS or len(text) > _LONGEST:
        return False
    label = _LABEL.match(text)
    if label is None or text.rstrip().endswith(("。", "；", "，", ";")):
        return False
    rest = text[label.end() :]
    return centered or not _SENTENCE.match(rest)
