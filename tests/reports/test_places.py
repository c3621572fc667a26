"""Subjects as people say them."""

from __future__ import annotations

import pytest

from reviewer.policy.load import load
from reviewer.reports.places import spoken

SPOKEN = {
    "field:企业名称": "表一“企业名称”",
    "field:申报日期": "封面“申报日期”",
    "section:cover": "封面",
    "section:2.1": "2.1 ",
    "body:3.3.2/tech": "3.3.2 场景 （5）采用的技术方案",
    "body:3.3.2/ai_desc": "3.3.2 场景",
    "list:ai:4": "人工智能场景清单第 4 条",
    "kpi:关键设备联网率": "指标“关键设备联网率”",
    "req:advanced.4.c": "先进级要素条件 4.c ",
}


@pytest.mark.parametrize("subject", SPOKEN)
def test_spoken(subject: str):
    said = spoken(subject, load("hebei-2026"))
    assert said.startswith(SPOKEN[subject])
