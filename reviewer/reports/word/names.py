"""Qualified names in the dialect of a part: transitional or Strict OOXML.

The reader renames Strict namespaces; here the applicant's own file is written, so its own
namespaces are kept.
"""

from __future__ import annotations

from functools import cached_property

from lxml import etree

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STRICT_MATH = "http://purl.oclc.org/ooxml/officeDocument/math"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PACKAGE_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Dialect:
    """The names of one document. ns: its WordprocessingML namespace."""

    def __init__(self, ns: str) -> None:
        self.ns = ns
        self.w = f"{{{ns}}}"
        self.relation = f"{_RELATIONS.get(ns, _RELATIONS[TRANSITIONAL])}/comments"

    @classmethod
    def of(cls, root: etree._Element) -> Dialect:
        """The dialect that the root of a part speaks."""
        return cls(STRICT if etree.QName(root).namespace == STRICT else TRANSITIONAL)

    def __call__(self, name: str) -> str:
        """``name`` qualified."""
        return self.w + name

    @cached_property
    def open(self) -> frozenset[str]:
        """Containers in a paragraph in which a comment's marks may stand."""
        names = ("p", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple",
                 "sdtContent", "dir", "bdo")  # fmt: skip
        return frozenset(self.w + name for name in names)

    @cached_property
    def silent(self) -> frozenset[str]:
        """Elements of a paragraph without visible text of it."""
        names = ("pPr", "rPr", "del", "moveFrom", "sdtPr", "sdtEndPr", "instrText", "delText",
                 "delInstrText", "footnoteReference", "endnoteReference", "drawing", "pict",
                 "object", "rt", "commentReference")  # fmt: skip
        return frozenset(self.w + name for name in names)
