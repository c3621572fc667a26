"""The lists of 表一 against the descriptions of section 三."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.model.declaration import RawEntry
from reviewer.rules import keys, pairing
from reviewer.rules.context import Context
from reviewer.rules.pairing import Item, Links
from reviewer.rules.registry import Hit, rule
from reviewer.rules.scenarios import line, text_of


def items(context: Context, entries: Iterable[RawEntry]) -> list[Item]:
    """The entries as they are compared."""
    return [pairing.item(entry.at, match) for entry, match in context.matched(tuple(entries))]


def listed_and_described(context: Context) -> Links:
    """The main list against the headings of section 三."""
    return context.once(
        "listed and described",
        lambda made: pairing.links(items(made, made.main), items(made, made.headings)),
    )


@rule(
    "SC007",
    "scenario-not-described",
    "“{raw}”列入了场景清单，第三部分没有对应的描述。",
    "请在“{section}”下补写这一场景的（1）至（7），或从清单中去掉。",
    severity="error",
)
def scenario_not_described(context: Context) -> Iterator[Hit]:
    """清单所列场景没有描述

    “覆盖的环节和具体场景”中的每一条，第三部分都要有对应的场景描述。按场景对应，同一场景有多个实例的再按实例对应；
    实例名称用词略有出入不算。

    错误示例：
        清单第 12 条“产品精准营销”，第三部分没有这一场景
    正确示例：
        清单第 12 条在 3.5.2 有完整描述
    """
    found = listed_and_described(context)
    for entry, match in context.matched(context.main):
        if entry.at not in found.forward:
            section = context.titles.get(context.section_of_stage.get(match.stage, "3"), "")
            yield Hit(entry.at, text_of(entry), {"raw": entry.raw, "section": section})


@rule(
    "SC008",
    "scenario-not-listed",
    "第三部分描述了“{raw}”，场景清单中没有列入。",
    "请在“{list}”中补列：{line}",
    severity="error",
)
def scenario_not_listed(context: Context) -> Iterator[Hit]:
    """描述的场景没有列入清单

    第三部分描述的每个场景都应列入“覆盖的环节和具体场景”。

    错误示例：
        3.3.3 描述了“设备运行监控”，清单中没有
    正确示例：
        清单中补列“生产作业-设备运行监控-……”
    """
    found = listed_and_described(context)
    spec = context.specs.get(keys.MAIN_LIST)
    label = spec.labels[0] if spec else keys.MAIN_LIST
    for entry, match in context.matched(context.headings):
        if entry.at not in found.backward:
            values = {"raw": entry.raw, "list": label, "line": line(match)}
            yield Hit(entry.at, text_of(entry), values)
