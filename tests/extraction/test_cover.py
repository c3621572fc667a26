"""What cover, commitment and page headers say: tier, dates, values set apart from labels."""

import pytest

from tests.extraction.build import P, T, declare

TIERS = {
    "title": (["河北省先进级智能工厂申报书"], "advanced"),
    "another tier": (["河北省卓越级智能工厂申报书（模板）"], "excellent"),
    "title over two lines": (["河北省基础级智能工厂\n申报书"], "basic"),
    "project of another name": (
        ["河北省先进级智能工厂申报书", "项目名称：甲卓越级智能工厂建设项目"],
        "advanced",
    ),
    "only the guidance": (
        [
            "3.1 工厂建设",
            "（按照《智能工厂梯度培育要素条件（2025年版）》中先进级智能工厂的要素条件要求，详细阐述。）",
        ],
        "advanced",
    ),
    "none": (["智能工厂申报书", "企业名称：甲"], None),
    "a plan names none": (
        [
            "智能工厂申报书",
            "企业名称：甲",
            "七、下一步计划",
            "（一）建设目标",
            "到2028年达到卓越级智能工厂条件。",
        ],
        None,
    ),
}


@pytest.mark.parametrize("name", TIERS)
def test_tier(name):
    blocks, tier = TIERS[name]
    assert declare(*blocks).tier == tier


def test_tier_in_the_page_header():
    header = P("河北省领航级智能工厂申报书")
    paragraph = __import__("tests.extraction.build", fromlist=["x"]).Builder().blocks([header])[0]
    got = declare("智能工厂申报书", headers=(paragraph,))
    assert got.tier == "leading"
    assert got.loose[-1][0] == "section:cover"


DATES = {
    "typed": (["2026年4月3日"], "2026年4月3日"),
    "spaces": (["2026 年 4 月 3 日"], "2026 年 4 月 3 日"),
    "with the seal": (["公章：", "日期：2026年4月3日"], "2026年4月3日"),
    "chinese": (["二〇二六年四月三日"], "二〇二六年四月三日"),
    "left blank": (["年     月    日"], ""),
    "placeholder": (["XXXX年XX月XX日"], "XXXX年XX月XX日"),
}


@pytest.mark.parametrize("name", DATES)
def test_commitment_date(name):
    lines, expected = DATES[name]
    blocks = [
        "真实性及保密承诺",
        "我单位承诺：",
        "一、申报书所有内容，均真实。",
        *lines,
        "一、申报单位和工厂基本信息",
    ]
    got = declare("申报单位：甲", *blocks)
    assert got.commitment_date.text == expected
    assert any(s == "section:commitment" and "均真实" in t.text for s, t in got.loose)


LABELS = ["申报单位（盖章）：", "项目名称：", "推荐单位（盖章）：", "申报日期："]
VALUES = ["甲公司", "乙工厂", "丙局", "2026年4月3日"]
KEYS = ["申报单位", "项目名称", "推荐单位", "申报日期"]


def test_all_labels_first_then_all_values():
    got = declare("河北省先进级智能工厂申报书", *LABELS, *VALUES, "真实性及保密承诺")
    assert [got.fields[key].value for key in KEYS] == VALUES


def test_labels_in_one_cell_and_values_in_the_next():
    got = declare("河北省先进级智能工厂申报书", T(["¶".join(LABELS), "¶".join(VALUES)]))
    assert [got.fields[key].value for key in KEYS] == VALUES


APART = {
    "printed lines": ["河北省工业和信息化厅编制", "二〇二六年"],
    "the commitment": ["真实性及保密承诺", "我单位承诺", "均真实", "2026年4月3日"],
    "too few": VALUES[1:],
    "no date last": ["甲公司", "乙工厂", "丙局", "丁"],
}


@pytest.mark.parametrize("name", APART)
def test_an_empty_cover_takes_no_other_lines(name):
    got = declare("河北省先进级智能工厂申报书", *LABELS, *APART[name], "一、申报单位和工厂基本信息")
    assert [got.fields[key].value for key in KEYS[:3]] == ["", "", ""]
