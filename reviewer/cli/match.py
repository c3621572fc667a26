"""``reviewer match [ENTRY …]``: entries to scenarios, one JSON object a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reviewer import service


def add(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register the command and its words."""
    words = commands.add_parser(
        "match",
        help="把场景条目对应到 40 个典型场景",
        description="把场景条目对应到典型场景，每条输出一行 JSON。条目写在命令里，或从标准输入逐行读入。",
    )
    words.add_argument(
        "entries",
        metavar="条目",
        nargs="*",
        help="如“生产作业-在线智能检测-缸盖外观检测”；不写则读标准输入",
    )
    words.add_argument(
        "--policy", default="hebei-2026", metavar="政策", help="政策包（默认 hebei-2026）"
    )
    words.add_argument(
        "--corrections",
        metavar="更正文件",
        type=Path,
        help='审核人员的更正，每行一个 JSON：{"entry": "条目", "scenario": 24}，不属于任何场景写 null；立即生效',
    )
    words.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Stream the matches; a line is answered before the next is read."""
    matcher = service.matcher(args.policy, args.corrections)
    encoder = msgspec.json.Encoder()
    for entry in args.entries or _lines():
        sys.stdout.buffer.write(encoder.encode(matcher.match(entry)) + b"\n")
        sys.stdout.buffer.flush()
    return 0


def _lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        yield _text(raw).rstrip("\r\n").removeprefix("\ufeff")


def _text(raw: bytes) -> str:
    """UTF-8, else GB 18030: what a Chinese Windows pipes ("type 条目.txt | reviewer match")."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")
