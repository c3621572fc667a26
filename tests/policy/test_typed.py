"""Values of a wrong kind, each with file, line and what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.policy.load import check
from tests.policy.helpers import HEAD, write

WRONG = {
    "unknown key": ("scale_revenu: 1\n", "第 4 行：不认识的键“scale_revenu”，是不是 scale_revenue"),
    "unknown key inside": ("source:\n  titel: x\n", "第 5 行：不认识的键“titel”，是不是 title"),
    "unknown and unlike": ("source: {qqq: 1}\n", "不认识的键“qqq”。"),
    "missing": ("kpis:\n  - {name: 新指标}\n", "第 5 行：缺少“starred”"),
    "number for text": ("title: 2026\n", "应为文字，写的是“2026”，请加引号"),
    "version as number": ("source: {date: 2026}\n", "请加引号"),
    "truth for text": ("title: true\n", "应为文字，写的是“true”，请加引号"),
    "text for number": ("year: 二〇二六\n", "应为整数，写的是“二〇二六”"),
    "fraction for integer": ("year: 2026.5\n", "应为整数，写的是“2026.5”"),
    "truth for number": ("scale_revenue: true\n", "应为数，写的是“true”"),
    "text for truth": (
        'kpis: [{name: 工业总产值, starred: "no"}]\n',
        "应为true 或 false，写的是“no”",
    ),
    "not in the list": (
        "rules: {over-length: {severity: fatal}}\n",
        "“fatal”不在可选值之内：error",
    ),
    "mapping for list": ("proofs: {replace: {a: 1}}\n", "应为列表，写的是一组“键: 值”"),
    "list for mapping": ("source: [a]\n", "应为一组“键: 值”，写的是列表"),
    "list for text": ("title: [a]\n", "应为文字，写的是列表"),
    "text for dictionary": ("cities: 无\n", "应为一组“键: 值”，写的是“无”"),
    "item of a dictionary": ("cities: {甲市: 甲县}\n", "应为列表，写的是“甲县”"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_kinds(tmp_path: Path, name: str) -> None:
    text, said = WRONG[name]
    lines = check(write(tmp_path, pack=HEAD + text))
    assert len(lines) == 1
    assert lines[0].startswith("demo/pack.yaml 第 ")
    assert said in lines[0]


def test_a_null_item_of_a_list_is_named(tmp_path: Path) -> None:
    lines = check(write(tmp_path, pack=HEAD + "evidence_masks: [a, ~]\n"))
    assert lines == ("demo/pack.yaml 第 4 行：应为文字，写的是空。",)


def test_a_pack_without_parent_must_be_whole(tmp_path: Path) -> None:
    lines = check(write(tmp_path, pack="id: demo\n"))
    assert any("缺少“scenarios”" in line for line in lines)
    assert not any("缺少“quotas”" in line for line in lines)
