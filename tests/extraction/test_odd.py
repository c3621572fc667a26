"""Documents that are no declaration, half-empty ones, mangled ones: never an exception."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extraction.build import LEFT, P, T, auto, declare

NOVEL = [
    "第一章 归来",
    "那年冬天，他回到了镇上。",
    "“你是谁？”她问。",
    "第二章 离去",
    "三、两只船",
    "电话：无人接听。",
]


def test_a_novel():
    got = declare(*NOVEL)
    assert not any(field.found for field in got.fields.values())
    assert not any(section.found for section in got.sections.values())
    assert (got.tier, got.blocks, got.kpis, got.entries) == (None, (), (), ())
    assert "".join(text.text for _, text in got.loose).count("镇上") == 1


@pytest.mark.parametrize(
    "blocks", [[], [""], [" \n　"], [T([""])], [T(["", ""], ["", ""])], [T([T([""])])]]
)
def test_nothing_at_all(blocks):
    got = declare(*blocks)
    assert not any(section.found for section in got.sections.values())
    assert got.loose == ()


def test_half_empty_template():
    got = declare(
        "河北省先进级智能工厂申报书（模板）",
        "申报单位（盖章）：",
        "一、申报单位和工厂基本信息",
        T(
            ["企业名称", ""],
            ["企业性质", "□中央企业 □民营企业"],
            ["企业简介", "（发展历程、主营业务、市场份额等方面基本情况，不超过500字。）"],
        ),
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        "（围绕智能工厂建设实施背景、基础条件、建设历程、核心产品等方面进行描述，不超过1000字。）",
        "2.2 集成贯通情况",
    )
    assert got.fields["企业名称"].found
    assert got.fields["企业名称"].value == ""
    assert "不超过500字" in got.sections["企业简介"].text.text
    assert "不超过1000字" in got.sections["2.1"].text.text
    assert got.sections["2.2"].found
    assert not got.sections["2.2"].text


WORDS = [
    "企业名称", "甲公司", "企业性质", "□民营企业", "☑", "联系人", "姓名", "2023年", "3.3 生产作业", "三、",
    "3.3.1 场景名称：", "生产作业-在线智能检测-甲", "（3）场景实例描述", "（2）场景建设", "是否应用人工智能：",
    "是/否", "指标", "建设前", "建成后", "关键设备联网率", "60%", "序号", "模型名称", "附件6", "目录", "……12",
    "", "\n", "（", "：", "1.", "覆盖的环节和具体场景", "关键装备", "种类", "名称", "供应商名称", "八、相关证明材料",
]  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), max_size=3).map("".join)
styles = st.sampled_from([{}, {"level": 1}, {"bold": True}, {"number": "3.1"}, {"number": "（1）"}])
lines = st.builds(lambda text, style: P(text, **style), texts, styles)
cells = st.recursive(
    texts,
    lambda inner: st.lists(st.lists(inner, min_size=2, max_size=2), min_size=1, max_size=2).map(
        lambda rows: T(*rows)
    ),
    max_leaves=4,
)
rows = st.lists(cells, min_size=3, max_size=3)
tables = st.lists(rows, min_size=1, max_size=5).map(lambda given: T(*given))


@settings(max_examples=150, deadline=None)
@given(st.lists(lines | tables, max_size=14))
def test_any_mixture_of_the_forms_words(blocks):
    declare(*blocks)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=10))
def test_any_text(lines_given):
    declare(*lines_given, T(lines_given or [""]))


def test_shuffled_declaration_keeps_its_sections():
    chapters = [
        ["四、项目的先进性与特色", "先进。"],
        ["五、项目的安全性", "安全。"],
        ["六、项目实施成效", "成效。"],
        ["七、后续实施计划", "（一）预期目标", "目标。"],
        ["八、相关证明材料", "1.营业执照"],
    ]
    for seed in range(5):
        random.Random(seed).shuffle(chapters)
        got = declare(*(block for chapter in chapters for block in chapter))
        texts_got = {key: got.sections[key].text.text for key in ("4", "5", "6", "7.1")}
        assert texts_got == {"4": "先进。", "5": "安全。", "6": "成效。", "7.1": "目标。"}
        assert [proof.text for proof in got.proofs] == ["1.营业执照"]


def test_a_long_document_is_read_in_one_pass():
    got = declare("五、项目的安全性", *(["可控。"] * 20_000), T(*[["甲", "乙"]] * 2_000))
    assert got.sections["5"].text.text.count("可控") == 20_000


def test_a_wide_and_deep_merge():
    row = ["企业名称", *[LEFT] * 60]
    got = declare(T(row, ["甲", *[LEFT] * 60]), auto("一、", "申报单位和工厂基本信息"))
    assert got.fields["企业名称"].value == "甲"


def test_prompts_of_empty_controls_are_no_values_wherever_they_stand():
    prompt = "单击此处输入文字。"
    got = declare(
        f"申报单位：{prompt}",
        f"联系人：姓名：{prompt} 电话：{prompt}",
        T([f"工厂地址：{prompt}", "成立时间", "单击或点击以输入日期。"]),
        "三、重点环节智能化建设情况",
        "3.3 生产作业",
        "3.3.1 场景名称：生产作业-在线智能检测-甲",
        "（1）场景解决方案供应商",
        "（2）场景建设",
        "起止日期：单击或点击以输入日期。",
        f"总投资金额：{prompt}",
        "（3）场景实例描述：单击此处输入文字。",
    )
    keys = ("申报单位", "联系人姓名", "联系人电话", "工厂地址", "成立时间")
    assert [got.fields[key].value for key in keys] == [""] * 5
    (block,) = got.blocks
    assert [block.period.text, block.invest.text, block.parts["desc"].text] == [""] * 3


def test_labels_of_a_group_each_in_a_line_of_its_cell():
    lines = "行业门类：C 制造业¶行业大类：39 计算机制造业¶行业中类：398 电子元件制造"
    got = declare(T(["企业名称", "甲公司"], ["所属行业", lines])).fields
    values = [got[key].value for key in ("行业门类", "行业大类", "行业中类")]
    assert values == ["C 制造业", "39 计算机制造业", "398 电子元件制造"]


def test_columns_that_are_no_part_of_an_entry():
    nested = T(
        ["序号", "环节名称", "场景名称", "场景实例名称", "是否应用人工智能"],
        ["1", "生产作业", "在线智能检测", "阀体检测", "是"],
        ["2", "生产管理", "车间智能排产", "多订单排产", "否"],
    )
    got = declare(T(["企业名称", "甲公司"], ["覆盖的环节和具体场景", nested]))
    assert [entry.raw for entry in got.entries] == [
        "生产作业-在线智能检测-阀体检测",
        "生产管理-车间智能排产-多订单排产",
    ]
