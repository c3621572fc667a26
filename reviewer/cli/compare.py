"""``reviewer compare OLD NEW``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reviewer.cli.output import write_out


def add(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register the command and its words."""
    words = commands.add_parser(
        "compare",
        help="比较前后两稿：改好、仍存在、新出现的问题",
        description="比较前后两稿（申报书，或 --format json 写出的报告）：哪些问题改好了、仍存在、新出现。",
        epilog="退出码：0 新稿没有“错误”；1 有；2 命令或文件不可用。",
    )
    words.add_argument("old", metavar="旧稿", help="前一稿：申报书或 .json 报告")
    words.add_argument("new", metavar="新稿", help="后一稿：申报书或 .json 报告")
    words.add_argument(
        "--policy", default="hebei-2026", metavar="政策", help="政策包（默认 hebei-2026）"
    )
    words.add_argument(
        "--format",
        choices=("text", "html"),
        default="text",
        metavar="格式",
        help="text 文字（默认）、html 网页",
    )
    words.add_argument("-o", "--output", metavar="输出", help="写到这个文件（默认屏幕）")
    words.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compare, show, and say by the exit status whether errors are left."""
    from reviewer.compare import compare_files
    from reviewer.policy.load import load
    from reviewer.reports import comparison as report

    policy = load(args.policy)
    comparison = compare_files(Path(args.old), Path(args.new), args.policy)
    if args.format == "html":
        from reviewer.reports.html import comparison_page

        write_out(comparison_page(comparison, policy), args.output)
    elif args.output is None:
        report.show(comparison, policy, sys.stdout)
    else:
        write_out(report.text(comparison, policy), args.output)
    return int(comparison.new.summary.errors > 0)
