"""Each scenario entry by itself: its form, stage and name, in the lists and in section 三."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from reviewer.model.declaration import RawEntry, Text
from reviewer.model.folding import bare
from reviewer.model.review import EntryMatch
from reviewer.rules import pairing
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, Wording, rule

_NO_INSTANCE = "（补场景实例名称）"
_NO_NAME = "（补场景名称）"
_NO_STAGE = "（补环节名称）"


def line(match: EntryMatch) -> str:
    """The entry as it should be written, with what is still to be added in brackets."""
    stage = match.stage or match.stage_written or _NO_STAGE
    name = match.name or match.name_written or _NO_NAME
    return f"{stage}-{name}-{match.instance or _NO_INSTANCE}"


def text_of(entry: RawEntry) -> Text:
    """The entry's text, made up from what was typed where its place is unknown."""
    return entry.text if entry.text.text else Text(entry.raw)


@rule(
    "SC001",
    "scenario-format",
    "“{raw}”缺少{missing}，应写成“环节名称-场景名称-场景实例名称”。",
    "请改为：{line}",
    severity="error",
)
def scenario_format(context: Context) -> Iterator[Hit]:
    """场景条目缺环节、场景或实例

    清单和第三部分的每个场景都按“环节名称-场景名称-场景实例名称”写。分隔符用什么、有没有编号，不作要求。

    错误示例：
        供应链管理-供应商数字化管理
    正确示例：
        供应链管理-供应商数字化管理-面辅料供应商分级评价
    """
    for entry, match in context.matched(context.main, context.ai, context.headings):
        parts = (
            ("环节名称", match.stage_written),
            ("场景名称", match.name_written),
            ("场景实例名称", match.instance),
        )
        missing = [label for label, written in parts if not written]
        if missing:
            values = {"raw": entry.raw, "missing": "、".join(missing), "line": line(match)}
            yield Hit(entry.at, text_of(entry), values)


@rule(
    "SC002",
    "stage-mismatch",
    "“{name}”属于“{stage}”环节，这里写成了“{written}”。",
    "请改为：{line}",
    severity="error",
    cases={
        "none": Wording("“{written}”不是规定的环节名称。", "请从{stages}中选用。"),
    },
)
def stage_mismatch(context: Context) -> Iterator[Hit]:
    """环节与场景不符

    写的环节应是该场景在《智能制造典型场景参考指引（2025年版）》中所属的环节。没有写环节的，按“格式不完整”报。

    错误示例：
        生产作业-能源智能管控-窑磨错峰用能优化
    正确示例：
        生产管理-能源智能管控-窑磨错峰用能优化
    """
    stages = "、".join(f"“{stage.name}”" for stage in context.policy.stages)
    for entry, match in context.matched(context.main, context.ai, context.headings):
        if match.stage_ok or not match.stage_written:
            continue
        values = {
            "name": match.name,
            "stage": match.stage,
            "written": match.stage_written,
            "line": line(match),
            "stages": stages,
        }
        case = "" if match.scenario is not None else "none"
        doubt = context.scanned and _misread(match.stage_written, match.stage)
        yield Hit(entry.at, text_of(entry), values, case, doubtful=doubt)


@rule(
    "SC003",
    "scenario-renamed",
    "“{written}”不是规范的场景名称，应为“{name}”（{reason}）。",
    "请改为：{line}",
    severity="error",
)
def scenario_renamed(context: Context) -> Iterator[Hit]:
    """场景名称不规范

    应按《智能制造典型场景参考指引（2025年版）》的 40 个场景名称准确填写。错字、颠倒、旧版名称、企业自己的叫法都要改。

    错误示例：
        生产管理-智能立体仓储管理-面辅料与成衣立体库
    正确示例：
        生产管理-仓储智能管理-面辅料与成衣立体库
    """
    for entry, match in context.matched(context.main, context.ai, context.headings):
        if match.scenario is None or match.name_ok or not match.name_written:
            continue
        values = {
            "written": match.name_written,
            "name": match.name,
            "reason": match.reason or "按内容判断",
            "line": line(match),
        }
        doubt = context.scanned and _misread(match.name_written, match.name)
        yield Hit(entry.at, text_of(entry), values, doubtful=doubt)


def _misread(written: str, right: str) -> bool:
    """One or two characters off: in a scan that may be the reading, not the writing."""
    return 0 < Levenshtein.distance(bare(written), bare(right)) <= 2


@rule(
    "SC004",
    "scenario-unrecognized",
    "“{written}”对不上 {count} 个典型场景中的任何一个。",
    "请从典型场景参考指引中选用相符的场景；确实没有相符的，请从清单中去掉{near}。",
    severity="error",
)
def scenario_unrecognized(context: Context) -> Iterator[Hit]:
    """不是典型场景

    场景应出自《智能制造典型场景参考指引（2025年版）》的 40 个场景。

    错误示例：
        运营管理-智慧党建与员工文化平台-员工之家
    正确示例：
        运营管理-数智精益管理-班组绩效看板
    """
    for entry, match in context.matched(context.main, context.ai, context.headings):
        written = match.name_written or match.instance
        if match.scenario is not None or not written:
            continue
        yield Hit(
            entry.at,
            text_of(entry),
            {
                "written": written,
                "count": len(context.policy.scenarios),
                "near": _near(context, match),
            },
        )


def _near(context: Context, match: EntryMatch) -> str:
    """The likeliest scenarios, where the matcher has candidates at all."""
    names = [
        context.policy.scenario(c.scenario).name for c in match.candidates[:2] if c.confidence > 0.3
    ]
    return "。较接近的有：" + "、".join(names) if names else ""


@rule(
    "SC005",
    "scenario-duplicate",
    "与第 {earlier} 条“{first}”重复。",
    "请删去重复的一条；如是另一个实例，请写出不同的场景实例名称。",
    severity="error",
)
def scenario_duplicate(context: Context) -> Iterator[Hit]:
    """同一清单中重复列出

    同一清单里场景和实例都相同的，后一条为重复；同一场景的不同实例不算。

    错误示例：
        5.生产作业-在线智能检测-面料疵点机器视觉验布
        12.生产作业-在线智能检测-面料疵点机器视觉验布
    正确示例：
        5.生产作业-在线智能检测-面料疵点机器视觉验布
        12.生产作业-在线智能检测-成衣尺寸视觉测量
    """
    for entries in (context.main, context.ai):
        raws = {entry.at: entry for entry in entries}
        items = [pairing.item(entry.at, match) for entry, match in context.matched(entries)]
        for first, later in pairing.duplicates(items):
            values = {"earlier": first.at.rpartition(":")[2], "first": raws[first.at].raw}
            yield Hit(later.at, text_of(raws[later.at]), values)


@rule(
    "SC006",
    "scenario-misplaced",
    "“{name}”属于“{stage}”环节，应在“{right}”中描述，现写在“{section}”下。",
    "请把这一场景移到“{right}”，并改编号。",
    severity="error",
)
def scenario_misplaced(context: Context) -> Iterator[Hit]:
    """场景写错了位置

    3.1 工厂建设；3.2 研发设计（产品研发、工艺设计）；3.3 生产作业；3.4 生产管理；
    3.5 运营管理（运营管理、产品服务、供应链管理）。
    按规范场景所属环节判断，与所写环节无关。

    错误示例：
        3.4.3 供应链管理-供应商数字化管理-供应商分级评价
    正确示例：
        3.5.3 供应链管理-供应商数字化管理-供应商分级评价
    """
    for block in context.blocks:
        match = context.matches.get(block.at)
        if match is None or match.scenario is None:
            continue
        right = context.section_of_stage[match.stage]
        if right == block.section:
            continue
        values = {
            "name": match.name,
            "stage": match.stage,
            "right": context.titles.get(right, right),
            "section": context.titles.get(block.section, block.section),
        }
        yield Hit(block.at, text_of(block.entry), values)


@rule(
    "SC009",
    "scenario-content-mismatch",
    "标题写的是“{name}”，描述的内容却明显是“{other}”。",
    "请核对：如内容无误，标题改为“{line}”；如标题无误，请重写描述、痛点、方案和成效。",
)
def scenario_content_mismatch(context: Context) -> Iterator[Hit]:
    """标题与内容不是同一场景

    标题写一个场景，描述、痛点、方案、成效却明显是另一个。相近场景之间的出入不算。

    错误示例：
        标题“质量精准追溯”，内容全是设备点检、润滑和检修工单
    正确示例：
        标题“设备维修维护”，内容为设备点检、润滑和检修工单
    """
    for block in context.blocks:
        match = context.matches.get(block.at)
        about = context.content.get(block.at)
        if match is None or match.scenario is None or about is None or about[0] == match.scenario:
            continue
        other = context.policy.scenario(about[0])
        values = {
            "name": match.name,
            "other": other.name,
            "line": f"{other.stage}-{other.name}-{match.instance or _NO_INSTANCE}",
        }
        yield Hit(block.at, text_of(block.entry), values)
