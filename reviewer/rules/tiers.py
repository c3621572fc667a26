"""The hard conditions of the tier applied for, and its clauses."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.model.declaration import Text
from reviewer.model.review import ClauseCoverage
from reviewer.policy.schema import Clause
from reviewer.rules import keys
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, rule


@rule(
    "TI001",
    "maturity-below-tier",
    "智能制造能力成熟度为{level}，申报{tier}要求{floor}及以上。",
    "请先提升并重新评估成熟度，或改报成熟度相符的等级。",
    severity="error",
)
def maturity_below_tier(context: Context) -> Iterator[Hit]:
    """成熟度低于申报等级的要求

    基础级、先进级要求二级及以上，卓越级三级及以上，领航级四级及以上（GB/T 39116—2020）。

    错误示例：
        申报先进级，成熟度☑一级
    正确示例：
        申报先进级，成熟度☑二级
    """
    levels = {band.name: band.level for band in context.policy.maturity}
    names = {band.level: band.name for band in context.policy.maturity}
    ticked = context.ticked(keys.MATURITY)
    if ticked not in levels or levels[ticked] >= context.tier.maturity:
        return
    values = {
        "level": ticked,
        "tier": context.tier.name,
        "floor": names.get(context.tier.maturity, f"{context.tier.maturity}级"),
    }
    yield Hit(f"field:{keys.MATURITY}", context.field(keys.MATURITY).text, values)


@rule(
    "TI002",
    "accident-declared",
    "填报近三年发生过较大及以上安全环保事故，不符合各级智能工厂的基础要求。",
    "请核实：如系误选，改选“否”；确有较大及以上事故的，近三年内不能申报。",
    severity="error",
)
def accident_declared(context: Context) -> Iterator[Hit]:
    """近三年发生过较大及以上安全环保事故

    错误示例：
        ☑是（事故名称：……）　□否
    正确示例：
        □是（事故名称：）　☑否
    """
    if context.ticked(keys.ACCIDENT) == keys.YES:
        yield Hit(f"field:{keys.ACCIDENT}", context.field(keys.ACCIDENT).text)


@rule(
    "TI003",
    "dimension-uncovered",
    "{tier}要求覆盖“{dimension}”，清单和第三部分中没有这一方面的典型场景。",
    "请补充{stages}环节中已建成的典型场景；没有的，不符合{tier}的硬条件。",
    severity="error",
)
def dimension_uncovered(context: Context) -> Iterator[Hit]:
    """必须覆盖的方面没有场景

    基础级至少覆盖生产作业；先进级至少覆盖生产作业、生产管理、运营管理；卓越级、领航级覆盖全部五个方面。
    按规范场景所属环节计，对不上典型场景的条目不计。

    错误示例：
        申报先进级，没有运营管理、产品服务、供应链管理环节的场景
    正确示例：
        至少有一个运营管理方面的场景，如“运营管理-智能经营决策-……”
    """
    covered = {
        context.dimension_of_stage[match.stage]
        for _, match in context.matched(context.main, context.headings)
        if match.scenario is not None
    }
    for name in context.tier.required:
        if name in covered:
            continue
        stages = [stage.name for stage in context.policy.stages if stage.dimension == name]
        values = {
            "tier": context.tier.name,
            "dimension": name,
            "stages": "、".join(f"“{stage}”" for stage in stages),
        }
        yield Hit(f"dimension:{name}", context.field(keys.MAIN_LIST).text, values)


@rule(
    "TI004",
    "requirement-uncovered",
    "全文没有看到“{title}”的实证{why}。",
    "请补写已建成的内容：用了什么系统或装备，用在哪里，效果如何；计划中的内容不算。要素条件原文：{text}",
)
def requirement_uncovered(context: Context) -> Iterator[Hit]:
    """要素条件没有佐证

    对照《智能工厂梯度培育要素条件（2025年版）》，申报等级的每一条都要有已建成的事实。计划、口号、否定（尚未开展）和
    照抄条文都不算佐证；只体现了一部分的不在此列。

    错误示例：
        下一步将建设能源计量系统（只有计划）
    正确示例：
        能源管控平台接入 1260 个计量点，5 秒采集，年节电 265 万元
    """
    coverage = context.coverage.get(context.tier.id)
    if coverage is None:
        return
    sections = {d.number: d.section for d in context.policy.dimensions}
    for clause in context.tier.clauses:
        found = coverage.clauses.get(clause.id)
        if found is None or found.status != "unmet":
            continue
        section = context.declaration.sections.get(sections[clause.dimension])
        heading = section.heading if section is not None else Text()
        yield Hit(f"req:{clause.id}", heading, _values(clause, found))


def _values(clause: Clause, found: ClauseCoverage) -> dict[str, object]:
    why = f"（{found.why.rstrip('。')}）" if found.why else ""
    return {"title": clause.title, "text": clause.text.rstrip("；。") + "。", "why": why}
