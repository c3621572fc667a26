"""Texts and fingerprints of many documents on disk: a batch's, and those of earlier years.

A shelf is a folder: ``texts.bin`` (one compressed record a document), ``prints.bin`` (uint64: 40
bits of a fingerprint, 24 bits of the document's number) and ``index.msgpack`` (written last, so
that a shelf without it is known to be unfinished).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
import numpy as np
from msgspec import Struct

from reviewer.batch.duplicates.prints import Array, grams, plain, winnow
from reviewer.batch.duplicates.stop import Official
from reviewer.errors import UsageError

DOC_BITS = 24
_DOC_MASK = np.uint64((1 << DOC_BITS) - 1)
_CHUNK = 1 << 20
_INDEX, _TEXTS, _PRINTS = "index.msgpack", "texts.bin", "prints.bin"


class Source(Struct, frozen=True):
    """A declaration's own texts: (subject, text) in order, and whose they are."""

    key: str
    name: str
    enterprise: str = ""
    uscc: str = ""
    passages: tuple[tuple[str, str], ...] = ()


class Entry(Struct, frozen=True):
    """What is known of a document without reading its texts. offset, size: in texts.bin."""

    key: str
    name: str
    enterprise: str
    uscc: str
    offset: int
    size: int


class Writer:
    """Fills a new shelf document by document; use as a context manager, complete at its end."""

    def __init__(self, folder: Path, official: Official) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _INDEX).unlink(missing_ok=True)
        self._folder, self._official = folder, official
        self._entries: list[Entry] = []
        self._texts: BinaryIO = (folder / _TEXTS).open("wb")
        self._prints: BinaryIO = (folder / _PRINTS).open("wb")

    def add(self, source: Source) -> None:
        """Put one document on the shelf."""
        record = zlib.compress(msgspec.msgpack.encode(source), 1)
        entry = Entry(
            source.key, source.name, source.enterprise, source.uscc, self._texts.tell(), len(record)
        )
        self._texts.write(record)
        found = fingerprints(source, self._official)
        number = np.uint64(len(self._entries))
        self._prints.write((found & ~_DOC_MASK | number).tobytes())
        self._entries.append(entry)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._texts.close()
        self._prints.close()
        if kind is None:
            aside = self._folder / f"{_INDEX}.part"
            aside.write_bytes(msgspec.msgpack.encode(self._entries))
            aside.replace(self._folder / _INDEX)


def fingerprints(source: Source, official: Official) -> Array:
    """The fingerprints of a document's own texts, official wording left out."""
    hashes = grams(plain([text for _, text in source.passages]))
    own = hashes[~official.known(hashes)]
    return winnow(own)


class Shelf:
    """A finished shelf. Raises UsageError where the folder is none or is damaged."""

    def __init__(self, folder: Path) -> None:
        try:
            data = (folder / _INDEX).read_bytes()
            self.entries = msgspec.msgpack.decode(data, type=list[Entry])
        except (OSError, msgspec.MsgspecError):
            raise UsageError(f"往年文本库“{folder}”不完整，请删去这个文件夹后再试。") from None
        self._folder = folder

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def prints(self) -> int:
        """Number of fingerprints."""
        return (self._folder / _PRINTS).stat().st_size // 8

    def chunks(self) -> Iterator[Array]:
        """The packed fingerprints, about a million at a time."""
        with (self._folder / _PRINTS).open("rb") as stream:
            while data := stream.read(_CHUNK * 8):
                yield np.frombuffer(data, np.uint64)

    def source(self, number: int) -> Source:
        """The texts of a document."""
        entry = self.entries[number]
        with (self._folder / _TEXTS).open("rb") as stream:
            stream.seek(entry.offset)
            record = stream.read(entry.size)
        return msgspec.msgpack.decode(zlib.decompress(record), type=Source)
