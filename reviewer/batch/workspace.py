"""The output folder of a batch: locked while a run writes, every file written aside and renamed."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from reviewer.batch import aside
from reviewer.errors import UsageError

STATE = ".reviewer"
"""Folder within the output that holds journal, lock and texts."""


class Workspace:
    """The folder, locked. Use as a context manager.

    Raises UsageError with one sentence: no permission, no space, another run, an earlier batch in
    it and no ``resume``.
    """

    def __init__(self, folder: Path, *, resume: bool) -> None:
        self.folder = folder
        self.state = folder / STATE
        self.reports = folder / "reports"
        self._lock: IO[bytes] | None = None
        with telling(folder):
            self.state.mkdir(parents=True, exist_ok=True)
            self.reports.mkdir(exist_ok=True)
            self._lock = _locked(self.state / "lock", folder)
            try:
                self._check(resume)
                self._sweep()
            except BaseException:
                self.close()
                raise

    @property
    def journal(self) -> Path:
        """The journal's path."""
        return self.state / "journal.jsonl"

    def _check(self, resume: bool) -> None:
        if self.journal.exists() and not resume and not self._begun():
            self.journal.unlink()  # an earlier run failed before its first case
        if self.journal.exists() and not resume:
            raise UsageError(
                f"“{self.folder}”里已有一次批量审阅的结果：接着做请加 --resume，重新做请换一个文件夹。"
            )
        if not self.journal.exists() and any(self.reports.glob("*.json")):
            raise UsageError(
                f"“{self.folder}”的 reports 里已有别的报告，为免混在一起，请换一个文件夹。"
            )

    def _begun(self) -> bool:
        """The journal holds more than its header."""
        with self.journal.open("rb") as stream:
            return len(stream.readlines(1 << 16)) > 1

    def _sweep(self) -> None:
        """Left-overs of a run that was killed while it wrote."""
        for folder in (self.folder, self.reports, self.state):
            for left in folder.glob(f"{aside.PREFIX}*"):
                left.unlink(missing_ok=True)

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the output, whole or not at all. name: relative, with "/"."""
        path = self.folder / name
        with telling(path):
            write_whole(path, data)

    def close(self) -> None:
        """Give the folder free."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def write_whole(path: Path, data: bytes) -> None:
    """Write aside in the same folder, then rename."""
    with aside.written(path) as stream:
        stream.write(data)


class telling:  # noqa: N801 (reads as a clause: with telling(path))
    """Turns what the system says of a path into one Chinese sentence (UsageError)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError):
            raise UsageError(sentence(self._path, error)) from None


def sentence(path: Path, error: OSError) -> str:
    """Why a path cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘已满，“{path}”写不进去：已完成的都已保存，请腾出空间后加 --resume 接着做。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有权限写入“{path}”，请换一个输出文件夹，或检查权限。"
    if error.errno == errno.ENOENT:
        return f"“{path}”建不了：上级文件夹不存在或不许建文件夹，请用 -o 换一个位置。"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"“{path}”不是文件夹，请用 -o 换一个位置。"
    return f"“{path}”写入失败（{error.strerror or '系统错误'}），请检查磁盘后加 --resume 接着做。"


def _locked(path: Path, folder: Path) -> IO[bytes]:
    """An exclusive lock that the system gives up when the process ends, however it ends."""
    stream = path.open("ab")
    try:
        _lock(stream)
    except OSError:
        stream.close()
        raise UsageError(
            f"另一个批量审阅正在写“{folder}”，请等它结束，或换一个输出文件夹。"
        ) from None
    return stream


def _lock(stream: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        with suppress(AttributeError):
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
