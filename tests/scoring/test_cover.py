"""Coverage of whole declarations: agreement with the samples' answers, and what must always hold."""

from __future__ import annotations

import copy
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reviewer.model.index import sentences
from reviewer.model.review import TierCoverage
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.scoring import cover
from tests.scoring.build import SAMPLES, declaration, matches, sample

_PATHS = sorted(SAMPLES.glob("S*.json"))


@cache
def _policy() -> Policy:
    return load("hebei-2026")


def _covered(data: dict[str, Any]) -> dict[str, TierCoverage]:
    built = declaration(data)
    return cover(built, matches(data, built), sentences(built), _policy())


@cache
def _sample(path: Path) -> dict[str, Any]:
    return sample(path)


def _blank() -> dict[str, Any]:
    """A declaration whose form and texts are all empty."""
    data = copy.deepcopy(_sample(_PATHS[0]))
    for part in ("cover", "company", "factory"):
        data[part] = {
            key: [] if isinstance(value, list) else "" for key, value in data[part].items()
        }
    data["s2"] = dict.fromkeys(data["s2"], "")
    data["s3"] = {key: {"intro": "", "scenarios": []} for key in data["s3"]}
    data.update(s4="", s5="", s6="", s7=dict.fromkeys(data["s7"], ""), s8=[], s9={}, kpis=[])
    data["gold"] = {"scenarios": [], "coverage": {}}
    return data


@cache
def _statuses(path: Path) -> tuple[tuple[str, str], ...]:
    """(answer, status) of every clause with an answer."""
    data = _sample(path)
    found = {name: one for tier in _covered(data).values() for name, one in tier.clauses.items()}
    wanted = data["gold"]["coverage"]
    return tuple((answer, found[name].status) for name, answer in wanted.items())


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_agrees_with_the_answers(path: Path) -> None:
    pairs = _statuses(path)
    assert sum(want == got for want, got in pairs) >= 0.8 * len(pairs)


def test_agrees_with_the_answers_of_all_samples() -> None:
    pairs = [pair for path in _PATHS for pair in _statuses(path)]
    assert sum(want == got for want, got in pairs) >= 0.94 * len(pairs)
    lost = sum(want != "unmet" and got == "unmet" for want, got in pairs)
    assert lost <= len(pairs) / 40


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_eligible_as_answered(path: Path) -> None:
    data = _sample(path)
    found = _covered(data)
    assert {name: found[name].eligible for name in data["gold"]["eligible"]} == data["gold"][
        "eligible"
    ]


def test_an_empty_declaration_scores_nothing_anywhere() -> None:
    for tier in _covered(_blank()).values():
        assert tier.score == 0
        assert not tier.eligible
        assert all(one.status == "unmet" and one.score == 0 for one in tier.clauses.values())
        assert all(one.score == 0 for one in tier.dimensions.values())


@pytest.mark.parametrize("dress", ["{}", "公司{}，成效显著。", "我们积极{}，取得良好效果。"])
def test_the_notices_own_words_are_no_evidence_and_are_told(dress: str) -> None:
    data = _blank()
    for tier in _policy().tiers:
        for clause in tier.clauses:
            text = clause.text if dress == "{}" else dress.format(clause.text.rstrip("；。"))
            data["s3"][f"3.{clause.dimension}"]["intro"] += text
    covered = _covered(data)
    assert all(tier.score == 0 for tier in covered.values())
    told = covered["advanced"].clauses["advanced.4.c"].why
    assert "只重复了通知里的原话" in told


def test_the_official_scenario_texts_are_no_evidence() -> None:
    data = _blank()
    data["s2"]["2.2"] = "".join(scenario.text for scenario in _policy().scenarios)
    assert all(tier.score == 0 for tier in _covered(data).values())


def test_plans_are_no_evidence_and_are_told() -> None:
    data = _blank()
    data["s7"]["7.2"] = "2027年建设能源管控平台，接入电表、汽表1200块，实现能耗在线监测。"
    found = _covered(data)["advanced"].clauses["advanced.4.c"]
    assert found.status == "unmet"
    assert "只见于计划" in found.why


def test_every_score_can_be_traced() -> None:
    for path in _PATHS:
        for tier in _covered(_sample(path)).values():
            for clause in tier.clauses.values():
                assert (clause.status == "met") == (clause.score == 1)
                assert (clause.status == "unmet") == (clause.score == 0)
                assert bool(clause.evidence) == (clause.status != "unmet")
                assert len(clause.evidence) <= 3
                assert clause.why
            scores = [one.score for one in tier.dimensions.values()]
            assert tier.score == pytest.approx(sum(scores) / len(scores), abs=0.1)


_MORE = {
    "advanced.1.b": (
        "section:3.1",
        "对热处理出料到装配之间的搬运路线做了离散事件仿真，搬运车由22台减到16台。",
    ),
    "advanced.4.c": (
        "section:3.4",
        "环保平台接入排放口19个，废气浓度超过内控值即自动报警并追溯到设备。",
    ),
    "advanced.5.c": (
        "section:3.5",
        "供应商协同平台上线，162家供应商在线接单、送货、对账，系统按月自动评分分级。",
    ),
    "excellent.3.c": ("section:3.3", "用卷积神经网络识别16类表面缺陷，检出率95%，已在四条线投用。"),
    "leading.4.c": (
        "section:3.4",
        "建成再制造生产线，每年回收旧件3万台，清洗熔覆后再装，材料九成再生利用。",
    ),
}


@pytest.mark.parametrize("clause", _MORE)
@pytest.mark.parametrize("path", _PATHS[:4], ids=lambda path: path.stem)
def test_more_evidence_never_lowers_a_score(path: Path, clause: str) -> None:
    data = _sample(path)
    subject, sentence = _MORE[clause]
    more = copy.deepcopy(data)
    part = more["s3"][subject.removeprefix("section:")]
    lines = part["intro"].split("\n")
    chance = random.Random(clause)
    place = chance.randrange(len(lines) + 1)
    part["intro"] = "\n".join([*lines[:place], sentence, *lines[place:]])
    before, after = _covered(data), _covered(more)
    for name, tier in before.items():
        assert after[name].score >= tier.score
        for key, one in tier.clauses.items():
            assert after[name].clauses[key].score >= one.score, key
    blank = _blank()
    blank["s3"][subject.removeprefix("section:")]["intro"] = sentence
    assert _covered(blank)[clause.split(".")[0]].clauses[clause].score > 0


def test_gaps_name_failed_gates_first_then_the_nearest_clauses() -> None:
    covered = _covered(_sample(_PATHS[0]))["leading"]
    first = [gap.startswith("硬条件：") for gap in covered.gaps]
    assert first == sorted(first, reverse=True)
    states = ["部分具备" in gap for gap in covered.gaps if not gap.startswith("硬条件：")]
    assert states == sorted(states, reverse=True)
