"""The notice's summary tables: filled as it prints them, and every cell of a filled one checked."""

from __future__ import annotations

import io

import docx
import pytest
from openpyxl import Workbook, load_workbook

from reviewer.batch import joins
from reviewer.batch.digest import digest
from reviewer.batch.records import Record
from reviewer.batch.tables import checks, excel, fill, grid, intake, word
from reviewer.batch.tables.grid import Filled
from reviewer.limits import Limits
from reviewer.service import Reviewer
from tests.batch.build import POLICY, review

ONE, THREE, FOUR = (next(t for t in POLICY.tables if t.id == f"附件{n}") for n in (1, 3, 4))
GOOD = {
    "序号": "1",
    "企业名称": "保定甲轴承有限公司",
    "工厂名称": "甲轴承智能工厂",
    "能力成熟度自评估得分": "2.15",
    "所属行业": "装备制造",
    "细分行业": "轴承",
    "企业性质": "民营企业",
    "企业类型": "中型企业",
    "行业中类": "345 轴承、齿轮和传动部件制造",
    "行业小类": "3451 滚动轴承制造",
    "智能制造典型场景实例(罗列)": "1.生产作业-在线智能检测-套圈外观检测\n2.生产管理-车间智能排产-磨超排产",
    "应用人工智能技术具体场景(罗列)": "1.生产作业-在线智能检测-套圈外观检测",
}
OVERSEAS = {
    "序号": "1",
    "企业名称": "甲公司",
    "海外智能工厂名称": "甲泰国智能工厂",
    "自评级别": "先进级",
    "所属行业": "装备制造",
    "从业人员数": "320",
    "营业收入（万元）": "15000",
    "海外智能工厂简介": "主营轴承。",
    "企业联系人及联系方式": "柏某 13700000236",
}


@pytest.fixture(scope="module")
def reviewer():
    return Reviewer(POLICY)


def found(cells, table, reviewer):
    return {(f.column, f.rule) for f in checks.check(cells, table, reviewer).findings}


def test_a_good_row_has_no_finding(reviewer):
    assert found(GOOD, ONE, reviewer) == set()
    assert found(OVERSEAS, FOUR, reviewer) == set()


SCENES, AI = "智能制造典型场景实例(罗列)", "应用人工智能技术具体场景(罗列)"


@pytest.mark.parametrize(
    "column, value, rule",
    [
        ("企业名称", "", "field-missing"),
        ("工厂名称", "甲轴承车间", "factory-name-suffix"),
        ("能力成熟度自评估得分", "1.2", "maturity-below-tier"),
        ("能力成熟度自评估得分", "7.5", "field-invalid"),
        ("能力成熟度自评估得分", "良好", "field-invalid"),
        ("所属行业", "机械", "closed-list"),
        ("企业性质", "私企", "closed-list"),
        ("企业类型", "中等", "closed-list"),
        ("行业中类", "345 水泥制造", "industry-code-mismatch"),
        ("行业小类", "9999 滚动轴承制造", "industry-code-mismatch"),
        ("行业小类", "3011 水泥制造", "industry-code-mismatch"),
        ("行业小类", "3451 水泥制造", "industry-code-mismatch"),
        ("行业小类", "轴承一类", "industry-code-mismatch"),
        (SCENES, GOOD[SCENES] + "\n3.运营管理-车间智能排产-x排产", "stage-mismatch"),
        (SCENES, GOOD[SCENES] + "\n3.生产作业-智能在线检测-尺寸检测", "scenario-renamed"),
        (SCENES, GOOD[SCENES] + "\n3.生产作业-在线智能检测-套圈外观检测", "scenario-duplicate"),
        (SCENES, GOOD[SCENES] + "\n3.生产作业-食堂刷卡消费-职工就餐", "scenario-unrecognized"),
        (SCENES, GOOD[SCENES] + "\n3.能源智能管控", "scenario-format"),
        (SCENES, "1.生产管理-车间智能排产-磨超排产", "dimension-uncovered"),
        (AI, "1.生产管理-能源智能管控-能耗预测", "ai-list-mismatch"),
    ],
)
def test_each_cell_is_checked(reviewer, column, value, rule):
    assert (column, rule) in found(GOOD | {column: value}, ONE, reviewer)


@pytest.mark.parametrize(
    "column, value, rule",
    [
        ("自评级别", "高级", "closed-list"),
        ("海外智能工厂简介", "字" * 501, "over-length"),
        ("从业人员数", "若干", "field-invalid"),
        ("企业联系人及联系方式", "柏某", "field-invalid"),
        ("所属行业", "", "field-missing"),
    ],
)
def test_overseas_cells_are_checked(reviewer, column, value, rule):
    assert found(OVERSEAS | {column: value}, FOUR, reviewer) == {(column, rule)}


def test_500_characters_are_within_the_limit(reviewer):
    assert found(OVERSEAS | {"海外智能工厂简介": "字" * 500}, FOUR, reviewer) == set()


def test_no_ai_scenario_is_no_defect(reviewer):
    assert found(GOOD | {AI: ""}, ONE, reviewer) == set()


# --- read -----------------------------------------------------------------------------------------


def workbook(
    table,
    rows,
    above=("附件1", "河北省基础级智能工厂名单汇总表", "报送单位(盖章):邢台市工业和信息化局"),
):
    book = Workbook()
    sheet = book.active
    for line in above:
        sheet.append([line])
    sheet.append([table.heads.get(c, c) + ("1" if c == "所属行业" else "") for c in table.columns])
    for row in rows:
        sheet.append([row.get(column, "") for column in table.columns])
    sheet.append(["1所属行业请填写:原材料、电子信息、装备制造、消费品；"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_excel_is_read_with_sender_and_numbers(reviewer):
    data = workbook(ONE, [GOOD | {"能力成熟度自评估得分": 2.15}, {}, GOOD | {"企业名称": "乙公司"}])
    rows = intake.of_workbook(data, "名单.xlsx", reviewer)
    assert [(row.table, row.cells["企业名称"]) for row in rows] == [
        ("附件1", GOOD["企业名称"]),
        ("附件1", "乙公司"),
    ]
    assert rows[0].findings == ()
    assert (
        rows[0].digest.region == "邢台市"
        and rows[0].digest.tier == "basic"
        and rows[0].digest.eligible
    )


CONTACT = {"联系人及职务": "柏某 主任", "联系电话(手机)": "13700000236"}


@pytest.mark.parametrize("table, row", [(ONE, GOOD), (THREE, GOOD | CONTACT), (FOUR, OVERSEAS)])
def test_what_we_write_in_word_and_excel_is_read_back(reviewer, table, row):
    plain = {c: row[c] for c in table.columns if c != grid.NUMBER}
    document = reviewer.read(word.write(table, [plain]), "表.docx")
    sheets = grid.of_workbook(excel.write(table, [plain]), "表.xlsx", POLICY, Limits())
    for (filled,) in (grid.of_document(document, POLICY), sheets):
        assert isinstance(filled, Filled) and filled.table == table.id
        assert [
            {c: v for c, v in cells.items() if c != grid.NUMBER} for _, cells in filled.rows
        ] == [plain]


def test_an_overseas_row_is_known_by_firm_factory_and_industry(reviewer):
    (row,) = intake.of_workbook(excel.write(FOUR, [OVERSEAS]), "x.xlsx", reviewer)
    told = {key: row.digest.fields[key] for key in ("企业名称", "工厂名称", "所属行业")}
    assert told == {"企业名称": "甲公司", "工厂名称": "甲泰国智能工厂", "所属行业": "装备制造"}


def test_a_table_of_several_tiers_is_no_list_of_the_tier_below(reviewer):
    rows = intake.of_workbook(excel.write(FOUR, [OVERSEAS]), "x.xlsx", reviewer)
    short = digest(review(tier="excellent"), POLICY)
    records = [Record("a", "a", "a", short), Record("b", "b", "", rows[0].digest, row=rows[0])]
    assert joins.filed(records, POLICY) == {}


def test_a_damaged_workbook_is_one_sentence(reviewer):
    data = workbook(ONE, [GOOD])
    with pytest.raises(Exception, match=r"Excel|不完整|损坏"):
        intake.of_workbook(data[: len(data) // 2], "坏.xlsx", reviewer)


def test_a_workbook_of_something_else_has_no_rows(reviewer):
    book = Workbook()
    book.active.append(["姓名", "电话", "地址", "邮编", "备注"])
    stream = io.BytesIO()
    book.save(stream)
    assert intake.of_workbook(stream.getvalue(), "通讯录.xlsx", reviewer) == []


# --- written --------------------------------------------------------------------------------------


def test_word_is_laid_out_as_the_notice_prints_it():
    made = docx.Document(io.BytesIO(word.write(ONE, [])))
    texts = [p.text for p in made.paragraphs]
    assert texts[:3] == ["附件1", ONE.title, "报送单位(盖章):"]
    assert texts[-4:] == [f"{n}{note}" for n, note in enumerate(ONE.notes, 1)]
    heads = [cell.text for cell in made.tables[0].rows[0].cells]
    assert heads[4] == "所属行业1" and heads[9] == "行业小类4" and len(heads) == len(ONE.columns)
    assert "示例" in made.tables[0].rows[1].cells[10].text


def test_annex_4_heads_hold_limits_and_options():
    sheet = load_workbook(io.BytesIO(excel.write(FOUR, [])))["附件4"]
    heads = [cell.value for cell in sheet[4]]
    assert "自评级别(基础级、先进级、卓越级、领航级)" in heads and any(
        "500字以内" in str(h) for h in heads
    )
    assert sheet["A2"].value == f"{FOUR.title}¹"


def test_equal_rows_give_equal_bytes():
    assert word.write(ONE, [GOOD]) == word.write(ONE, [GOOD])
    assert excel.write(ONE, [GOOD]) == excel.write(ONE, [GOOD])


def test_rows_are_filled_from_reviews():
    made = review(
        "a.docx",
        fields={
            "细分行业": "滚动轴承制造",
            "联系人姓名": "柏某",
            "联系人职务": "主任",
            "联系人手机": "13700000236",
        },
    )
    record = Record("k", "a.docx", "a", digest(made, POLICY))
    row = fill._row(record, ONE)
    assert row[SCENES] == "1.生产作业—在线智能检测—实例\n2.生产管理—生产计划优化—实例"
    assert row[AI] == "1.生产作业—在线智能检测—实例"
    assert row["行业小类"] == "3451 滚动轴承制造"
    assert fill._row(record, THREE)["联系人及职务"] == "柏某 主任"


def test_formulas_stay_text():
    sheet = load_workbook(io.BytesIO(excel.write(ONE, [GOOD | {"企业名称": "=1+1"}])))["附件1"]
    assert sheet["B5"].data_type == "s"
