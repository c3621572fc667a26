"""Taking entries apart: numbers, separators, missing parts, what the flags say of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.matching import EntryParser, Resolver, parse_entry
from reviewer.policy.load import load

POLICY = load("hebei-2026")
PARSER = EntryParser(POLICY)
RESOLVER = Resolver(POLICY)
SCENARIOS = [(s.stage, s.name) for s in POLICY.scenarios]
NUMBERS = [
    "",
    "1.",
    "1、",
    "１．",
    "（1）",
    "(12)",
    "①",
    "⑴",
    "第3条 ",
    "3) ",
    "3.3.2 ",
    "2.例：",
    "示例：1.",
    "N.场景名称：",
    "3.1.1 场景名称：",
    "• ",
    "一、",
    "7 ",
]
SEPARATORS = [
    "-",
    "—",
    "——",
    "–",
    "－",
    "―",
    "一",
    "：",
    ":",
    "／",
    "/",
    "|",
    "→",
    " - ",
    " 一 ",
    " —— ",
    "　",
    " ",
    "丨",
    "\t",
]
INSTANCES = [
    "铸件内部缺陷X光识别",
    "5G专网与边缘机房",
    "P·O 42.5水泥粉磨",
    "压铸、机加与装配的联动",
    "窑磨主机（一期）",
]


@given(
    st.sampled_from(SCENARIOS),
    st.sampled_from(NUMBERS),
    st.sampled_from(SEPARATORS),
    st.sampled_from(INSTANCES),
)
def test_any_number_and_separator(
    scenario: tuple[str, str], number: str, separator: str, instance: str
) -> None:
    stage, name = scenario
    parts = PARSER.parse(f"{number}{stage}{separator}{name}{separator}{instance}")
    assert (parts.stage, parts.name, parts.instance) == (stage, name, instance)


@given(
    st.sampled_from(SCENARIOS), st.sampled_from([s for s in SEPARATORS if s.strip() and s != "一"])
)
def test_white_space_inside_words(scenario: tuple[str, str], separator: str) -> None:
    stage, name = (f"{word[:2]} {word[2:]}" for word in scenario)
    match = RESOLVER.match(f"1.{stage}{separator}{name}{separator}联动 控制")
    assert (match.stage, match.name) == scenario
    assert match.stage_ok and match.name_ok


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (
            "1.生产作业(环节名)一人机协同制造(场景名)—多机协同的发动机壳体柔性加工与检测(实例名)",
            ("生产作业", "人机协同制造", "多机协同的发动机壳体柔性加工与检测"),
        ),
        (
            "环节名称：生产作业；场景名称：在线智能检测；场景实例名称：面料验布",
            ("生产作业", "在线智能检测", "面料验布"),
        ),
        ("【生产作业】在线智能检测（面料验布）", ("生产作业", "在线智能检测", "面料验布")),
        ("“生产作业”-“在线智能检测”-“面料验布”", ("生产作业", "在线智能检测", "面料验布")),
        (
            "生产管理一安全一体化管控一矿山作业双预控",
            ("生产管理", "安全一体化管控", "矿山作业双预控"),
        ),
        ("生产作业-质量精准追溯-一物一码追溯", ("生产作业", "质量精准追溯", "一物一码追溯")),
        (
            "生产作业/设备故障诊断与预测/AI-振动/油液融合",
            ("生产作业", "设备故障诊断与预测", "AI-振动/油液融合"),
        ),
        (
            "生产管理-车间智能排产-裁-缝-整三车间联动",
            ("生产管理", "车间智能排产", "裁-缝-整三车间联动"),
        ),
        ("供应链管理-供应商数字化管理", ("供应链管理", "供应商数字化管理", "")),
        ("在线智能检测-面料疵点-视觉识别", ("", "在线智能检测", "面料疵点-视觉识别")),
        (
            "生产作业在线智能检测面料疵点机器视觉验布",
            ("生产作业", "在线智能检测", "面料疵点机器视觉验布"),
        ),
        ("质量管理-在线智能检测-面料", ("质量管理", "在线智能检测", "面料")),
        ("企业文化-智慧党建-员工之家", ("企业文化", "智慧党建", "员工之家")),
        ("生产作业环节—在线智能检测—面料", ("生产作业环节", "在线智能检测", "面料")),
        ("工厂设计-车间/工厂数字化设计-三维", ("工厂设计", "车间/工厂数字化设计", "三维")),
        ("1.5G+数字基础设施建设", ("", "5G+数字基础设施建设", "")),
        ("3D打印单元", ("", "3D打印单元", "")),
        ("生产作业", ("生产作业", "", "")),
        ("", ("", "", "")),
    ],
)
def test_entries(raw: str, parts: tuple[str, str, str]) -> None:
    assert parse_entry(raw, POLICY)[1:] == parts


def flags(raw: str) -> tuple[int | None, bool, bool]:
    match = RESOLVER.match(raw)
    return match.scenario, match.stage_ok, match.name_ok


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("生产作业-在线智能检测-面料", (24, True, True)),
        ("生产管理-在线智能检测-面料", (24, False, True)),
        ("在线智能检测-面料", (24, False, True)),
        ("智能在线检测-面料", (24, False, False)),
        ("供应链管理-供应商数字化管理", (37, True, True)),
        ("供应链-供应商数字化管理-面料", (37, False, True)),
        ("生产作业-在线智能检侧-面料", (24, True, False)),
        ("工厂建设-数字孪生工厂建设-车间", (3, True, False)),
        ("运营管理-智慧党建与员工文化平台-员工之家", (None, True, False)),
        ("企业文化-智慧党建与员工文化平台-员工之家", (None, False, False)),
    ],
)
def test_flags(raw: str, wanted: tuple[int | None, bool, bool]) -> None:
    assert flags(raw) == wanted


@pytest.mark.parametrize("name", [s.name for s in POLICY.scenarios])
def test_every_canonical_name_decides_whatever_the_stage(name: str) -> None:
    for stage in POLICY.stages:
        match = RESOLVER.match(f"{stage.name}-{name}-某实例")
        assert (match.name, match.name_ok, match.method) == (name, True, "exact")
        assert match.stage_ok == (match.stage == stage.name)


@given(st.text(max_size=120))
def test_nothing_crashes(raw: str) -> None:
    match = RESOLVER.match(raw)
    assert match.raw == raw
    assert 0 <= match.confidence <= 1
    assert (match.scenario is None) == (match.method == "none")


def test_long_and_strange_lines() -> None:
    for raw in ("检" * 10_000, "😀-😀-😀", "\x00\x1b\ud800", "on-line inspection", "-", "一" * 50):
        assert RESOLVER.match(raw).scenario is None
