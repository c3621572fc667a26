"""The command line: thin; each command only translates words into one service call."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from reviewer import __version__
from reviewer.cli import batch, compare, match, policy, review, rules, serve
from reviewer.cli.words import Parser
from reviewer.errors import ReviewerError

__all__ = ["main", "parser"]

_COMMANDS = (review, batch, compare, match, rules, policy, serve)
UNUSABLE = 2


def parser() -> Parser:
    """The whole command line."""
    top = Parser("reviewer", "智能工厂申报书审阅：离线查出每一处问题，说明位置、原因和改法。")
    top.add_argument(
        "--version", action="version", version=f"reviewer {__version__}", help="显示版本"
    )
    commands = top.add_subparsers(title="命令", metavar="命令", dest="command", required=True)
    for module in _COMMANDS:
        module.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status of the contract (0, 1, 2)."""
    _speak_utf8()
    try:
        args = parser().parse_args(argv)
        status: int = args.run(args)
    except ReviewerError as error:
        print(f"reviewer：{error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("reviewer：已按您的要求停止。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output is gone (head, less): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _speak_utf8() -> None:
    """Chinese must come out whole whatever the locale or the Windows code page says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
