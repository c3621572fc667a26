"""Checks of what the notice and its annexes say: stages, scenarios, scales, dates, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.policy.checks.fault import Fault, Path, is_date, twice
from reviewer.policy.labels import fold
from reviewer.policy.schema import Policy

_ID = re.compile(r"[a-z][a-z0-9-]*")


def unique(policy: Policy) -> Iterator[Fault]:
    """Ids, numbers and names occur once in their list."""
    form = policy.template
    yield from twice(("dimensions",), "方面的序号", (d.number for d in policy.dimensions))
    yield from twice(("dimensions",), "方面", (d.name for d in policy.dimensions))
    yield from twice(("stages",), "环节", (s.name for s in policy.stages))
    yield from twice(("scenarios",), "场景编号", (s.number for s in policy.scenarios))
    yield from twice(("scenarios",), "场景名称", (fold(s.name) for s in policy.scenarios))
    yield from twice(("tiers",), "等级", (t.id for t in policy.tiers))
    yield from twice(("kpis",), "指标", (k.name for k in policy.kpis))
    yield from twice(("proofs",), "证明材料", (p.name for p in policy.proofs))
    yield from twice(("quotas",), "地区", (q.region for q in policy.quotas))
    yield from twice(("tables",), "汇总表", (t.id for t in policy.tables))
    yield from twice(("template", "fields"), "栏目", (f.key for f in form.fields))
    yield from twice(("template", "sections"), "部分", (s.id for s in form.sections))
    yield from twice(("template", "lists"), "清单", (one.id for one in form.lists))
    for index, tier in enumerate(policy.tiers):
        path = ("tiers", index, "clauses")
        yield from twice(path, "要素条件", (clause.id for clause in tier.clauses))


def identity(policy: Policy) -> Iterator[Fault]:
    """The pack's id is a plain word, the default tier and the dates are good."""
    if not _ID.fullmatch(policy.id):
        yield Fault(("id",), f"政策包名称“{policy.id}”只能用小写字母、数字和连字符")
    if policy.default_tier not in {tier.id for tier in policy.tiers}:
        yield Fault(("default_tier",), f"没有等级“{policy.default_tier}”")
    if not is_date(policy.source.date):
        yield Fault(("source", "date"), f"日期“{policy.source.date}”应写成 2026-02-15 的样子")


def stages(policy: Policy) -> Iterator[Fault]:
    """Dimensions own a section, stages a dimension, scenarios a stage; aliases are unambiguous."""
    sections = {section.id for section in policy.template.sections}
    dimensions = {dimension.name for dimension in policy.dimensions}
    names = {stage.name for stage in policy.stages}
    for index, dimension in enumerate(policy.dimensions):
        if dimension.section not in sections:
            yield Fault(("dimensions", index, "section"), f"没有部分“{dimension.section}”")
    for index, stage in enumerate(policy.stages):
        if stage.dimension not in dimensions:
            yield Fault(("stages", index, "dimension"), f"没有方面“{stage.dimension}”")
    for index, scenario in enumerate(policy.scenarios):
        if scenario.stage not in names:
            yield Fault(("scenarios", index, "stage"), f"没有环节“{scenario.stage}”")
    meant = {fold(stage.name): stage.name for stage in policy.stages}
    for index, stage in enumerate(policy.stages):
        for at, alias in enumerate(stage.aliases):
            other = meant.setdefault(fold(alias), stage.name)
            if other != stage.name or fold(alias) == fold(stage.name):
                path = ("stages", index, "aliases", at)
                yield Fault(path, f"别名“{alias}”已指“{other}”")


def aliases(policy: Policy) -> Iterator[Fault]:
    """An alias of a scenario is no canonical name and means one scenario only."""
    canonical = {fold(scenario.name): scenario.name for scenario in policy.scenarios}
    meant: dict[str, str] = {}
    for index, scenario in enumerate(policy.scenarios):
        for at, alias in enumerate(scenario.aliases):
            path, key = ("scenarios", index, "aliases", at), fold(alias.name)
            if key in canonical:
                yield Fault(path, f"别名“{alias.name}”就是规范名称“{canonical[key]}”")
            elif meant.setdefault(key, scenario.name) != scenario.name:
                yield Fault(path, f"别名“{alias.name}”已指“{meant[key]}”，一个别名只能指一个场景")


def lists(policy: Policy) -> Iterator[Fault]:
    """Closed values and limits stand on columns that exist."""
    form = policy.template.lists
    owners: list[tuple[Path, tuple[str, ...], Iterable[str]]] = [
        *((("template", "lists", n), one.columns, one.closed) for n, one in enumerate(form)),
        *((("tables", n), one.columns, one.closed) for n, one in enumerate(policy.tables)),
        *((("tables", n), one.columns, one.limits) for n, one in enumerate(policy.tables)),
    ]
    for path, columns, named in owners:
        for column in named:
            if column not in columns:
                yield Fault(path, f"没有列“{column}”")


def scales(policy: Policy) -> Iterator[Fault]:
    """Size classes descend; maturity bands ascend without gap."""
    for index in range(1, len(policy.sizes)):
        if policy.sizes[index].revenue >= policy.sizes[index - 1].revenue:
            yield Fault(("sizes", index), "企业划型应从大到小")
    for index, band in enumerate(policy.maturity):
        if band.low >= band.high:
            yield Fault(("maturity", index), "得分区间的下限应小于上限")
        if index and band.low != policy.maturity[index - 1].high:
            yield Fault(("maturity", index), "得分区间应首尾相接")


def annexes(policy: Policy) -> Iterator[Fault]:
    """Deadlines are dates of tiers that exist; quotas name tiers and regions that exist."""
    ids = {tier.id for tier in policy.tiers}
    for index, deadline in enumerate(policy.deadlines):
        if not is_date(deadline.date):
            reason = f"日期“{deadline.date}”应写成 2026-02-15 的样子"
            yield Fault(("deadlines", index, "date"), reason)
        if deadline.tier and deadline.tier not in ids:
            yield Fault(("deadlines", index, "tier"), f"没有等级“{deadline.tier}”")
    for index, quota in enumerate(policy.quotas):
        for tier in quota.counts:
            if tier not in ids:
                yield Fault(("quotas", index, "counts", tier), f"没有等级“{tier}”")
        if policy.cities and quota.region not in policy.cities:
            yield Fault(("quotas", index, "region"), f"cities 里没有地区“{quota.region}”")


def proofs(policy: Policy) -> Iterator[Fault]:
    """A proof has words to be known by; a line of the scoring sheet has points."""
    for index, proof in enumerate(policy.proofs):
        if not proof.words or not all(proof.words):
            yield Fault(("proofs", index), f"证明材料“{proof.name}”没有可辨认的词")
    for index, item in enumerate(policy.sheet):
        if item.points <= 0:
            yield Fault(("sheet", index, "points"), "分值应大于 0")
