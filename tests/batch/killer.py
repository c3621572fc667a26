"""``python -m tests.batch.killer STEP SIGNAL IN OUT``: a batch that signals itself at a step.

The real street on all cores; STEP counts every step that the progress bar would show. A run that
comes to its end prints how many there were.
"""

from __future__ import annotations

import os
import sys

from reviewer.batch import options, progress
from reviewer.cli import main


class Killer(options.Silent):
    """Progress that ends its process."""

    def __init__(self, at: int, number: int) -> None:
        self._at, self._number, self.steps = at, number, 0

    def step(self, *, failed: bool = False) -> None:
        self.steps += 1
        if self.steps == self._at:
            os.kill(os.getpid(), self._number)


if __name__ == "__main__":
    at, number, source, out = sys.argv[1:]
    killer = Killer(int(at), int(number))
    progress.progress = lambda: killer
    status = main(["batch", source, "-o", out, "--resume", "--workers", "2"])
    print(f"\n{killer.steps}")
    sys.exit(status)
