"""A real service with a worker, and a real headless Chromium."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from tests.api.bench import PASSWORD, Bench

LAPTOP = {"width": 1366, "height": 768}
_PATIENCE = 90_000  # ms; a busy machine is slow, not broken
expect.set_options(timeout=_PATIENCE)
PHONE = {"width": 390, "height": 844}


class Site:
    """The service at ``place``."""

    def __init__(self, bench: Bench, place: str, browser: Browser) -> None:
        self.bench, self.place, self._browser = bench, place, browser

    def page(self, login: str = "", *, phone: bool = False) -> Page:
        """A new page, logged in; what its scripts complain of fails the test."""
        context = self._browser.new_context(
            base_url=self.place, viewport=PHONE if phone else LAPTOP, accept_downloads=True
        )
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        page.on("pageerror", _fail)
        page.on("console", lambda said: _fail(said.text) if _serious(said.text) else None)
        if login:
            page.goto("/login")
            page.fill("[name=login]", login)
            page.fill("[name=password]", PASSWORD)
            page.click("button[type=submit]")
            page.wait_for_url(lambda url: "/login" not in url)
        return page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """Server mode, with people of all roles."""
    yield from _serve(tmp_path_factory.mktemp("site"), browser, local=False)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """Local mode: one person, no login."""
    yield from _serve(tmp_path_factory.mktemp("own"), browser, local=True)


def _serve(folder: Path, browser: Browser, *, local: bool) -> Iterator[Site]:
    url = f"sqlite:///{folder / 'x.sqlite3'}"
    bench = Bench(folder, url, local=local, hosts=("testserver", "127.0.0.1"))
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(bench.app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        with bench.working():
            yield Site(bench, f"http://127.0.0.1:{listening.getsockname()[1]}", browser)
    finally:
        server.should_exit = True
        thread.join()
        bench.close()


def _serious(words: str) -> bool:
    return "Content Security Policy" in words or "Uncaught" in words


def _fail(what: object) -> None:
    raise AssertionError(f"the page's scripts: {what}")
