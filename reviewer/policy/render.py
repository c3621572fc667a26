"""Chinese text of ``reviewer policy list | show | check``."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reviewer.policy.schema import Kpi, Policy, Scenario, Tier

_DIRECTIONS = {"up": "越高越好", "down": "越低越好", "none": "不论高低"}
_SEVERITIES = {"error": "错误", "warning": "待核", "info": "提示"}
_BY = {"enterprise": "企业", "bureau": "主管部门"}


def listing(policies: Iterable[Policy]) -> str:
    """A line a pack: id, version, title, what it extends."""
    rows = [("名称", "版本", "年度", "标题")]
    rows += [(one.id, one.version, str(one.year), _title(one)) for one in policies]
    return "\n".join(_aligned(rows))


def problems(path: str | Path, found: Sequence[str]) -> str:
    """The verdict of ``policy check``: good, or every problem on a line."""
    if not found:
        return f"政策包 {path} 没有问题。"
    return "\n".join([f"政策包 {path} 有 {len(found)} 处问题：", *(f"  {one}" for one in found)])


def show(policy: Policy) -> str:
    """The whole pack for people, part by part."""
    parts = (
        _head(policy),
        _scenarios(policy),
        *(_tier(policy, tier) for tier in policy.tiers),
        _basics(policy),
        _form(policy),
        _kpis(policy),
        _annexes(policy),
        _rules(policy),
    )
    return "\n\n".join("\n".join(part) for part in parts)


def _title(policy: Policy) -> str:
    return f"{policy.title}（在 {policy.extends} 上修改）" if policy.extends else policy.title


def _head(policy: Policy) -> Iterator[str]:
    yield f"{_title(policy)}　{policy.id}，版本 {policy.version}"
    yield f"依据：{policy.source.issuer}《{policy.source.title}》（{policy.source.date}）"
    yield f"申报等级未写明时按{policy.tier(policy.default_tier).name}审阅。"


def _scenarios(policy: Policy) -> Iterator[str]:
    yield f"典型场景（{len(policy.stages)} 个环节 {len(policy.scenarios)} 个场景）"
    for stage in policy.stages:
        names = "、".join(_scenario(s) for s in policy.scenarios if s.stage == stage.name)
        yield f"  {stage.name}（{stage.dimension}）：{names}"


def _scenario(scenario: Scenario) -> str:
    former = f"（曾用名 {len(scenario.aliases)} 个）" if scenario.aliases else ""
    return f"{scenario.number}.{scenario.name}{former}"


def _tier(policy: Policy, tier: Tier) -> Iterator[str]:
    level = next(band.name for band in policy.maturity if band.level == tier.maturity)
    yield f"{tier.name}　{tier.basis}"
    yield f"  成熟度 {level}及以上；须覆盖 {'、'.join(tier.required)}{_principle(tier)}{_share(tier)}"
    for clause in tier.clauses:
        facets = "、".join(facet.name for facet in clause.facets)
        yield f"  {clause.id}　{clause.title}" + (
            f"（要点：{facets}）" if clause.facets[1:] else ""
        )
    for outcome in tier.outcomes:
        yield f"  {outcome.id}　{outcome.title}"


def _principle(tier: Tier) -> str:
    return f"（{tier.in_principle}）" if tier.in_principle else ""


def _share(tier: Tier) -> str:
    return "" if tier.ai_share is None else f"；应用人工智能技术场景比例不低于 {tier.ai_share:g}%"


def _basics(policy: Policy) -> Iterator[str]:
    yield "基础要求"
    for basic in policy.basics:
        yield f"  {basic.id}　{basic.title}"
    yield f"必备证明：{'、'.join(proof.name for proof in policy.proofs)}"


def _form(policy: Policy) -> Iterator[str]:
    form = policy.template
    required = sum(field.required for field in form.fields)
    yield f"申报书《{form.title}》：{len(form.fields)} 个栏目，必填 {required} 个"
    for section in form.sections:
        limit = f"，不超过 {section.limit} 字" if section.limit else ""
        optional = "" if section.required else "，选填"
        yield f"  {section.id}　{section.titles[0]}{limit}{optional}"
    for part in form.block.parts:
        limit = f"，不超过 {part.limit} 字" if part.limit else ""
        yield f"  场景（{part.number}）{part.labels[0]}{limit}"


def _kpis(policy: Policy) -> Iterator[str]:
    yield "指标（* 必填）"
    rows = [(f"  {'*' if kpi.starred else ' '}{kpi.name}", *_kpi(kpi)) for kpi in policy.kpis]
    yield from _aligned(rows)


def _kpi(kpi: Kpi) -> tuple[str, str]:
    unit = "百分比 0—100" if kpi.percent else f"单位如 {kpi.units[0]}" if kpi.units else "单位不限"
    return unit, _DIRECTIONS[kpi.direction] + ("" if kpi.form else "，只见于附件6 附表")


def _annexes(policy: Policy) -> Iterator[str]:
    yield "日期"
    for deadline in policy.deadlines:
        yield f"  {deadline.date}　{deadline.route}（{_BY[deadline.by]}，{deadline.basis}）"
    yield "推荐名额"
    heads = [tier for tier in policy.tiers if any(tier.id in q.counts for q in policy.quotas)]
    rows = [("  地区", *(tier.name for tier in heads))]
    for quota in policy.quotas:
        counts = (str(quota.counts.get(tier.id, "")) for tier in heads)
        rows.append((f"  {quota.region}", *counts))
    yield from _aligned(rows)


def _rules(policy: Policy) -> Iterator[str]:
    live = Counter(rule.severity for rule in policy.rules.values() if not rule.off)
    counts = "，".join(f"{_SEVERITIES[one]} {number} 条" for one, number in live.items())
    yield f"规则：{counts}（见 reviewer rules）"


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows with columns of even width; a CJK character is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
