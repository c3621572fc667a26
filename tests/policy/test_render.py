"""The words of ``reviewer policy``."""

from __future__ import annotations

from pathlib import Path

from reviewer.policy import render
from reviewer.policy.load import load
from tests.policy.helpers import PACKS

POLICY = load("hebei-2026")


def test_a_line_a_pack() -> None:
    lines = render.listing([POLICY, load(PACKS / "demo-2027")]).splitlines()
    assert len(lines) == 3
    assert lines[1].split() == ["hebei-2026", POLICY.version, "2026", POLICY.title]
    assert "在 hebei-2026 上修改" in lines[2]


def test_the_whole_pack_is_shown() -> None:
    text = render.show(POLICY)
    for scenario in POLICY.scenarios:
        assert f"{scenario.number}.{scenario.name}" in text
    for tier in POLICY.tiers:
        assert all(f"{clause.id}　{clause.title}" in text for clause in tier.clauses)
    assert all(kpi.name in text for kpi in POLICY.kpis)
    assert all(quota.region in text for quota in POLICY.quotas)
    assert "比例不低于 20%" in text
    assert "（原则上应覆盖全部五个环节）" in text
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_a_pack_that_extends_is_shown() -> None:
    assert "示范省2027年度" in render.show(load(PACKS / "demo-2027"))


def test_the_verdict_of_a_check() -> None:
    assert render.problems("demo", ()) == "政策包 demo 没有问题。"
    said = render.problems(Path("demo"), ("甲。", "乙。"))
    assert said.splitlines() == ["政策包 demo 有 2 处问题：", "  甲。", "  乙。"]
