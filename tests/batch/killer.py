"""``python -m tests.batch.killer STEP SIGNAL IN OUT``: a batch that signals itself at a step.

The real street on all cores; STEP counts every step that the progress bar would show.
"""

from __future__ import annotations

import os
import sys

from reviewer.batch import options, progress
from reviewer.cli import main


class Killer(options.Silent):
    """Progress that ends its process."""

    def __init__(self, at: int, number: int) -> None:
        self._left, self._number = at, number

    def step(self, *, failed: bool = False) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), self._number)


if __name__ == "__main__":
    at, number, source, out = sys.argv[1:]
    progress.progress = lambda: Killer(int(at), int(number))
    sys.exit(main(["batch", source, "-o", out, "--resume", "--workers", "2"]))
