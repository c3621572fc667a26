"""Scenario lists as they are typed."""

import pytest

from tests.extraction.build import LEFT, UP, P, T, auto, declare

ONE = "生产作业-在线智能检测-阀体尺寸视觉检测"
TWO = "生产管理-车间智能排产-多品种小批量排产"
THREE = "供应链管理-供应商数字化管理-铸件供应商分级"
LABEL = "覆盖的环节和具体场景"
AI = "应用人工智能技术的具体场景"
ALL = [ONE, TWO, THREE]
NUMBERED = [f"{n}.{entry}" for n, entry in enumerate(ALL, 1)]


def cell(content):
    return [T([LABEL, content])]


CASES = {
    "a paragraph a line": (cell("¶".join(NUMBERED)), NUMBERED),
    "line breaks": (cell("\n".join(NUMBERED)), NUMBERED),
    "without numbers": (cell("¶".join(ALL)), ALL),
    "automatic numbers": (
        cell([auto("1.", ONE), auto("2.", TWO), auto("3.", THREE)]),
        ALL,
    ),
    "nested table of one column": (cell(T([ONE], [TWO], [THREE])), ALL),
    "nested table with its numbers": (cell(T(["1", ONE], ["2", TWO], ["3", THREE])), ALL),
    "nested table of three columns": (
        cell(
            T(
                ["序号", "环节名称", "场景名称", "场景实例名称"],
                ["1", "生产作业", "在线智能检测", "阀体尺寸视觉检测"],
                ["2", "生产管理", "车间智能排产", "多品种小批量排产"],
                ["3", "供应链管理", "供应商数字化管理", "铸件供应商分级"],
            )
        ),
        ALL,
    ),
    "rows of the form": ([T([LABEL, ONE], [UP, TWO], [UP, THREE])], ALL),
    "rows of the form, label not merged": ([T([LABEL, ONE], ["", TWO], ["", THREE])], ALL),
    "columns of the form": (
        [
            T(
                [LABEL, "环节", "场景", "实例名称"],
                [UP, "生产作业", "在线智能检测", "阀体尺寸视觉检测"],
                [UP, "生产管理", "车间智能排产", "多品种小批量排产"],
                [UP, "供应链管理", "供应商数字化管理", "铸件供应商分级"],
            )
        ],
        ALL,
    ),
    "split over two tables": ([T([LABEL, NUMBERED[0]]), T(["", "¶".join(NUMBERED[1:])])], NUMBERED),
    "label repeated": (
        [T([LABEL, NUMBERED[0]]), T([LABEL, "¶".join(NUMBERED[1:])], [AI, "无"])],
        NUMBERED,
    ),
    "paragraphs below the label": ([f"{LABEL}：", *NUMBERED, f"{AI}：无"], NUMBERED),
    "behind the label": ([f"{LABEL}：{NUMBERED[0]}", *NUMBERED[1:]], NUMBERED),
    "one line, semicolons": (cell("；".join(NUMBERED) + "；"), NUMBERED),
    "one line, spaces": (cell("  ".join(NUMBERED)), NUMBERED),
    "wrapped, numbered": (
        cell(
            f"1.生产作业-在线智能检测-¶阀体尺寸视觉检测¶{NUMBERED[1]}¶3.供应链管理-供应商数字化¶管理-铸件供应商分级"
        ),
        NUMBERED,
    ),
    "wrapped, not numbered": (
        cell(f"生产作业-在线智能检测-\n阀体尺寸视觉检测\n{TWO}\n{THREE}"),
        ALL,
    ),
    "number alone": (cell(f"1.¶{ONE}¶2.¶{TWO}¶3.¶{THREE}"), NUMBERED),
    "brackets as numbers": (
        cell(f"（1）{ONE}¶（2）{TWO}¶（3）{THREE}"),
        [f"（{n}）{e}" for n, e in enumerate(ALL, 1)],
    ),
    "no stage among numbered": (
        cell("1.在线智能检测-阀体¶2.智慧食堂平台¶3.生产管理-车间智能排产-甲"),
        ["1.在线智能检测-阀体", "2.智慧食堂平台", "3.生产管理-车间智能排产-甲"],
    ),
    "no stage, no number": (
        cell("在线智能检测-阀体¶智慧食堂平台¶生产管理-车间智能排产-甲"),
        ["在线智能检测-阀体", "智慧食堂平台", "生产管理-车间智能排产-甲"],
    ),
    "other separators": (
        cell("1．生产作业——在线智能检测——甲¶2、生产管理：车间智能排产：乙"),
        ["1．生产作业——在线智能检测——甲", "2、生产管理：车间智能排产：乙"],
    ),
    "template lines left": (
        cell(
            "（按照《智能制造典型场景参考指引（2025年版）》中的环节和场景名称准确填写，格式“环节名称-场景名称-场景实例名称”。"
            f"¶示例：1.环节名称-场景名称-场景实例名称¶2.环节名称-场景名称-场景实例名称¶……¶N.场景名称：环节名称-场景名称-场景实例名称¶{NUMBERED[0]}"
        ),
        [NUMBERED[0]],
    ),
    "nothing": (cell("无"), []),
    "slash": (cell("/"), []),
    "numbered blanks": (cell(f"{NUMBERED[0]}¶2.¶3.……"), [NUMBERED[0]]),
    "empty": (cell(""), []),
}


@pytest.mark.parametrize("name", CASES)
def test_entries(name):
    blocks, expected = CASES[name]
    got = declare(*blocks)
    assert [entry.raw for entry in got.entries if entry.at.startswith("list:main")] == expected
    assert [entry.at for entry in got.entries] == [
        f"list:main:{n}" for n in range(1, len(expected) + 1)
    ]


def test_both_lists():
    got = declare(T([LABEL, "¶".join(NUMBERED)], [AI, f"1.{ONE}"]))
    assert [entry.at for entry in got.entries] == [
        "list:main:1",
        "list:main:2",
        "list:main:3",
        "list:ai:1",
    ]
    assert got.fields["AI场景清单"].values == (f"1.{ONE}",)


def test_residue_stays_in_the_field():
    got = declare(*CASES["template lines left"][0])
    assert "示例：1.环节名称" in got.fields["场景清单"].text.text


def test_nothing_is_an_answer_of_the_field():
    assert declare(T([AI, "无"])).fields["AI场景清单"].values == ("无",)


def test_spans_of_a_wrapped_entry():
    got = declare(*CASES["wrapped, numbered"][0])
    assert got.entries[0].text.text == "1.生产作业-在线智能检测-\n阀体尺寸视觉检测"
    assert len(got.entries[0].text.spans) == 2


@pytest.mark.parametrize("text", ["", " ", "😀" * 5, "a" * 10_000, "-" * 500, "1." * 300])
def test_odd_lines_do_no_harm(text):
    declare(P(f"{LABEL}：{text}"), T([LABEL, text], [AI, LEFT]))
