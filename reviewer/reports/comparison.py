"""What a redraft fixed, kept and broke."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TextIO

from msgspec import Struct
from rich.console import Console
from rich.text import Text

from reviewer.identity import pairs, trace
from reviewer.model.review import Finding, Review
from reviewer.policy.schema import Policy
from reviewer.reports.places import spoken
from reviewer.reports.terminal import indented
from reviewer.reports.wording import SEVERITIES

__all__ = ["Comparison", "compare", "show", "text"]


class Comparison(Struct, frozen=True):
    """Findings by fate. kept: (as it was, as it is). waived: let pass in the new draft.

    Waived findings of the old draft that are gone count as fixed like any other.
    """

    old: Review
    new: Review
    fixed: tuple[Finding, ...]
    kept: tuple[tuple[Finding, Finding], ...]
    added: tuple[Finding, ...]
    waived: tuple[Finding, ...]


def compare(old: Review, new: Review) -> Comparison:
    """Pair the findings of two drafts by identity (``reviewer.identity``)."""
    found = pairs([*map(trace, old.findings)], [*map(trace, new.findings)])
    before = {to: at for at, to in found.items()}
    live = [at for at, finding in enumerate(new.findings) if not finding.waived]
    return Comparison(
        old=old,
        new=new,
        fixed=tuple(f for at, f in enumerate(old.findings) if at not in found),
        kept=tuple((old.findings[before[at]], new.findings[at]) for at in live if at in before),
        added=tuple(new.findings[at] for at in live if at not in before),
        waived=tuple(f for f in new.findings if f.waived),
    )


def text(comparison: Comparison, policy: Policy) -> bytes:
    """The comparison as plain UTF-8 text, 100 columns wide."""
    stream = io.StringIO()
    show(comparison, policy, stream)
    return stream.getvalue().encode()


def show(comparison: Comparison, policy: Policy, stream: TextIO) -> None:
    """Print the comparison; colours only where ``stream`` is a terminal."""
    width = None if stream.isatty() else 100
    console = Console(file=stream, width=width, highlight=False, soft_wrap=False)
    console.print(Text(headline(comparison), style="bold"))
    for line in changes(comparison, policy):
        console.print(Text(line))
    kept = [new for _, new in comparison.kept]
    for title, style, findings in (
        ("新出现", "bold red", comparison.added),
        ("仍存在", "yellow", kept),
        ("已改好", "green", comparison.fixed),
        ("已豁免", "dim", comparison.waived),
    ):
        _group(console, f"{title}（{len(findings)}）", style, findings, policy)


def headline(comparison: Comparison) -> str:
    """“改好 5 处，仍有 3 处，新出现 1 处”."""
    said = (
        f"改好 {len(comparison.fixed)} 处，仍有 {len(comparison.kept)} 处，"
        f"新出现 {len(comparison.added)} 处"
    )
    return said + (f"，豁免 {len(comparison.waived)} 处" if comparison.waived else "")


def changes(comparison: Comparison, policy: Policy) -> list[str]:
    """How the tiers' scores and gates moved, a line a tier that did."""
    lines = []
    for tier in policy.tiers:
        old, new = (r.coverage.get(tier.id) for r in (comparison.old, comparison.new))
        if old is None or new is None:
            continue
        moved = abs(old.score - new.score) >= 0.05
        if moved or old.eligible != new.eligible:
            gates = {
                (False, True): "，现已满足硬性条件",
                (True, False): "，现不再满足硬性条件",
            }.get((old.eligible, new.eligible), "")
            lines.append(f"{tier.name}要素得分 {old.score:.1f} → {new.score:.1f}{gates}")
    return lines


def _group(
    console: Console, title: str, style: str, findings: Iterable[Finding], policy: Policy
) -> None:
    findings = list(findings)
    if not findings:
        return
    console.print()
    console.print(Text(title, style=style))
    for finding in findings:
        head = f"{SEVERITIES[finding.severity]} {spoken(finding.subject, policy)}（{finding.code}）"
        indented(console, head, 2, "bold")
        indented(console, finding.message, 4)
