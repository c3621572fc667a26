"""Engine and transactions. SQLite in WAL with full sync, or PostgreSQL by URL; the same code on both."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Float, create_engine, event, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

_WAIT = 20.0  # seconds that SQLite waits for another writer


class now(FunctionElement[float]):  # noqa: N801 - it is written like the SQL function that it is
    """The database's clock, seconds since 1970: one clock for all processes and machines."""

    type = Float()
    inherit_cache = True


@compiles(now, "sqlite")
def _sqlite_now(element: Any, compiler: Any, **words: Any) -> str:
    # julianday has milliseconds in every release of SQLite; unixepoch('subsec') only from 3.42.
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(now)
def _usual_now(element: Any, compiler: Any, **words: Any) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)"


class Database:
    """One database. ``read`` and ``write`` give sessions in a transaction of that kind."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(writes=True)
        # SQLite's waiting is by polling and unfair; within one process writers take turns.
        self._turn = threading.RLock() if self.is_sqlite else nullcontext()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at its end; on SQLite it holds the write lock from its start.

        A transaction that reads first and writes later could not wait for another writer.
        """
        with (
            self._turn,
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def time(self) -> float:
        """The database's clock."""
        with self.read() as session:
            return float(session.scalar(select(now())) or 0.0)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=20, max_overflow=30, pool_pre_ping=True)
    path = url.partition("///")[2]
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"timeout": _WAIT, "check_same_thread": False},
        pool_size=20,
        max_overflow=50,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin alone
    cursor = connection.cursor()
    for words in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged upload outlives a power cut
        "foreign_keys=ON",
        f"busy_timeout={int(_WAIT * 1000)}",
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {words}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
