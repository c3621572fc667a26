"""Long runs: many clients at once, and SIGKILLs of server, workers and children. Nothing is lost.

``REVIEWER_SOAK_UPLOADS`` and ``REVIEWER_SOAK_KILLS`` set the size (1500 and 150 by the book).
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from api.db import Database
from api.db.tables import Draft, Job, Result
from api.settings import Settings
from api.storage import open_storage
from tests.api.bench import sample

pytestmark = pytest.mark.soak
_UPLOADS = int(os.environ.get("REVIEWER_SOAK_UPLOADS", "200"))
_KILLS = int(os.environ.get("REVIEWER_SOAK_KILLS", "40"))
_CLIENTS = 50
_DRAINED = 3600.0


class Fleet:
    """A server and workers as processes, started again after every kill."""

    def __init__(self, folder: Path, url: str, workers: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.place = f"http://127.0.0.1:{port}"
        common = ["--data", str(folder), "--database", url]
        base = [sys.executable, "-m", "reviewer"]
        self._words = [[*base, "serve", "--port", str(port), "--workers", "0", *common]]
        self._words += [[*base, "worker", *common]] * workers
        self._log = (folder / "fleet.log").open("ab")
        self._running = [self._start(words) for words in self._words]
        self._until(self._answers)

    def kill(self, chance: random.Random) -> None:
        """Kill one process or, at times, a worker's child; start again what died."""
        at = chance.randrange(len(self._running))
        victim = self._running[at]
        children = _children(victim.pid)
        if at and children and chance.random() < 0.3:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)
            return
        victim.kill()
        victim.wait()
        self._running[at] = self._start(self._words[at])

    def close(self) -> None:
        """Stop all."""
        for process in self._running:
            process.kill()
            process.wait()
        self._log.close()

    def _start(self, words: list[str]) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "REVIEWER_LEASE_SECONDS": "6"}
        return subprocess.Popen(words, stdout=self._log, stderr=self._log, env=environment)

    def _answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.place}/healthz").status_code == 200
        return False

    def _until(self, check: Callable[[], bool]) -> None:
        ended = threading.Event()
        while not check():
            ended.wait(0.2)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(word) for word in words]
    return []


@contextmanager
def _fleet(folder: Path, url: str, workers: int) -> Iterator[Fleet]:
    fleet = Fleet(folder, url, workers)
    try:
        yield fleet
    finally:
        fleet.close()


@cache
def _client() -> httpx.Client:
    return httpx.Client(timeout=60, limits=httpx.Limits(max_connections=_CLIENTS))


def _upload(place: str, number: int) -> float:
    """Upload until it is acknowledged, as a good client does; seconds of the last try."""
    data = sample(4) + b"\0" * (number + 1)  # a comment of the zip's end: every file is another
    headers = {"Idempotency-Key": f"upload-{number}"}
    pause = threading.Event()
    while True:
        begun = time.perf_counter()
        with suppress(httpx.HTTPError):
            files = {"file": (f"{number}.docx", data)}
            answer = _client().post(f"{place}/api/v1/declarations", files=files, headers=headers)
            if answer.status_code in (200, 201):
                return time.perf_counter() - begun
        pause.wait(0.3)


def test_many_clients_at_once(url: str, tmp_path: Path) -> None:
    with _fleet(tmp_path, url, workers=0) as fleet, ThreadPoolExecutor(_CLIENTS) as pool:
        _upload(fleet.place, 10_000)
        took = sorted(pool.map(lambda n: _upload(fleet.place, n), range(300)))
    database = Database(url.replace("postgresql:", "postgresql+psycopg:"))
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 301
    database.close()
    print(f"acknowledged: p50 {took[150]:.3f} s, p95 {took[285]:.3f} s, most {took[-1]:.3f} s")


def test_chaos(url: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    ended = threading.Event()
    with _fleet(tmp_path, url, workers=2) as fleet:

        def harass() -> None:
            for _ in range(_KILLS):
                if ended.wait(chance.uniform(0.5, 2.5)):
                    break
                fleet.kill(chance)

        killer = threading.Thread(target=harass)
        killer.start()
        with ThreadPoolExecutor(_CLIENTS) as pool:
            list(pool.map(lambda n: _upload(fleet.place, n), range(_UPLOADS)))
        killer.join()
        _drain(url)
    _whole(url, tmp_path)


def _drain(url: str) -> None:
    database = Database(url.replace("postgresql:", "postgresql+psycopg:"))
    pause, begun = threading.Event(), time.monotonic()
    while time.monotonic() - begun < _DRAINED:
        with database.read() as session:
            open_ = select(func.count()).where(Job.state.in_(("queued", "running")))
            if not session.scalar(open_):
                break
        pause.wait(0.5)
    database.close()


def _whole(url: str, folder: Path) -> None:
    """Every upload is there once, with its file, and reviewed once."""
    database = Database(url.replace("postgresql:", "postgresql+psycopg:"))
    storage = open_storage(Settings(data=folder).storage_url)
    with database.read() as session:
        drafts = session.scalars(select(Draft)).all()
        results = session.scalar(select(func.count()).select_from(Result))
        finished = session.scalar(select(func.count()).where(Job.state == "done"))
    assert len(drafts) == _UPLOADS
    for draft in drafts:
        assert hashlib.sha256(storage.get(draft.key)).hexdigest() == draft.sha256
    assert {draft.state for draft in drafts} == {"done"}
    assert results == finished == _UPLOADS
    database.close()
