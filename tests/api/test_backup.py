"""The administrator's backup and restore, as docs/admin.md tells it, on both databases."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.bench import Bench
from tests.api.conftest import fresh
from tests.api.postgresql import program


def _backup(url: str, target: Path) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            database.execute("VACUUM INTO ?", (str(target),))
        return
    words = ["--format=custom", f"--file={target}", *_where(url)]
    subprocess.run([program("pg_dump"), *words], check=True)


def _restore(kept: Path, url: str) -> None:
    if url.startswith("sqlite"):
        shutil.copy(kept, url.removeprefix("sqlite:///"))
        return
    words = ["--clean", "--if-exists", "--no-owner", *_where(url), str(kept)]
    subprocess.run([program("pg_restore"), *words], check=True)


def _where(url: str) -> list[str]:
    parts = urlsplit(url)
    host = parse_qs(parts.query)["host"][0]
    return [f"--host={host}", f"--username={parts.username}", f"--dbname={parts.path[1:]}"]


def test_a_backup_restores_all_that_was_acknowledged(
    url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    first = Bench(tmp_path / "first", url)
    done = first.reviewed()
    waiting = first.upload()
    _backup(url, tmp_path / "backup")
    shutil.copytree(tmp_path / "first" / "files", tmp_path / "second" / "files")
    late = first.upload()
    first.close()

    other = f"sqlite:///{tmp_path}/second/reviewer.sqlite3"
    if not url.startswith("sqlite"):
        other = fresh(request.getfixturevalue("postgres"))
    _restore(tmp_path / "backup", other)
    second = Bench.__new__(Bench)
    second.settings = first.settings
    _open(second, tmp_path / "second", other, first)
    assert second.work() >= 1, "what was waiting is reviewed after the restore"
    client = second.as_("firm")
    for made in (done, waiting):
        assert client.get(made["status"]).json()["state"] == "done"
        assert client.get(f"/api/v1/drafts/{made['draft']}/original").status_code == 200
    assert client.get(late["status"]).status_code == 404
    second.close()


def _open(bench: Bench, folder: Path, url: str, before: Bench) -> None:
    """A service on what was restored: accounts and tokens are those of before."""
    from msgspec.structs import replace

    from api.app import create
    from api.worker import Worker

    bench.settings = replace(before.settings, data=folder, database=url)
    bench.app = create(bench.settings)
    bench.service = bench.app.state.service
    bench.ids, bench.tokens = before.ids, before.tokens
    bench.worker = Worker(bench.service.database, bench.service.storage, bench.settings)


def test_migrations_make_what_the_tables_say(url: str, tmp_path: Path) -> None:
    from alembic import command

    from api.db import Database
    from api.db.upgrade import config, upgrade

    database = Database(url.replace("postgresql:", "postgresql+psycopg:"))
    upgrade(database)
    upgrade(database)
    command.check(config(database))
    database.close()


def test_processes_that_start_together_do_not_wait_for_each_other(url: str) -> None:
    """The lock of the migrations ends with them, not with the process that held it."""
    from api.db import Database
    from api.db.upgrade import upgrade

    first, second = (Database(url.replace("postgresql:", "postgresql+psycopg:")) for _ in range(2))
    upgrade(first)
    upgrade(second)
    with first.read() as one, second.read() as other:
        assert one.connection() is not other.connection()
    first.close()
    second.close()
