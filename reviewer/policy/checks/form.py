"""Checks of the form: fields, sections, scenario block, patterns, KPIs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.policy.checks.fault import Fault, Path, twice
from reviewer.policy.labels import fold, wordings
from reviewer.policy.schema import Policy

_PARTS = ("suppliers", "construction", "desc", "pain", "tech", "result", "resources")
_TABLES = ("suppliers", "equipment", "software", "process", "technology")
_LABELS = ("period", "invest", "outstanding", "ai")


def kpis(policy: Policy) -> Iterator[Fault]:
    """Labels mean one KPI each; changes are among the labels; roles occur once."""
    meant: dict[str, str] = {}
    roles: dict[str, str] = {}
    for index, kpi in enumerate(policy.kpis):
        for word in wordings(kpi):
            if meant.setdefault(fold(word), kpi.name) != kpi.name:
                reason = f"名称“{word}”已指“{meant[fold(word)]}”"
                yield Fault(("kpis", index), reason)
        for at, word in enumerate(kpi.changes):
            if word not in kpi.labels:
                yield Fault(("kpis", index, "changes", at), f"“{word}”不在 labels 里")
        if kpi.role and roles.setdefault(kpi.role, kpi.name) != kpi.name:
            yield Fault(("kpis", index, "role"), f"“{kpi.role}”已是“{roles[kpi.role]}”")


def fields(policy: Policy) -> Iterator[Fault]:
    """A label means one field within its part and group; choices have options; excuses exist."""
    keys = {field.key for field in policy.template.fields}
    meant: dict[tuple[str, str, str], str] = {}
    for index, field in enumerate(policy.template.fields):
        path: Path = ("template", "fields", index)
        if not field.labels:
            yield Fault(path, f"栏目“{field.key}”没有 labels")
        for group in field.group or ("",):
            for word in field.labels:
                other = meant.setdefault((field.part, fold(group), fold(word)), field.key)
                if other != field.key:
                    yield Fault(path, f"标签“{word}”已指“{other}”")
        if field.kind == "choice" and not field.options:
            yield Fault(path, f"勾选栏目“{field.key}”没有 options")
        if field.unless and field.unless.partition("=")[0] not in keys:
            yield Fault((*path, "unless"), f"没有栏目“{field.unless.partition('=')[0]}”")


def sections(policy: Policy) -> Iterator[Fault]:
    """Parents and dimensions of sections exist; titles are unambiguous below one parent."""
    ids = {section.id for section in policy.template.sections}
    dimensions = {dimension.name for dimension in policy.dimensions}
    meant: dict[tuple[str, str], str] = {}
    for index, section in enumerate(policy.template.sections):
        path: Path = ("template", "sections", index)
        if section.parent and section.parent not in ids:
            yield Fault((*path, "parent"), f"没有部分“{section.parent}”")
        if section.dimension and section.dimension not in dimensions:
            yield Fault((*path, "dimension"), f"没有方面“{section.dimension}”")
        if not section.titles:
            yield Fault(path, f"部分“{section.id}”没有 titles")
        for word in section.titles:
            other = meant.setdefault((section.parent, fold(word)), section.id)
            if other != section.id:
                yield Fault(path, f"标题“{word}”已指“{other}”")


def limits(policy: Policy) -> Iterator[Fault]:
    """字数 limits are positive; the years ascend."""
    form = policy.template
    found: list[tuple[Path, int | None]] = [
        *((("template", "fields", n), one.limit) for n, one in enumerate(form.fields)),
        *((("template", "sections", n), one.limit) for n, one in enumerate(form.sections)),
        *((("template", "block", "parts", n), one.limit) for n, one in enumerate(form.block.parts)),
    ]
    for path, limit in found:
        if limit is not None and limit <= 0:
            yield Fault((*path, "limit"), "字数上限应大于 0")
    if form.block.ai_limit <= 0:
        yield Fault(("template", "block", "ai_limit"), "字数上限应大于 0")
    if list(form.years) != sorted(set(form.years)):
        yield Fault(("template", "years"), "年份应从早到晚")


def block(policy: Policy) -> Iterator[Fault]:
    """The parts, labels and tables of the scenario block that the reader knows are all there."""
    spec, path = policy.template.block, ("template", "block")
    ids = [part.id for part in spec.parts]
    yield from twice((*path, "parts"), "块的部分", ids)
    for name in _PARTS:
        if name not in ids:
            yield Fault((*path, "parts"), f"缺少块的部分“{name}”")
    for index, part in enumerate(spec.parts):
        if part.id not in _PARTS:
            yield Fault((*path, "parts", index), f"不认识的块的部分“{part.id}”")
    for name in _LABELS:
        if not spec.labels.get(name):
            yield Fault((*path, "labels"), f"缺少标签“{name}”")
    for name in _TABLES:
        if not spec.tables.get(name):
            yield Fault((*path, "tables"), f"缺少表头“{name}”")


def patterns(policy: Policy) -> Iterator[Fault]:
    """Regular expressions compile and match no empty text."""
    form = policy.template
    for name, words in (("residue", form.residue), ("markings", form.markings)):
        for index, pattern in enumerate(words):
            try:
                empty = re.compile(pattern).match("")
            except re.error as error:
                yield Fault(("template", name, index), f"正则表达式有误（{error}）")
                continue
            if empty:
                yield Fault(("template", name, index), "正则表达式不能匹配空白")
