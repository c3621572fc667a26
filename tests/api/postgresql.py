"""A PostgreSQL of the tests' own: made by initdb, on a socket in a temporary folder, as no root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_OPTIONS = "-c listen_addresses='' -c fsync=off -c max_connections=120"


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server's database "postgres", stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="reviewer-pg-", dir="/tmp"))
    folder.chmod(0o755)
    data, sockets = folder / "data", folder / "run"
    for path in (data, sockets):
        path.mkdir(mode=0o700)
        if (user := _user()) is not None:
            os.chown(path, user.pw_uid, user.pw_gid)
    try:
        _run("initdb", "-D", data, "-U", "tests", "--auth=trust", "--no-sync", "-E", "UTF8")
        options = f"{_OPTIONS} -c unix_socket_directories='{sockets}'"
        _run("pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
        try:
            yield f"postgresql://tests@/postgres?host={quote(str(sockets))}"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def program(name: str) -> str:
    """Path of a program of PostgreSQL, also where Debian hides it."""
    found = shutil.which(name) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        raise FileNotFoundError(name)
    return found


def _user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as its own or as nobody."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _run(name: str, *words: object) -> None:
    user = _user()
    rights = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": "/tmp"}
    subprocess.run(
        [program(name), *map(str, words)],
        check=True,
        cwd="/tmp",
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **rights,
    )
