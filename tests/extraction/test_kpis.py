"""The table of indicators in many layouts."""

import pytest

from tests.extraction.build import LEFT, UP, P, T, declare

RATE = ("关键设备数控化率", "71%", "96%")
NET = ("关键设备联网率", "58%", "98%")
COST = ("运营成本", "236元/吨", "208元/吨")
OTHER = ("其他成效指标", "能耗104千克", "能耗98千克")
HEAD = ["指标", "建设前", "建成后"]


def rows(*indicators):
    return [list(row) for row in indicators]


CASES = {
    "own table": ([T(HEAD, *rows(RATE, NET))], [RATE, NET]),
    "merged label": (
        [T(["工¶厂¶整¶体¶建¶设¶成¶效", *HEAD], [UP, *RATE], [UP, *NET])],
        [RATE, NET],
    ),
    "numbered": ([T(["序号", *HEAD], ["1", *RATE], ["2", *NET])], [RATE, NET]),
    "stars": (
        [
            T(
                HEAD,
                ["*关键设备数控化率", *RATE[1:]],
                ["关键设备联网率＊", *NET[1:]],
                ["★ 运营成本", *COST[1:]],
            )
        ],
        [RATE, NET, COST],
    ),
    "star in the number's cell": ([T(["序号", *HEAD], ["1*", *RATE], ["*2", *NET])], [RATE, NET]),
    "unit in the label": (
        [T(HEAD, ["关键设备数控化率（%）", *RATE[1:]], ["运营成本\n（元/吨）", *COST[1:]])],
        [RATE, COST],
    ),
    "words of annex 6": (
        [
            T(
                ["指标", "改造前", "改造后"],
                ["产品不良率下降（%）", "3", "1"],
                ["订单准时交付率提升（%）", "90", "98"],
            )
        ],
        [("产品不良品率", "3", "1"), ("订单准时达成率", "90", "98")],
    ),
    "other heads": (
        [T(["绩效指标", "建设前（2021年）", "建设后（2025年）"], *rows(RATE, NET))],
        [RATE, NET],
    ),
    "after before before": ([T(["指标", "建成后", "建设前"], [RATE[0], RATE[2], RATE[1]])], [RATE]),
    "two a row": ([T([*HEAD, *HEAD], [*RATE, *NET], [*COST, "", "", ""])], [RATE, NET, COST]),
    "split over pages": ([T(HEAD, *rows(RATE)), T(*rows(NET, COST))], [RATE, NET, COST]),
    "split, heading between": (
        [T(HEAD, *rows(RATE)), "续表", T(*rows(NET, COST))],
        [RATE, NET, COST],
    ),
    "nested in the form": (
        [T(["企业名称", "甲"], ["工厂整体建设成效", T(HEAD, *rows(RATE, NET))])],
        [RATE, NET],
    ),
    "without a header": ([T(*rows(RATE, NET, COST))], [RATE, NET, COST]),
    "blank and slash": (
        [T(HEAD, ["关键设备数控化率", "", "96%"], ["库存周转率", "/", "/"], ["运营成本", "", ""])],
        [("关键设备数控化率", "", "96%"), ("库存周转率", "/", "/"), ("运营成本", "", "")],
    ),
    "others over several rows": (
        [T(HEAD, list(RATE), list(OTHER), [UP, "水耗3吨", "水耗2吨"])],
        [RATE, OTHER, ("其他成效指标", "水耗3吨", "水耗2吨")],
    ),
    "several lines in a cell": (
        [T(HEAD, list(RATE), ["其他成效指标", "能耗104千克\n水耗3吨", "能耗98千克\n水耗2吨"])],
        [RATE, ("其他成效指标", "能耗104千克\n水耗3吨", "能耗98千克\n水耗2吨")],
    ),
    "a label with a break": (
        [
            T(
                HEAD,
                ["先进制造模式/解决方案面向供应链\n上下游复制推广的企业数量", "0家", "6家"],
                list(RATE),
            )
        ],
        [("先进制造模式/解决方案面向供应链上下游复制推广的企业数量", "0家", "6家"), RATE],
    ),
    "a slip in the label": (
        [T(HEAD, ["单位产值综合能号", "3吨", "2吨"], list(RATE))],
        [("单位产值综合能耗", "3吨", "2吨"), RATE],
    ),
    "an indicator of their own": (
        [T(HEAD, list(RATE), ["吨钢电耗", "3", "2"])],
        [RATE, ("", "3", "2")],
    ),
    "groups across the table": (
        [
            T(
                HEAD,
                ["一、能力指标", LEFT, LEFT],
                list(RATE),
                ["二、效益指标", LEFT, LEFT],
                list(COST),
            )
        ],
        [RATE, COST],
    ),
    "column of units": (
        [T(["指标", "单位", "建设前", "建成后"], ["关键设备数控化率", "%", "71%", "96%"])],
        [RATE],
    ),
    "indicators as columns": (
        [T(["指标", RATE[0], NET[0]], ["建设前", RATE[1], NET[1]], ["建成后", RATE[2], NET[2]])],
        [RATE, NET],
    ),
    "indicators as columns, twice, with units": (
        [
            T(
                ["指标", f"*{RATE[0]}", "库存周转率"],
                ["单位", "%", "次"],
                ["建设前", RATE[1], "3"],
                ["建成后", RATE[2], "4"],
                ["指标", f"*{NET[0]}", ""],
                ["建设前", NET[1], ""],
                ["建成后", NET[2], ""],
            )
        ],
        [RATE, ("库存周转率", "3", "4"), NET],
    ),
    "form goes on below": (
        [
            T(
                ["指标", "建设前", "建成后"],
                list(RATE),
                ["建设总投资（万元）", "5600", LEFT],
                ["项目简述", "智能化。", LEFT],
            )
        ],
        [RATE],
    ),
    "sentences": (
        ["关键设备数控化率：建设前71%，建成后96%", "*关键设备联网率：58% → 98%"],
        [RATE, NET],
    ),
    "lines in a cell": (
        [
            T(
                ["企业名称", "甲"],
                [
                    "建设成效",
                    "1）*关键设备数控化率：建设前71%，建成后96%¶2）*关键设备联网率：建设前58%，建成后98%",
                ],
            )
        ],
        [RATE, NET],
    ),
    "a stroke for no value in a sentence": (
        ["库存周转率：建设前/，建成后/；", "*关键设备联网率：建设前58%，建成后98%"],
        [("库存周转率", "/", "/"), NET],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows(name):
    blocks, expected = CASES[name]
    got = declare("企业名称：甲", *blocks).kpis
    assert [(row.name, row.before.text, row.after.text) for row in got] == expected
    assert [row.row for row in got] == list(range(1, len(got) + 1))


def test_star_is_the_policys_where_the_row_is_known():
    got = declare(
        "企业名称：甲", T(HEAD, ["关键设备数控化率", "1%", "2%"], ["*吨钢电耗", "3", "2"])
    )
    assert [row.starred for row in got.kpis] == [True, True]


def test_unit_of_its_own_column_stands_in_the_label():
    got = declare("企业名称：甲", *CASES["column of units"][0])
    assert got.kpis[0].label == "关键设备数控化率（%）"


def test_units_that_say_nothing_and_units_with_brackets():
    head = ["指标", "单位", "建设前", "建成后"]
    output, other = ("生产效率", "8吨/小时（台时）", "9吨/小时（台时）"), ("自控率", "8%", "9%")
    got = declare(
        "企业名称：甲",
        T(
            head,
            ["关键设备数控化率", "—", "71%", "96%"],
            [output[0], "吨/小时（台时）", *output[1:]],
            [other[0], "%", *other[1:]],
        ),
    ).kpis
    assert [row.name or row.label for row in got] == ["关键设备数控化率", "生产效率", "自控率"]


def test_other_indicator_typed_in_a_line():
    (row,) = declare(
        "企业名称：甲", "工厂整体建设成效", "其他成效指标：自控率：建设前82%，建成后97%"
    ).kpis
    assert (row.label, row.before.text, row.after.text) == ("其他成效指标：自控率", "82%", "97%")


def test_fields_below_the_indicators():
    got = declare("企业名称：甲", *CASES["form goes on below"][0])
    assert got.fields["建设总投资"].value == "5600"
    assert got.sections["项目简述"].text.text == "智能化。"


def test_a_table_in_a_narrative_is_none():
    got = declare(
        "企业名称：甲",
        T(HEAD, list(RATE)),
        "六、项目实施成效",
        P("成效显著。"),
        T(HEAD, list(NET)),
    )
    assert [row.name for row in got.kpis] == [RATE[0]]
    assert NET[0] in got.sections["6"].tables[0].text


def test_remarks_beside_the_indicators_are_no_text_of_the_narrative_above():
    got = declare(
        T(
            ["项目简述", "智能化。", LEFT, LEFT, LEFT],
            ["类别", "指标", "建设前", "建成后", "备注"],
            ["运行", *RATE, "提升"],
        )
    )
    assert got.sections["项目简述"].text.text == "智能化。"
    assert [row.name for row in got.kpis] == [RATE[0]]
