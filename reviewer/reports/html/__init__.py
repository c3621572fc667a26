"""The report as one self-contained page: no script, no outside resource, its own strict CSP.

Everything opens and filters by style sheet alone, so that the page works offline, in mail viewers
and under any server's Content-Security-Policy that allows its style by hash.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.model.clean import clean
from reviewer.model.review import Review
from reviewer.policy.schema import Policy
from reviewer.reports.comparison import Comparison, changes, headline
from reviewer.reports.context import Excerpts
from reviewer.reports.html.coverage import coverage_view
from reviewer.reports.html.findings import group_views
from reviewer.reports.html.lengths import block_gauges, section_gauges
from reviewer.reports.html.scenarios import entry_views, stage_views
from reviewer.reports.material import Material
from reviewer.reports.wording import counted, next_step

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "templates"

__all__ = ["comparison_page", "style_hash", "write"]


def write(material: Material) -> bytes:
    """The report's page."""
    review, policy = material.review, material.policy
    heads, rows = block_gauges(review, policy)
    return _page(
        "report.html.j2",
        title=f"审阅报告 · {review.document.name}",
        review=review,
        policy=policy,
        tier=policy.tier(review.tier),
        counted=counted(review),
        next_step=next_step(review),
        coverage=coverage_view(review, policy),
        stages=stage_views(review, policy),
        entries=entry_views(review, policy),
        gauges=section_gauges(review, policy),
        gauge_heads=heads,
        gauge_rows=rows,
        kpis=_kpis(review),
        groups=group_views(review.findings, policy, Excerpts(material.document)),
        waived=sum(1 for finding in review.findings if finding.waived),
    )


def comparison_page(comparison: Comparison, policy: Policy) -> bytes:
    """The page that compares two drafts."""
    fates = (
        ("added", "新出现", comparison.added),
        ("kept", "仍存在", tuple(new for _, new in comparison.kept)),
        ("fixed", "已改好", comparison.fixed),
        ("waived", "已豁免", comparison.waived),
    )
    return _page(
        "compare.html.j2",
        title=f"两稿比较 · {comparison.new.document.name}",
        comparison=comparison,
        policy=policy,
        headline=headline(comparison),
        changes=changes(comparison, policy),
        fates=[
            (fate, title, group_views(found, policy, Excerpts(None)), len(found))
            for fate, title, found in fates
        ],
    )


def style_hash() -> str:
    """The CSP source of the pages' style sheet: 'sha256-…'."""
    digest = hashlib.sha256(_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _kpis(review: Review) -> list[tuple[Any, list[Any]]]:
    """KPI rows, each with the findings about it."""
    about: dict[str, list[Any]] = {}
    for finding in review.findings:
        kind, _, name = finding.subject.partition(":")
        if kind == "kpi":
            about.setdefault(name, []).append(finding)
    return [(row, about.get(row.name, [])) for row in review.kpis]


def _page(template: str, **values: Any) -> bytes:
    page = _environment().get_template(template)
    return page.render(style=_style(), style_hash=style_hash(), **values).encode()


@lru_cache(maxsize=1)
def _style() -> str:
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.filters["css"] = Markup  # our own style sheet; nothing of a document comes near it
    return made
