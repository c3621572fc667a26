"""The findings as the page shows them: grouped by place, each with its surroundings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from reviewer.model.review import Finding
from reviewer.policy.schema import Policy
from reviewer.reports.context import Excerpt, Excerpts
from reviewer.reports.places import GROUPS, group, spoken
from reviewer.reports.wording import SEVERITIES
from reviewer.waivers import snippet

_ORDER = {title: place for place, (title, _) in enumerate(GROUPS)}


class FindingView(Struct, frozen=True):
    """A finding in words. kind: error, warning, info or waived; number: as on the page, from 1."""

    number: int
    kind: str
    said: str
    place: str
    page: int | None
    finding: Finding
    excerpt: Excerpt
    waiver: str


class GroupView(Struct, frozen=True):
    """The findings of one part of the form."""

    title: str
    findings: tuple[FindingView, ...]


def group_views(
    findings: Sequence[Finding], policy: Policy, excerpts: Excerpts
) -> tuple[GroupView, ...]:
    """Findings by part of the form, in its order, numbered through."""
    ordered = sorted(findings, key=lambda finding: _ORDER[group(finding.subject)])
    views = [_view(number, one, policy, excerpts) for number, one in enumerate(ordered, 1)]
    grouped = groupby(views, key=lambda view: group(view.finding.subject))
    return tuple(GroupView(title, tuple(members)) for title, members in grouped)


def _view(number: int, finding: Finding, policy: Policy, excerpts: Excerpts) -> FindingView:
    kind = "waived" if finding.waived else finding.severity
    return FindingView(
        number,
        kind,
        "已豁免" if finding.waived else SEVERITIES[finding.severity],
        spoken(finding.subject, policy),
        finding.location.page,
        finding,
        excerpts.of(finding),
        snippet(finding),
    )
