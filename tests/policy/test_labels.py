"""Labels as people type them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.policy import labels
from reviewer.policy.load import load

POLICY = load("hebei-2026")

SAME = [
    ("企\n业\n性\n质", "企业性质"),
    ("企业 性质：", "企业性质"),
    ("＊关键设备联网率", "关键设备联网率"),
    ("* 关键设备联网率 （％）", "关键设备联网率(%)"),
    ("资产总额（万元）:", "资产总额(万元)"),
    ("法人代表／负责人", "法人代表/负责人"),
    ("统一社会\u00ad信用\u200b代码", "统一社会信用代码"),
    ("项目\u3000简述\u00a0", "项目简述"),
    ("Ｅ－mail", "e-mail"),
]


@pytest.mark.parametrize(("typed", "plain"), SAME)
def test_fold(typed: str, plain: str) -> None:
    assert labels.fold(typed) == plain


TYPED = st.text(st.sampled_from("企业名称率％%（）()：:*＊ \n\t\u3000\u00ad\u200bＡaA1１/／"))


@given(TYPED)
def test_fold_is_stable_and_without_white_space(text: str) -> None:
    folded = labels.fold(text)
    assert not any(char.isspace() for char in folded)
    assert labels.fold(folded) == folded
    assert labels.fold(unicodedata.normalize("NFKC", text)) == folded


@given(st.text())
def test_fold_never_fails(text: str) -> None:
    assert isinstance(labels.fold(text), str)
    assert labels.readings(text)[0] == labels.fold(text)


KPIS = [
    ("*关键设备数控化率", "关键设备数控化率"),
    ("关键设备数控化率（%）", "关键设备数控化率"),
    ("3.*全员劳动生产率（万元/人）", "全员劳动生产率"),
    ("（7）运营成本", "运营成本"),
    ("订单准时交付率", "订单准时达成率"),
    ("订单准时交付率提升（%）", "订单准时达成率"),
    ("研制周期缩短（%）", "产品研制周期"),
    ("产品不良率下降", "产品不良品率"),
    ("单位产值二氧化碳(CO2)排放量降低(%)", "单位产值碳排放量"),
    ("工业总产值 4", "工业总产值"),
    ("工业总产值（万元）1", "工业总产值"),
    ("其他成效指标", "其他成效指标"),
]


@pytest.mark.parametrize(("label", "name"), KPIS)
def test_kpis_are_known_by_both_vocabularies(label: str, name: str) -> None:
    kpi = labels.find_kpi(POLICY, label)
    assert kpi is not None
    assert kpi.name == name


@pytest.mark.parametrize(
    "label", ["", "*", "指标", "（%）", "关键工序数控化率", "1", "万元产值水耗"]
)
def test_other_labels_are_no_kpi(label: str) -> None:
    assert labels.find_kpi(POLICY, label) is None


def test_an_improvement_is_no_value() -> None:
    kpi = labels.kpi_by_label(POLICY)["产品研制周期"]
    assert labels.is_change(kpi, "研制周期缩短（%）")
    assert not labels.is_change(kpi, "*产品研制周期")


def test_maps_cover_the_form() -> None:
    assert len(labels.fields_by_label(POLICY)["姓名"]) == 2
    assert labels.field_by_key(POLICY)["建设总投资"].kind == "money"
    assert labels.section_by_id(POLICY)["2.1"].limit == 1000
    assert [s.id for s in labels.sections_by_title(POLICY)["工厂建设"]] == ["3.1"]
    assert labels.stage_by_name(POLICY)["供应链"].name == "供应链管理"


def test_maps_are_made_once() -> None:
    assert labels.kpi_by_label(POLICY) is labels.kpi_by_label(POLICY)
