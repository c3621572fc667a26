"""Where the bytes of a file are: a path or URL, and inside zips the number of the entry.

Entries of archives are known by their number, never by their name: names of strangers' archives
may repeat, lie, or point out of the folder.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path
from typing import IO, Any, cast

from msgspec import Struct

from reviewer.errors import DamagedFile, EncryptedFile, FileTooLarge, UnreadableFile
from reviewer.limits import Limits
from reviewer.model.clean import shown

__all__ = ["Ref", "is_url", "open_place", "read"]

_SPOOL = 32 << 20
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
Stream = IO[bytes]


class Ref(Struct, frozen=True):
    """place: path or URL. members: numbers of zip entries, the outermost archive's first."""

    place: str
    members: tuple[int, ...] = ()


def is_url(place: str) -> bool:
    """Whether a place is for fsspec ("s3://bucket/x"), not a path ("C:\\x")."""
    return "://" in place


def open_place(place: str) -> Stream:
    """The file as a binary, seekable stream. Raises UnreadableFile with one sentence."""
    try:
        if not is_url(place):
            return Path(place).open("rb")
        import fsspec

        return cast("Stream", fsspec.open(place, "rb").open())
    except FileNotFoundError:
        raise UnreadableFile(f"找不到文件“{_name(place)}”，请检查路径和文件名。") from None
    except PermissionError:
        raise UnreadableFile(f"没有权限读取“{_name(place)}”，请检查文件权限。") from None
    except ImportError as error:
        raise UnreadableFile(f"读取“{_name(place)}”还需要安装 {error.name}。") from None
    except OSError as error:
        raise UnreadableFile(
            f"读取“{_name(place)}”失败（{error.strerror or '连接不上'}），请检查磁盘或网络。"
        ) from None
    except Exception as error:  # drivers of fsspec raise errors of their own
        raise UnreadableFile(
            f"读取“{_name(place)}”失败（{type(error).__name__}），请检查地址和网络。"
        ) from None


def read(ref: Ref, name: str, limits: Limits) -> bytes:
    """The bytes of a file, at most ``limits.file_bytes``. name: for the sentence of an error."""
    with open_place(ref.place) as stream:
        if not ref.members:
            return whole(stream, name, limits.file_bytes)
        return _member(stream, ref.members, name, limits)


def _member(stream: Stream, members: tuple[int, ...], name: str, limits: Limits) -> bytes:
    with archive(stream, name) as opened:
        info = opened.infolist()[members[0]]
        if len(members) == 1:
            with entry(opened, info, name) as inside:
                return whole(inside, name, limits.file_bytes)
        with unpacked(opened, info, name, limits) as inner:
            return _member(inner, members[1:], name, limits)


def archive(stream: Stream, name: str) -> zipfile.ZipFile:
    """The zip of a stream. Raises DamagedFile."""
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise DamagedFile(
            f"压缩包“{shown(name)}”已损坏或不完整，请重新打包或重新下载后再试。"
        ) from None


def entry(opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Stream:
    """The stream of one entry. Raises EncryptedFile, DamagedFile."""
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedFile(f"“{shown(name)}”在加了密码的压缩包里，请解除密码后重新打包。")
    try:
        return opened.open(info)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError):
        raise _broken(name) from None


def whole(stream: Stream, name: str, most: int) -> bytes:
    """All bytes of a stream, counted while they are read."""
    try:
        data = stream.read(most + 1)
    except Exception as error:
        if isinstance(error, PermissionError):
            raise UnreadableFile(f"没有权限读取“{shown(name)}”，请检查文件权限。") from None
        raise _broken(name) from None  # zlib, lzma and zip errors have no common base
    if len(data) > most:
        raise FileTooLarge(f"“{shown(name)}”超过 {most >> 20} MB 的上限，请压缩图片后再试。")
    return data


def unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> Stream:
    """An archive within an archive, unpacked to a nameless temporary file."""
    aside = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 (the caller closes it)
    left = limits.unpacked
    with entry(opened, info, name) as stream:
        while data := chunk(stream, name):
            left -= len(data)
            if left < 0:
                aside.close()
                raise FileTooLarge(f"压缩包“{shown(name)}”解压后异常庞大，请核对来源。")
            aside.write(data)
    aside.seek(0)
    return cast("Stream", aside)


def chunk(stream: Stream, name: str, size: int = _CHUNK) -> bytes:
    """The next bytes of a stream."""
    try:
        return stream.read(size)
    except Exception:
        raise _broken(name) from None


def _broken(name: str) -> UnreadableFile:
    return DamagedFile(f"“{shown(name)}”的内容已损坏，读不出来，请重新取得完整的文件。")


def _name(place: str) -> str:
    return shown(place.rsplit("/", 1)[-1] if is_url(place) else os.fspath(Path(place).name))


def stat_of(place: str) -> dict[str, Any]:
    """Size and change mark of a place, as far as its file system tells."""
    if not is_url(place):
        found = Path(place).stat()
        return {"size": found.st_size, "mark": f"{found.st_size}-{found.st_mtime_ns}"}
    import fsspec

    system, path = fsspec.core.url_to_fs(place)
    info = system.info(path)
    mark = info.get("ETag") or info.get("LastModified") or info.get("mtime") or ""
    return {"size": int(info.get("size") or 0), "mark": f"{info.get('size')}-{mark}"}
