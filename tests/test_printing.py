"""Printing the page by an installed browser."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from reviewer import printing
from reviewer.errors import MissingProgram
from reviewer.reports import render
from tests.reports.reviewed import material


@pytest.mark.chromium
def test_the_report_prints() -> None:
    pages = PdfReader(io.BytesIO(printing.printed(render("html", material())))).pages
    text = "".join(page.extract_text() for page in pages)
    assert "结论" in text
    assert "补写" in text


def test_without_a_browser_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "browser", lambda: None)
    with pytest.raises(MissingProgram, match="--format html"):
        printing.printed(b"")
