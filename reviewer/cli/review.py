"""``reviewer review FILE``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reviewer import guard, service, waivers
from reviewer.cli.output import write_out
from reviewer.errors import UnreadableFile, UsageError
from reviewer.limits import Limits
from reviewer.model.review import Review, Severity
from reviewer.parsing.detect import kind
from reviewer.printing import printed
from reviewer.reports import FORMATS
from reviewer.reports import json as report_json

_LEVELS: dict[str, tuple[Severity, ...]] = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "info": ("error", "warning", "info"),
    "never": (),
}
_TIERS = ("basic", "advanced", "excellent", "leading")
_FILES = ("docx", "pdf", "xlsx", "letter")


def add(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register the command and its words."""
    words = commands.add_parser(
        "review",
        help="审阅一份申报书",
        description="审阅一份申报书：查出每一处问题，说明位置、原因和改法，并对照四级要素条件打分。",
        epilog="退出码：0 没有达到 --fail-on 的问题；1 有；2 命令或文件不可用。",
    )
    words.add_argument("file", metavar="文件", help="申报书：.docx、.pdf（含扫描件）、.doc、.wps")
    words.add_argument(
        "--tier",
        choices=_TIERS,
        metavar="等级",
        help="按哪一级审阅：basic 基础级、advanced 先进级、excellent 卓越级、leading 领航级；默认看申报书自己写的",
    )
    words.add_argument(
        "--policy",
        default="hebei-2026",
        metavar="政策",
        help="政策包（默认 hebei-2026，可选见 reviewer policy list）",
    )
    words.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="text",
        metavar="格式",
        help="text 文字（默认）、json、html 网页、docx 带批注的原文、pdf 原页加注（Word 则为报告）、"
        "xlsx 表格、letter 补正通知书",
    )
    words.add_argument(
        "-o",
        "--output",
        metavar="输出",
        help="写到这个文件（默认屏幕；docx、xlsx、pdf、letter 默认写在当前目录）",
    )
    words.add_argument(
        "--fail-on",
        choices=tuple(_LEVELS),
        default="error",
        metavar="级别",
        help="有这一级及以上的问题时退出码为 1：error（默认）、warning、info、never",
    )
    _add_helps(words)
    words.set_defaults(run=run)


def _add_helps(words: argparse.ArgumentParser) -> None:
    words.add_argument(
        "--pdf",
        metavar="盖章PDF",
        type=Path,
        help="同一份申报书的盖章 PDF：逐项核对与 Word 是否一致、封面和承诺页是否盖章",
    )
    words.add_argument(
        "--waivers",
        metavar="豁免文件",
        type=Path,
        help="豁免清单（YAML）：逐条写 finding（问题编号）和 reason（理由），这些问题显示为已豁免",
    )
    words.add_argument(
        "--template",
        metavar="模板",
        type=Path,
        help="补正通知书的 Word 模板（--format letter 用；默认用自带的模板）",
    )
    words.add_argument(
        "--watch",
        action="store_true",
        help="一直守着这个文件，每次保存都重新审阅，并说出改好了哪些（按 Ctrl+C 停止）",
    )


def run(args: argparse.Namespace) -> int:
    """Review, write the report, and say by the exit status what was found."""
    path = Path(args.file)
    out = _target(args, path)
    if args.watch:
        return _watch(args, path, out)
    review = _once(args, path, out)
    return int(any(f.severity in _LEVELS[args.fail_on] for f in review.findings if not f.waived))


def _once(args: argparse.Namespace, path: Path, out: str | None) -> Review:
    """Review the file as it now is and write the report."""
    data = service.read_file(path, Limits())
    stamped = _stamped(args.pdf)
    limits = Limits().of_kind("pdf" if stamped else kind(data))
    prints = args.format == "pdf" and not data.lstrip().startswith(b"%PDF-")
    work = service.Work(
        data=data,
        name=path.name,
        policy=args.policy,
        tier=args.tier,
        form={"text": None, "pdf": "html" if prints else "pdf"}.get(args.format, args.format),
        waivers=_waivers(args.waivers, limits),
        template=service.read_file(args.template, limits) if args.template else b"",
        pdf=stamped,
        pdf_name=args.pdf.name if args.pdf else "",
    )
    done = guard.run(
        service.perform,
        work,
        result=service.Done,
        limits=limits,
        name=path.name,
        progress=_recognizing if sys.stderr.isatty() else None,
    )
    review = report_json.decode(done.review)
    if args.format == "text":
        _show(review, args, out)
    else:
        write_out(printed(done.rendered) if prints else done.rendered, out)
        if out is not None:
            print(f"已写好：{out}", file=sys.stderr)
    return review


def _stamped(path: Path | None) -> bytes:
    """The bytes of the stamped PDF, b"" where none was given."""
    if path is None:
        return b""
    data = service.read_file(path, Limits())
    if kind(data) != "pdf":
        raise UsageError(f"--pdf 指定的“{path.name}”不是 PDF 文件，请换成盖章后的 PDF。")
    return data


def _recognizing(done: int, total: int) -> None:
    """A line on the terminal that is overwritten, and cleared at the end."""
    text = f"正在识别扫描页：{done}/{total}" if done < total else " " * 40
    print(f"\r{text}", end="" if done < total else "\r", file=sys.stderr, flush=True)


def _waivers(path: Path | None, limits: Limits) -> tuple[waivers.Waiver, ...]:
    return waivers.read(service.read_file(path, limits), path.name) if path is not None else ()


def _watch(args: argparse.Namespace, path: Path, out: str | None) -> int:
    """Review on every save until interrupted; a file caught half saved is met again."""
    from reviewer.cli.watch import saves
    from reviewer.reports.comparison import compare, headline

    last: Review | None = None
    for _ in saves(path):
        try:
            review = _once(args, path, out)
        except UnreadableFile as error:
            print(f"reviewer：{error}", file=sys.stderr)
            continue
        if last is not None:
            print(f"与上次保存相比：{headline(compare(last, review))}。", file=sys.stderr)
        last = review
        print("正在等待下一次保存（按 Ctrl+C 停止）……", file=sys.stderr, flush=True)
    return 0


def _target(args: argparse.Namespace, path: Path) -> str | None:
    """Where the report goes; None is stdout. The applicant's own file is never overwritten."""
    out: str | None = args.output
    if out is None and args.format in _FILES:
        out = f"{path.stem}-{'补正通知书' if args.format == 'letter' else '审阅'}{FORMATS[args.format][1]}"
    if out is not None and Path(out).exists() and path.exists() and Path(out).samefile(path):
        raise UsageError(f"输出“{out}”就是申报书本身，会把它盖掉，请用 -o 换一个文件名。")
    return out


def _show(review: Review, args: argparse.Namespace, out: str | None) -> None:
    from reviewer.policy.load import load
    from reviewer.reports import terminal
    from reviewer.reports.material import Material

    policy = load(args.policy)
    if out is None:
        terminal.show(review, policy, sys.stdout)
    else:
        write_out(terminal.write(Material(review, policy)), out)
