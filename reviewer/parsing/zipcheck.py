"""Checks of a zip's central directory before anything in it is unpacked.

Answers to zip bombs: the number of entries and the size of the directory are read from the end
record before the directory is loaded; then sizes, ratio and overlap of the entries are checked.
"""

from __future__ import annotations

import io
import struct
import zipfile

from reviewer.errors import EncryptedFile
from reviewer.limits import Limits
from reviewer.parsing.trouble import RESAVE, Trouble, damaged, too_large

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
_LOCAL_HEADER = 30
_DIRECTORY_BYTES_PER_ENTRY = 1024
_ENCRYPTED = 0x1
_CHECKED_ENDINGS = (".xml", ".rels")


def open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The zip, its directory checked. Raises Trouble where it is damaged or over a limit."""
    entries, size = directory(data)
    if entries > limits.entries or size > limits.entries * _DIRECTORY_BYTES_PER_ENTRY:
        raise too_large(f"压缩包内的文件超过 {limits.entries} 个", "请另存后再试")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        raise damaged("压缩结构已损坏，文件不完整") from None
    infos = archive.infolist()
    if len(infos) > limits.entries:
        raise too_large(f"压缩包内的文件超过 {limits.entries} 个", "请另存后再试")
    _check_sizes(infos, limits)
    _check_overlap(infos)
    return archive


def directory(data: bytes) -> tuple[int, int]:
    """Number of entries and bytes of the central directory, as the end record tells them."""
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or at + 22 > len(data):
        raise damaged("文件不完整，可能没有下载或传输完", "请重新取得完整的文件再试")
    entries, size = struct.unpack_from("<HI", data, at + 10)
    locator = data.rfind(_LOCATOR64, max(0, at - 20), at)
    if locator >= 0:
        (at64,) = struct.unpack_from("<Q", data, locator + 8)
        if at64 + 56 <= len(data) and data[at64 : at64 + 4] == _END64:
            entries, size = struct.unpack_from("<QQ", data, at64 + 32)
    return entries, size


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of one entry, counted while they are unpacked."""
    if info.flag_bits & _ENCRYPTED:
        raise Trouble(EncryptedFile, "压缩包设有密码", "请先解除密码再试")
    try:
        with archive.open(info) as stream:
            data = stream.read(limits.part + 1)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError, RuntimeError):
        raise damaged("压缩内容已损坏，文件不完整") from None
    except Exception as error:
        if type(error).__module__ in {"zlib", "lzma", "_lzma"}:
            raise damaged("压缩内容已损坏，文件不完整") from None
        raise
    if len(data) > limits.part:
        raise _bomb()
    return data


def _check_sizes(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(info.file_size for info in infos) > limits.unpacked:
        raise _bomb()
    for info in infos:
        if info.file_size > limits.part:
            raise _bomb()
        if not info.filename.lower().endswith(_CHECKED_ENDINGS):
            continue  # pictures are not unpacked, and an empty bitmap packs better than any text
        if info.file_size > limits.ratio_floor and info.file_size > limits.ratio * max(
            info.compress_size, 1
        ):
            raise _bomb()


def _check_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """No entry's bytes may serve another entry too."""
    end = 0
    for info in sorted(infos, key=lambda item: item.header_offset):
        if info.header_offset < end:
            raise damaged("压缩包内的文件相互重叠，不是正常的 Word 文档", RESAVE)
        name = len(
            info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
        )
        end = info.header_offset + _LOCAL_HEADER + name + info.compress_size


def _bomb() -> Trouble:
    return too_large(
        "解压后的内容异常庞大，疑似压缩炸弹", "请核对文件来源，或另存为新的 .docx 再试"
    )
