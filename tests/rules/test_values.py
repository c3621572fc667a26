"""Dates, periods, money and KPI values as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.rules.values import (
    Day,
    is_time,
    normal_unit,
    parse_day,
    parse_days,
    parse_integer,
    parse_money,
    parse_percent,
    parse_period,
    parse_quantity,
)

DATES = st.dates(date(1990, 1, 1), date(2049, 12, 31))
FORMATS = (
    "{y}年{m}月{d}日",
    "{y}.{m}.{d}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
    "{y}{m:02}{d:02}",
    " {y} 年 {m} 月 {d} 日 ",
)
MONTHS = ("{y}年{m}月", "{y}.{m:02}", "{y}-{m:02}", "{y}/{m}")
JOINTS = ("至", "—", "~", "－", " 到 ", "——", "～")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@given(DATES, st.sampled_from(FORMATS), st.booleans())
def test_a_date_in_any_writing(day: date, form: str, wide: bool) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    assert parse_day(text.translate(WIDE) if wide else text) == Day(day.year, day.month, day.day)


@given(DATES, DATES, st.sampled_from(FORMATS), st.sampled_from(JOINTS))
def test_a_period_in_any_writing(one: date, two: date, form: str, joint: str) -> None:
    text = joint.join(form.format(y=d.year, m=d.month, d=d.day) for d in (one, two))
    period = parse_period(text)
    assert (period.start, period.end) == tuple(Day(d.year, d.month, d.day) for d in (one, two))


@given(DATES, DATES, st.sampled_from(MONTHS), st.sampled_from([*JOINTS, "-", "--"]))
def test_months_in_any_writing(one: date, two: date, form: str, joint: str) -> None:
    text = joint.join(form.format(y=d.year, m=d.month) for d in (one, two))
    period = parse_period(text)
    assert (period.start, period.end) == (Day(one.year, one.month), Day(two.year, two.month))


@given(DATES, DATES)
def test_after_orders_days_as_the_calendar_does(one: date, two: date) -> None:
    first, second = (Day(d.year, d.month, d.day) for d in (one, two))
    assert first.after(second) == (one > two)
    assert Day(one.year, one.month).after(second) == ((one.year, one.month) > (two.year, two.month))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024年3月至12月", Day(2024, 3), Day(2024, 12)),
        ("2024年3月至今", Day(2024, 3), None),
        ("2024年3月", Day(2024, 3), None),
        ("2022年至2025年", Day(2022), Day(2025)),
        ("二〇二二年三月一日至二〇二五年十二月三十一日", Day(2022, 3, 1), Day(2025, 12, 31)),
        ("XXXX年XX月XX日至XXXX年XX月XX日", None, None),
        ("", None, None),
    ],
)
def test_periods(text: str, start: Day | None, end: Day | None) -> None:
    period = parse_period(text)
    assert (period.start, period.end) == (start, end)


def test_an_impossible_day_is_read_and_known_to_be_none() -> None:
    (day,) = parse_days("2023年2月30日")
    assert not day.exists
    assert parse_day("2023年2月30日") is None


def test_numbers_are_no_dates() -> None:
    assert parse_days("电话0310-8600101，编号12026043，面积12025平方米") == ()


@given(
    st.integers(0, 10**9),
    st.sampled_from([("万元", 1.0), ("", 1.0), ("亿元", 1e4), ("元", 1e-4), ("万", 1.0)]),
)
def test_money(amount: int, unit: tuple[str, float]) -> None:
    assert parse_money(f"{amount:,}{unit[0]}") == pytest.approx(amount * unit[1])
    assert parse_money(f"约{amount}{unit[0]}（含税）") == pytest.approx(amount * unit[1])


@pytest.mark.parametrize("text", ["", "8600吨", "增加120万元", "A线30万元，B线40万元", "—"])
def test_no_amount(text: str) -> None:
    assert parse_money(text) is None


@given(st.decimals(0, 100, places=2), st.sampled_from(["%", "％", " %", ""]))
def test_percent(share: object, sign: str) -> None:
    assert parse_percent(f"{share}{sign}") == pytest.approx(float(str(share)))


def test_percent_of_other_writings() -> None:
    assert parse_percent("4/12") == pytest.approx(33.333, abs=0.001)
    assert parse_percent("百分之九十五") is None
    assert parse_percent("百分之95") == 95
    assert parse_percent("提升12%") is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("31.5万元/人", 31.5, 31.5, "万元/人"),
        ("148吨/小时（水泥磨台时产量）", 148, 148, "吨/小时"),
        ("0.46％", 0.46, 0.46, "%"),
        ("90天", 90, 90, "天"),
        ("1,200万元", 1200, 1200, "万元"),
        ("90%-95%", 90, 95, "%"),
        ("8.5～9.0次/年", 8.5, 9.0, "次/年"),
        ("≥95%", 95, float("inf"), "%"),
        ("98%以上", 98, float("inf"), "%"),
        ("不高于1.2%", float("-inf"), 1.2, "%"),
        ("2025年：95%", 95, 95, "%"),
        ("单台148吨/h", 148, 148, "吨/小时"),
        ("46.2万元/(人·年)", 46.2, 46.2, "万元/人年"),
        ("2.1tCO2/万元", 2.1, 2.1, "吨二氧化碳/万元"),
        ("-3.2%", -3.2, -3.2, "%"),
        ("3个工作日", 3, 3, "天"),
    ],
)
def test_values(text: str, low: float, high: float, unit: str) -> None:
    found = parse_quantity(text)
    assert found is not None
    assert (found.low, found.high, found.unit) == (low, high, unit)
    assert found.plain


@pytest.mark.parametrize(
    "text", ["提升12%", "由85%提高到95%", "A线120件/小时，B线110件/小时", "下降3.2个百分点"]
)
def test_values_that_cannot_be_compared(text: str) -> None:
    found = parse_quantity(text)
    assert found is not None
    assert not found.plain


@pytest.mark.parametrize("text", ["", "/", "无", "—", "良好"])
def test_no_value(text: str) -> None:
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    "same",
    [
        ("%", "％", " % "),
        ("万元/人", "万元／人", "万元每人", "万/人"),
        ("吨标准煤/万元", "tce/万元", "吨标煤/万元"),
        ("件/小时", "件/h", "件 / 小时"),
        ("天", "日", "个工作日"),
        ("件/人·日", "件/人天", "件/人•天"),
        ("千瓦时/吨", "kWh/t", "度/吨"),
        ("月", "个月"),
    ],
)
def test_one_unit_in_many_writings(same: tuple[str, ...]) -> None:
    assert len({normal_unit(unit) for unit in same}) == 1


def test_units_that_differ() -> None:
    units = (
        "万元/人",
        "元/人",
        "件/小时",
        "件/天",
        "吨标准煤/万元",
        "千克标准煤/万元",
        "次/年",
        "天",
        "%",
    )
    assert len({normal_unit(unit) for unit in units}) == len(units)


def test_time_a_piece() -> None:
    assert is_time(normal_unit("分钟/件"))
    assert is_time(normal_unit("天"))
    assert not is_time(normal_unit("件/小时"))


def test_integers() -> None:
    assert parse_integer("7个") == 7
    assert parse_integer("6.5") is None
    assert parse_integer("约12家") == 12


@given(st.text(max_size=60))
def test_nothing_crashes(text: str) -> None:
    for parse in (
        parse_day,
        parse_days,
        parse_integer,
        parse_money,
        parse_percent,
        parse_period,
        parse_quantity,
    ):
        parse(text)


@given(
    st.floats(0.01, 1e6), st.sampled_from(["万元/人", "元/吨", "分钟", "吨标准煤/万元", "件/小时"])
)
def test_scaling_keeps_order(value: float, unit: str) -> None:
    small, large = (parse_quantity(f"{amount:.4f}{unit}") for amount in (value, value * 2))
    assert small is not None and large is not None
    assert small.scaled().value < large.scaled().value
    assert small.scaled().unit == large.scaled().unit
