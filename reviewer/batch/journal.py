"""The journal of a batch: what is done, so that an interrupted run goes on where it stopped.

One JSON line a case, appended when its report stands in its place. A line that a crash cut off is
dropped. The first line says under what conditions the batch is reviewed; its day is kept, so that
a run resumed tomorrow judges deadlines as the run of today does.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
from msgspec import Struct

from reviewer.batch.digest import Digest
from reviewer.errors import UsageError

FORMAT = 1


class Header(Struct, frozen=True):
    """The conditions of a batch. day: ISO date."""

    policy: str
    policy_version: str
    version: str
    model: str
    tier: str | None
    day: str
    format: int = FORMAT


class Line(Struct, frozen=True, omit_defaults=True):
    """A case done. mark: of its files. report: name of its report without ending. hash: of it.

    rows: a filled table taken in (msgpack). stranger, pdf_sentence: see ``Outcome``. half: another case, of Word
    and PDF together, has taken its place. marked: the report holds findings of the batch.
    """

    key: str
    mark: str
    report: str = ""
    hash: str = ""
    digest: Digest | None = None
    rows: bytes = b""
    sentence: str = ""
    stranger: bool = False
    pdf_sentence: str = ""
    half: bool = False
    marked: bool = False


class Journal:
    """The journal file, open for appending. Use as a context manager."""

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        self.lines: dict[str, Line] = {}
        self.header = header
        if path.exists():
            self.header = self._read(header)
        self._stream: BinaryIO = path.open("ab")
        if self._stream.tell() == 0:
            self._write(self.header)
            self.flush()

    def _read(self, header: Header) -> Header:
        """Take the lines in; cut off what a crash left. The header of the earlier run."""
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        lines = whole.splitlines()
        if len(whole) < len(data):
            os.truncate(self.path, len(whole))
        if not lines:
            return header
        known = _known(lines[0], header)
        for raw in lines[1:]:
            try:
                line = msgspec.json.decode(raw, type=Line)
            except msgspec.MsgspecError:
                continue
            self.lines[line.key] = line
        return known

    def add(self, line: Line) -> None:
        """Note a case as done."""
        self.lines[line.key] = line
        self._write(line)

    def flush(self) -> None:
        """See to it that what was noted survives a power failure."""
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _write(self, value: Struct) -> None:
        self._stream.write(msgspec.json.encode(value) + b"\n")
        self._stream.flush()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.flush()
        finally:
            self._stream.close()


def _known(raw: bytes, header: Header) -> Header:
    try:
        known = msgspec.json.decode(raw, type=Header)
    except msgspec.MsgspecError:
        raise UsageError("上次批量审阅的记录已损坏，接不下去，请换一个输出文件夹重新做。") from None
    if msgspec.structs.replace(known, day=header.day) != header:
        raise UsageError(
            "上次批量审阅用的是另一版程序、政策包或 --tier，接着做会前后不一：请用原来的设置，或换一个输出文件夹。"
        )
    return known
