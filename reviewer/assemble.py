"""Puts the parts of a review together into the report's shape (``reviewer.model.review``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reviewer.model.counting import count
from reviewer.model.declaration import Declaration, Field, Text
from reviewer.model.review import (
    SCHEMA_VERSION,
    DocumentInfo,
    EntryMatch,
    Finding,
    KpiReport,
    Review,
    ScenarioReport,
    SectionReport,
    Summary,
    TierCoverage,
    Tool,
)
from reviewer.policy.schema import Policy
from reviewer.rules import pairing

_LISTS = ("choice", "years", "entries")


def review(
    *,
    policy: Policy,
    declaration: Declaration,
    tier: str,
    matches: Mapping[str, EntryMatch],
    coverage: Mapping[str, TierCoverage],
    findings: Sequence[Finding],
    complete: bool,
    tool: Tool,
) -> Review:
    """The report of one declaration."""
    return Review(
        schema_version=SCHEMA_VERSION,
        tool=tool,
        document=DocumentInfo(
            declaration.name, declaration.sha256, declaration.kind, declaration.pages
        ),
        tier=tier,
        fields=_fields(policy, declaration),
        sections=dict(_sections(policy, declaration)),
        scenarios=tuple(_scenarios(declaration, matches)),
        kpis=tuple(
            KpiReport(row.name or row.label, row.starred, row.before.text, row.after.text, row.row)
            for row in declaration.kpis
        ),
        coverage=dict(coverage),
        findings=tuple(findings),
        summary=summarize(findings),
        complete=complete,
        notices=declaration.warnings,
    )


def summarize(findings: Sequence[Finding]) -> Summary:
    """Numbers of findings by severity; waived findings do not count."""
    live = [finding.severity for finding in findings if not finding.waived]
    return Summary(live.count("error"), live.count("warning"), live.count("info"))


def _fields(policy: Policy, declaration: Declaration) -> dict[str, str | tuple[str, ...]]:
    kinds = {spec.key: spec.kind for spec in policy.template.fields}
    return {key: _field(item, kinds.get(key, "text")) for key, item in declaration.fields.items()}


def _field(item: Field, kind: str) -> str | tuple[str, ...]:
    return item.values if kind in _LISTS else item.value


def _sections(policy: Policy, declaration: Declaration) -> Iterator[tuple[str, SectionReport]]:
    limits = {spec.id: spec.limit for spec in policy.template.sections}
    for section in declaration.sections.values():
        yield section.id, _section(section.text, limits.get(section.id))
    block = policy.template.block
    part_limits = {part.id: part.limit for part in block.parts if part.text}
    part_limits["ai_desc"] = block.ai_limit
    for item in declaration.blocks:
        for part, text in item.parts.items():
            yield f"{item.at}/{part}", _section(text, part_limits.get(part))


def _section(text: Text, limit: int | None) -> SectionReport:
    return SectionReport(text.text, count(text.text), limit)


def _scenarios(
    declaration: Declaration, matches: Mapping[str, EntryMatch]
) -> Iterator[ScenarioReport]:
    lists = {
        head: [
            pairing.item(e.at, matches[e.at]) for e in declaration.entries if e.at.startswith(head)
        ]
        for head in ("list:main:", "list:ai:")
    }
    in_ai = pairing.links(lists["list:main:"], lists["list:ai:"]).forward
    for entry in declaration.entries:
        ai = entry.at.startswith("list:ai:") or entry.at in in_ai
        yield _scenario(entry.at, matches[entry.at], ai)
    for block in declaration.blocks:
        yield _scenario(block.at, matches[block.at], block.ai == ("是",))


def _scenario(at: str, match: EntryMatch, ai: bool) -> ScenarioReport:
    return ScenarioReport(
        at=at,
        ai=ai,
        raw=match.raw,
        stage_written=match.stage_written,
        name_written=match.name_written,
        instance=match.instance,
        scenario=match.scenario,
        name=match.name,
        stage=match.stage,
        stage_ok=match.stage_ok,
        name_ok=match.name_ok,
        method=match.method,
        confidence=match.confidence,
        candidates=match.candidates,
        reason=match.reason,
    )
