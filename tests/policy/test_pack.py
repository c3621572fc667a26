"""What hebei-2026 says, counted and spot-checked against the notice."""

from __future__ import annotations

import datetime
import re

import pytest

from reviewer.policy.labels import fold
from reviewer.policy.load import load

POLICY = load("hebei-2026")
CONTRACT_RULES = [
    "missing-section",
    "template-residue",
    "field-missing",
    "uscc-invalid",
    "factory-name-suffix",
    "size-class-mismatch",
    "checkbox-conflict",
    "industry-code-mismatch",
    "date-order",
    "maturity-below-tier",
    "accident-declared",
    "over-length",
    "scenario-format",
    "stage-mismatch",
    "scenario-renamed",
    "scenario-unrecognized",
    "scenario-duplicate",
    "scenario-misplaced",
    "scenario-not-described",
    "scenario-not-listed",
    "scenario-content-mismatch",
    "ai-list-mismatch",
    "ai-description-missing",
    "ai-ratio-mismatch",
    "ai-ratio-below-tier",
    "ai-model-count-mismatch",
    "kpi-missing",
    "kpi-out-of-range",
    "kpi-direction",
    "kpi-unit",
    "kpi-text-conflict",
    "investment-exceeds-total",
    "name-inconsistent",
    "dimension-uncovered",
    "requirement-uncovered",
    "confidential-marking",
    "attachment-missing",
    "word-pdf-mismatch",
    "seal-missing",
    "near-duplicate",
    "duplicate-enterprise",
    "quota-exceeded",
]
PERCENT = [
    "关键设备数控化率",
    "关键设备联网率",
    "资源综合利用率",
    "产品不良品率",
    "设备综合利用率",
    "供应商准时交付率",
    "订单准时达成率",
    "先进过程控制投用率",
    "一般固废综合利用率",
    "水资源重复利用率",
    "应用人工智能技术场景比例",
]
COMPANY = [
    "企业名称",
    "统一社会信用代码",
    "成立时间",
    "企业性质",
    "企业类型",
    "行业门类",
    "行业大类",
    "行业中类",
    "工厂地址",
    "法人代表姓名",
    "法人代表电话",
    "联系人姓名",
    "联系人电话",
    "联系人职务",
    "联系人手机",
    "联系人传真",
    "联系人邮箱",
    "资产总额",
    "资产负债率",
    "主营业务收入",
    "利润率",
    "成熟度等级",
    "成熟度分数",
    "安全环保事故",
    "企业简介",
]
FACTORY = [
    "工厂名称",
    "所属行业",
    "细分行业",
    "场景清单",
    "AI场景清单",
    "总集成方案供应商",
    "总集成供应商联系人",
    "建设起止日期",
    "建设总投资",
    "项目简述",
]


def test_stages_and_dimensions() -> None:
    owned = {
        dimension.section: [s.name for s in POLICY.stages if s.dimension == dimension.name]
        for dimension in POLICY.dimensions
    }
    assert owned == {
        "3.1": ["工厂建设"],
        "3.2": ["产品研发", "工艺设计"],
        "3.3": ["生产作业"],
        "3.4": ["生产管理"],
        "3.5": ["运营管理", "产品服务", "供应链管理"],
    }


def test_the_forty_scenarios() -> None:
    assert [scenario.number for scenario in POLICY.scenarios] == list(range(1, 41))
    first = {"工厂建设": 1, "产品研发": 4, "工艺设计": 6, "生产管理": 8, "生产作业": 20}
    first |= {"运营管理": 30, "产品服务": 34, "供应链管理": 37}
    for stage, number in first.items():
        assert next(s.number for s in POLICY.scenarios if s.stage == stage) == number


@pytest.mark.parametrize("scenario", POLICY.scenarios, ids=[s.name for s in POLICY.scenarios])
def test_official_texts_are_whole_and_clean(scenario) -> None:
    assert scenario.text.startswith("面向")
    assert scenario.text.endswith("。")
    assert not re.search(r"\s", scenario.text)
    assert len(scenario.text) > 60


def test_former_names() -> None:
    assert next(a.name for a in POLICY.scenario(23).aliases) == "人机协同制造"
    names = [fold(alias.name) for scenario in POLICY.scenarios for alias in scenario.aliases]
    assert len(names) == len(set(names))
    # Names that mean two scenarios are left to the matcher.
    assert not {"智能排产调度", "质量追溯与分析改进", "物料实时跟踪", "自动巡检"} & set(names)
    assert all(alias.edition for scenario in POLICY.scenarios for alias in scenario.aliases)


def test_fields_are_those_of_the_contract() -> None:
    keys = {
        part: [spec.key for spec in POLICY.template.fields if spec.part == part]
        for part in ("cover", "company", "factory")
    }
    assert keys["cover"] == ["申报单位", "项目名称", "推荐单位", "申报日期"]
    assert keys["company"] == COMPANY
    assert keys["factory"] == FACTORY


def test_optional_fields() -> None:
    free = {spec.key for spec in POLICY.template.fields if not spec.required}
    assert free == {"联系人传真", "AI场景清单"}
    excused = {spec.key: spec.unless for spec in POLICY.template.fields if spec.unless}
    assert excused == {"总集成供应商联系人": "总集成方案供应商=自建"}


def test_limits() -> None:
    limits = {s.id: s.limit for s in POLICY.template.sections if s.limit}
    assert limits == {
        "企业简介": 500,
        "项目简述": 500,
        "2.1": 1000,
        "2.2": 1500,
        **{f"3.{n}": 1500 for n in range(1, 6)},
    }
    block = POLICY.template.block
    assert {part.id: part.limit for part in block.parts if part.limit} == {
        "desc": 300,
        "pain": 300,
        "tech": 500,
        "result": 500,
    }
    assert block.ai_limit == 300


def test_sections_that_may_not_be_missing() -> None:
    asked = [s.id for s in POLICY.template.sections if s.narrative and s.required]
    assert asked == [
        *("企业简介", "项目简述", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5"),
        *("4", "5", "6", "7.1", "7.2", "7.3", "7.4", "8"),
    ]


def test_kpis() -> None:
    rows = [kpi for kpi in POLICY.kpis if kpi.form]
    assert len(rows) == 23
    assert sum(kpi.starred for kpi in rows) == 15
    assert [kpi.name for kpi in rows if kpi.percent] == [
        kpi.name for kpi in rows if kpi.name in PERCENT
    ]
    assert sum(kpi.percent for kpi in rows) == len(PERCENT)
    down = {kpi.name for kpi in rows if kpi.direction == "down"}
    assert down == {
        "产品研制周期",
        "运营成本",
        "产品不良品率",
        "单位产值综合能耗",
        "单位产值碳排放量",
    }
    bare = {kpi.name for kpi in POLICY.kpis if kpi.form and not kpi.unit_needed}
    assert {name[:8] for name in bare} == {"先进制造模式/解", "工厂应用人工智能", "其他成效指标"}


def test_every_rule_of_the_contract_has_a_setting() -> None:
    assert set(CONTRACT_RULES) <= set(POLICY.rules)
    assert all(setting.basis for setting in POLICY.rules.values())
    warned = {name for name in CONTRACT_RULES if POLICY.rules[name].severity == "warning"}
    assert warned == {
        *("requirement-uncovered", "kpi-text-conflict", "scenario-content-mismatch"),
        *("near-duplicate", "seal-missing", "word-pdf-mismatch", "quota-exceeded"),
    }


def test_quotas_add_up_as_the_annex_says() -> None:
    assert sum(quota.counts["basic"] for quota in POLICY.quotas) == 350
    assert sum(quota.counts["advanced"] for quota in POLICY.quotas) == 100
    assert {quota.region for quota in POLICY.quotas} == set(POLICY.cities)


def test_the_applicants_deadlines() -> None:
    due = {d.tier: d.date for d in POLICY.deadlines if d.by == "enterprise" and d.tier}
    assert due == {"advanced": "2026-04-10", "excellent": "2026-05-15", "leading": "2026-05-15"}
    assert all(datetime.date.fromisoformat(d.date).year == 2026 for d in POLICY.deadlines)


def test_values_name_their_place_in_the_notice() -> None:
    assert all(spec.basis for spec in POLICY.template.fields)
    assert all(spec.basis for spec in POLICY.template.sections)
    assert all(kpi.basis for kpi in POLICY.kpis)
    assert all(proof.basis for proof in POLICY.proofs)
    assert all(tier.basis and tier.maturity_basis for tier in POLICY.tiers)


def test_the_scoring_sheet_adds_up() -> None:
    assert sum(item.points for item in POLICY.sheet) == 100
