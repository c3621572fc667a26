"""Slips are found, and near names that mean another thing are not taken for slips."""

from __future__ import annotations

import pytest

from reviewer.matching.alike import tables
from reviewer.matching.spelling import Spelling, slips_between

NAMES = {"质量精准追溯": 25, "设备维修维护": 29, "设备运行监控": 27, "碳资产全生命周期管理": 17}


@pytest.mark.parametrize(
    ("written", "meant", "kinds"),
    [
        ("质量精准迫溯", "质量精准追溯", ["形近"]),
        ("质量精淮追溯", "质量精准追溯", ["形近"]),
        ("质量静准追溯", "质量精准追溯", ["同音"]),
        ("质量精准追索", "质量精准追溯", ["近音"]),
        ("质量准精追溯", "质量精准追溯", ["颠倒"]),
        ("质精准追溯", "质量精准追溯", ["漏字"]),
        ("质量量精准追溯", "质量精准追溯", ["多字"]),
        ("质量精准追溯", "质量精准追溯", []),
    ],
)
def test_slips(written: str, meant: str, kinds: list[str]):
    found = [slip.kind for slip in slips_between(written, meant, tables())]
    assert found == kinds or (kinds == ["近音"] and found in (["近音"], ["同音"], ["形近"]))


@pytest.mark.parametrize(
    "name", ["设备", "质量管理", "设备采购合同", "产品全生命周期管理", "x" * 500]
)
def test_other_names_are_left_alone(name: str):
    assert Spelling(NAMES).nearest(name) is None


def test_between_two_near_names_nothing_is_guessed():
    assert Spelling({"设备运行监控一": 1, "设备运行监控二": 2}).nearest("设备运行监控三") is None
