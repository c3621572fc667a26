"""Output behind a URL: the batch works in a local folder, which is copied there when it is done.

Object stores cannot append or rename; journal, lock and reports therefore live on this machine. The
local folder is found again by the URL, so that ``--resume`` goes on where an earlier run stopped.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from reviewer.batch.options import Options, Summary
from reviewer.batch.workspace import STATE
from reviewer.errors import UsageError


def through(options: Options, run: Callable[[Options], Summary]) -> Summary:
    """Run into the local folder of the URL, then copy reports and results there."""
    local = folder(options.out)
    _reach(options.out)
    summary = run(msgspec.structs.replace(options, out=str(local)))
    _copy(local, options.out)
    return summary


def folder(url: str) -> Path:
    """The local folder for a URL."""
    root = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    return Path(root) / "reviewer" / "batch" / name


def _reach(url: str) -> None:
    """Find out before the work whether the place can be written."""
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(url)
        system.makedirs(path, exist_ok=True)
        probe = f"{path.rstrip('/')}/.reviewer-probe"
        system.pipe_file(probe, b"")
        system.rm_file(probe)
    except Exception as error:  # drivers of fsspec raise errors of their own
        reason = "缺少驱动" if isinstance(error, ImportError) else type(error).__name__
        raise UsageError(f"“{url}”写不进去（{reason}），请检查地址、权限和网络。") from None


def _copy(local: Path, url: str) -> None:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
        root = path.rstrip("/")
        system.makedirs(f"{root}/reports", exist_ok=True)
        for file in _files(local):
            system.pipe_file(f"{root}/{file.relative_to(local).as_posix()}", file.read_bytes())
    except Exception as error:
        raise UsageError(
            f"审阅已完成，但复制到“{url}”失败（{type(error).__name__}）：结果在“{local}”，加 --resume 再来一次即可。"
        ) from None


def _files(local: Path) -> Iterator[Path]:
    for file in sorted(local.rglob("*")):
        if file.is_file() and STATE not in file.relative_to(local).parts:
            yield file
