"""A zip rewritten with a few entries replaced; all others are copied as they are, still packed.

Copying without unpacking keeps every untouched part the same byte for byte and makes a file of
60 MB of pictures as quick as a small one. Zip64 is never needed: files are smaller than 4 GiB
(``Limits.file_bytes``).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from msgspec import Struct

from reviewer.errors import DamagedFile

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR, _UTF8 = 0x08, 0x800
_EPOCH = (0, 0x21)  # 1980-01-01, as Word itself writes it


class _Entry(Struct):
    """One entry as it is written: header values and the packed bytes."""

    name: bytes
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    size: int
    data: memoryview | bytes
    outside: int = 0


def rewritten(original: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The zip ``original`` with ``parts`` (entry name → content) replaced or appended.

    An entry that occurs twice is written once. Raises DamagedFile where the zip is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            infos = archive.infolist()
    except zipfile.BadZipFile:
        raise DamagedFile("原文不是完整的 Word 文件，无法加批注。") from None
    left = dict(parts)
    entries: dict[str, _Entry] = {}
    for info in infos:
        if info.filename in entries:
            continue
        content = left.pop(info.filename, None)
        entries[info.filename] = (
            _copied(original, info) if content is None else _packed(info.filename, content)
        )
    for name, content in left.items():
        entries[name] = _packed(name, content)
    return _written(list(entries.values()))


def _copied(original: bytes, info: zipfile.ZipInfo) -> _Entry:
    """The entry with its packed bytes; a data descriptor becomes plain sizes in the header."""
    fixed = original[info.header_offset : info.header_offset + _LOCAL.size]
    if len(fixed) < _LOCAL.size or fixed[:4] != b"PK\x03\x04":
        raise DamagedFile("原文的压缩目录已损坏，无法加批注。")
    name_length, extra_length = _LOCAL.unpack(fixed)[-2:]
    start = info.header_offset + _LOCAL.size + name_length + extra_length
    year, month, day, hour, minute, second = info.date_time
    return _Entry(
        name=info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437"),
        flags=info.flag_bits & ~_DESCRIPTOR,
        method=info.compress_type,
        stamp=(
            hour << 11 | minute << 5 | second // 2,
            max(0, year - 1980) << 9 | month << 5 | day,
        ),
        crc=info.CRC,
        size=info.file_size,
        data=memoryview(original)[start : start + info.compress_size],
        outside=info.external_attr,
    )


def _packed(name: str, content: bytes) -> _Entry:
    deflater = zlib.compressobj(4, zlib.DEFLATED, -15)
    data = deflater.compress(content) + deflater.flush()
    raw, flags = name.encode("utf-8"), 0 if name.isascii() else _UTF8
    return _Entry(raw, flags, zipfile.ZIP_DEFLATED, _EPOCH, zlib.crc32(content), len(content), data)


def _written(entries: list[_Entry]) -> bytes:
    out, directory = io.BytesIO(), bytearray()
    for entry in entries:
        head = (20, entry.flags, entry.method, *entry.stamp, entry.crc, len(entry.data), entry.size)
        offset = out.tell()
        out.write(_LOCAL.pack(b"PK\x03\x04", *head, len(entry.name), 0) + entry.name)
        out.write(entry.data)
        tail = (len(entry.name), 0, 0, 0, 0, entry.outside & 0xFFFFFFFF, offset)
        directory += _CENTRAL.pack(b"PK\x01\x02", 20, *head, *tail) + entry.name
    offset, number = out.tell(), len(entries)
    out.write(directory)
    out.write(_END.pack(b"PK\x05\x06", 0, 0, number, number, len(directory), offset, 0))
    return out.getvalue()
