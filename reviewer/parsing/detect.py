"""What a file is, told by its content: names and endings of strangers' files mean nothing."""

from __future__ import annotations

import re
import struct
import zipfile

from reviewer.limits import Limits
from reviewer.parsing.trouble import Trouble
from reviewer.parsing.zipcheck import open_zip, read_entry

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table)\b", re.IGNORECASE)
_XML_WORD = (b'progid="Word.Document"', b"schemas.microsoft.com/office/word/2003/wordml")
_FLAT = b"schemas.microsoft.com/office/2006/xmlPackage"
_WORD_TYPES = (b"wordprocessingml.document.main", b"wordprocessingml.template.main",
               b"ms-word.document.macroenabled", b"ms-word.template.macroenabled")  # fmt: skip
_OTHER_TYPES = {
    "xlsx": (b"spreadsheetml.sheet.main", b"ms-excel.sheet.", b"spreadsheetml.template.main"),
    "pptx": (b"presentationml.presentation.main", b"presentationml.slideshow.main",
             b"presentationml.template.main", b"ms-powerpoint.presentation."),
}  # fmt: skip
_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_HEAD = 4096
_DIRECTORY_ENTRY = 128


def kind(data: bytes) -> str:
    """One of: empty, docx, xlsx, pptx, odt, ofd, zip, doc, xls, ppt, wps, ole, encrypted, pdf, rtf,
    html, xml, image, archive, text, unknown. Never raises.

    "doc" is any Word 97–2003 binary (WPS writes the same), "wps" the one of Microsoft Works,
    "encrypted" an Office file with a password, "xml" Word saved as one XML file and other XML.
    """
    head = data[:_HEAD]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.strip(b"\0"):
        return "empty" if not data.strip(b"\0 \t\r\n\xef\xbb\xbf") else "unknown"
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(_ZIP):
        return _zip(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES) or head[8:12] == b"WEBP":
        return "image"
    if data.startswith(_ARCHIVES):
        return "archive"
    return _text(data, start)


def _text(data: bytes, start: bytes) -> str:
    if start.startswith(b"<?xml") and not _HTML.search(start):
        return "xml"
    if any(mark in start for mark in (*_XML_WORD, _FLAT)):
        return "xml"
    if _HTML.search(start[:1024]) or start[:13].lower() == b"mime-version:":
        return "html"
    return "text" if _decodes(data[:_HEAD]) else "unknown"


def _decodes(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)) > 0:
        return False
    for codec in ("utf-8", "gb18030"):
        for cut in range(4):  # the head may end within a character
            try:
                head[: len(head) - cut].decode(codec)
            except UnicodeError:
                continue
            return True
    return False


def _ole(data: bytes) -> str:
    streams = dict(_streams(data))
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        return "encrypted"
    if "WordDocument" in streams:
        return "encrypted" if _locked(data, streams["WordDocument"]) else "doc"
    for name, found in (
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("PowerPoint Document", "ppt"),
        ("MatOST", "wps"),
    ):
        if name in streams:
            return found
    return "ole"


def _streams(data: bytes) -> list[tuple[str, int]]:
    """Name and first sector of everything that looks like a directory entry (MS-CFB 2.6.1)."""
    found = []
    for name in ("EncryptedPackage", "EncryptionInfo", "WordDocument", "Workbook", "Book",
                 "PowerPoint Document", "MatOST"):  # fmt: skip
        wanted = name.encode("utf-16-le") + b"\0\0"
        at = data.find(wanted)
        while at >= 0:
            if at % _DIRECTORY_ENTRY == 0 and data[at + 64 : at + 66] == struct.pack(
                "<H", len(wanted)
            ):
                found.append((name, int.from_bytes(data[at + 116 : at + 120], "little")))
                break
            at = data.find(wanted, at + 1)
    return found


def _locked(data: bytes, sector: int) -> bool:
    """Whether a Word 97–2003 file is encrypted: a flag in its first block (MS-DOC 2.5.2)."""
    shift = int.from_bytes(data[30:32], "little")
    at = (sector + 1) << min(shift, 12)
    flags = int.from_bytes(data[at + 10 : at + 12], "little")
    return data[at : at + 2] == b"\xec\xa5" and bool(flags & 0x0100)


def _zip(data: bytes) -> str:
    try:
        archive = open_zip(data, Limits())
    except Trouble:
        return _broken_zip(data)
    names = {
        info.filename.replace("\\", "/").lstrip("/").lower(): info for info in archive.infolist()
    }
    if "[content_types].xml" in names:
        return _office(archive, names)
    if "ofd.xml" in names:
        return "ofd"
    if "mimetype" in names and "content.xml" in names:
        return "odt"
    return "docx" if "word/document.xml" in names else "zip"


def _office(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str:
    try:
        types = read_entry(archive, names["[content_types].xml"], Limits()).lower()
    except Trouble:
        types = b""
    types = types.replace(b"\0", b"")  # UTF-16 reads the same without its zeros
    if any(mark in types for mark in _WORD_TYPES):
        return "docx"
    for found, marks in _OTHER_TYPES.items():
        if any(mark in types for mark in marks):
            return found
    folders = (
        found for folder, found in _FOLDERS.items() if any(n.startswith(folder) for n in names)
    )
    return next(folders, "docx" if types else "zip")


def _broken_zip(data: bytes) -> str:
    """A zip that is cut off or hostile, by the names in its local headers."""
    for folder, found in _FOLDERS.items():
        if folder.encode() in data[:65_536] or folder.replace("/", "\\").encode() in data[:65_536]:
            return found
    return "docx" if b"[Content_Types].xml" in data[:_HEAD] else "zip"
