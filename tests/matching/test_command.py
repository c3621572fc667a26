"""``reviewer match``: arguments, standard input line by line, corrections at once."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from reviewer.cli import main

KEYS = {
    "raw", "stage_written", "name_written", "instance", "scenario", "name", "stage",
    "stage_ok", "name_ok", "method", "confidence", "candidates", "reason",
}  # fmt: skip


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def _answers(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_one_line_for_each_argument(capfd: pytest.CaptureFixture[str]):
    assert main(["match", "生产作业-在线智能检测-缸盖", "智慧党建云平台"]) == 0
    first, second = _answers(capfd)
    assert first.keys() == KEYS
    assert (first["scenario"], first["method"]) == (24, "exact")
    assert (second["scenario"], second["method"]) == (None, "none")


def test_a_thousand_lines_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    lines = [f"生产管理-车间智能排产-{n}号线" for n in range(999)]
    data = ("\ufeff" + "\r\n".join(lines) + "\n\n").encode()
    monkeypatch.setattr(sys, "stdin", _Stdin(data))
    assert main(["match"]) == 0
    found = _answers(capfd)
    assert [answer["raw"] for answer in found] == [*lines, ""]
    assert {answer["scenario"] for answer in found[:-1]} == {9}
    assert found[-1]["method"] == "none"


def test_bytes_that_are_no_text(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "stdin", _Stdin(b"\xff\xfe\x00\x9d\n"))
    assert main(["match"]) == 0
    assert _answers(capfd)[0]["method"] == "none"


def test_lines_piped_by_a_chinese_windows(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    entry = "生产作业-在线智能检测-缸盖"
    monkeypatch.setattr(sys, "stdin", _Stdin(f"{entry}\r\n".encode("gbk")))
    assert main(["match"]) == 0
    assert (_answers(capfd)[0]["raw"]) == entry


def test_corrections_apply_at_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    file = tmp_path / "c.jsonl"
    file.write_text('{"entry": "智慧党建云平台", "scenario": 30}\n', encoding="utf-8")
    assert main(["match", "--corrections", str(file), "3. 智慧党建云平台"]) == 0
    (found,) = _answers(capfd)
    assert (found["scenario"], found["method"], found["name_ok"]) == (30, "alias", False)


def test_unusable_corrections_are_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert main(["match", "--corrections", str(tmp_path / "没有.jsonl"), "x"]) == 2
    assert "没有.jsonl" in capfd.readouterr().err
