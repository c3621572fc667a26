"""Strict YAML: each fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.policy.source import MAX_BYTES, Map, Problem, Seq, locate, read

FAULTS = {
    "twice": ("a: 1\nb: 2\na: 3\n", 3, "“a”写了两次，前一次在第 1 行"),
    "twice inside": ("a:\n  b: 1\n  b: 2\n", 3, "“b”写了两次"),
    "anchor": ("a: &x 1\nb: 2\n", 1, "不支持锚点和引用"),
    "reference": ("b: 1\na: *x\n", 2, "不支持锚点和引用"),
    "type mark": ("a: !!python/object:os.system ls\n", 1, "不支持类型标记"),
    "two documents": ("a: 1\n---\nb: 1\n", 2, "只能有一份内容"),
    "a list": ("- a\n", 1, "最外层应是"),
    "a word": ("只是一句话\n", 1, "最外层应是"),
    "empty": ("# nothing\n", 1, "文件是空的"),
    "bad indent": ("a:\n  - b\n c: 1\n", 3, "YAML 写法有误"),
    "unclosed": ("a: [1, 2\nb: 1\n", 2, "YAML 写法有误"),
    "tab": ("a:\n\t- b\n", 2, "YAML 写法有误"),
    "list as key": ("? [a]\n: b\n", 1, "键应是一个词"),
    "nested": ("a: " + "[" * 100 + "\n", 1, "层次太深"),
    "nested beyond the parser": ("a: " + "[" * 50000 + "\n", 1, "YAML 写法有误"),
    "control character": ("a: \x07\n", 1, "YAML 写法有误"),
}


def parse(folder: Path, data: bytes) -> tuple[Map, list[Problem]]:
    path = folder / "x.yaml"
    path.write_bytes(data)
    problems: list[Problem] = []
    return read(path, "p/x.yaml", problems), problems


@pytest.mark.parametrize("name", FAULTS)
def test_faults_name_file_line_and_reason(tmp_path: Path, name: str) -> None:
    text, line, reason = FAULTS[name]
    _, problems = parse(tmp_path, text.encode())
    assert problems
    assert (problems[0].mark.file, problems[0].mark.line) == ("p/x.yaml", line)
    assert reason in problems[0].reason
    assert str(problems[0]).startswith(f"p/x.yaml 第 {line} 行：")


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    _, problems = parse(tmp_path, "a: 河北".encode("gbk"))
    assert "UTF-8" in problems[0].reason


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    _, problems = parse(tmp_path, b"#" * (MAX_BYTES + 1))
    assert "过大" in problems[0].reason


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    problems: list[Problem] = []
    read(tmp_path, "p/x.yaml", problems)
    assert "无法读取" in problems[0].reason


def test_words_stay_words(tmp_path: Path) -> None:
    raw, problems = parse(
        tmp_path,
        b"off: no\ndate: 2026-04-10\ncode: 0123\ntime: 1:30\nyes: [yes, on, true, 1, 1.5, ~, '1']\n",
    )
    assert not problems
    assert raw["off"] == "no"
    assert raw["date"] == "2026-04-10"
    assert raw["code"] == "0123"
    assert raw["time"] == "1:30"
    assert list(raw["yes"]) == ["yes", "on", True, 1, 1.5, None, "1"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    raw, problems = parse(tmp_path, "\ufeffa: 1\n".encode())
    assert raw == {"a": 1}
    assert not problems


def test_every_value_has_its_line(tmp_path: Path) -> None:
    raw, _ = parse(tmp_path, b"a:\n  - b: 1\n    c:\n      - x\n      - y\n")
    assert isinstance(raw["a"], Seq)
    assert locate(raw, ("a",)).line == 1
    assert locate(raw, ("a", 0)).line == 2
    assert locate(raw, ("a", 0, "c", 1)).line == 5
    assert locate(raw, ("a", 0, "missing", 7)).line == 2
    assert locate(raw, ("a", 9)).line == 1
