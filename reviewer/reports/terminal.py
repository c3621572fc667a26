"""The text report: what a person reads in a terminal, grouped by the form's sections."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.text import Text

from reviewer.model.clean import clean
from reviewer.model.review import Finding, Gate, Review, TierCoverage
from reviewer.policy.schema import Policy
from reviewer.reports.material import Material
from reviewer.reports.places import GROUPS, group, spoken

_MARKS = {
    "error": ("✗ 错误", "bold red"),
    "warning": ("! 待核", "yellow"),
    "info": ("· 提示", "cyan"),
}
_ORDER = {title: place for place, (title, _) in enumerate(GROUPS)}


def write(material: Material) -> bytes:
    """The report as plain UTF-8 text, 100 columns wide."""
    stream = io.StringIO()
    show(material.review, material.policy, stream)
    return stream.getvalue().encode()


def show(review: Review, policy: Policy, stream: TextIO) -> None:
    """Print the report; colours only where ``stream`` is a terminal."""
    width = None if stream.isatty() else 100
    console = Console(file=stream, width=width, highlight=False, soft_wrap=False)
    _head(console, review, policy)
    live = sorted(
        (finding for finding in review.findings if not finding.waived),
        key=lambda finding: _ORDER[group(finding.subject)],
    )
    for title, findings in groupby(live, key=lambda finding: group(finding.subject)):
        _group(console, title, list(findings), policy)
    _waived(console, review, policy)
    _tail(console, review, policy)


def _head(console: Console, review: Review, policy: Policy) -> None:
    console.print(_words(review.document.name, style="bold"))
    tier = policy.tier(review.tier).name
    parts = [f"申报等级：{tier}", f"依据：{policy.title}"]
    parts += [f"{label}：{value}" for label, value in _names(review)]
    for part in parts:
        console.print(_words(part, style="dim"))
    for notice in review.notices:
        console.print(_words(f"注意：{notice}", style="yellow"))


def _names(review: Review) -> Iterator[tuple[str, str]]:
    for key in ("企业名称", "工厂名称"):
        value = review.fields.get(key, "")
        if isinstance(value, str) and value:
            yield key, value


def _group(console: Console, title: str, findings: list[Finding], policy: Policy) -> None:
    console.print()
    console.print(_words(f"{title}（{len(findings)}）", style="bold underline"))
    for finding in findings:
        _finding(console, finding, policy)


def _finding(console: Console, finding: Finding, policy: Policy) -> None:
    mark, style = _MARKS[finding.severity]
    head = _words(f"{mark} ", style=style)
    head.append(clean(spoken(finding.subject, policy)), style="bold")
    page = finding.location.page
    head.append(f"  第 {page} 页" if page else "", style="dim")
    head.append(f"  {finding.code}  编号 {finding.id}", style="dim")
    console.print(head)
    indented(console, finding.message, 4)
    if finding.suggestion:
        indented(console, f"改法：{finding.suggestion}", 4, "green")


def indented(console: Console, words: str, indent: int, style: str = "") -> None:
    """Wrapped at the right edge, without the trailing blanks that Padding would leave in a file."""
    for line in _words(words, style=style).wrap(console, console.width - indent):
        line.rstrip()
        console.print(_words(" " * indent) + line)


def _waived(console: Console, review: Review, policy: Policy) -> None:
    waived = [finding for finding in review.findings if finding.waived]
    if not waived:
        return
    console.print()
    console.print(_words(f"已豁免（{len(waived)}）", style="bold underline"))
    for finding in waived:
        line = f"{spoken(finding.subject, policy)}：{finding.message}（豁免理由：{finding.waived}）"
        indented(console, line, 2, "dim")


def _tail(console: Console, review: Review, policy: Policy) -> None:
    console.print()
    for tier_id, tier in review.coverage.items():
        _tier(console, policy.tier(tier_id).name, tier, applied=tier_id == review.tier)
    summary = review.summary
    console.print(
        _words(
            f"共 {summary.errors} 处错误、{summary.warnings} 处待核、{summary.infos} 条提示。",
            style="bold",
        )
    )
    console.print(_words(_next_step(review)))


def _tier(console: Console, name: str, tier: TierCoverage, *, applied: bool) -> None:
    """One line a tier; the gates that are not passed in full only for the tier applied for."""
    failed = [gate for gate in tier.gates if not gate.passed]
    words = "满足硬性条件" if tier.eligible else "未满足：" + "、".join(map(_gate, failed))
    style = "green" if tier.eligible else "red"
    line = _words(f"{name} 要素得分 {tier.score:5.1f}  ", style="bold" if applied else "")
    line.append(words + ("  ← 申报等级" if applied else ""), style=style)
    console.print(line)
    for gate in failed if applied else ():
        indented(console, gate.why, 4, style)


def _gate(gate: Gate) -> str:
    return {"maturity": "成熟度", "dimensions": "环节覆盖", "accident": "事故"}.get(
        gate.gate, "人工智能场景比例"
    )


def _next_step(review: Review) -> str:
    if review.summary.errors:
        return "下一步：先改“错误”，再核对“待核”，改完再审一次；规则说明见 reviewer rules 代码。"
    if review.summary.warnings:
        return "下一步：没有必须改的错误，请逐条核对“待核”项。"
    return "下一步：没有发现问题，可以按通知要求盖章、上传。"


def _words(text: str, style: str = "") -> Text:
    """Text without characters that a terminal would obey."""
    return Text(clean(text), style=style)
