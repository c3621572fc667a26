"""Shared by all tests: golden files, and skips that CI does not allow."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.needs import NEEDS, missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_PROGRAMS = {
    "libreoffice": "LibreOffice",
    "chromium": "Chromium",
    "openssl": "OpenSSL",
    "postgresql": "PostgreSQL",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="rewrite the golden files")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs an absent program, unless in CI, where it must run."""
    if os.environ.get("CI") == "true":
        return
    absent = set(missing())
    for item in items:
        for marker, program in _PROGRAMS.items():
            if item.get_closest_marker(marker) and program in absent:
                item.add_marker(pytest.mark.skip(reason=f"needs {program}"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium for one module.

    It ends with the module: Playwright runs an event loop in this thread, which would hinder
    a second one and every ``asyncio.run`` of the tests that follow.
    """
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, NEEDS["Chromium"])))
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program, args=_CHROMIUM)
        yield made
        made.close()


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """``golden("name.json", text)`` compares with tests/golden/name.json."""

    def check(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--regen"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return check
