"""``reviewer batch PATH … -o DIR``."""

from __future__ import annotations

import argparse
import signal
import sys
from types import FrameType

from reviewer.batch.options import Options, Security, Summary
from reviewer.errors import UsageError


def add(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register the command and its words."""
    words = commands.add_parser(
        "batch",
        help="审阅一批申报书并分诊",
        description="审阅文件夹、压缩包（zip）和单个文件里的全部申报书，写出报告、分诊表、汇总表和雷同清单。",
        epilog="退出码：0 没有错误级问题；1 有；2 命令或输入不可用。中断后用同样的命令加 --resume 接着做。",
    )
    words.add_argument(
        "paths", metavar="路径", nargs="+", help="文件夹、zip、单个文件，或 s3:// 一类的地址"
    )
    words.add_argument("-o", "--output", metavar="文件夹", required=True, help="结果写到这个文件夹")
    words.add_argument("--workers", type=int, metavar="个数", help="用几个进程（默认全部处理器核）")
    words.add_argument("--resume", action="store_true", help="接着上次中断的地方做")
    words.add_argument(
        "--policy", default="hebei-2026", metavar="政策", help="政策包（默认 hebei-2026）"
    )
    words.add_argument("--tier", metavar="等级", help="按哪一级审阅；默认看申报书自己写的")
    words.add_argument(
        "--exceptions",
        default="",
        metavar="文件",
        help="不占名额的企业（YAML，写法见 docs/batch.md）",
    )
    words.add_argument(
        "--archive", default="", metavar="文件夹", help="往年文本库：与往年比对雷同，并把本批加进去"
    )
    words.add_argument(
        "--cluster", default="", metavar="地址", help="在 Dask 集群上审阅，如 tcp://10.0.0.5:8786"
    )
    for name, text in (("ca", "证书颁发机构"), ("cert", "本机证书"), ("key", "本机私钥")):
        words.add_argument(
            f"--tls-{name}", default="", metavar="文件", help=f"集群加密：{text}（PEM）"
        )
    words.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Review the batch; Ctrl-C and SIGTERM stop it cleanly."""
    from reviewer.batch.progress import progress
    from reviewer.batch.run import run as run_batch

    if args.workers is not None and args.workers < 1:
        raise UsageError("--workers 至少是 1。")
    options = Options(
        paths=tuple(args.paths),
        out=args.output,
        workers=args.workers,
        cluster=args.cluster,
        security=Security(args.tls_ca, args.tls_cert, args.tls_key),
        resume=args.resume,
        policy=args.policy,
        tier=args.tier,
        archive=args.archive,
        exceptions=args.exceptions,
    )
    if args.cluster:
        _warn(args)
    signal.signal(signal.SIGTERM, _stopped)
    shown = progress()
    try:
        summary = run_batch(options, progress=shown)
    except KeyboardInterrupt:
        shown.close()
        print("reviewer：已停止，做完的都已保存；用同样的命令加 --resume 接着做。", file=sys.stderr)
        return 130
    finally:
        shown.close()
    _say(summary, args.output)
    return int(summary.errors > 0)


def _stopped(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _warn(args: argparse.Namespace) -> None:
    host = args.cluster.partition("://")[2].rpartition(":")[0].strip("[]")
    if not args.tls_ca and host not in ("127.0.0.1", "localhost", "::1"):
        print(
            "reviewer：集群连接没有加密，申报书会以明文经过网络；请只在可信的内网这样用，或按 docs/batch.md 配好证书。",
            file=sys.stderr,
        )


def _say(summary: Summary, out: str) -> None:
    rows = f"，汇总表 {summary.rows} 行" if summary.rows else ""
    print(
        f"审阅申报书 {summary.reviewed} 份{rows}；未能审阅 {summary.failed} 个文件；雷同 {summary.pairs} 对。",
        file=sys.stderr,
    )
    for note in summary.notes:
        print(f"　{note}。", file=sys.stderr)
    print(f"结果在“{out}”：先看 triage.html 或 triage.xlsx。", file=sys.stderr)
