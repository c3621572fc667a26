"""What a file is, is told by its content."""

from __future__ import annotations

import struct

import pytest

from reviewer.errors import EncryptedFile, UnreadableFile, UnsupportedFormat
from reviewer.parsing import read
from reviewer.parsing.detect import kind
from tests.parsing.package import TYPES, docx, p, pack, relationships, texts
from tests.parsing.refused import refused


@pytest.fixture(autouse=True)
def without_office(monkeypatch):
    """Old formats are refused where LibreOffice is missing."""
    monkeypatch.setattr("reviewer.parsing.legacy.program", lambda: None)


def office(folder: str, content_type: str) -> bytes:
    main = f"/{folder}/main.xml"
    types = TYPES.replace("/word/document.xml", main).replace(
        "wordprocessingml.document", content_type
    )
    return pack({
        "[Content_Types].xml": types,
        "_rels/.rels": relationships(("rId1", "officeDocument", main)),
        f"{folder}/main.xml": "<x/>",
    })  # fmt: skip


def ole(*names: str, flags: int = 0) -> bytes:
    """An OLE file as far as its directory entries go, Word's first block in sector 1."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<H", 9) + bytes(480)
    entries = b""
    for name in names:
        encoded = name.encode("utf-16-le")
        entry = encoded + bytes(64 - len(encoded)) + struct.pack("<H", len(encoded) + 2)
        entries += entry + bytes(116 - 66) + struct.pack("<I", 1) + bytes(8)
    block = b"\xec\xa5" + bytes(8) + struct.pack("<H", flags) + bytes(500)
    return header + entries + bytes(512 - len(entries) % 512 if len(entries) % 512 else 0) + block


OTHERS = [
    (b"", UnreadableFile, "空的"),
    (b"\r\n  ", UnreadableFile, "空的"),
    (bytes(2000), UnreadableFile, "空的"),
    (ole("EncryptionInfo", "EncryptedPackage"), EncryptedFile, "密码"),
    (ole("WordDocument", "1Table", flags=0x0100), EncryptedFile, "密码"),
    (ole("WordDocument", "1Table"), UnsupportedFormat, "旧版 Word"),
    (ole("Workbook"), UnsupportedFormat, "Excel"),
    (ole("PowerPoint Document"), UnsupportedFormat, "PowerPoint"),
    (ole("CONTENTS", "MatOST"), UnsupportedFormat, "Works"),
    (ole("Something"), UnsupportedFormat, "不是 Word"),
    (b"{\\rtf1\\ansi}", UnsupportedFormat, "RTF"),
    (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", UnsupportedFormat, "HTML"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", UnsupportedFormat, "HTML"),
    (b'<?xml version="1.0"?><w:wordDocument/>', UnsupportedFormat, "XML"),
    ("企业名称：某某公司".encode(), UnsupportedFormat, "纯文本"),
    ("企业名称：某某公司".encode("gb18030"), UnsupportedFormat, "纯文本"),
    (office("xl", "spreadsheetml.sheet"), UnsupportedFormat, "Excel"),
    (office("ppt", "presentationml.presentation"), UnsupportedFormat, "PowerPoint"),
    (pack({"OFD.xml": "<x/>"}), UnsupportedFormat, "OFD"),
    (pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
     UnsupportedFormat, "OpenDocument"),
    (pack({"申报书.docx": docx()}), UnsupportedFormat, "压缩包"),
    (pack({}), UnsupportedFormat, "压缩包"),
    (b"Rar!\x1a\x07\x00", UnsupportedFormat, "压缩包"),
    (b"\x89PNG\r\n\x1a\n", UnsupportedFormat, "图片"),
    (b"\x01\x02\x03\x04 binary \x00\x07", UnsupportedFormat, "不是 Word"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "words"), OTHERS)
def test_told_by_content(data, kind, words):
    refused(data, kind, words)


def test_content_decides_whatever_the_name_says():
    assert texts(read(docx(p("甲")), "x.pdf")) == ["甲"]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 100, 600])
def test_any_beginning_of_any_file_has_a_kind(size):
    for data in (
        docx(p("甲")),
        ole("WordDocument"),
        b"%PDF-1.7",
        b"{\\rtf1",
        "文字".encode("gb18030"),
    ):
        assert isinstance(kind(data[:size]), str)
