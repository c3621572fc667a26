"""``python -m reviewer.cli.node scheduler|worker``: a node of the cluster, safe by default.

A scheduler of Dask runs whatever who connects sends it. So it listens on this machine only unless
told otherwise, on the network only with TLS, and without the dashboard.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from contextlib import suppress
from typing import Any

from reviewer.cli.words import Parser
from reviewer.errors import MissingProgram, ReviewerError, UsageError

_LEAVE = 5.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def parser() -> Parser:
    """The words of a node's call."""
    top = Parser("python -m reviewer.cli.node", "启动批量审阅集群的调度器或计算节点。")
    kinds = top.add_subparsers(metavar="角色", dest="kind", required=True)
    head = kinds.add_parser("scheduler", help="调度器，一个集群一个")
    head.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机）")
    head.add_argument("--port", type=int, default=8786, help="端口（默认 8786，0 为任选）")
    hand = kinds.add_parser("worker", help="计算节点，每台机器一个")
    hand.add_argument("address", metavar="调度器", help="如 tls://10.0.0.5:8786")
    hand.add_argument("--host", default="", help="本机地址")
    hand.add_argument("--threads", type=int, default=0, help="同时审阅几份（默认处理器核数）")
    for one in (head, hand):
        for name, text in (("ca", "证书颁发机构"), ("cert", "本机证书"), ("key", "本机私钥")):
            one.add_argument(f"--tls-{name}", default="", metavar="文件", help=f"{text}（PEM）")
    return top


def main(argv: list[str] | None = None) -> int:
    """Run a node until it is told to stop."""
    try:
        args = parser().parse_args(argv)
        keys = _keys(args)
        logging.getLogger("distributed").setLevel(logging.ERROR)
        asyncio.run(_scheduler(args, keys) if args.kind == "scheduler" else _worker(args, keys))
    except ReviewerError as error:
        print(f"reviewer：{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except (OSError, ValueError, TimeoutError) as error:
        print(f"reviewer：启动不了（{error}），请检查地址、端口和证书。", file=sys.stderr)
        return 2
    return 0


def _keys(args: argparse.Namespace) -> Any:
    try:
        from distributed.security import Security
    except ImportError:
        raise MissingProgram("集群还需要安装：pip install '.[cluster]'。") from None
    if not args.tls_ca:
        if args.kind == "scheduler" and args.host not in _LOOPBACK:
            raise UsageError("监听网络地址必须加密，请给出 --tls-ca、--tls-cert 和 --tls-key。")
        return None
    kind = args.kind
    own = {f"tls_{kind}_cert": args.tls_cert, f"tls_{kind}_key": args.tls_key}
    return Security(tls_ca_file=args.tls_ca, require_encryption=True, **own)  # type: ignore[no-untyped-call]


async def _scheduler(args: argparse.Namespace, keys: Any) -> None:
    from distributed import Scheduler

    protocol = "tls" if keys is not None else "tcp"
    async with Scheduler(
        host=args.host,
        port=args.port,
        protocol=protocol,
        security=keys,
        dashboard=False,
        allowed_failures=1,
    ) as scheduler:
        _say(f"调度器已启动：{scheduler.address}")
        await _until_stopped(scheduler)


async def _worker(args: argparse.Namespace, keys: Any) -> None:
    """A worker under a nanny, which starts it anew when a case kills it."""
    import dask
    from distributed import Nanny

    from reviewer.batch.pool import cores

    # The guarded children are forked by the worker, which therefore must not be a daemon.
    dask.config.set(
        {"distributed.worker.daemon": False, "distributed.worker.memory.terminate": False}
    )
    async with Nanny(
        args.address,
        nthreads=args.threads or cores(),
        host=args.host or None,
        security=keys,
        dashboard_address=None,
        silence_logs=logging.ERROR,
    ) as nanny:
        _say(f"计算节点已启动：{nanny.worker_address}")
        await _until_stopped(nanny)


async def _until_stopped(node: Any) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    finished = asyncio.ensure_future(node.finished())
    await asyncio.wait(
        [finished, asyncio.ensure_future(stop.wait())], return_when=asyncio.FIRST_COMPLETED
    )
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(node.close(timeout=_LEAVE), 2 * _LEAVE)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
