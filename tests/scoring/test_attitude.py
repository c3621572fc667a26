"""Attitude and what others have are no evidence, however literally they name a clause."""

from __future__ import annotations

import pytest

from models.evidence_probe import PACK, covered
from reviewer.model.index import Sentence
from reviewer.policy.load import load
from reviewer.scoring.attitude import attitude
from reviewer.scoring.others import of_others

_CLAUSES = [
    (clause.id, clause.title)
    for tier in load(PACK).tiers
    if tier.id == "advanced"
    for clause in tier.clauses
]
_EMPTY = (
    "公司高度重视{title}，董事长在会上讲过多次。",
    "{title}作为今年的重点，纳入各部门的日常工作。",
    "为做好{title}，组织培训12期、320人次，编印手册500册。",
    "集团总部建有{title}平台，覆盖下属企业，本厂尚未接入。",
)


@pytest.mark.parametrize("wording", _EMPTY)
@pytest.mark.parametrize(("clause", "title"), _CLAUSES)
def test_no_evidence_in_attitude_and_of_others(clause: str, title: str, wording: str) -> None:
    text = wording.format(title=title)
    assert covered(clause, text)[clause].status == "unmet"


@pytest.mark.parametrize(
    "text",
    [
        "重视质量，五项硬度指标由涡流探伤仪在线判定，不合格自动剔除。",
        "厂里把排产当成头等大事，APS每天早上给出三条线的顺序。",
        "培训之后，机长在屏上就能看到本班的单耗。",
    ],
)
def test_deeds_are_no_attitude(text: str) -> None:
    assert not attitude(text)


def test_what_follows_under_the_same_name_is_others_too() -> None:
    told = [
        "3.3 县行业协会建有“铜材集采平台”，可在线比价。",
        "该平台由协会运营，本公司没有注册。",
        "采购部每天在自己的系统里看到货。",
    ]
    rows = [Sentence(text, "section:3.5", None) for text in told]
    assert list(of_others(rows)) == [(0, False), (1, True)]


def test_a_system_of_the_group_that_is_used_is_evidence() -> None:
    text = "集团总部建有供应商平台，我们用它下单、对账。"
    assert list(of_others([Sentence(text, "section:3.5", None)])) == []
