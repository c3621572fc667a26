"""The parts of a Word package that comments touch: body, comments, relationships, content types."""

from __future__ import annotations

import io
import posixpath
import zipfile
from urllib.parse import unquote

from lxml import etree

from reviewer.errors import DamagedFile, UnsupportedFormat
from reviewer.reports.word.names import CONTENT_TYPES, PACKAGE_RELATIONS, Dialect

_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_FOREIGN = "原文不是 .docx 文件，不能加批注。请先在 Word 或 WPS 里另存为 .docx 再审阅。"
_BROKEN = "原文内部有损坏，无法加批注。请在 Word 或 WPS 里打开后另存，再审阅。"
_WITH_MACROS = "原文含有宏，为安全起见不在其上加批注。请另存为不含宏的 .docx 再审阅。"


class Original:
    """The applicant's package, opened to have comments added.

    Raises UnsupportedFormat for files that are no .docx or carry macros, DamagedFile where a
    part that must be changed cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile:
            raise UnsupportedFormat(_FOREIGN) from None
        self._names = {_key(name): name for name in reversed(self._zip.namelist())}
        self._types = self._tree(_key(_TYPES))
        self._refuse_macros()
        self.main = self._main()
        self.root = self._tree(self.main)
        self.dialect = Dialect.of(self.root)
        self._rels_key = _rels_of(self.main)
        self._comments_key, self._linked = self._find_comments()

    def is_main(self, part: str) -> bool:
        """Whether a part's name (``Place.part``) is that of the body."""
        return _key(part) == self.main

    def comments(self) -> etree._Element:
        """The root of the comments part, a new one where there is none."""
        d = self.dialect
        if self._comments_key in self._names:
            return self._tree(self._comments_key)
        return etree.Element(d("comments"), nsmap={"w": d.ns})

    def parts(self, comments: etree._Element) -> dict[str, bytes]:
        """The entries to write: name in the zip → content."""
        changed = {
            self._name(self.main): _written(self.root),
            self._name(self._comments_key): _written(comments),
        }
        if not self._linked:
            changed[self._name(self._rels_key)] = _written(self._relations())
        if self._typed():
            changed[self._name(_key(_TYPES))] = _written(self._types)
        return changed

    def _tree(self, key: str) -> etree._Element:
        """The root of a part. Like the reader, it forgives characters that XML forbids."""
        try:
            data = self._zip.read(self._names[key]).lstrip()
            root = _parsed(data, recover=False)
            root = _parsed(data.replace(b"\0", b""), recover=True) if root is None else root
        except (KeyError, OSError, zipfile.BadZipFile):
            root = None
        if root is None:
            raise DamagedFile(_BROKEN)
        return root

    def _refuse_macros(self) -> None:
        typed = any("macroenabled" in (i.get("ContentType") or "").lower() for i in self._types)
        if typed or any("vbaproject" in name for name in self._names):
            raise UnsupportedFormat(_WITH_MACROS)

    def _main(self) -> str:
        for relation in self._related("_rels/.rels"):
            if (relation.get("Type") or "").rstrip("/").endswith("/officeDocument"):
                key = _resolved("", relation.get("Target") or "")
                if key in self._names:
                    return key
        if "word/document.xml" not in self._names:
            raise UnsupportedFormat(_FOREIGN)
        return "word/document.xml"

    def _related(self, key: str) -> list[etree._Element]:
        return list(self._tree(key)) if key in self._names else []

    def _find_comments(self) -> tuple[str, bool]:
        """The key of the comments part and whether the body refers to it already."""
        folder = posixpath.dirname(self.main)
        for relation in self._related(self._rels_key):
            if (relation.get("Type") or "").endswith("/relationships/comments"):
                key = _resolved(folder, relation.get("Target") or "")
                if key in self._names:
                    return key, True
        number, key = 0, posixpath.join(folder, "comments.xml")
        while key in self._names:
            number += 1
            key = posixpath.join(folder, f"comments{number}.xml")
        return key, False

    def _relations(self) -> etree._Element:
        if self._rels_key in self._names:
            root = self._tree(self._rels_key)
        else:
            root = etree.fromstring(f'<Relationships xmlns="{PACKAGE_RELATIONS.strip("{}")}"/>')
        taken = {item.get("Id") for item in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdReview{n}" not in taken)
        relation = etree.SubElement(root, f"{PACKAGE_RELATIONS}Relationship")
        relation.set("Id", f"rIdReview{number}")
        relation.set("Type", self.dialect.relation)
        relation.set("Target", posixpath.basename(self._comments_key))
        return root

    def _typed(self) -> bool:
        """Add the content type of a new comments part; False where it is there already."""
        part = f"/{self._name(self._comments_key)}"
        if any((item.get("PartName") or "").lower() == part.lower() for item in self._types):
            return False
        override = etree.SubElement(self._types, f"{CONTENT_TYPES}Override")
        override.set("PartName", part)
        override.set("ContentType", _COMMENTS_TYPE)
        return True

    def _name(self, key: str) -> str:
        """The part's name as the package spells it, or as a new neighbour of the body's."""
        if key in self._names:
            return self._names[key]
        folder, body = posixpath.split(self._names[self.main])
        if key == self._rels_key:
            return posixpath.join(folder, "_rels", f"{body}.rels")
        return posixpath.join(folder, posixpath.basename(key))


def _parsed(data: bytes, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        recover=recover,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _written(root: etree._Element) -> bytes:
    return etree.tostring(
        root.getroottree(), encoding="UTF-8", standalone=True, xml_declaration=True
    )


def _rels_of(key: str) -> str:
    folder, base = posixpath.split(key)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _resolved(folder: str, target: str) -> str:
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    return _key(path if path.startswith("/") else posixpath.join(folder, path))


def _key(name: str) -> str:
    """Part names are compared without regard to case, slash or backslash."""
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
