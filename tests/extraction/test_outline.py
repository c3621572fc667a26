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


DIMENSIONS = {
    "typed": [
        "三、重点环节智能化建设情况",
        "3.1 工厂建设",
        A,
        "3．3　生产作业",
        B,
        "3.4 生产管理",
        C,
    ],
    "automatic": [
        auto("三、", "重点环节智能化建设情况"),
        auto("3.1", "工厂建设"),
        A,
        auto("3.2", "生产作业"),
        B,
        auto("3.3", "生产管理"),
        C,
    ],
    "bracketed": [
        "第三部分 重点环节智能化建设情况",
        "（一）工厂建设",
        A,
        "（三）生产作业",
        B,
        "（四）生产管理",
        C,
    ],
    "no chapter heading": ["3.1 工厂建设", A, "3.3 生产作业", B, "3.4 生产管理", C],
    "bare words": ["三、重点环节智能化建设情况", "工厂建设", A, "生产作业", B, "生产管理", C],
    "shuffled": [
        "四、项目的先进性与特色",
        "略。",
        "三、重点环节智能化建设情况",
        "3.4 生产管理",
        C,
        "3.1 工厂建设",
        A,
        "3.3 生产作业",
        B,
    ],
    "with the word 环节": [
        "三、重点环节智能化建设情况",
        "3.1 工厂建设环节",
        A,
        "3.3 生产作业环节",
        B,
        "3.4 生产管理环节",
        C,
    ],
    "summary before": [
        "三、重点环节智能化建设情况",
        "生产作业：已建五个场景。",
        "3.1 工厂建设",
        A,
        "3.3 生产作业",
        B,
        "3.4 生产管理",
        C,
    ],
}


@pytest.mark.parametrize("name", DIMENSIONS)
def test_dimensions(name):
    sections = declare(*DIMENSIONS[name]).sections
    got = {key: sections[key].text.text for key in ("3.1", "3.3", "3.4")}
    assert got == {"3.1": A, "3.3": B, "3.4": C}
    assert not sections["3.2"].found


PLANS = {
    "as in the form": ["七、后续实施计划", "（一）预期目标", A, "（三）成长性分析", B],
    "run in": ["七、后续实施计划", f"（一）预期目标：{A}", f"（三）成长性分析。{B}"],
    "digits": ["七、后续实施计划", "1.预期目标", A, "3.成长性分析", B],
    "dotted": ["七、后续实施计划", "7.1 预期目标", A, "7.3 成长性分析", B],
    "no numbers": ["七、后续实施计划", "预期目标", A, "成长性分析", B],
    "no chapter": ["（一）预期目标", A, "（三）成长性分析", B],
    "half-width": ["七、后续实施计划", "(一)预期目标", A, "(三)成长性分析", B],
}


@pytest.mark.parametrize("name", PLANS)
def test_plans(name):
    sections = declare(*PLANS[name]).sections
    assert sections["7.1"].text.text == A
    assert sections["7.3"].text.text == B
    assert not sections["7.2"].found


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
