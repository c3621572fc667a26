"""The progress bar: on stderr, and only on a terminal; rate and time left of the current stage."""

from __future__ import annotations

import sys
from typing import Any

from reviewer.batch.options import Progress, Silent


def progress() -> Progress:
    """A live bar on a terminal, silence elsewhere."""
    return Bar() if sys.stderr.isatty() else Silent()


class Bar:
    """One line: stage, bar, done of total, failures, items a second, time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[failed]}", style="red"),
            TextColumn("{task.fields[rate]}"),
            TextColumn("剩余"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(stderr=True),
            refresh_per_second=4,  # drawing takes from the reviews
            transient=True,
        )
        self._task: Any = None
        self._failed = 0
        self._bar.start()

    def stage(self, title: str, total: int, done: int = 0) -> None:
        """See ``Progress``."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._failed = 0
        self._task = self._bar.add_task(title, total=total, completed=done, failed="", rate="")

    def step(self, *, failed: bool = False) -> None:
        """See ``Progress``."""
        self._failed += failed
        shown = f"{self._failed} 份未能审阅" if self._failed else ""
        self._bar.update(self._task, advance=1, failed=shown)
        speed = self._bar.tasks[-1].speed
        if speed:
            self._bar.update(self._task, rate=f"{speed:.1f} 份/秒")

    def close(self) -> None:
        """See ``Progress``."""
        self._bar.stop()
