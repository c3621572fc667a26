"""Cover and table 一 in many layouts. In cells ¶ parts paragraphs, \\n is a line break."""

import pytest

from tests.extraction.build import LEFT, POLICY, UP, P, T, auto, declare

COMPANY = T(
    ["企业名称", "赵州砺川阀门有限公司", LEFT, LEFT],
    ["统一社会¶信用代码", "91130133MA0000000X", "成立¶时间", "2011年3月"],
)


def fields(*blocks):
    return declare(*blocks).fields


CASES = {
    "merged table": ([COMPANY], {"企业名称": "赵州砺川阀门有限公司", "成立时间": "2011年3月"}),
    "label of one character a line": (
        [T(["企\n业\n名\n称", "甲公司"], ["工¶厂¶地¶址", "赵县一号"])],
        {"企业名称": "甲公司", "工厂地址": "赵县一号"},
    ),
    "inner spaces and colon": ([T(["企 业  名 称：", "甲公司"])], {"企业名称": "甲公司"}),
    "label and value in one cell": (
        [T(["企业名称：甲公司", "成立时间：2011年3月"])],
        {"企业名称": "甲公司", "成立时间": "2011年3月"},
    ),
    "paragraphs": (
        ["企业名称：甲公司", "统一社会信用代码：913X", "工厂地址 赵县一号"],
        {"企业名称": "甲公司", "统一社会信用代码": "913X", "工厂地址": "赵县一号"},
    ),
    "several in one paragraph": (
        ["联系人：", "姓名：李四  电话：0311-1  手机：139", "职务：主任；邮箱：a@b.cn"],
        {
            "联系人姓名": "李四",
            "联系人电话": "0311-1",
            "联系人手机": "139",
            "联系人职务": "主任",
            "联系人邮箱": "a@b.cn",
        },
    ),
    "label line, value line": (
        ["企业名称", "甲公司", "工厂地址：", "赵县"],
        {"企业名称": "甲公司", "工厂地址": "赵县"},
    ),
    "numbered label": (
        ["1.企业名称：甲公司", "（2）工厂地址：赵县"],
        {"企业名称": "甲公司", "工厂地址": "赵县"},
    ),
    "groups by merged cells": (
        [
            T(
                ["法人代表/¶负责人", "姓名", "张三", "电话", "0311-1"],
                ["联系人", "姓名", "李四", "电话", "0311-2"],
                [UP, "职务", "负责人", "手机", "139"],
                [UP, "传真", "", "邮箱", "a@b.cn"],
            )
        ],
        {
            "法人代表姓名": "张三",
            "法人代表电话": "0311-1",
            "联系人姓名": "李四",
            "联系人电话": "0311-2",
            "联系人职务": "负责人",
            "联系人手机": "139",
            "联系人传真": "",
            "联系人邮箱": "a@b.cn",
        },
    ),
    "group label typed before the word": (
        [T(["法定代表人姓名", "张三"], ["联系人姓名", "李四"], ["联系人电话", "0311-2"])],
        {"法人代表姓名": "张三", "联系人姓名": "李四", "联系人电话": "0311-2"},
    ),
    "group without sub-labels": (
        [T(["法定代表人", "张三", "联系人", "李四"])],
        {"法人代表姓名": "张三", "联系人姓名": "李四"},
    ),
    "group cell not merged": (
        [T(["联系人", "姓名", "李四", "电话", "1"], ["", "职务", "主任", "手机", "139"])],
        {"联系人姓名": "李四", "联系人职务": "主任", "联系人手机": "139"},
    ),
    "group in a split table": (
        [
            T(["联系人", "姓名", "李四", "电话", "1"]),
            T(["联系人", "职务", "主任", "手机", "139"], ["企业名称", "甲公司", LEFT, LEFT, LEFT]),
        ],
        {"联系人姓名": "李四", "联系人职务": "主任", "企业名称": "甲公司"},
    ),
    "industry, label and value in the cell": (
        [
            T(
                [
                    "所属行业",
                    "行业门类（行业门类代码+名称）¶C 制造业",
                    "行业大类（行业大类代码+名称）\n34 通用设备制造业",
                    "行业中类（行业中类代码+名称）：344 泵、阀门制造",
                ]
            )
        ],
        {"行业门类": "C 制造业", "行业大类": "34 通用设备制造业", "行业中类": "344 泵、阀门制造"},
    ),
    "industry, value below the label": (
        [T(["所属行业", "行业门类", "行业大类", "行业中类"], [UP, "C 制造业", "34", "344"])],
        {"行业门类": "C 制造业", "行业大类": "34", "行业中类": "344"},
    ),
    "industry, value below, label column not merged": (
        [T(["所属行业", "行业门类", "行业大类", "行业中类"], ["", "C 制造业", "34", "344"])],
        {"行业门类": "C 制造业", "行业大类": "34", "行业中类": "344"},
    ),
    "industry, empty": (
        [
            T(
                ["所属行业", "行业门类（代码+名称）", "行业大类（代码+名称）"],
                ["工厂地址", "赵县", LEFT],
            )
        ],
        {"行业门类": "", "行业大类": "", "工厂地址": "赵县"},
    ),
    "nested table": (
        [T(["联系人", T(["姓名", "李四"], ["手机", "139"])], ["工厂地址", "赵县"])],
        {"联系人姓名": "李四", "联系人手机": "139", "工厂地址": "赵县"},
    ),
    "nested table beside a heading": (
        [T(["基本情况", [T(["企业名称：甲公司", "工厂地址：赵县"])]], ["联系人", "李四"])],
        {"企业名称": "甲公司", "工厂地址": "赵县", "联系人姓名": "李四"},
    ),
    "persons as rows": (
        [
            T(
                ["", "姓名", "职务", "电话", "手机"],
                ["法人代表/负责人", "张三", "", "0311", ""],
                ["联系人", "李四", "部长", "0312", "139"],
            )
        ],
        {
            "法人代表姓名": "张三",
            "法人代表电话": "0311",
            "联系人姓名": "李四",
            "联系人职务": "部长",
            "联系人电话": "0312",
            "联系人手机": "139",
        },
    ),
    "form wrapped in one cell": (
        [T([[T(["企业名称", "甲公司"], ["工厂地址", "赵县"])]])],
        {"企业名称": "甲公司", "工厂地址": "赵县"},
    ),
    "colons in cells of their own": (
        [T(["申报单位", "：", "甲公司"], ["项目名称", "：", ""])],
        {"申报单位": "甲公司", "项目名称": ""},
    ),
    "cover as paragraphs": (
        [
            "申报单位（盖章）：甲公司",
            "项目名称：阀门智能工厂",
            "推荐单位（盖章）： ",
            "申报日期：2026年4月",
        ],
        {"申报单位": "甲公司", "项目名称": "阀门智能工厂", "推荐单位": "", "申报日期": "2026年4月"},
    ),
    "cover as text boxes": (
        [
            P("申报单位（盖章）：", boxed=True),
            P("甲公司", boxed=True),
            P("申报日期：2026年4月", boxed=True),
        ],
        {"申报单位": "甲公司", "申报日期": "2026年4月"},
    ),
    "cover with rules to fill": (["申报单位（盖章）：____甲公司____"], {"申报单位": "甲公司"}),
    "cover left empty": (
        ["申报单位（盖章）：", "项目名称：", "申报日期：", "河北省工业和信息化厅编制"],
        {"申报单位": "", "项目名称": "", "申报日期": ""},
    ),
    "cover date without label": (
        ["申报单位：甲公司", "2026年4月3日"],
        {"申报日期": "2026年4月3日"},
    ),
    "auto-numbered labels": (
        [auto("1.", "企业名称：甲公司"), auto("2.", "工厂名称：乙智能工厂")],
        {"企业名称": "甲公司", "工厂名称": "乙智能工厂"},
    ),
    "guidance beside the answer": (
        [T(["工厂名称", "（以“智能工厂”结尾，不能以车间、项目等结尾。）¶甲智能工厂"])],
        {"工厂名称": "甲智能工厂"},
    ),
    "score in the cell of the levels": (
        [
            T(
                [
                    "智能制造能力成熟度评估结果或其他能力证明材料",
                    "□一级 ☑二级 □三级¶评估分数：2.46 ¶（上传评估证明材料）",
                ]
            )
        ],
        {"成熟度分数": "2.46"},
    ),
    "score in brackets": (
        [T(["智能制造能力成熟度评估结果", "☑二级（评估分数：2.46分）"])],
        {"成熟度分数": "2.46分"},
    ),
    "score empty": (
        [T(["智能制造能力成熟度评估结果", "□一级 □二级¶评估分数：      "])],
        {"成熟度分数": ""},
    ),
    "an answer that begins like a label": (
        [
            T(
                ["联系人", "姓名", "李四"],
                ["总集成方案供应商联系人及联系方式", "联系人：王五 联系方式：139", LEFT],
            )
        ],
        {"联系人姓名": "李四", "总集成供应商联系人": "联系人：王五 联系方式：139"},
    ),
    "period": (
        [T(["建设起止日期", "2023年3月至2025年6月"], ["建设总投资¶（万元）", "5600"])],
        {"建设起止日期": "2023年3月至2025年6月", "建设总投资": "5600"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_values(name):
    blocks, expected = CASES[name]
    got = fields(*blocks)
    assert {key: got[key].value for key in expected} == expected
    assert all(got[key].found for key in expected)


YEARS = {
    "header above": (
        [T(["近三年发展情况", "2023年", "2024年", "2025年"], ["资产总额（万元）", "1", "2", "3"])],
        ("1", "2", "3"),
    ),
    "header in another table": (
        [T(["近三年发展情况", "2023年末", "2024年末", "2025年末"]), T(["资产总额", "1", "2", "3"])],
        ("1", "2", "3"),
    ),
    "no header": ([T(["资产总额（万元）", "1", "2", "3"])], ("1", "2", "3")),
    "nested table beside its heading": (
        [
            T(
                ["工厂地址", "赵县"],
                [
                    "近三年发展情况",
                    [T(["", "2023年", "2024年", "2025年"], ["资产总额（万元）", "1", "2", "3"])],
                ],
            )
        ],
        ("1", "2", "3"),
    ),
    "latest first": (
        [T(["", "2025年", "2024年", "2023年"], ["资产总额", "3", "2", "1"])],
        ("1", "2", "3"),
    ),
    "one blank": (
        [T(["", "2023年", "2024年", "2025年"], ["资产总额", "1", "", "3"])],
        ("1", "", "3"),
    ),
    "values that look like years": (
        [T(["", "2023年", "2024年", "2025年"], ["资产总额", "2010", "2020", "2030"])],
        ("2010", "2020", "2030"),
    ),
    "full-width years": (
        [T(["", "２０２３年", "２０２４年", "２０２５年"], ["资产总额", "１", "２", "３"])],
        ("１", "２", "３"),
    ),
    "years down": (
        [
            T(
                ["年度", "资产总额", "利润率（%）"],
                ["2023年", "1", "7"],
                ["2024年", "2", "8"],
                ["2025年", "3", "9"],
            )
        ],
        ("1", "2", "3"),
    ),
    "in one paragraph": (["资产总额（万元）：2023年1，2024年2，2025年3"], ("1", "2", "3")),
    "in one paragraph, one blank": (
        ["资产总额（万元）：2023年：1；2024年：；2025年：3"],
        ("1", "", "3"),
    ),
    "slashes": (["资产总额（万元）：1/2/3"], ("1", "2", "3")),
    "absent": (["企业名称：甲"], ("", "", "")),
}


@pytest.mark.parametrize("name", YEARS)
def test_three_years(name):
    blocks, expected = YEARS[name]
    assert fields(*blocks)["资产总额"].values == expected


TICKS = {
    "boxes": ([T(["企业性质", "□中央企业 ☑民营企业"])], "企业性质", ("民营企业",)),
    "an option a cell": (
        [T(["企业性质", "□中央企业", "□地方国企", "☑民营企业", "□三资企业"])],
        "企业性质",
        ("民营企业",),
    ),
    "paragraph": (["企业类型：□大型企业  √中型企业"], "企业类型", ("中型企业",)),
    "only the word": ([T(["企业类型", "中型企业"])], "企业类型", ("中型企业",)),
    "two ticks": ([T(["企业类型", "☑大型企业 ☑中型企业"])], "企业类型", ("大型企业", "中型企业")),
    "none": ([T(["企业类型", "□大型企业 □中型企业"])], "企业类型", ()),
    "industry of the factory beside that of the company": (
        [
            T(
                ["所属行业", "行业门类¶C", "行业大类¶34"],
                ["工厂名称", "甲智能工厂", LEFT],
                ["所属行业", "□原材料 ☑装备制造", LEFT],
            )
        ],
        "所属行业",
        ("装备制造",),
    ),
    "accident": (
        [T(["企业近三年是否发生较大及以上安全环保事故", "□是（事故名称：    ）  ☑否"])],
        "安全环保事故",
        ("否",),
    ),
    "label on its own line": (
        ["智能制造能力成熟度评估结果或其他能力证明材料：", "二级", "评估分数：2.1"],
        "成熟度等级",
        ("二级",),
    ),
}


@pytest.mark.parametrize("name", TICKS)
def test_ticks(name):
    blocks, key, expected = TICKS[name]
    assert fields(*blocks)[key].values == expected


STORY = "公司成立于2011年，主营阀门。"
STORIES = {
    "beside a vertical label": [T(["企¶业¶简¶介", f"{STORY}¶出口十国。"])],
    "below its label": [T(["企业简介"], [f"{STORY}¶出口十国。"])],
    "below its label in a wider table": [
        T(["企业名称", "甲"], ["企业简介", LEFT], [f"{STORY}¶出口十国。", LEFT])
    ],
    "as paragraphs": ["企业简介：", STORY, "出口十国。"],
    "behind its label": [f"企业简介：{STORY}", "出口十国。", "工厂名称：甲智能工厂"],
    "under a heading": ["（三）企业简介", STORY, "出口十国。", "（二）智能工厂基本信息"],
    "split over two tables": [
        T(["企业简介", STORY]),
        T(["", "出口十国。"], ["工厂名称", "甲智能工厂"]),
    ],
    "label repeated in the next table": [
        T(["企业简介", STORY]),
        T(["企业简介（续）", "出口十国。"]),
    ],
    "with a table inside": [
        T(["企业简介", [STORY, T(["年份", "产值"], ["2024", "3"]), "出口十国。"]])
    ],
}


@pytest.mark.parametrize("name", STORIES)
def test_company_story(name):
    section = declare(*STORIES[name]).sections["企业简介"]
    assert section.found
    assert section.text.text == f"{STORY}\n出口十国。"


def test_table_inside_a_story_stands_apart():
    section = declare(*STORIES["with a table inside"]).sections["企业简介"]
    assert [text.text for text in section.tables] == ["年份\n产值\n2024\n3"]


def test_every_field_of_the_policy_is_there():
    got = fields("企业名称：甲")
    assert list(got) == [spec.key for spec in POLICY.template.fields]
    assert not got["工厂名称"].found
    assert got["工厂名称"].values == ("",)
    assert got["企业性质"].values == ()


def test_text_keeps_the_whole_cell():
    cell = "□中央企业 ☑民营企业"
    field = fields(T(["企业性质", cell]))["企业性质"]
    assert field.text.text == cell
    assert field.label == "企业性质"


def test_a_second_value_is_not_lost():
    got = declare(T(["企业名称", "甲公司"], ["企业名称", "乙公司"]), "企业名称：丙公司")
    assert got.fields["企业名称"].value == "甲公司"
    rest = "\n".join(text.text for _, text in got.loose)
    assert "乙公司" in rest
    assert "丙公司" in rest
