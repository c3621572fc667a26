"""Every cross-check has a case that it names with file and line; cases stand in checks.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reviewer.policy.load import check
from tests.policy.helpers import HEAD, write

CASES = yaml.safe_load((Path(__file__).parent / "checks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["check"] for case in CASES])
def test_case(tmp_path: Path, case: dict[str, str]) -> None:
    lines = check(write(tmp_path, pack=HEAD + case["pack"] + "\n"))
    told = [line for line in lines if case["said"] in line]
    assert told, lines
    assert " 第 " in told[0]


def test_a_fault_is_told_at_its_line(tmp_path: Path) -> None:
    text = "source:\n  date: 2026-02-15\nscenarios:\n  - number: 8\n    stage: 计划调度\n"
    assert check(write(tmp_path, pack=HEAD + text)) == (
        "demo/pack.yaml 第 8 行：没有环节“计划调度”。",
    )


def test_a_fault_of_the_parent_is_told_in_the_parents_file(tmp_path: Path) -> None:
    text = "stages: [{name: 产品服务, remove: true}]\n"
    lines = check(write(tmp_path, pack=HEAD + text))
    assert lines
    assert all(line.startswith("hebei-2026/scenarios-4.yaml 第 ") for line in lines)
