"""``reviewer rules [CODE]``: the catalogue, or one rule explained."""

from __future__ import annotations

import argparse

from reviewer.policy.load import load
from reviewer.rules import catalogue


def add(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register the command and its words."""
    words = commands.add_parser(
        "rules",
        help="列出规则，或说明一条规则",
        description="列出全部规则；给出代码（如 SC002）或名称（如 stage-mismatch）时说明这一条。",
    )
    words.add_argument("code", metavar="代码", nargs="?", help="规则代码或名称")
    words.add_argument(
        "--policy", default="hebei-2026", metavar="政策", help="政策包（默认 hebei-2026）"
    )
    words.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the catalogue or the page of one rule."""
    policy = load(args.policy)
    print(catalogue.page(args.code, policy) if args.code else catalogue.listing(policy))
    return 0
