"""Chapters and sections, whatever their headings look like."""

import pytest

from tests.extraction.build import LEFT, P, T, auto, declare

A, B, C = "水泥行业处在转型期。", "两条线均已联网。", "数据每日汇总。"


def bold(text, **more):
    return P(text, bold=True, **more)


def h(text, level, **more):
    return P(text, level=level, style=f"heading {level + 1}", **more)


TWO = {
    "styled and typed numbers": [
        h("二、工厂建设总体情况", 0),
        h("2.1 实施背景和基础条件", 1),
        A,
        B,
        h("2.2 集成贯通情况", 1),
        C,
    ],
    "automatic numbers without styles": [
        auto("二、", "工厂建设总体情况"),
        auto("2.1", "实施背景和基础条件"),
        A,
        B,
        auto("2.2", "集成贯通情况"),
        C,
    ],
    "nothing but wording": ["工厂建设总体情况", "实施背景和基础条件", A, B, "集成贯通情况", C],
    "full-width numbers": [
        "二、工厂建设总体情况",
        "２．１　实施背景和基础条件",
        A,
        B,
        "２．２　集成贯通情况",
        C,
    ],
    "no space": ["二、工厂建设总体情况", "2.1实施背景和基础条件", A, B, "2.2集成贯通情况", C],
    "other separators": [
        "第二部分 工厂建设总体情况",
        "2.1、实施背景与基础条件",
        A,
        B,
        "2.2：集成贯通情况",
        C,
    ],
    "chinese numbers below": [
        "二、工厂建设总体情况",
        bold("（一）实施背景和基础条件"),
        A,
        B,
        bold("（二）集成贯通情况"),
        C,
    ],
    "arabic chapter": [
        bold("2 工厂建设总体情况"),
        bold("2.1 实施背景和基础条件"),
        A,
        B,
        bold("2.2 集成贯通情况"),
        C,
    ],
    "spaces inside": [
        "二、 工 厂 建 设 总 体 情 况",
        "2.1 实施背景 和 基础条件",
        A,
        B,
        "2.2 集成 贯通情况",
        C,
    ],
    "text on the heading's line": [
        "二、工厂建设总体情况",
        f"2.1 实施背景和基础条件：{A}",
        B,
        f"2.2 集成贯通情况\n{C}",
    ],
    "line break behind the heading": [
        "二、工厂建设总体情况",
        f"2.1 实施背景和基础条件\n{A}\n{B}",
        "2.2 集成贯通情况",
        C,
    ],
    "heading in a table of one cell": [
        T(["二、工厂建设总体情况"]),
        T(["2.1 实施背景和基础条件"]),
        A,
        B,
        T(["2.2 集成贯通情况"]),
        C,
    ],
    "narrative in a frame": [
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        T([f"{A}¶{B}"]),
        "2.2 集成贯通情况",
        T([C]),
    ],
    "all in one frame": [
        T(["二、工厂建设总体情况"], [f"2.1 实施背景和基础条件¶{A}¶{B}"], [f"2.2 集成贯通情况¶{C}"])
    ],
    "titles beside texts": [
        T(
            ["二、工厂建设总体情况", LEFT],
            ["2.1 实施背景和基础条件", f"{A}¶{B}"],
            ["2.2 集成贯通情况", C],
        )
    ],
    "text box": [
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        P(A, boxed=True),
        P(B, boxed=True),
        "2.2 集成贯通情况",
        C,
    ],
    "near wording": [
        "二、工厂建设的总体情况",
        "2.1 实施背景和建设基础条件",
        A,
        B,
        "2.2 集成贯通的情况",
        C,
    ],
    "guidance in the heading": [
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件（不超过1000字）",
        A,
        B,
        "2.2 集成贯通情况（不超过1500字）",
        C,
    ],
    "renumbered": ["三、工厂建设总体情况", "3.1 实施背景和基础条件", A, B, "3.2 集成贯通情况", C],
    "numbered points inside": [
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        A,
        B,
        "2.2 集成贯通情况",
        C,
        "四、项目的先进性与特色",
        "一、总体架构。分为四层。",
        bold("二、业务协同"),
    ],
    "a table of contents before": [
        "目  录",
        "二、工厂建设总体情况\t3",
        "2.1 实施背景和基础条件........4",
        "2.2 集成贯通情况…………5",
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        A,
        B,
        "2.2 集成贯通情况",
        C,
    ],
    "contents without leaders": [
        "目录",
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        "2.2 集成贯通情况",
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        A,
        B,
        "2.2 集成贯通情况",
        C,
    ],
    "contents with pages apart": [
        "目录",
        "二、工厂建设总体情况 1",
        "2.1 实施背景和基础条件 2",
        "2.2 集成贯通情况 9",
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        A,
        B,
        "2.2 集成贯通情况",
        C,
    ],
    "contents marked by the reader": [
        P("2.1 实施背景和基础条件 4", toc=True),
        "二、工厂建设总体情况",
        "2.1 实施背景和基础条件",
        A,
        B,
        "2.2 集成贯通情况",
        C,
    ],
}


@pytest.mark.parametrize("name", TWO)
def test_second_chapter(name):
    sections = declare(*TWO[name]).sections
    assert sections["2.1"].text.text == f"{A}\n{B}"
    assert sections["2.2"].text.text == C
    assert sections["2"].found
    assert not sections["3.3"].found


def test_empty_section_is_found():
    section = declare("五、项目的安全性", "六、项目实施成效", A).sections["5"]
    assert section.found
    assert not section.text
    assert section.heading.text == "五、项目的安全性"


def test_points_of_a_narrative_are_no_chapters():
    blocks = [
        "二、工厂建设总体情况",
        "2.2 集成贯通情况",
        "三、业务协同。打通两条线。",
        bold("四、数据贯通"),
        A,
    ]
    sections = declare(*blocks).sections
    assert not sections["4"].found
    assert sections["2.2"].text.text.count("\n") == 2


SUBHEADINGS = {
    "a point called as chapter six": (
        "6",
        ["四、项目的先进性与特色", A, bold("（三）实施成效"), B],
    ),
    "a bold word": ("5", ["四、项目的先进性与特色", A, bold("安全性"), B]),
    "a point called as 7.4": (
        "7.4",
        ["六、项目实施成效", A, bold("（四）推广应用"), B, "七、后续实施计划", "（一）预期目标", C],
    ),
    "a point called as 7.4, no chapter seven": (
        "7.4",
        ["六、项目实施成效", A, "（四）推广应用", B],
    ),
    "a domain called as 3.4": ("3.4", ["2.2 集成贯通情况", A, bold("生产管理"), B]),
}


@pytest.mark.parametrize("name", SUBHEADINGS)
def test_subheadings_with_a_titles_words_are_no_sections(name):
    section, blocks = SUBHEADINGS[name]
    assert not declare(*blocks).sections[section].found


def test_renamed_styled_chapter_is_known_by_its_number():
    blocks = [
        h("三、重点环节智能化建设情况", 0),
        A,
        h("四、项目亮点", 0),
        B,
        h("五、项目的安全性", 0),
        C,
    ]
    sections = declare(*blocks).sections
    assert sections["4"].text.text == B


def test_part_six_of_a_block_is_not_chapter_six():
    blocks = [
        "三、重点环节智能化建设情况",
        "3.3 生产作业",
        "3.3.1 场景名称：生产作业-在线智能检测-甲",
        "（5）采用的技术方案",
        A,
        "（6）实施成效",
        B,
    ]
    got = declare(*blocks)
    assert not got.sections["6"].found
    assert got.blocks[0].parts["result"].text == B


def test_tables_and_captions_are_apart():
    blocks = [
        "2.1 实施背景和基础条件",
        A,
        T(["年份", "产量", "产值"], ["2024", "3", "4"]),
        P("图2-1 网络图", caption=True),
        B,
    ]
    section = declare(*blocks).sections["2.1"]
    assert section.text.text == f"{A}\n{B}"
    assert [text.text for text in section.tables] == [
        "年份\n产量\n产值\n2024\n3\n4",
        "图2-1 网络图",
    ]


def test_footnotes_are_no_part_of_the_text():
    got = declare("2.1 实施背景和基础条件", P(A, notes=("按2024年口径。",)))
    assert got.sections["2.1"].text.text == A
    assert ("section:2.1", "按2024年口径。") in [(s, t.text) for s, t in got.loose]


def test_every_section_of_the_policy_is_there():
    sections = declare(A).sections
    assert not any(section.found for section in sections.values())
    assert {"企业简介", "2.1", "3.5", "7.4", "8", "9", "9.6"} <= set(sections)
