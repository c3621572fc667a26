"""The sections of 三 and of 七, numbered or not, with their chapter's heading or without."""

import pytest

from tests.extraction.build import LEFT, P, T, auto, declare

A, B, C = "水泥行业处在转型期。", "两条线均已联网。", "数据每日汇总。"


def bold(text, **more):
    return P(text, bold=True, **more)


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


UNCHAPTERED = {
    "bold": [bold("工厂建设"), A, bold("生产作业"), B, bold("运营管理"), C],
    "plain": ["工厂建设", A, "生产作业", B, "运营管理", C],
    "one table": [T(["工厂建设"], [A], ["生产作业"], [B], ["运营管理"], [C])],
}


@pytest.mark.parametrize("name", UNCHAPTERED)
def test_unnumbered_dimensions_without_their_chapters_heading(name):
    got = declare(
        "2.2 集成贯通情况", "已贯通。", *UNCHAPTERED[name], "四、项目的先进性与特色", "先进。"
    )
    texts = [got.sections[key].text.text for key in ("2.2", "3.1", "3.3", "3.5", "4")]
    assert texts == ["已贯通。", A, B, C, "先进。"]


def test_two_such_words_are_no_headings():
    got = declare("2.2 集成贯通情况", "生产管理", A, "运营管理", B, "四、项目的先进性与特色", C)
    assert got.sections["2.2"].text.text == f"生产管理\n{A}\n运营管理\n{B}"


def test_label_and_text_of_a_plan_beside_each_other_in_a_table():
    got = declare(T(["七、后续实施计划", LEFT], ["（一）预期目标", A], ["（三）成长性分析", B]))
    assert [got.sections[key].text.text for key in ("7.1", "7.3")] == [A, B]


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


def test_a_subsections_text_behind_a_nearly_official_title():
    got = declare(
        P("七、后续实施计划", bold=True),
        f"（一）总体目标：{A}",
        f"（二）下一步建设内容及实施的计划：{B}",
        f"（三）下一步经济性：{C}",
    )
    assert got.sections["7.1"].text.text == A
    assert got.sections["7.2"].text.text.startswith(B)
    assert not got.sections["7.3"].found
