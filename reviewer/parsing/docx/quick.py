"""The short way through a plain paragraph: runs of text and nothing else.

Nine paragraphs of ten are like that. Whatever is not (fields, breaks, controls, tracked changes,
drawings …) is left to ``Inline``, which reads the paragraph from its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from reviewer.parsing.docx.names import BOLD, PPR, R_STYLE, RPR, RUN, SIZE, TEXT, XML_SPACE, W
from reviewer.parsing.docx.styles import Style, Styles, half_points
from reviewer.parsing.docx.values import kids, on, val

_IGNORED = frozenset({PPR, W + "proofErr", W + "bookmarkStart", W + "bookmarkEnd"})
Forms = list[etree._Element | None]


def plain(children: Sequence[etree._Element], *, trimmed: bool) -> tuple[str, Forms] | None:
    """The text of a paragraph, and the properties of each run that shows some; None if not plain.

    children: of the paragraph. Only for paragraphs outside fields, without hidden text and symbol fonts.
    """
    pieces: list[str] = []
    forms: Forms = []
    for child in children:
        tag = child.tag
        if tag == RUN:
            form = None
            for item in kids(child):
                tag = item.tag
                if tag == TEXT:
                    text = item.text
                    if text:
                        if trimmed and (text[0] <= " " or text[-1] <= " ") and not _kept(item):
                            return None
                        pieces.append(text)
                        if not text.isspace():
                            forms.append(form)
                elif tag == RPR:
                    form = item
                else:
                    return None
        elif tag not in _IGNORED:
            return None
    text = pieces[0] if len(pieces) == 1 else "".join(pieces)
    return None if "\n" in text else (text, forms)


def _kept(element: etree._Element) -> bool:
    return element.get(XML_SPACE) == "preserve"


def bold_and_size(forms: Forms, style: Style, styles: Styles) -> tuple[bool, float]:
    """Whether all runs are bold, and the size of the first that says any."""
    size = 0.0
    for form in forms:
        bold, own = _form(form, style, styles)
        size = size or own
        if not bold:
            return False, size
    return bool(forms), size


def _form(form: etree._Element | None, base: Style, styles: Styles) -> tuple[bool, float]:
    bold: bool | None = None
    size, styled_bold, styled_size = 0.0, False, 0.0
    if form is not None:
        for item in kids(form):
            tag = item.tag
            if tag == BOLD:
                bold = on(item)
            elif tag == SIZE:
                size = half_points(item)
            elif tag == R_STYLE:
                style = styles.style(val(item) or "")
                styled_bold, styled_size = style.bold, style.size
    if bold is None:
        bold = base.bold != styled_bold
    return bold, size or styled_size or base.size
