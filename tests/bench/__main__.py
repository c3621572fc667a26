"""``python -m tests.bench [word] [pdf] [batch]``: all parts, or those named."""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = ("word", "pdf", "batch")


def main() -> int:
    """Run the parts; each prints its own lines."""
    for part in sys.argv[1:] or PARTS:
        import_module(f"tests.bench.{part}").run()
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
