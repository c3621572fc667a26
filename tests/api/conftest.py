"""Every test of the service runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.api import postgresql
from tests.api.bench import Bench

_numbers = itertools.count()
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgresql.server() as url:
        yield url


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'reviewer.sqlite3'}"
    return fresh(request.getfixturevalue("postgres"))


def fresh(server: str) -> str:
    """The URL of a new database on a server."""
    name = f"tests{next(_numbers)}"
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def bench(url: str, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, url)
    yield made
    made.close()
