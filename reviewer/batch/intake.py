"""Finds what there is to review: folders, zips in zips, single files, local or behind URLs."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Literal

from msgspec import Struct

from reviewer.batch import places
from reviewer.batch.archives import listing
from reviewer.batch.places import Ref, is_url, open_place, unpacked
from reviewer.errors import ReviewerError, UsageError
from reviewer.limits import Limits
from reviewer.model.clean import shown

Role = Literal["word", "pdf", "sheet", "zip", "packed", "other"]

DEPTH = 3
"""Archives within archives that are opened."""
_HEAD = 1024
_PACKAGE = "[content_types].xml"
_OFFICE: dict[str, Role] = {
    ".docx": "word",
    ".docm": "word",
    ".dotx": "word",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_IGNORED_FILES = ("~$", ".~", ".", "thumbs.db", "desktop.ini")
_IGNORED_FOLDERS = ("__macosx", ".")


class Item(Struct, frozen=True):
    """A file found. shown: its path as people know it, archives included. mark: tells a change."""

    ref: Ref
    shown: str
    role: Role
    mark: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.shown.rsplit("/", 1)[-1]

    @property
    def folder(self) -> str:
        """The folders and archives that it is in."""
        return self.shown.rpartition("/")[0]


class Failure(Struct, frozen=True):
    """A file that could not be reviewed, and the sentence that says why."""

    shown: str
    sentence: str


class Found(Struct):
    """What intake found: files to review, and files that are refused at once."""

    items: list[Item]
    failures: list[Failure]


def find(paths: Sequence[str], limits: Limits, *, leave: Path | None = None) -> Found:
    """All files under the paths, in a fixed order. leave: a folder not to look into (the output).

    Raises UsageError where a path does not exist, or nothing at all is found.
    """
    found = Found([], [])
    seen: set[str] = set()
    for path in paths:
        above = f"{_last(path.rstrip('/'))}/" if len(paths) > 1 and not Path(path).is_file() else ""
        for place, name in _files(path, found, leave):
            own = place if is_url(place) else str(Path(place).resolve())
            if own not in seen:
                seen.add(own)
                _guarded(place, above + name, limits, found)
    _told_apart(found)
    found.items.sort(key=lambda item: (item.shown, item.ref.place, item.ref.members))
    if not found.items and not found.failures:
        listed = "、".join(shown(path) for path in paths)
        raise UsageError(f"“{listed}”里没有可审阅的文件，请检查路径，或确认文件夹不是空的。")
    return found


def _told_apart(found: Found) -> None:
    """Files of different places that are shown alike get a number."""
    counts: dict[tuple[str, tuple[int, ...]], int] = {}
    for number, item in enumerate(found.items):
        same = (item.shown, item.ref.members)
        counts[same] = counts.get(same, 0) + 1
        if counts[same] > 1:
            folder, _, name = item.shown.rpartition("/")
            label = f"{folder}（{counts[same]}）/{name}" if folder else f"（{counts[same]}）/{name}"
            found.items[number] = Item(item.ref, label, item.role, item.mark)


def _files(path: str, found: Found, leave: Path | None) -> Iterator[tuple[str, str]]:
    """(place, name as shown) of the files that a word of the call stands for."""
    if is_url(path):
        yield from _remote(path)
        return
    root = Path(path)
    try:
        if root.is_dir():
            yield from _walk(root, found, leave)
        elif root.exists():
            yield str(root), root.name
        else:
            raise UsageError(f"找不到“{shown(path)}”，请检查路径。")
    except PermissionError:
        raise UsageError(f"没有权限读取“{shown(path)}”，请检查权限。") from None


def _walk(root: Path, found: Found, leave: Path | None) -> Iterator[tuple[str, str]]:
    def refused(error: OSError) -> None:
        place = shown(os.fspath(error.filename or root))
        found.failures.append(Failure(place, f"没有权限打开文件夹“{place}”，请检查权限。"))

    away = leave.resolve() if leave is not None else None
    for folder, folders, files in os.walk(root, onerror=refused):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.lower().startswith(_IGNORED_FOLDERS) and (here / name).resolve() != away
        )
        for name in sorted(files):
            if _ignored(name):
                continue
            place = here / name
            label = place.relative_to(root).as_posix()
            if place.is_symlink() or not place.is_file():
                found.failures.append(
                    Failure(shown(label), f"“{shown(name)}”是链接或特殊文件，已跳过。")
                )
            else:
                yield str(place), "/".join(shown(part, 200) for part in label.split("/"))


def _remote(url: str) -> Iterator[tuple[str, str]]:
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(url)
        if not system.isdir(path):
            yield url, url.rsplit("/", 1)[-1]
            return
        for place in sorted(system.find(path)):
            label = str(place).removeprefix(str(path)).strip("/")
            if not _ignored(label.rsplit("/", 1)[-1]):
                yield str(system.unstrip_protocol(place)), label
    except ImportError as error:
        raise UsageError(f"读取“{shown(url)}”还需要安装 {error.name}。") from None
    except Exception as error:  # drivers of fsspec raise errors of their own
        raise UsageError(
            f"打不开“{shown(url)}”（{type(error).__name__}），请检查地址、权限和网络。"
        ) from None


def _ignored(name: str) -> bool:
    return name.lower().startswith(_IGNORED_FILES)


def _guarded(place: str, name: str, limits: Limits, found: Found) -> None:
    try:
        mark = places.stat_of(place)["mark"]
        with open_place(place) as stream:
            _take(Ref(place), name, mark, stream, limits, found)
    except ReviewerError as error:
        found.failures.append(Failure(name, str(error)))
    except OSError as error:
        found.failures.append(
            Failure(name, f"读取“{shown(name)}”失败（{error.strerror or '读取失败'}）。")
        )


def _take(ref: Ref, name: str, mark: str, stream: IO[bytes], limits: Limits, found: Found) -> None:
    """Sort one file by its content; open it where it is an archive."""
    head = stream.read(_HEAD)
    role = role_of(head, name)
    if role == "zip":
        stream.seek(0)
        _open(ref, name, mark, stream, limits, found)
    elif role == "packed":
        found.failures.append(
            Failure(name, f"“{shown(_last(name))}”是 RAR、7z 一类的压缩包，请改用 zip 打包。")
        )
    elif role == "other":
        found.failures.append(
            Failure(name, f"“{shown(_last(name))}”不是 Word、PDF 或 Excel 文件，已跳过。")
        )
    else:
        found.items.append(Item(ref, name, role, mark))


def _open(ref: Ref, name: str, mark: str, stream: IO[bytes], limits: Limits, found: Found) -> None:
    if len(ref.members) >= DEPTH:
        found.failures.append(
            Failure(name, f"压缩包“{shown(_last(name))}”套得太深，请解开里层后再试。")
        )
        return
    opened, inside = listing(stream, _last(name))
    names = {member.path.lower() for member in inside}
    if _PACKAGE in names:  # an office file under a strange name
        role: Role = "sheet" if any(path.startswith("xl/") for path in names) else "word"
        found.items.append(Item(ref, name, role, mark))
        return
    for member in inside:
        label = f"{name}/{member.path}"
        if _ignored(_last(label)) or "__MACOSX" in member.path:
            continue
        inner = Ref(ref.place, (*ref.members, member.number))
        try:
            _member(inner, label, f"{mark}:{member.mark}", opened, limits, found)
        except ReviewerError as error:
            found.failures.append(Failure(label, str(error)))


def _member(
    ref: Ref, label: str, mark: str, opened: zipfile.ZipFile, limits: Limits, found: Found
) -> None:
    info = opened.infolist()[ref.members[-1]]
    with places.entry(opened, info, _last(label)) as inside:
        head = places.chunk(inside, _last(label), _HEAD)
    if role_of(head, label) == "zip":
        with unpacked(opened, info, _last(label), limits) as inner:
            _take(ref, label, mark, inner, limits, found)
    else:
        _take(ref, label, mark, io.BytesIO(head), limits, found)


def role_of(head: bytes, name: str) -> Role:
    """What a file is by its first bytes; office packages and other zips by their names."""
    suffix = Path(name).suffix.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _OFFICE.get(suffix, "zip")
    if head.startswith(_OLE):
        return "sheet" if suffix in (".xls", ".et") else "word"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"{\\rtf", b"<?xml")) or suffix in (".docx", ".doc", ".wps"):
        return "word"
    if suffix == ".pdf":
        return "pdf"
    return "packed" if head.startswith(_PACKED) else "other"


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1]
