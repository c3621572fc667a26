"""``reviewer serve``, ``reviewer worker`` and ``reviewer user``: the web service, its workers, its accounts."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from reviewer.errors import MissingProgram, UsageError

if TYPE_CHECKING:
    from api.settings import Settings

_PORT = 8000
_FOLDER = "数据文件夹（默认 ~/.reviewer，或环境变量 REVIEWER_DATA）"
_RESTART = 1.0


def add(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    """Register the commands and their words."""
    _serve(commands)
    worker = commands.add_parser(
        "worker",
        help="启动审阅进程（可在多台机器上启动多个）",
        description="从数据库领取任务并审阅。任意多个进程、任意多台机器都可以，只要连得上同一个数据库和存储。",
    )
    _common(worker)
    worker.set_defaults(run=run_worker)
    user = commands.add_parser(
        "user",
        help="新增账号、重设密码",
        description="新增账号或重设密码；密码从终端输入，或从标准输入的第一行读入。",
    )
    user.add_argument(
        "action", choices=("add", "password"), metavar="动作", help="add 新增，password 重设密码"
    )
    user.add_argument("login", metavar="登录名", help="登录名")
    user.add_argument(
        "--role",
        choices=("enterprise", "expert", "bureau", "admin"),
        default="admin",
        metavar="身份",
        help="enterprise 企业、expert 专家、bureau 主管部门、admin 管理员（默认）",
    )
    user.add_argument("--name", default="", metavar="姓名", help="姓名或单位")
    user.add_argument("--region", default="", metavar="地区", help="主管部门所在地区，如 保定市")
    _common(user)
    user.set_defaults(run=run_user)


def _serve(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    serve = commands.add_parser(
        "serve",
        help="启动网页和接口服务",
        description="启动网页和接口服务。默认只在本机、不需要登录；监听其他地址时是服务器模式，要先有管理员账号。",
    )
    serve.add_argument(
        "--host", default="127.0.0.1", metavar="地址", help="监听地址（默认 127.0.0.1）"
    )
    serve.add_argument("--port", type=int, default=_PORT, metavar="端口", help="端口（默认 8000）")
    serve.add_argument(
        "--workers",
        type=int,
        default=None,
        metavar="个数",
        help="一并启动的审阅进程数（默认每核一个，最多 4 个；0 为不启动）",
    )
    serve.add_argument(
        "--server",
        action="store_true",
        help="即使只监听本机也按服务器模式要求登录（放在反向代理之后时用）",
    )
    _common(serve)
    serve.set_defaults(run=run_serve)


def _common(words: argparse.ArgumentParser) -> None:
    words.add_argument("--data", metavar="文件夹", default=None, help=_FOLDER)
    words.add_argument(
        "--database",
        metavar="URL",
        default=None,
        help="数据库（默认 SQLite；postgresql://… 用 PostgreSQL）",
    )
    words.add_argument(
        "--storage",
        metavar="URL",
        default=None,
        help="原文件存放处（默认数据文件夹；s3://… 等 fsspec 地址）",
    )


def run_serve(args: argparse.Namespace) -> int:
    """Serve until interrupted, with workers beside."""
    from api.settings import is_loopback

    local = not args.server and os.environ.get("REVIEWER_MODE") != "server"
    settings = _settings(args, local=local and is_loopback(args.host))
    try:
        import uvicorn

        from api.app import create
    except ImportError as error:
        raise MissingProgram(
            f"网页服务还需要安装 {error.name}：请重新安装本程序的全部依赖。"
        ) from None
    if not is_loopback(args.host) and not os.environ.get("REVIEWER_HOSTS"):
        raise UsageError(
            "监听外部地址时，请用环境变量 REVIEWER_HOSTS 写明对外的域名或 IP（逗号分开），以防伪造主机名。"
        )
    app = create(settings)
    count = min(4, os.cpu_count() or 1) if args.workers is None else max(0, args.workers)
    workers = Workers(count, args)
    print(f"已启动：http://{args.host}:{args.port} （按 Ctrl+C 停止）", file=sys.stderr, flush=True)
    try:
        workers.start()
        uvicorn.run(
            app,
            host=args.host,
            port=args.port,
            log_level="warning",
            proxy_headers=True,
            forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"),
            timeout_graceful_shutdown=5,
            server_header=False,
        )
    finally:
        workers.stop()
    return 0


def run_worker(args: argparse.Namespace) -> int:
    """Work until interrupted."""
    from api.worker import main

    main(_settings(args))
    return 0


def run_user(args: argparse.Namespace) -> int:
    """Add an account, or set its password."""
    from sqlalchemy import select

    from api import accounts
    from api.db import Database
    from api.db.tables import User
    from api.db.upgrade import upgrade
    from api.problems import Problem

    database = Database(_settings(args).database_url)
    upgrade(database)
    password = _password()
    try:
        hashed = accounts.hash_password(password)
    except Problem as problem:
        raise UsageError(problem.detail) from None
    with database.write() as session:
        user = session.scalar(select(User).where(User.login == args.login))
        if args.action == "add":
            if user is not None:
                raise UsageError(
                    f"登录名“{args.login}”已被使用，重设密码请用 reviewer user password。"
                )
            session.add(
                User(
                    login=args.login,
                    name=args.name,
                    role=args.role,
                    region=args.region,
                    password=hashed,
                )
            )
        elif user is None:
            raise UsageError(f"没有登录名“{args.login}”，新增请用 reviewer user add。")
        else:
            user.password = hashed
            accounts.revoke(session, user.id)
    database.close()
    print(f"已保存账号“{args.login}”。", file=sys.stderr)
    return 0


class Workers:
    """Worker processes beside the server; one that dies is started again."""

    def __init__(self, count: int, args: argparse.Namespace) -> None:
        self._count = count
        self._words = [sys.executable, "-m", "reviewer", "worker"]
        for name in ("data", "database", "storage"):
            value = getattr(args, name)
            if value is not None:
                self._words += [f"--{name}", value]
        self._running: list[subprocess.Popen[bytes]] = []
        self._ending = False

    def start(self) -> None:
        """Start them, and watch over them."""
        import threading

        if self._count:
            self._running = [self._one() for _ in range(self._count)]
            threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Let them finish what they do, at most a few seconds."""
        self._ending = True
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()

    def _one(self) -> subprocess.Popen[bytes]:
        # A terminal's Ctrl+C goes to the server alone, which then stops its workers.
        env = {**os.environ, "REVIEWER_PARENT": str(os.getpid())}
        return subprocess.Popen(
            self._words, start_new_session=True, stdin=subprocess.DEVNULL, env=env
        )

    def _watch(self) -> None:
        while not self._ending:
            time.sleep(_RESTART)
            for at, process in enumerate(self._running):
                if process.poll() is not None and not self._ending:
                    self._running[at] = self._one()


def _settings(args: argparse.Namespace, **more: Any) -> Settings:
    from pathlib import Path

    from api.settings import from_environment

    given: dict[str, Any] = {"database": args.database, "storage": args.storage}
    if args.data is not None:
        given["data"] = Path(args.data).resolve()
    return from_environment(**given, **more)


def _password() -> str:
    from getpass import getpass

    if sys.stdin.isatty():
        return getpass("密码（至少 10 个字符）：")
    return sys.stdin.readline().rstrip("\n")
