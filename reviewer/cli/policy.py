"""``reviewer policy list | show P | check PATH``."""

from __future__ import annotations

import argparse

from reviewer.policy import render
from reviewer.policy.load import available, check, load


def add(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register the command and its words."""
    words = commands.add_parser(
        "policy",
        help="查看和检查政策包",
        description="列出、查看、检查政策包（每年的通知是一个政策包）。",
    )
    kinds = words.add_subparsers(title="命令", metavar="命令", dest="kind", required=True)
    kinds.add_parser("list", help="列出政策包").set_defaults(run=_list)
    show = kinds.add_parser("show", help="查看一个政策包")
    show.add_argument("pack", metavar="政策", help="政策包名称，如 hebei-2026")
    show.set_defaults(run=_show)
    checked = kinds.add_parser("check", help="检查一个政策包是否写对")
    checked.add_argument("path", metavar="路径", help="政策包的文件夹")
    checked.set_defaults(run=_check)


def _list(args: argparse.Namespace) -> int:
    print(render.listing(available()))
    return 0


def _show(args: argparse.Namespace) -> int:
    print(render.show(load(args.pack)))
    return 0


def _check(args: argparse.Namespace) -> int:
    problems = check(args.path)
    print(render.problems(args.path, problems))
    return int(bool(problems))
