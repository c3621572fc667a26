"""Content controls (``w:sdt``): which of them mean more than their content."""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from reviewer.parsing.docx.names import SDT_PR, VAL, W14, W
from reviewer.parsing.docx.values import on

_CHECKBOX, _CHECKED, _CHECKED_VAL = W14 + "checkbox", W14 + "checked", W14 + "val"
_GALLERY = W + "docPartGallery"


class Control(Struct, frozen=True):
    """box: state of a check box, None for other controls. toc: holds a table of contents."""

    box: bool | None = None
    toc: bool = False


def control(element: etree._Element) -> Control:
    """What the properties of a ``w:sdt`` say."""
    box: bool | None = None
    toc = False
    for properties in element.iterchildren(SDT_PR):
        for item in properties.iter(_CHECKBOX, _CHECKED, _GALLERY):
            if item.tag == _CHECKBOX:
                box = bool(box)
            elif item.tag == _CHECKED:
                box = on(item, _CHECKED_VAL)
            else:
                toc = (item.get(VAL) or "").lower() == "table of contents"
    return Control(box, toc)
