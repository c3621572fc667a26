"""The service in a test: settings, clients by role, a worker that works when it is told to."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from fastapi.testclient import TestClient

import corpus
from api import accounts, reviewing, tasks
from api.app import create
from api.db.tables import User
from api.settings import Settings
from api.state import Service
from api.worker import Worker
from reviewer import guard
from tests.generator import render_docx

SAMPLES = Path(corpus.__file__).parent / "samples"
PASSWORD = "correct horse battery"
PEOPLE = {
    "firm": ("enterprise", "保定市"),
    "rival": ("enterprise", ""),
    "expert": ("expert", ""),
    "second": ("expert", ""),
    "chair": ("expert", ""),
    "bureau": ("bureau", "保定市"),
    "elsewhere": ("bureau", "唐山市"),
    "admin": ("admin", ""),
}


@cache
def sample(number: int = 4) -> bytes:
    """A sample declaration as Word."""
    (file,) = SAMPLES.glob(f"S{number:02}-*.json")
    return render_docx(msgspec.json.decode(file.read_bytes()), "plain", 1)


def zipped(**files: bytes) -> bytes:
    """A zip of files, under the names given with their ending."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in files.items():
            made.writestr(f"{name}.docx", data)
    return stream.getvalue()


@cache
def _hashed() -> str:
    return accounts.hash_password(PASSWORD)


class Once:
    """``reviewer.guard`` for the workers of the tests: a file that was reviewed is not reviewed again.

    The first time it is done as ever, in a guarded child. Where a test has put its own ``guard.run``
    in place, that is asked.
    """

    def __init__(self) -> None:
        self._real, self._known = guard.run, {}

    def run(self, function: Any, asked: Any, *more: Any, **words: Any) -> Any:
        """``guard.run``; a review that is known is given at once."""
        if guard.run is not self._real or function is not reviewing.perform:
            return guard.run(function, asked, *more, **words)
        if asked not in self._known:
            self._known[asked] = guard.run(function, asked, *more, **words)
        return self._known[asked]


tasks.guard = Once()


class Bench:
    """A service with accounts. ``work`` does all jobs that wait."""

    def __init__(self, folder: Path, url: str, **settings: Any) -> None:
        settings = {"local": False, "hosts": ("testserver",), "lease": 5.0} | settings
        self.settings = Settings(data=folder, database=url, **settings)
        if not self.settings.local:
            self._people()
        self.app = create(self.settings)
        self.service: Service = self.app.state.service
        self.ids = {}
        self.tokens = {}
        with self.service.database.write() as session:
            for user in session.query(User).all():
                self.ids[user.login] = user.id
                self.tokens[user.login] = accounts.new_token(session, user.id, "tests")[1]
        self.worker = Worker(self.service.database, self.service.storage, self.settings)

    def as_(self, login: str) -> TestClient:
        """A client with a person's token."""
        headers = {"Authorization": f"Bearer {self.tokens[login]}"}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def browser(self, login: str) -> TestClient:
        """A client with a person's session, as a browser has."""
        client = self.anybody()
        words = {"login": login, "password": PASSWORD}
        assert client.post("/login", data=words, follow_redirects=False).status_code == 303
        return client

    def anybody(self, **words: Any) -> TestClient:
        """A client that has not logged in."""
        return TestClient(self.app, raise_server_exceptions=False, **words)

    def work(self) -> int:
        """Do all jobs; how many."""
        count = 0
        while self.worker.step():
            count += 1
        return count

    @contextmanager
    def working(self) -> Iterator[None]:
        """A worker that works beside."""
        ended = threading.Event()

        def work() -> None:
            while not ended.is_set():
                if not self.worker.step():
                    ended.wait(0.05)

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def upload(self, login: str = "firm", data: bytes = b"", **words: Any) -> dict[str, Any]:
        """Upload a sample as a person."""
        files = [("file", (words.pop("name", "申报书.docx"), data or sample()))]
        answer = self.as_(login).post("/api/v1/declarations", files=files, **words)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def reviewed(self, login: str = "firm", data: bytes = b"") -> dict[str, Any]:
        """Upload a sample and have it reviewed."""
        made = self.upload(login, data)
        self.work()
        return made

    def close(self) -> None:
        """Close the database."""
        self.service.database.close()

    def _people(self) -> None:
        from api.db import Database
        from api.db.upgrade import upgrade

        database = Database(self.settings.database_url)
        upgrade(database)
        hashed = _hashed()
        with database.write() as session:
            for login, (role, region) in PEOPLE.items():
                session.add(
                    User(login=login, name=login, role=role, region=region, password=hashed)
                )
        database.close()
