"""argparse that speaks Chinese: headings, usage and every complaint about the words of a call."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from reviewer.errors import UsageError

_COMPLAINTS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument 命令: invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有命令“\1”，可选：\2"),
    (r"argument (.*?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1 不能是“\2”，可选：\3"),
    (r"argument (.*?): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要跟一个值"),
    (r"argument (.*?): invalid int value: '(.*)'", r"\1 要是整数，而不是“\2”"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 一起用"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 不明确，可能是：\2"),
)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese headings."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        """Usage under a Chinese heading (signature of argparse, which is untyped here)."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one Chinese line, raised as UsageError."""

    def __init__(self, prog: str, description: str = "", epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份帮助")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the complaint in Chinese and where to find help."""
        for pattern, words in _COMPLAINTS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                message = message.replace("', '", "、").replace("'", "")
                break
        raise UsageError(f"{message}。用法见 {self.prog} --help。")
