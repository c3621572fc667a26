"""The command line writes reports, applies waivers and compares drafts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer.cli import main
from tests.generator.render import render_docx
from tests.reports.reviewed import SAMPLES


@pytest.fixture
def declaration(tmp_path: Path) -> Path:
    path = tmp_path / "申报书.docx"
    path.write_bytes(render_docx(json.loads(SAMPLES[3].read_text(encoding="utf-8")), "template", 1))
    return path


def test_the_marked_word_file_stands_beside(
    declaration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(declaration.parent)
    assert main(["review", str(declaration), "--format", "docx"]) == 1
    assert (declaration.parent / "申报书-审阅.docx").stat().st_size > 10_000


def test_waivers_are_applied_and_lost_ones_reported(declaration: Path) -> None:
    folder = declaration.parent
    main(["review", str(declaration), "--format", "json", "-o", str(folder / "a.json")])
    first = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    finding = first["findings"][0]
    waivers = folder / "豁免.yaml"
    waivers.write_text(
        f"waivers:\n- finding: {finding['id']}\n  reason: 已核实\n- finding: ffffffffffff\n  reason: 旧\n",
        encoding="utf-8",
    )
    words = ["review", str(declaration), "--waivers", str(waivers), "--format", "json"]
    main([*words, "-o", str(folder / "b.json")])
    second = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    assert second["findings"][0]["waived"] == "已核实"
    assert sum(second["summary"].values()) == sum(first["summary"].values()) - 1
    assert any("ffffffffffff" in notice for notice in second["notices"])


def test_comparing_a_report_with_a_draft(
    declaration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, page = declaration.parent / "a.json", declaration.parent / "c.html"
    main(["review", str(declaration), "--format", "json", "-o", str(report)])
    assert main(["compare", str(report), str(declaration)]) == 1
    assert "改好 0 处" in capsys.readouterr().out
    main(["compare", str(report), str(declaration), "--format", "html", "-o", str(page)])
    assert "两稿比较" in page.read_text(encoding="utf-8")


def test_a_json_file_that_is_no_report_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a": 1}')
    assert main(["compare", str(path), str(path)]) == 2
    assert "不是本工具的审阅报告" in capsys.readouterr().err
