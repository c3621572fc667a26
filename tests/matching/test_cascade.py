"""Which step decides, what it decides, and in which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reviewer.matching import Resolver
from reviewer.policy.schema import Policy

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["entry"])
def test_case(case: dict[str, Any], resolver: Resolver):
    match = resolver.match(case["entry"])
    said = {key: getattr(match, key) for key in ("scenario", "method", "stage_ok", "name_ok")}
    assert said == {key: case[key] for key in said}
    assert case["reason"] in match.reason


def test_every_canonical_name_under_every_stage(resolver: Resolver, policy: Policy):
    for scenario in policy.scenarios:
        for stage in policy.stages:
            match = resolver.match(f"{stage.name}-{scenario.name}-二期工程")
            assert (match.scenario, match.method, match.name_ok) == (scenario.number, "exact", True)
            assert match.stage_ok == (stage.name == scenario.stage)


def test_every_former_name_means_its_scenario(resolver: Resolver, policy: Policy):
    for scenario in policy.scenarios:
        for alias in scenario.aliases:
            match = resolver.match(f"{scenario.stage}-{alias.name}-二期工程")
            assert match.scenario == scenario.number, alias.name
            assert not match.name_ok


HOSTILE = [
    "",
    "   \u3000\t",
    "-",
    "———",
    "1.",
    "🙂🏭🤖",
    "hello world, this is an English sentence",
    "Система управления производством",
    "スマート工場のデジタル化",
    "\x00\x1b[31m\u202e\ufeff\u200b",
    "\ud800",
    "1234567890",
    "；；；，，，",
    "q" * 10_000,
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_entry_fits_none(raw: str, resolver: Resolver):
    match = resolver.match(raw)
    assert (match.scenario, match.method, match.name_ok) == (None, "none", False)
    assert match.raw == raw
    assert match.reason


def test_ten_thousand_characters_are_answered(resolver: Resolver):
    assert resolver.match("智慧食堂菜谱" * 2_000).method == "none"


def test_candidates_are_few_sorted_and_no_more_than_certain(resolver: Resolver):
    match = resolver.match("设备振动在线监测与检修工单联动")
    chances = [candidate.confidence for candidate in match.candidates]
    assert 1 <= len(chances) <= 5
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1.001


def test_without_a_model_the_names_still_decide(policy: Policy):
    bare = Resolver(policy)
    assert bare.match("生产作业-在线智能检测-x").scenario == 24
    assert bare.match("卧式加工中心主轴轴承磨损提前预判").method == "none"
