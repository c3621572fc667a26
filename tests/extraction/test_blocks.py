"""Scenario blocks under 3.x in many layouts."""

import pytest

from tests.extraction.blockparts import (
    BUILT,
    CHAPTER,
    DESC,
    ENTRY,
    HEADING,
    LABELS,
    MADE,
    OTHER,
    PAIN,
    PARTS,
    RESULT,
    SUPPLIERS,
    TECH,
    block,
    typed,
)
from tests.extraction.build import LEFT, P, T, auto, declare

NUMBERS = {
    "brackets": typed("（{n}）"),
    "half brackets": typed("({n})"),
    "half bracket": typed("{n}）"),
    "circles": typed("{c}"),
    "dots": typed("{n}."),
    "commas": typed("{n}、 "),
    "dotted": typed("3.3.1.{n} "),
    "none": typed(""),
    "diamonds": typed("◆ "),
    "bullets before numbers": typed("●（{n}）"),
    "automatic": lambda n, label: auto(f"（{n}）", label),
    "bold": lambda n, label: P(f"（{n}）{label}", bold=True),
}


def test_labels_set_off_by_brackets():
    blocks = block(heading=f"【场景1】{ENTRY}", number=lambda n, label: f"【{label}】")
    check_whole(declare(*CHAPTER, *blocks).blocks)


@pytest.mark.parametrize("name", NUMBERS)
def test_labels(name):
    got = declare(*CHAPTER, *block(heading=HEADING, number=NUMBERS[name]))
    assert got.sections["3.3"].text.text == "作业概况。"
    check_whole(got.blocks)


def check_whole(blocks):
    (found,) = blocks
    assert found.at == "body:3.3.1"
    assert found.entry.raw == ENTRY
    assert {key: text.text for key, text in found.parts.items()} == {**PARTS, "ai_desc": ""}
    assert [row.cells for row in found.suppliers] == [("石家庄甲公司", "李四", "139")]
    assert found.period.text == "2022年3月1日至2023年2月28日"
    assert found.invest.text == "680"
    assert (found.outstanding, found.ai) == (("是",), ("否",))
    assert [row.cells for row in found.equipment] == [
        ("智能检测与装配装备", "工业相机", "5MP", "乙公司")
    ]
    assert [row.cells for row in found.software] == [("生产制造类", "质检软件", "V2", "自建")]
    assert found.process == ()
    assert [row.cells for row in found.technology] == [("机器视觉", "测尺寸")]


def test_text_on_the_labels_line():
    check_whole(
        declare(*CHAPTER, *block(heading=HEADING, number=typed("（{n}）"), inline=True)).blocks
    )


HEADINGS = {
    "template": [HEADING],
    "full-width": [f"３．３．１　场景名称：{ENTRY}"],
    "no space": [f"3.3.1场景名称：{ENTRY}"],
    "bare": [f"3.3.1 {ENTRY}"],
    "automatic": [auto("3.3.1", f"场景名称：{ENTRY}")],
    "automatic, bare": [auto("3.3.1", ENTRY)],
    "no number": [f"场景名称：{ENTRY}"],
    "no number, bold": [P(ENTRY, bold=True)],
    "plain entry": [ENTRY],
    "another number": [f"3.5.7 场景名称：{ENTRY}"],
    "short number": [f"（1）场景名称：{ENTRY}"],
    "counted": [f"场景1：{ENTRY}"],
    "counted in words": [f"场景一 {ENTRY}"],
    "counted with number": [f"3.3.1 场景1：{ENTRY}"],
    "counted by path": [f"场景3.1：{ENTRY}"],
    "next paragraph": ["3.3.1 场景名称：", ENTRY],
    "next line": [f"3.3.1 场景名称\n{ENTRY}"],
    "wrapped": ["3.3.1 场景名称：生产作业-在线智能检测-\n阀体尺寸视觉检测"],
    "wrapped over paragraphs": ["3.3.1 场景名称：生产作业-在线智能检测-", "阀体尺寸视觉检测"],
    "last word on a new line": [f"3.3.1 场景名称：{ENTRY[:-2]}", ENTRY[-2:]],
    "one-cell table": [T([HEADING])],
    "two-cell table": [T(["场景名称", ENTRY])],
    "two-cell table with number": [T(["3.3.1 场景名称", ENTRY])],
    "heading above the name": ["3.3.1 场景一", f"场景名称：{ENTRY}"],
    "short heading above the name": ["3.3.1 在线智能检测", T(["场景名称", ENTRY])],
    "number above the name": ["3.3.1", f"场景名称：{ENTRY}"],
    "number above the entry": ["3.3.1", ENTRY],
    "styled": [P(ENTRY, level=2, style="标题 3")],
    "guidance left": [
        HEADING,
        "（例：生产作业-人机协同作业-多机协同的发动机壳体柔性加工与检测。环节名称及场景名称请按照《智能制造典型场景参考指引》填写）",
    ],
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings(name):
    first, *rest = HEADINGS[name]
    blocks = block(heading=first, number=typed("（{n}）"))
    check_whole(declare(*CHAPTER, blocks[0], *rest, *blocks[1:]).blocks)


NAMES = {
    "unknown name": "3.3.1 智慧党建平台",
    "scenario only": "3.3.1 在线智能检测",
    "no stage": "3.3.1 场景名称：在线智能检测-阀体",
    "own words": "1. 阀体尺寸机器视觉检测",
    "own words, automatic": auto("（1）", "阀体尺寸机器视觉检测"),
}


@pytest.mark.parametrize("name", NAMES)
def test_entries_in_own_words(name):
    heading = NAMES[name]
    text = heading if isinstance(heading, str) else heading.text
    (found,) = declare(*CHAPTER, *block(heading=heading, number=typed("（{n}）"))).blocks
    assert text.endswith(found.entry.raw)
    assert found.parts["desc"].text == DESC


def table_block(*, numbered):
    mark = "（{}）" if numbered else ""
    texts = {3: DESC, 4: PAIN, 5: TECH, 6: RESULT}
    rows = [[mark.format(1) + LABELS[0], SUPPLIERS]]
    rows += [line.replace("。", "").replace(":", "：").split("：") for line in BUILT]
    rows += [[mark.format(n) + LABELS[n - 1], text] for n, text in texts.items()]
    rows += [[mark.format(7) + LABELS[6], MADE]]
    return rows


TABLES = {
    "heading above": [HEADING, T(*table_block(numbered=True))],
    "heading in the first row": [T([HEADING, LEFT], *table_block(numbered=True))],
    "label and entry in the first row": [T(["场景名称", ENTRY], *table_block(numbered=False))],
    "counted scene and entry in the first row": [
        T(["场景1", ENTRY], *table_block(numbered=False)),
    ],
    "numbers in a column of their own": [
        HEADING,
        T(
            ["序号", "项目", "内容"],
            *[
                [str(n), label, content]
                for n, (label, content) in enumerate(
                    zip(LABELS, [SUPPLIERS, "¶".join(BUILT), *PARTS.values(), MADE], strict=True), 1
                )
            ],
        ),
    ],
    "without numbers": [HEADING, T(*table_block(numbered=False))],
    "labels above texts": [
        T(
            [HEADING],
            *[
                [f"（{n}）{LABELS[n - 1]}"] if k == 0 else [c]
                for n, c in enumerate(
                    [SUPPLIERS, "¶".join(BUILT), DESC, PAIN, TECH, RESULT, MADE], 1
                )
                for k in (0, 1)
            ],
        )
    ],
}


@pytest.mark.parametrize("name", TABLES)
def test_block_as_a_table(name):
    check_whole(declare(*CHAPTER, *TABLES[name]).blocks)


def test_positions_count_whatever_is_typed():
    one = block(heading=f"3.3.4 场景名称：{ENTRY}", number=typed("（{n}）"))
    two = block(heading=f"3.4.1 场景名称：{OTHER}", number=typed("（{n}）"))
    got = declare(*CHAPTER, *one, *two, "3.4 生产管理", "管理概况。")
    assert [(b.at, b.entry.raw) for b in got.blocks] == [
        ("body:3.3.1", ENTRY),
        ("body:3.3.2", OTHER),
    ]
    assert got.sections["3.4"].text.text == "管理概况。"


def test_untouched_blocks_are_none():
    empty = [
        "3.2.1 场景名称：环节名称-场景名称-场景实例名称",
        "（3）场景实例描述（300字以内）",
        "例：针对发动机壳体加工，搭建多台五轴机床+多台机器人组成柔性加工单元。",
        "3.2.N 场景名称：环节名称-场景名称-场景实例名称",
    ]
    got = declare("三、重点环节智能化建设情况", "3.2 研发设计", "概况。", *empty)
    assert got.blocks == ()
    assert any(s == "body:3.2.1" and "五轴机床" in text.text for s, text in got.loose)


def test_filled_block_under_the_placeholder_heading_is_one():
    blocks = ["3.2.1 场景名称：环节名称-场景名称-场景实例名称", "（3）场景实例描述", DESC]
    got = declare("三、重点环节智能化建设情况", "3.2 研发设计", *blocks)
    assert [b.entry.raw for b in got.blocks] == ["环节名称-场景名称-场景实例名称"]


def test_missing_and_empty_parts():
    blocks = [
        HEADING,
        "（3）场景实例描述",
        DESC,
        "（4）解决的痛点问题描述",
        "（6）已实施成效",
        RESULT,
    ]
    (found,) = declare(*CHAPTER, *blocks).blocks
    assert found.present == {"desc", "pain", "result"}
    assert not found.parts["pain"]
    assert not found.parts["tech"]
    assert found.parts["result"].text == RESULT


def test_enumerations_inside_a_part_stay_in_it():
    tech = ["（1）感知层：部署相机。", "（2）网络层：5G。", "技术方案：三步走。", "（3）应用层。"]
    blocks = block(heading=HEADING, number=typed("（{n}）"))
    place = blocks.index(TECH)
    (found,) = declare(*CHAPTER, *blocks[: place + 1], *tech, *blocks[place + 1 :]).blocks
    assert found.parts["tech"].text == "\n".join([TECH, *tech])
    assert found.parts["desc"].text == DESC


def test_pictures_and_tables_inside_a_part():
    blocks = block(heading=HEADING, number=typed("（{n}）"))
    place = blocks.index(TECH)
    extra = [P("图3-1 架构", caption=True), T(["点位", "数量"], ["相机", "3"])]
    (found,) = declare(*CHAPTER, *blocks[: place + 1], *extra, *blocks[place + 1 :]).blocks
    assert found.parts["tech"].text == TECH
    assert "相机" in found.whole.text


def test_subheadings_of_the_intro_are_no_scenarios():
    intro = ["3.3.1 总体思路", "以质量为主线。", "3.3.2 建设内容", "建成五条线。", "场景一：上料。"]
    got = declare(*CHAPTER[:2], *intro, *block(heading=HEADING, number=typed("（{n}）")))
    assert got.sections["3.3"].text.text == "\n".join(intro)
    check_whole(got.blocks)
