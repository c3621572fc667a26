"""A reviewer's verdict holds at once, for the same words however separated, and for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.classifier import released
from reviewer.errors import UsageError
from reviewer.matching import Correction, Resolver, read_corrections
from reviewer.policy.schema import Policy
from reviewer.service import CORRECTIONS

VERDICT = Correction("生产作业-安全文化-班前会小课堂", 31)


@pytest.mark.parametrize(
    "raw",
    [
        "生产作业-安全文化-班前会小课堂",
        "12.生产管理—安全文化—班前会小课堂",
        "安全文化：班前会小课堂",
        "生产作业 － 安全 文化 － 班前会小课堂；",
    ],
)
def test_a_correction_is_remembered(raw: str, policy: Policy):
    match = Resolver(policy, released(), [VERDICT]).match(raw)
    assert (match.scenario, match.method, match.confidence) == (31, "alias", 1.0)


def test_it_holds_for_its_words_only(policy: Policy):
    match = Resolver(policy, released(), [VERDICT]).match("生产作业-安全文化-班前会大课堂")
    assert match.method != "alias"


def test_a_verdict_of_none_holds_too(policy: Policy):
    verdict = Correction("生产作业-焊缝AI质检-集箱", None)
    match = Resolver(policy, released(), [verdict]).match("生产作业-焊缝AI质检-集箱")
    assert (match.scenario, match.method) == (None, "none")


def test_later_lines_overrule(policy: Policy, tmp_path: Path):
    file = tmp_path / "c.jsonl"
    file.write_text(
        '{"entry": "甲乙丙丁", "scenario": 3}\n\n{"entry": "甲乙丙丁", "scenario": 4}\n', "utf-8"
    )
    assert Resolver(policy, None, read_corrections(file, [3, 4])).match("甲乙丙丁").scenario == 4


@pytest.mark.parametrize(
    "line", ["{", '{"entry": 1, "scenario": 2}', '{"entry": "x", "scenario": 99}']
)
def test_a_bad_line_is_named(line: str, tmp_path: Path):
    file = tmp_path / "更正.jsonl"
    file.write_text('{"entry": "x", "scenario": 1}\n' + line, "utf-8")
    with pytest.raises(UsageError, match=r"更正\.jsonl.*第 2 行"):
        read_corrections(file, range(1, 41))


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(UsageError, match=r"没有\.jsonl"):
        read_corrections(tmp_path / "没有.jsonl", [1])


def test_every_released_correction_still_holds(policy: Policy):
    """The regression test of each verdict that came with the program."""
    verdicts = read_corrections(CORRECTIONS, range(1, 41)) if CORRECTIONS.exists() else ()
    resolver = Resolver(policy, released(), verdicts)
    assert [resolver.match(one.entry).scenario for one in verdicts] == [
        one.scenario for one in verdicts
    ]
