"""What is in a zip: entries by number, names decoded as their makers meant them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import IO

from msgspec import Struct

from reviewer.batch.places import archive
from reviewer.errors import FileTooLarge, UnreadableFile
from reviewer.model.clean import shown

MOST_ENTRIES = 20_000
_END = b"PK\x05\x06"
_TAIL = 65_557
_MOST_DIRECTORY = 64 << 20
_UTF8 = 0x800
_UNICODE_PATH = 0x7075


class Member(Struct, frozen=True):
    """number: of the entry. path: its decoded name, for people only. mark: tells a change."""

    number: int
    path: str
    mark: str


def listing(stream: IO[bytes], name: str) -> tuple[zipfile.ZipFile, list[Member]]:
    """The opened zip and its files in its own order, folders left out.

    Raises DamagedFile or FileTooLarge with one sentence: damaged, too many entries, overlapping.
    """
    _check_directory(stream, name)
    opened = archive(stream, name)
    infos = opened.infolist()
    _check_overlap(infos, name)
    found = [
        Member(number, decoded(info), f"{info.CRC:08x}-{info.file_size}")
        for number, info in enumerate(infos)
        if not info.is_dir()
    ]
    return opened, found


def decoded(info: zipfile.ZipInfo) -> str:
    """The entry's name: by the UTF-8 flag, the Unicode path field, else UTF-8, else GB 18030."""
    if info.flag_bits & _UTF8:
        return _tidy(info.orig_filename)
    raw = info.orig_filename.encode("cp437", "replace")
    extra = _unicode_path(info.extra, raw)
    if extra:
        return _tidy(extra)
    for codec in ("utf-8", "gb18030"):
        try:
            return _tidy(raw.decode(codec))
        except UnicodeDecodeError:
            continue
    return _tidy(info.orig_filename)


def _tidy(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    return "/".join(shown(part, 200) for part in parts if part not in ("", ".", ".."))


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Info-ZIP's field with the name in UTF-8, where it belongs to this very name."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        data, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(data) > 5:
            (crc,) = struct.unpack_from("<I", data, 1)
            if crc == zlib.crc32(raw):
                return data[5:].decode("utf-8", "replace")
    return ""


def _check_directory(stream: IO[bytes], name: str) -> None:
    """The end record tells how large the directory is, before it is loaded."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    stream.seek(0)
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        return  # zipfile says what is wrong with it
    entries, directory = struct.unpack_from("<HI", tail, at + 10)
    if entries > MOST_ENTRIES and entries != 0xFFFF:
        raise _crowded(name)
    if directory > _MOST_DIRECTORY and directory != 0xFFFFFFFF:
        raise _crowded(name)


def _check_overlap(infos: list[zipfile.ZipInfo], name: str) -> None:
    if len(infos) > MOST_ENTRIES:
        raise _crowded(name)
    end = 0
    for info in sorted(infos, key=lambda item: item.header_offset):
        if info.header_offset < end:
            raise UnreadableFile(
                f"压缩包“{shown(name)}”内的文件相互重叠，不是正常的压缩包，请核对来源。"
            )
        end = info.header_offset + 30 + info.compress_size


def _crowded(name: str) -> FileTooLarge:
    return FileTooLarge(
        f"压缩包“{shown(name)}”里的文件超过 {MOST_ENTRIES} 个，请分成几个压缩包后再试。"
    )
