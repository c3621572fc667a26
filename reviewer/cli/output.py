"""Writing a result: to stdout, or aside and then renamed, never half a file."""

from __future__ import annotations

import sys
from pathlib import Path

from reviewer.errors import UsageError

__all__ = ["write_file", "write_out"]


def write_out(data: bytes, out: str | None) -> None:
    """Write ``data`` to the file ``out``, or to stdout where it is None or "-"."""
    if out is None or out == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_file(Path(out), data)


def write_file(path: Path, data: bytes) -> None:
    """Write aside in the same folder, then rename. UsageError in Chinese where that fails."""
    from reviewer.batch.aside import written

    try:
        with written(path) as stream:
            stream.write(data)
    except FileNotFoundError:
        raise UsageError(f"文件夹“{path.parent}”不存在，请先建好，或用 -o 换一个位置。") from None
    except OSError as error:
        reason = {13: "没有写入权限", 28: "磁盘已满", 21: "它是一个文件夹"}.get(
            error.errno or 0, "写入失败"
        )
        raise UsageError(f"“{path}”写不进去：{reason}，请用 -o 换一个位置。") from None
