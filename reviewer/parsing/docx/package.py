"""A Word package read with tolerance: parts by name in any case, relationships that may dangle."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from reviewer.limits import Limits
from reviewer.model.clean import shown
from reviewer.parsing.docx.safexml import parse
from reviewer.parsing.trouble import Trouble, damaged, too_large
from reviewer.parsing.zipcheck import open_zip, read_entry

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN_TYPES = (
    "wordprocessingml.document.main",
    "wordprocessingml.template.main",
    "ms-word.document.macroenabled",
    "ms-word.template.macroenabled",
)


class Relation(Struct, frozen=True):
    """A relationship of a part. kind: last segment of its type; target: part key, "" external."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a package, unpacked one at a time when asked for.

    warnings: Chinese sentences on parts that could not be read, in the order met.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._archive = open_zip(data, limits)
        self._entries = _entries(self._archive.infolist())
        self._left = limits.unpacked
        self._relations: dict[str, dict[str, Relation]] = {}
        self.warnings: list[str] = []

    def name(self, key: str) -> str:
        """The part's name as the package spells it, without a leading slash."""
        info = self._entries.get(key)
        return _plain(info.filename) if info else key

    def has(self, key: str) -> bool:
        """Whether the package holds this part."""
        return key in self._entries

    def read(self, key: str) -> bytes:
        """The bytes of a part that exists; Trouble where they cannot be unpacked."""
        data = read_entry(self._archive, self._entries[key], self._limits)
        self._left -= len(data)
        if self._left < 0:
            raise too_large("解压后的内容异常庞大，疑似压缩炸弹")
        return data

    def relations(self, key: str) -> dict[str, Relation]:
        """The relationships of a part ("" for the package) by id; empty where unreadable."""
        if key not in self._relations:
            self._relations[key] = {r.id: r for r in self._read_relations(key)}
        return self._relations[key]

    def related(self, key: str, kind: str) -> str | None:
        """The key of an existing part that ``key`` refers to by this kind of relationship.

        Where the relationship is absent or dangles, the customary name beside the part is tried.
        """
        for relation in self.relations(key).values():
            if relation.kind == kind and relation.target in self._entries:
                return relation.target
        customary = posixpath.join(posixpath.dirname(key), f"{kind.lower()}.xml")
        return customary if customary in self._entries else None

    def main(self) -> str:
        """The key of the main document part."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self._entries:
                return relation.target
        for key in [*self._typed_as_main(), "word/document.xml"]:
            if key in self._entries:
                return key
        raise damaged("其中缺少正文部件（word/document.xml）")

    def xml(self, key: str) -> etree._Element | None:
        """The root of a secondary part; None with a warning where it cannot be read."""
        try:
            return parse(self.read(key), shown(self.name(key)), self._limits)[0]
        except Trouble as trouble:
            self.warn(f"部件 {shown(self.name(key))} 未能读取：{trouble.what}。")
            return None

    def warn(self, sentence: str) -> None:
        """Note a fault once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def _read_relations(self, key: str) -> Iterator[Relation]:
        folder, base = posixpath.split(key)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        root = self.xml(rels) if rels in self._entries else None
        if root is None:
            return
        for item in root.iter(_RELATIONSHIP):
            kind = (item.get("Type") or "").rstrip("/").rpartition("/")[2]
            target = item.get("Target") or ""
            outside = (item.get("TargetMode") or "").lower() == "external"
            yield Relation(item.get("Id") or "", kind, "" if outside else _resolve(folder, target))

    def _typed_as_main(self) -> Iterator[str]:
        root = self.xml("[content_types].xml") if self.has("[content_types].xml") else None
        if root is None:
            return
        for item in root:
            content_type = (item.get("ContentType") or "").lower()
            if any(name in content_type for name in _MAIN_TYPES):
                yield _key(item.get("PartName") or "")


def _entries(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Entries by key; the same part twice is tolerated only where both are the same bytes."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.filename.endswith(("/", "\\")):
            continue
        other = found.setdefault(_key(info.filename), info)
        if other is not info and (other.CRC, other.file_size) != (info.CRC, info.file_size):
            raise damaged(
                f"其中的部件 {shown(info.filename)} 出现了两次且内容不同，无法判断以哪个为准"
            )
    return found


def _resolve(folder: str, target: str) -> str:
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    return _key(path if path.startswith("/") else posixpath.join(folder, path))


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/")


def _key(name: str) -> str:
    """Part names are compared without regard to case."""
    return _plain(name).lower()
