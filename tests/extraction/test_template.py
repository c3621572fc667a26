"""The form as the notice prints it, nobody having filled anything in."""

from tests.extraction.build import LEFT, UP, P, T, declare

KPIS = ["*关键设备数控化率", "*关键设备联网率", "库存周转率", "其他成效指标"]
GUIDE = (
    "（按照《智能工厂梯度培育要素条件（2025年版）》中先进级智能工厂的要素条件要求，"
    "详细阐述{}环节的匹配情况，不超过1500字。）"
)
LIST = (
    "（按照《智能制造典型场景参考指引（2025年版）》中的环节和场景名称准确填写，"
    "格式“环节名称-场景名称-场景实例名称”。¶示例：1.环节名称-场景名称-场景实例名称¶"
    "2.环节名称-场景名称-场景实例名称¶……¶N.场景名称：环节名称-场景名称-场景实例名称"
)
FORM = T(
    ["（一）申报单位基本信息", *[LEFT] * 5],
    ["企业名称", "", *[LEFT] * 4],
    ["统一社会¶信用代码", "", LEFT, "成立¶时间", "", LEFT],
    ["企业性质", "□中央企业     □地方国企     □民营企业     □三资企业", *[LEFT] * 4],
    [
        "所属行业",
        "行业门类（行业门类代码+名称）",
        LEFT,
        "行业大类（行业大类代码+名称）",
        LEFT,
        "行业中类（行业中类代码+名称）",
    ],
    ["法人代表/¶负责人", "姓名", "", "电话", "", LEFT],
    ["联系人", "姓名", "", "电话", "", LEFT],
    [UP, "职务", "", "手机", "", LEFT],
    [UP, "传真", "", "邮箱", "", LEFT],
    ["近三年发展情况", "2023年", LEFT, "2024年", LEFT, "2025年"],
    ["资产总额¶（万元）", "", LEFT, "", LEFT, ""],
    ["利润率（%）", "", LEFT, "", LEFT, ""],
    [
        "智能制造能力成熟度评估结果或其他能力证明材料",
        "□一级 □二级 □三级 □四级 □五级¶评估分数：      ¶（上传评估证明材料，其他能力证明等材料需后附）",
        *[LEFT] * 4,
    ],
    ["企业近三年是否发生较大及以上安全环保事故", "□是（事故名称：      ）    □否", *[LEFT] * 4],
    ["企¶业¶简¶介", "（发展历程、主营业务、市场份额等方面基本情况，不超过500字。）", *[LEFT] * 4],
    ["（二）智能工厂基本信息", *[LEFT] * 5],
    ["工厂名称", "（以“智能工厂”结尾，不能以车间、项目等结尾。）", *[LEFT] * 4],
    ["所属行业", "□原材料  □装备制造 □消费品 □电子信息", *[LEFT] * 4],
    ["覆盖的环节和具体场景", LIST, *[LEFT] * 4],
    ["智能工厂总集成方案供应商名称", "（可填写一至多个，或填写“自建”）", *[LEFT] * 4],
    ["建设起止日期", "XXXX年XX月XX日至XXXX年XX月XX日", *[LEFT] * 4],
    ["工¶厂¶整¶体", "指标", LEFT, LEFT, "建设前", "建成后"],
    *[[UP, name, LEFT, LEFT, "", ""] for name in KPIS],
)
BODY = [
    "二、工厂建设总体情况",
    "2.1 实施背景和基础条件",
    "（围绕智能工厂建设实施背景、基础条件、建设历程、核心产品等方面进行描述，不超过1000字。）",
    "三、重点环节智能化建设情况",
    "3.1 工厂建设",
    GUIDE.format("工厂建设"),
    "3.1.1 场景名称：环节名称-场景名称-场景实例名称",
    "（例：生产作业-人机协同作业-多机协同的发动机壳体柔性加工与检测。环节名称及场景名称请按照《智能制造典型场景参考指引》填写）",
    "（1）场景解决方案供应商",
    T(["供应商名称", "联系人", "联系方式"], ["", "", ""]),
    "（2）场景建设",
    "起止日期：XXXX年XX月XX日至XXXX年XX月XX日。",
    "是否应用人工智能:是/否（如应用，请描述人工智能技术应用情况，300字以内）",
    "（3）场景实例描述（结合要素条件进行描述，300字以内，可配图）",
    "例：针对发动机壳体加工，搭建多台五轴机床+多台机器人组成柔性加工单元。",
    "3.1.2 场景名称：环节名称-场景名称-场景实例名称",
    "……",
    "3.2 研发设计",
    GUIDE.format("研发设计"),
    "七、后续实施计划",
    "（一）预期目标",
    "（二）下一步建设主要内容和实施计划",
    "九、相关附件",
    "附件 6.项目建设过程中已形成的人工智能模型清单（选填）",
    "附件6",
    "项目建设过程中已形成的人工智能模型清单（选填）",
    T(["序号", "模型名称", "模型功能"], ["", "", ""], ["", "", ""]),
]


def template():
    return declare(
        P("河北省先进级智能工厂申报书（模板）", centered=True),
        "申报单位（盖章）：",
        "项目名称：",
        "河北省工业和信息化厅编制",
        "二〇二六年",
        "真实性及保密承诺",
        "我单位承诺：",
        "年     月    日",
        "一、申报单位和工厂基本信息",
        FORM,
        *BODY,
    )


def test_fields_are_found_and_empty():
    got = template()
    empty = (
        "申报单位",
        "项目名称",
        "企业名称",
        "成立时间",
        "行业大类",
        "法人代表姓名",
        "联系人邮箱",
        "成熟度分数",
    )
    assert {key: got.fields[key].value for key in empty} == dict.fromkeys(empty, "")
    assert all(got.fields[key].found for key in empty)
    assert got.fields["企业性质"].values == ()
    assert got.fields["所属行业"].values == ()
    assert got.fields["安全环保事故"].values == ()
    assert got.fields["资产总额"].values == ("", "", "")


def test_no_entry_and_no_block():
    got = template()
    assert got.entries == ()
    assert got.fields["场景清单"].values == ()
    assert got.blocks == ()
    assert "五轴机床" in "".join(text.text for s, text in got.loose if s == "body:3.1.1")


def test_residue_is_where_it_was_left():
    got = template()
    assert "不超过500字" in got.sections["企业简介"].text.text
    assert "不超过1500字" in got.sections["3.1"].text.text
    assert got.sections["3.2"].text.text == GUIDE.format("研发设计")
    assert "XXXX年" in got.fields["建设起止日期"].value
    assert got.fields["工厂名称"].value.startswith("（以")


def test_the_rest():
    got = template()
    assert got.tier == "advanced"
    assert (got.kpis[0].name, got.kpis[0].before.text) == ("关键设备数控化率", "")
    assert len(got.kpis) == len(KPIS)
    assert got.lists == {"附件6": ()}
    assert got.sections["7.1"].found
    assert not got.sections["7.1"].text
    assert not got.commitment_date
