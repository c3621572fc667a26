"""Values and tables of a scenario block: (2) construction, suppliers, (7) resources."""

import pytest

from tests.extraction.blockparts import BUILT, CHAPTER, DESC, HEADING, block, typed
from tests.extraction.build import LEFT, T, declare

CONSTRUCTION = {
    "as in the form": (BUILT, ("2022年3月1日至2023年2月28日", "680", ("是",), ("否",), "")),
    "one paragraph": (
        [
            "起止日期：2022年3月至2023年2月；总投资金额：680万元；是否成效突出且具备推广价值：是；是否应用人工智能：否。"
        ],
        ("2022年3月至2023年2月", "680", ("是",), ("否",), ""),
    ),
    "line breaks": (
        ["\n".join(BUILT)],
        ("2022年3月1日至2023年2月28日", "680", ("是",), ("否",), ""),
    ),
    "boxes": (
        [
            "起止日期：2022年",
            "总投资金额：680 万元",
            "是否成效突出且具备推广价值：□是 ☑否",
            "是否应用人工智能：☑是 □否",
            "采用分类模型。",
        ],
        ("2022年", "680", ("否",), ("是",), "采用分类模型。"),
    ),
    "untouched": (
        [
            "起止日期：XXXX年XX月XX日至XXXX年XX月XX日。",
            "总投资金额：XXX万元。",
            "是否成效突出且具备推广价值:是/否",
            "是否应用人工智能:是/否（如应用，请描述人工智能技术应用情况，300字以内）",
        ],
        ("XXXX年XX月XX日至XXXX年XX月XX日", "XXX", (), (), ""),
    ),
    "description in brackets": (
        ["是否应用人工智能：是（采用分类模型（一期），准确率99%）"],
        ("", "", (), ("是",), "采用分类模型（一期），准确率99%"),
    ),
    "description below": (
        [
            "是否应用人工智能：是（如应用，请描述人工智能技术应用情况，300字以内）",
            "采用分类模型。",
            "识别缺陷。",
        ],
        ("", "", (), ("是",), "采用分类模型。\n识别缺陷。"),
    ),
    "description labelled": (
        ["是否应用人工智能：是", "人工智能技术应用情况：采用分类模型。"],
        ("", "", (), ("是",), "采用分类模型。"),
    ),
    "description behind": (
        ["是否应用人工智能：是，采用分类模型，判断是否合格。"],
        ("", "", (), ("是",), "采用分类模型，判断是否合格。"),
    ),
    "both": (["是否应用人工智能：☑是 ☑否"], ("", "", (), ("是", "否"), "")),
    "empty": (["起止日期：", "总投资金额：    万元", "是否应用人工智能："], ("", "", (), (), "")),
    "table of labels": (
        [
            T(
                ["起止日期", "2022年", "总投资金额（万元）", "680"],
                ["是否成效突出", "是", "是否应用人工智能", "否"],
            )
        ],
        ("2022年", "680", ("是",), ("否",), ""),
    ),
    "table with heads": (
        [
            T(
                ["起止日期", "总投资金额", "是否成效突出", "是否应用人工智能"],
                ["2022年", "680万元", "√是 否", "是 否√"],
            )
        ],
        ("2022年", "680", ("是",), ("否",), ""),
    ),
    "bare figure in a cell, unit in the label": (
        [T(["起止日期", "2022年"], ["总投资金额（万元）", "680"])],
        ("2022年", "680", (), (), ""),
    ),
    "other units": (["总投资金额：约0.68亿元"], ("", "约0.68亿元", (), (), "")),
    "numbered": (["①起止日期：2022年", "②总投资金额：680万元"], ("2022年", "680", (), (), "")),
}


@pytest.mark.parametrize("name", CONSTRUCTION)
def test_construction(name):
    built, expected = CONSTRUCTION[name]
    blocks = block(heading=HEADING, number=typed("（{n}）"), built=built)
    (found,) = declare(*CHAPTER, *blocks).blocks
    got = (
        found.period.text,
        found.invest.text,
        found.outstanding,
        found.ai,
        found.parts["ai_desc"].text,
    )
    assert got == expected
    assert found.parts["desc"].text == DESC


RESOURCES = {
    "nested tables": T(
        [
            "关键装备",
            T(["种类", "名称", "规格/型号", "供应商"], ["工业机器人", "机器人", "R1", "丙"]),
        ],
        ["关键软件", T(["种类", "名称", "规格/型号", "供应商"], ["新型软件", "平台", "V1", "丁"])],
        ["工艺", T(["名称", "应用描述"], ["锻造", "成形"])],
        ["技术", T(["名称", "应用描述"], ["视觉", "测量"])],
    ),
    "label not merged": T(
        ["关键装备", "种类", "名称", "规格/型号", "供应商"],
        ["", "工业机器人", "机器人", "R1", "丙"],
        ["关键软件", "种类", "名称", "规格/型号", "供应商"],
        ["", "新型软件", "平台", "V1", "丁"],
        ["工艺", "名称", "应用描述", LEFT, LEFT],
        ["", "锻造", "成形", LEFT, LEFT],
        ["技术", "名称", "应用描述", LEFT, LEFT],
        ["", "视觉", "测量", LEFT, LEFT],
    ),
}


@pytest.mark.parametrize("name", RESOURCES)
def test_resources_in_one_table(name):
    check_resources(block(heading=HEADING, number=typed("（{n}）"), tables=RESOURCES[name]))


def check_resources(blocks):
    (found,) = declare(*CHAPTER, *blocks).blocks
    assert [row.cells for row in found.equipment] == [("工业机器人", "机器人", "R1", "丙")]
    assert [row.cells for row in found.software] == [("新型软件", "平台", "V1", "丁")]
    assert [row.cells for row in found.process] == [("锻造", "成形")]
    assert [row.cells for row in found.technology] == [("视觉", "测量")]


KIND = ["种类", "名称", "规格/型号", "供应商"]
APART = [
    T(KIND, ["工业机器人", "机器人", "R1", "丙"]),
    T(KIND, ["新型软件", "平台", "V1", "丁"]),
    T(["名称", "应用描述"], ["锻造", "成形"]),
    T(["名称", "应用描述"], ["视觉", "测量"]),
]


@pytest.mark.parametrize("labelled", [True, False])
def test_resources_in_separate_tables(labelled):
    blocks = block(heading=HEADING, number=typed("（{n}）"))[:-1]
    for label, table in zip(
        ["关键装备：", "关键软件（可填写多个）", "工艺", "技术"], APART, strict=True
    ):
        blocks += [label, table] if labelled else [table, "续："]
    check_resources(blocks)


SUPPLIED = {
    "lines": ["供应商名称：甲公司", "联系人：李四", "联系方式：139"],
    "one line": ["供应商名称：甲公司  联系人：李四  联系方式：139"],
    "upright table": [T(["供应商名称", "甲公司"], ["联系人", "李四"], ["联系方式", "139"])],
    "numbered table": [
        T(["序号", "供应商名称", "联系人", "联系方式"], ["1", "甲公司", "李四", "139"])
    ],
    "labels and values in turn": [T(["供应商名称", "甲公司", "联系人", "李四", "联系方式", "139"])],
    "name before labels in brackets": ["甲公司（联系人：李四，联系方式：139）"],
    "line without labels": ["甲公司　李四　0311-8850139"],
    "numbered line without labels": ["1.甲公司，李四，0311-8850139"],
    "no head": [T(["甲公司", "李四", "139"])],
    "blank rows": [
        T(["供应商名称", "联系人", "联系方式"], ["", "", ""], ["甲公司", "李四", "139"])
    ],
}


@pytest.mark.parametrize("name", SUPPLIED)
def test_suppliers(name):
    blocks = block(heading=HEADING, number=typed("（{n}）"))
    (found,) = declare(*CHAPTER, *blocks[:2], *SUPPLIED[name], *blocks[3:]).blocks
    (row,) = found.suppliers
    assert (*row.cells[:2], row.cells[2][-3:]) == ("甲公司", "李四", "139")
    assert found.parts["desc"].text == DESC
