"""Subjects as people say them: ``body:3.3.2/tech`` → 3.3.2 场景（5）采用的技术方案."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.policy.schema import Policy

GROUPS = (
    ("封面和承诺", ("section:cover", "section:commitment")),
    ("一、申报单位和工厂基本信息", ("field:", "section:企业简介", "section:项目简述", "list:")),
    ("一、关键指标", ("kpi:",)),
    ("二、工厂建设总体情况", ("section:2",)),
    ("三、重点环节智能化建设情况", ("section:3", "body:", "dimension:")),
    ("四至七、先进性、安全性、成效和计划", ("section:4", "section:5", "section:6", "section:7")),
    ("八、相关证明材料", ("section:8", "attachment:")),
    ("九、相关附件", ("section:9",)),
    ("要素条件", ("req:",)),
    ("整份申报书", ("",)),
)


def group(subject: str) -> str:
    """The heading under which a finding is listed."""
    return next(title for title, heads in GROUPS if any(subject.startswith(head) for head in heads))


def spoken(subject: str, policy: Policy) -> str:
    """The subject in words that a reader of the form understands."""
    kind, _, rest = subject.partition(":")
    speakers = {
        "section": lambda: _section(rest, policy),
        "body": lambda: _body(rest, policy),
        "list": lambda: _listed(rest),
        "kpi": lambda: f"指标“{rest}”",
        "field": lambda: _field(rest, policy),
        "dimension": lambda: f"“{rest}”方面",
        "req": lambda: _clause(rest, policy),
        "attachment": lambda: f"证明材料“{rest}”",
    }
    return speakers[kind]() if kind in speakers else subject


def _field(rest: str, policy: Policy) -> str:
    cover = any(spec.key == rest and spec.part == "cover" for spec in policy.template.fields)
    return f"{'封面' if cover else '表一'}“{rest}”"


def _section(rest: str, policy: Policy) -> str:
    fixed: Mapping[str, str] = {"cover": "封面", "commitment": "真实性及保密承诺"}
    if rest in fixed:
        return fixed[rest]
    for spec in policy.template.sections:
        if spec.id == rest:
            title = spec.titles[0]
            return f"{rest} {title}" if rest[0].isdigit() else title
    return rest


def _body(rest: str, policy: Policy) -> str:
    number, _, part = rest.partition("/")
    if not part:
        return f"{number} 场景"
    labels = {spec.id: f"（{spec.number}）{spec.labels[0]}" for spec in policy.template.block.parts}
    return f"{number} 场景 {labels.get(part, '人工智能应用描述' if part == 'ai_desc' else part)}"


def _listed(rest: str) -> str:
    kind, _, number = rest.partition(":")
    name = "人工智能场景清单" if kind == "ai" else "场景清单"
    return f"{name}第 {number} 条"


def _clause(rest: str, policy: Policy) -> str:
    for tier in policy.tiers:
        for clause in tier.clauses:
            if clause.id == rest:
                return f"{tier.name}要素条件 {rest.partition('.')[2]} {clause.title}"
    return rest
