"""What a person sees of a Word file with all changes accepted: the yardstick for the generator's own tests."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from .xmlkit import NS, Element, q

_TRANSITIONAL, _STRICT = NS["w"].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SKIPPED = {
    q("w:del"),
    q("w:moveFrom"),
    q("mc:Fallback"),
    q("w:pPr"),
    q("w:rPr"),
    q("w:instrText"),
    q("w:sdtPr"),
    q("w:delText"),
}
_CHARACTERS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:noBreakHyphen"): "-", q("w:sym"): "☑"}
_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def visible_text(content: bytes) -> str:
    """The main document's text, a line a paragraph, in document order; nothing from headers, notes or comments."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(
            name for name in archive.namelist() if re.fullmatch(r"(?i)word/document\d*\.xml", name)
        )
        root = etree.fromstring(
            archive.read(name).removeprefix(b"\xef\xbb\xbf").replace(_STRICT, _TRANSITIONAL)
        )
    out: list[str] = []
    _walk(root, out)
    return _HIDDEN.sub("", "".join(out))


def _walk(element: Element, out: list[str]) -> None:
    if element.tag in _SKIPPED or _removed(element):
        return
    if element.tag == q("w:t"):
        out.append(element.text or "")
    elif element.tag in _CHARACTERS:
        out.append(_CHARACTERS[element.tag])
    for child in element:
        _walk(child, out)
    if element.tag == q("w:p") and element.find(f"{q('w:pPr')}/{q('w:rPr')}/{q('w:del')}") is None:
        out.append("\n")


def _removed(element: Element) -> bool:
    """A table row under a tracked deletion, or a control that only shows its prompt."""
    if element.tag == q("w:tr"):
        return element.find(f"{q('w:trPr')}/{q('w:del')}") is not None
    return (
        element.tag == q("w:sdt")
        and element.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is not None
    )


def squeezed(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", text)
