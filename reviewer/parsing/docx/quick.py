"""The short way through a plain paragraph: runs of text and nothing else.

Nine paragraphs of ten are like that. Whatever is not (fields, breaks, controls, tracked changes,
drawings …) is left to ``Inline``, which reads the paragraph from its beginning.
"""

from __future__ import annotations

from lxml import etree

from reviewer.parsing.docx.forms import bold_and_size
from reviewer.parsing.docx.names import PPR, RPR, RUN, TEXT, XML_SPACE, W
from reviewer.parsing.docx.styles import Style, Styles
from reviewer.parsing.docx.values import kids

_IGNORED = frozenset({PPR, W + "proofErr", W + "bookmarkStart", W + "bookmarkEnd"})
Plain = tuple[str, bool, float]


def plain(
    children: list[etree._Element], style: Style, styles: Styles, *, trimmed: bool
) -> Plain | None:
    """(text, all of it is bold, size of its first run) of a paragraph; None if it is not plain.

    children: of the paragraph. trimmed: see ``Inline``. Only for paragraphs outside of fields,
    without hidden text and symbol fonts.
    """
    pieces: list[str] = []
    bold, size, seen = True, 0.0, False
    for child in children:
        tag = child.tag
        if tag == RUN:
            form: etree._Element | None = None
            for item in kids(child):
                tag = item.tag
                if tag == TEXT:
                    text = item.text
                    if text:
                        if trimmed and (text[0] <= " " or text[-1] <= " ") and not _kept(item):
                            return None
                        pieces.append(text)
                        if (bold or not size) and not text.isspace():
                            seen = True
                            own_bold, own_size = bold_and_size(form, style, styles)
                            bold = bold and own_bold
                            size = size or own_size
                elif tag == RPR:
                    form = item
                else:
                    return None
        elif tag not in _IGNORED:
            return None
    text = pieces[0] if len(pieces) == 1 else "".join(pieces)
    return None if "\n" in text else (text, bold and seen, size)


def _kept(element: etree._Element) -> bool:
    return element.get(XML_SPACE) == "preserve"
