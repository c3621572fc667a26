"""Parsing of one XML part of a stranger's package.

Any DOCTYPE is refused, nothing external is loaded, libxml2's own limits stay on, and the number
of tags is bounded before a tree is built. Strict OOXML namespaces become transitional ones.
"""

from __future__ import annotations

import re

from lxml import etree

from reviewer.limits import Limits
from reviewer.parsing.trouble import Trouble, damaged, too_large

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACE = re.compile(
    rb"""(xmlns(?::[\w.-]+)?\s*=\s*["'])http://purl\.oclc\.org/ooxml/([\w/]+)"""
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_PROLOG = 1 << 16
_SHORTEST_TAG = 3
_TOO_DEEP = 114  # libxml2's XML_ERR_RESOURCE_LIMIT: nesting, text node, name length
_NO_MEMORY = 2
# Faults that leave the structure whole: forbidden characters, a repeated attribute, wrong bytes,
# an undeclared prefix. Some producers leave such things behind; the rest of the text is sound.
_HARMLESS = frozenset({9, 42, 81, 201})


def parse(data: bytes, part: str, limits: Limits) -> tuple[etree._Element, bool]:
    """The root of the part, and whether forbidden characters had to be skipped.

    Raises Trouble where the part is no XML, has a DOCTYPE or exceeds a limit.
    """
    data = _utf8(data)
    if b"<!DOCTYPE" in data[:_PROLOG]:  # any later one is found by the parser
        raise _doctype()
    if len(data) > _SHORTEST_TAG * limits.tags and data.count(b"<") > limits.tags:
        raise too_large("文档内部的元素过多，超过读取上限", "请删去多余内容，另存后再试")
    if _STRICT in data[:_PROLOG]:
        data = _NAMESPACE.sub(_transitional, data)
    parser = _parser()
    try:
        return _checked(etree.fromstring(data, parser)), False
    except etree.XMLSyntaxError:
        faults = {entry.type for entry in parser.error_log}
    return _again(data, part, faults), True


def _parser(recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=recover,
    )


def _again(data: bytes, part: str, faults: set[int]) -> etree._Element:
    """A second, lenient reading for faults that leave the structure whole."""
    if _NO_MEMORY in faults:
        raise MemoryError
    if _TOO_DEEP in faults:
        raise too_large("文档内部的嵌套过深或单段文字过长，超过读取上限")
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(data.translate(None, _CONTROLS), parser)
    except etree.XMLSyntaxError:
        raise _broken(part) from None
    if root is None or not {entry.type for entry in parser.error_log} <= _HARMLESS:
        raise _broken(part)
    return _checked(root)


def _checked(root: etree._Element) -> etree._Element:
    """Encodings that the search for a DOCTYPE cannot see through are caught here."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype()
    return root


def _utf8(data: bytes) -> bytes:
    """UTF-16 parts as UTF-8, blank space before the declaration removed."""
    if data.startswith(_UTF16):
        try:
            codec = "utf-16" if data[:2] in _UTF16[:2] else ("utf-16-le", "utf-16-be")[not data[0]]
            return _DECLARATION.sub("", data.decode(codec)).encode()
        except UnicodeError:
            return data
    return data.lstrip() if data[:1].isspace() else data


def _transitional(match: re.Match[bytes]) -> bytes:
    head, path = match.groups()
    base, _, rest = path.partition(b"/")
    name = base + b"/2006" + (b"/" + rest if rest else b"")
    return bytes(head + b"http://schemas.openxmlformats.org/" + name)


def _broken(part: str) -> Trouble:
    return damaged(f"其中的部件 {part} 不是完整的 XML，文件已损坏")


def _doctype() -> Trouble:
    return damaged("其中含有 DOCTYPE 声明，正常的 Word 文档没有这种内容，为安全起见不予读取")
