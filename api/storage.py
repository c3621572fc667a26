"""Where originals and made files are kept: a folder by default, any fsspec URL by setting.

A file counts as kept once it and its folder are on the disk (local), or the object store has
answered. Keys are made here, never out of names of strangers.
"""

from __future__ import annotations

import errno
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol
from uuid import uuid4

from reviewer.batch.aside import sync, written

CHUNK = 1 << 20
_STALE = 6 * 3600.0  # an upload takes minutes; a partial file this old belongs to nobody


class StorageFull(Exception):
    """No room is left where files are kept."""


class Storage(Protocol):
    """Keeps bytes under keys ("originals/ab/abcd…")."""

    def put(self, key: str, data: IO[bytes] | bytes) -> None:
        """Keep a file for good before returning. Raises StorageFull."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        ...

    def exists(self, key: str) -> bool:
        """Whether the key is there."""
        ...

    def delete(self, key: str) -> None:
        """Delete for good; nothing happens where it is gone already."""
        ...

    def sweep(self) -> int:
        """Remove partial files that were left over; how many."""
        ...


def open_storage(url: str) -> Storage:
    """The storage of a setting: a folder, or a URL for fsspec ("s3://bucket/prefix")."""
    if "://" in url and not url.startswith("file://"):
        return RemoteStorage(url)
    return LocalStorage(Path(url.removeprefix("file://")))


def new_key(folder: str) -> str:
    """A new key in a folder; spread over 256 folders so that none grows too large."""
    name = uuid4().hex
    return f"{folder}/{name[:2]}/{name}"


class LocalStorage:
    """A folder: written aside, synced, renamed, folder synced."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._aside = root / "partial"
        self._aside.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, data: IO[bytes] | bytes) -> None:
        """Keep a file: fsync, rename, fsync of the folders."""
        target = self._path(key)
        try:
            self._folder(target.parent)
            with written(target, folder=self._aside, durable=True) as stream:
                if isinstance(data, bytes):
                    stream.write(data)
                else:
                    shutil.copyfileobj(data, stream, CHUNK)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull from error
            raise

    def get(self, key: str) -> bytes:
        """The bytes of a file."""
        return self._path(key).read_bytes()

    def exists(self, key: str) -> bool:
        """Whether the key is there."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Delete for good."""
        self._path(key).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Remove partial files that nobody writes any more."""
        count = 0
        for part in self._aside.iterdir():
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > _STALE:
                    part.unlink()
                    count += 1
        return count

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if not key or any(part in ("", ".", "..") or "\\" in part for part in parts):
            raise FileNotFoundError(key)
        return self._root.joinpath(*parts)

    def _folder(self, folder: Path) -> None:
        """Make a folder so that it outlives a power cut, as its files must."""
        if folder.is_dir():
            return
        self._folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


class RemoteStorage:
    """An object store behind fsspec: an object appears whole or not at all."""

    def __init__(self, url: str) -> None:
        import fsspec

        self._system: Any
        self._system, root = fsspec.core.url_to_fs(url)
        self._root = str(root).rstrip("/")

    def put(self, key: str, data: IO[bytes] | bytes) -> None:
        """Keep a file; the store has answered when this returns."""
        place = f"{self._root}/{key}"
        self._system.makedirs(place.rpartition("/")[0], exist_ok=True)
        try:
            with self._system.open(place, "wb") as stream:
                if isinstance(data, bytes):
                    stream.write(data)
                else:
                    shutil.copyfileobj(data, stream, CHUNK)
        except BaseException:
            with suppress(Exception):  # fsspec keeps what was written when a block ends badly
                self.delete(key)
            raise

    def get(self, key: str) -> bytes:
        """The bytes of a file."""
        data: bytes = self._system.cat_file(f"{self._root}/{key}")
        return data

    def exists(self, key: str) -> bool:
        """Whether the key is there."""
        return bool(self._system.exists(f"{self._root}/{key}"))

    def delete(self, key: str) -> None:
        """Delete for good."""
        with suppress(FileNotFoundError):
            self._system.rm_file(f"{self._root}/{key}")

    def sweep(self) -> int:
        """Nothing is left over in an object store."""
        return 0
