"""The page in a browser: no script, no request, accessible, all by keyboard, in light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reviewer.reports import render
from reviewer.reports.comparison import compare
from reviewer.reports.html import comparison_page
from tests.reports.reviewed import material

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("pages")
    made = material()
    compared = comparison_page(compare(made.review, made.review), made.policy)
    (folder / "report.html").write_bytes(render("html", made))
    (folder / "compare.html").write_bytes(compared)
    return {path.stem: path.as_uri() for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["report", "compare"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(browser: Any, pages: dict[str, str], name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(color_scheme=scheme, bypass_csp=True)
    page.goto(pages[name])
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_it_asks_for_nothing_and_its_style_is_let_in(browser: Any, pages: dict[str, str]) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["report"])
    assert said == []
    assert asked == [pages["report"]]
    assert page.locator(".verdict").evaluate("e => getComputedStyle(e).borderLeftWidth") == "6px"
    page.close()


def test_the_heat_map_opens_by_keyboard(browser: Any, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["report"])
    page.locator("#c-advanced-1").focus()
    page.keyboard.press("Space")
    assert page.locator("#p-c-advanced-1").is_visible()
    assert page.locator(".panel:visible").count() == 1
    page.keyboard.press("ArrowRight")
    assert page.locator("#p-c-excellent-1").is_visible()
    page.close()


def test_findings_can_be_filtered_and_sorted(browser: Any, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["report"])
    errors = page.locator(".finding.is-error:visible").count()
    assert errors
    page.uncheck("#s-error")
    assert page.locator(".finding.is-error:visible").count() == 0
    page.check("#s-error")
    page.check("#by-severity")
    tops = page.locator(".finding.is-error").evaluate_all("es => es.map(e => e.offsetTop)")
    later = page.locator(".finding.is-warning").evaluate_all("es => es.map(e => e.offsetTop)")
    assert len(tops) == errors
    assert max(tops) < min(later)
    page.close()


@pytest.mark.parametrize("width", [390, 1366])
def test_it_fits_its_window(browser: Any, pages: dict[str, str], width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(pages["report"])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
