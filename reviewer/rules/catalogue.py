"""The rule catalogue: for ``reviewer rules``, and docs/rules.md.

``python -m reviewer.rules.catalogue`` writes docs/rules.md, ``--check`` only says whether it is current.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from reviewer.errors import UsageError
from reviewer.policy.schema import Policy
from reviewer.rules import registry
from reviewer.rules.registry import Rule

FAMILIES = {
    "ST": "结构与完整性",
    "FD": "表一与场景栏目",
    "LE": "字数",
    "SC": "场景",
    "AI": "人工智能",
    "KP": "指标",
    "CO": "前后一致",
    "TI": "申报等级",
    "AT": "证明材料",
    "PL": "合理性（表外提示）",
    "BA": "批量",
    "IN": "程序",
}
SEVERITIES = {"error": "错误", "warning": "待核", "info": "提示"}
_WRONG, _RIGHT = "错误示例：", "正确示例："


def listing(policy: Policy) -> str:
    """All rules, by family, one line each."""
    lines = []
    for family, members in groupby(registry.rules(), key=_family):
        lines += ["", family]
        lines += [f"  {_line(rule, policy)}" for rule in members]
    return "\n".join(lines).lstrip("\n")


def page(word: str, policy: Policy) -> str:
    """One rule explained. Raises UsageError where there is no such code or name."""
    rule = registry.get(word)
    if rule is None:
        raise UsageError(f"没有规则“{word}”，全部规则见 reviewer rules。")
    severity, basis = _setting(rule, policy)
    head = f"{rule.code}　{rule.slug}　{rule.title}"
    about = f"级别：{severity}　依据：{basis}"
    return "\n".join((head, about, "", rule.page.partition("\n")[2].strip("\n")))


def markdown(policy: Policy) -> str:
    """docs/rules.md: every rule with its page."""
    text = "\n".join(_markdown(policy)).rstrip() + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def _markdown(policy: Policy) -> Iterator[str]:
    yield "# 规则目录"
    yield ""
    yield f"由 `python -m reviewer.rules.catalogue` 生成，请勿手改。级别和依据按政策包 `{policy.id}`。"
    for family, members in groupby(registry.rules(), key=_family):
        yield ""
        yield f"## {family}"
        for rule in members:
            yield from _entry(rule, policy)


def _entry(rule: Rule, policy: Policy) -> Iterator[str]:
    severity, basis = _setting(rule, policy)
    yield ""
    yield f"### {rule.code} {rule.slug} — {rule.title}"
    yield ""
    yield f"级别：{severity}。依据：{basis}。"
    yield ""
    for line in rule.page.partition("\n")[2].strip("\n").split("\n"):
        yield from ("", line, "") if line in (_WRONG, _RIGHT) else (line.rstrip(),)


def _family(rule: Rule) -> str:
    return FAMILIES.get(rule.code[:2], "其他")


def _line(rule: Rule, policy: Policy) -> str:
    severity, _ = _setting(rule, policy)
    return f"{rule.code}  {severity}  {rule.slug:<27} {rule.title}"


def _setting(rule: Rule, policy: Policy) -> tuple[str, str]:
    known = policy.rules.get(rule.slug)
    severity = SEVERITIES[known.severity if known else rule.severity]
    return severity, (known.basis if known else rule.basis) or "—"


def main(arguments: list[str]) -> int:
    """Write docs/rules.md, or with ``--check`` tell whether it is current (1: it is not)."""
    from reviewer.policy.load import load

    target = Path(__file__).parents[2] / "docs" / "rules.md"
    text = markdown(load("hebei-2026"))
    if "--check" in arguments:
        current = target.exists() and target.read_text(encoding="utf-8") == text
        if not current:
            print("docs/rules.md is not current: run python -m reviewer.rules.catalogue")
        return int(not current)
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
