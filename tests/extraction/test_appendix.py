"""八 and the lists of 九."""

import pytest

from tests.extraction.build import LEFT, P, T, auto, declare

HEAD = [
    "序号",
    "专利名称",
    "专利类型（选填发明、实用新型、外观、软著）",
    "专利状态（选填已发布、审查中）",
    "专利号",
    "备注",
]
ROW = ["1", "一种阀体", "发明", "审查中", "2024", ""]
WANTED = ("一种阀体", "发明", "审查中", "2024", "")
TITLE = "项目建设过程中已形成的专利清单（选填）"

CASES = {
    "with titles": ["九、相关附件", "附件5", TITLE, T(HEAD, ROW)],
    "title in one line": ["九、相关附件", f"附件5.{TITLE}", T(HEAD, ROW)],
    "index before": [
        "九、相关附件",
        f"附件5.{TITLE}",
        "附件6.项目建设过程中已形成的人工智能模型清单（选填）",
        "附件5",
        T(HEAD, ROW),
    ],
    "no titles": ["九、相关附件", T(HEAD, ROW)],
    "title as a row": ["九、相关附件", T([TITLE, *[LEFT] * 5], HEAD, ROW)],
    "no chapter heading": ["八、相关证明材料", "1.营业执照", "附件5", TITLE, T(HEAD, ROW)],
    "after another chapter": ["六、项目实施成效", "显著。", TITLE, T(HEAD, ROW)],
    "blank rows": [
        "九、相关附件",
        T(HEAD, ROW, ["2", "", "", "", "", ""], ["3", "", "", "", "", ""]),
    ],
    "nothing": ["九、相关附件", T(HEAD, ROW, ["2", "无", "/", "/", "/", ""])],
    "without numbers": ["九、相关附件", T(HEAD[1:], ROW[1:])],
    "without heads": ["九、相关附件", f"附件5.{TITLE}", T(ROW)],
    "without heads and numbers": [
        "九、相关附件",
        "附件5",
        T(["一种蝶阀阀体的金属密封结构", *ROW[2:]]),
    ],
    "split over pages": ["九、相关附件", T(HEAD), T(ROW)],
    "generic head under its title": ["九、相关附件", "附件5", T(["序号", "名称", *HEAD[2:]], ROW)],
    "other order": [
        "九、相关附件",
        T(
            ["序号", "专利名称", "专利号", "专利类型", "专利状态"],
            ["1", "一种阀体", "2024", "发明", "审查中"],
        ),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_list(name):
    got = declare(*CASES[name])
    (row,) = got.lists["附件5"]
    assert row.cells[1:] == WANTED[1:]
    assert row.cells[0] in (WANTED[0], "一种蝶阀阀体的金属密封结构")
    assert set(got.lists) == {"附件5"}


def test_each_list_by_its_first_column():
    got = declare(
        "九、相关附件",
        T(["序号", "技术名称", "关键参数", "备注"], ["1", "甲", "乙", ""]),
        "附件 6",
        T(["序号", "模型名称", "模型功能"], ["1", "丙", "丁"], ["2", "戊", ""]),
    )
    assert [row.cells for row in got.lists["附件1"]] == [("甲", "乙", "")]
    assert [row.cells for row in got.lists["附件6"]] == [("丙", "丁"), ("戊", "")]


def test_all_lists_in_one_table():
    got = declare(
        "九、相关附件",
        T(
            ["附件1 项目已突破的关键技术清单（选填）", LEFT, LEFT, LEFT],
            ["序号", "技术名称", "关键参数", "备注"],
            ["1", "甲", "乙", ""],
            ["附件6 项目建设过程中已形成的人工智能模型清单（选填）", LEFT, LEFT, LEFT],
            ["序号", "模型名称", "模型功能", ""],
            ["1", "丙", "丁", ""],
        ),
    )
    assert [row.cells for row in got.lists["附件1"]] == [("甲", "乙", "")]
    assert [row.cells for row in got.lists["附件6"]] == [("丙", "丁")]


def test_empty_list_is_there():
    got = declare("九、相关附件", "附件6", T(["序号", "模型名称", "模型功能"], ["1", "", ""]))
    assert got.lists == {"附件6": ()}


def test_table_of_a_narrative_is_no_list():
    got = declare("六、项目实施成效", "显著。", T(HEAD, ROW), "九、相关附件")
    assert got.lists == {}
    assert "一种阀体" in got.sections["6"].tables[0].text


TYPED = {
    "labelled": (
        ["1.专利名称：一种阀体；专利类型：发明；专利状态：审查中；专利号：2024；备注："],
        [WANTED],
    ),
    "one separator": (["1、一种阀体，发明，审查中，2024"], [WANTED]),
    "over two lines": (["（1）一种阀体；发明；", "审查中；2024"], [WANTED]),
    "free": (["一种阀体（发明，已授权）"], [("一种阀体（发明，已授权）", "", "", "", "")]),
    "nothing": (["无"], None),
    "words before a table": (["共一项，见下表：", T(HEAD, ROW)], [WANTED]),
}


@pytest.mark.parametrize("title", [f"附件5 {TITLE}", TITLE])
@pytest.mark.parametrize("name", TYPED)
def test_list_typed_as_lines(name, title):
    lines, expected = TYPED[name]
    got = declare("九、相关附件", P(title, bold=True), *lines)
    rows = got.lists.get("附件5")
    assert (rows and [row.cells for row in rows]) == expected


PROOFS = {
    "lines": (
        ["1.企业营业执照复印件；", "2.企业征信情况报告；"],
        ["1.企业营业执照复印件；", "2.企业征信情况报告；"],
    ),
    "automatic": (
        [auto("1.", "企业营业执照复印件"), auto("2.", "征信报告")],
        ["企业营业执照复印件", "征信报告"],
    ),
    "line breaks": (["1.营业执照\n2.征信报告"], ["1.营业执照", "2.征信报告"]),
    "table": ([T(["1", "营业执照"], ["2", "征信报告"])], ["营业执照", "征信报告"]),
    "table with heads": (
        [T(["序号", "材料名称"], ["1", "营业执照"], ["2", "征信报告"])],
        ["营业执照", "征信报告"],
    ),
    "nothing": (["无"], []),
    "empty": ([], []),
}


@pytest.mark.parametrize("name", PROOFS)
def test_proofs(name):
    lines, expected = PROOFS[name]
    got = declare("八、相关证明材料", *lines, P("九、相关附件", bold=True))
    assert [proof.text for proof in got.proofs] == expected
    assert got.sections["8"].found


def test_heads_in_other_words_are_no_row():
    got = declare("九、相关附件", "附件6", T(["编号", "叫法", "用途"]))
    assert not got.lists.get("附件6")


def test_lists_one_after_another_in_one_table():
    """Each under its title; heads of which only one is the form's, and none at all."""
    got = declare(
        "九、相关附件",
        T(
            ["附件5", *[LEFT] * 5],
            HEAD,
            ROW,
            ["附件6 人工智能模型清单", *[LEFT] * 5],
            ["序号", "模型名称", "用在何处", *[LEFT] * 3],
            ["1", "寿命预测模型", "预测轴承寿命", *[LEFT] * 3],
            ["附件1", *[LEFT] * 5],
            ["1", "预测控制技术", "周期10秒", "已应用", *[LEFT] * 2],
        ),
    )
    assert [row.cells for row in got.lists["附件5"]] == [WANTED]
    assert [row.cells[0] for row in got.lists["附件6"]] == ["寿命预测模型"]
    assert [row.cells for row in got.lists["附件1"]] == [("预测控制技术", "周期10秒", "已应用")]
