"""Which pages have to be read by OCR: those whose text is missing or makes no sense."""

from __future__ import annotations

from reviewer.parsing.pdf.content import PageContent
from reviewer.parsing.pdf.glyphs import is_junk

_FEW_CHARS = 40  # a page number or a stamped remark over a scan
_PICTURE = 0.4  # of the page
_OUTLINES = 150  # small drawings: letters turned into shapes


def needs_ocr(content: PageContent) -> bool:
    """Whether the page shows text that its text layer does not tell."""
    text = "".join(content.chars.text.split())
    if content.unmapped:
        return True
    if len(text) >= _FEW_CHARS:
        return is_junk(text)
    if text and is_junk(text):
        return True
    if not text and content.drawn > _OUTLINES:
        return True
    area = max(1.0, content.width * content.height)
    covered = sum((p.x1 - p.x0) * (p.bottom - p.top) for p in content.pictures)
    return covered > _PICTURE * area
