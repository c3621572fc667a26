"""What the pages show of reviews: views made for the templates."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from api import panel as judging
from api import paper, reviewing
from api.access import Actor
from api.db.tables import Declaration, Draft, Paper, Result
from api.models import PanelOut
from api.pages import STATES, pack
from api.panel import VERDICTS, Opinion, Said
from api.reports import Reviewed
from reviewer.model.review import Candidate, Finding, Review, ScenarioReport
from reviewer.policy.schema import Policy
from reviewer.reports import FORMATS
from reviewer.reports import json as report_json
from reviewer.reports.comparison import Comparison, compare, headline
from reviewer.reports.context import Excerpts
from reviewer.reports.html.coverage import coverage_view
from reviewer.reports.html.findings import GroupView, group_views
from reviewer.reports.html.lengths import block_gauges, section_gauges
from reviewer.reports.html.scenarios import stage_views
from reviewer.reports.places import spoken
from reviewer.reports.wording import METHODS, counted, next_step
from reviewer.rules import registry

__all__ = ["STATES", "fates", "history", "panel", "review"]

_NAMES = {
    "docx": "带批注的 Word",
    "pdf": "带批注的 PDF",
    "html": "网页报告",
    "xlsx": "Excel 表格",
    "letter": "补正通知书",
    "text": "纯文字",
    "json": "JSON 数据",
}


class Step(Struct, frozen=True):
    """A draft in the history. said: what it fixed against the one before; before: that one's id."""

    draft: Draft
    result: Result | None
    said: str
    before: str


class EntryLine(Struct, frozen=True):
    """An entry with its ranked candidates, for correcting."""

    entry: ScenarioReport
    place: str
    method: str
    percent: int
    candidates: tuple[tuple[int, str, int], ...]


class Judged(Struct, frozen=True):
    """What is said of a finding: by the asker, by each expert that may be seen, and for good."""

    mine: str
    reason: str
    others: tuple[tuple[str, str, str], ...]
    settled: Said | None
    differs: bool


def history(
    session: Session, who: Actor, drafts: Sequence[Row[Draft, Result | None]]
) -> list[Step]:
    """The drafts, newest first, each with what it fixed."""
    steps = []
    reviews = _reviews(session, [draft.id for draft, _ in drafts])
    for at, (draft, result) in enumerate(drafts):
        done = [d for d, _ in drafts[at + 1 :] if d.id in reviews]
        said, before = "", ""
        if done and draft.id in reviews:
            before = done[0].id
            said = headline(compare(reviews[before], reviews[draft.id]))
        steps.append(Step(draft, result if draft.state == "done" else None, said, before))
    return steps


def panel(session: Session, who: Actor, declaration: Declaration) -> PanelOut:
    """The panel of a declaration as the asker may see it."""
    from api.routes.panel import overview

    return overview(session, who, declaration)


def review(session: Session, who: Actor, found: Reviewed, view: str) -> dict[str, Any]:
    """Everything that the page of a review shows."""
    review, policy = found.review, pack(found.declaration.policy)
    document = reviewing.document_of(found.paper.document)
    places = reviewing.places_of(found.paper.places)
    colours = paper.severities(review.findings)
    paged = bool(places.sizes) and view != "text"
    heads, rows = block_gauges(review, policy)
    sides = judging.opinions(session, found.draft.id, found.declaration.id)
    mine = judging.mine_of(who, sides)
    groups = group_views(review.findings, policy, Excerpts(document))
    return {
        "declaration": found.declaration,
        "draft": found.draft,
        "review": review,
        "policy": policy,
        "tier": policy.tier(review.tier),
        "counted": counted(review),
        "next_step": next_step(review),
        "sheets": paper.sheets(document, places, colours) if paged else [],
        "flow": Markup("") if paged else paper.Flow(places.marks, colours).html(document),
        "has_pages": bool(places.sizes),
        "marked": {mark.finding for mark in places.marks},
        "groups": groups,
        "titles": _titles(groups),
        "coverage": coverage_view(review, policy),
        "stages": stage_views(review, policy),
        "entries": _entries(review, policy),
        "gauges": section_gauges(review, policy),
        "gauge_heads": heads,
        "gauge_rows": rows,
        "kpis": _kpis(review),
        "formats": _formats(review),
        "judged": _judged(session, who, found, sides),
        "mine": mine,
        "can_judge": _can_judge(found.declaration, mine, sides),
        "can_correct": who.role != "enterprise" and found.declaration.frozen is None,
        "words": VERDICTS,
        "sheet": policy.sheet,
        "panel": panel(session, who, found.declaration),
        "drafts": _drafts(session, found.declaration.id),
    }


def fates(found: Comparison, policy: Policy) -> list[tuple[str, str, tuple[GroupView, ...], int]]:
    """The findings of two drafts by what became of them."""
    sorts = (
        ("added", "新出现", found.added),
        ("kept", "仍存在", tuple(after for _, after in found.kept)),
        ("fixed", "已改好", found.fixed),
        ("waived", "已豁免", found.waived),
    )
    return [
        (fate, title, group_views(items, policy, Excerpts(None)), len(items))
        for fate, title, items in sorts
    ]


def _reviews(session: Session, drafts: Sequence[str]) -> dict[str, Review]:
    rows = session.execute(select(Paper.draft_id, Paper.report).where(Paper.draft_id.in_(drafts)))
    return {key: report_json.decode(zlib.decompress(data)) for key, data in rows}


def _drafts(session: Session, declaration: str) -> Sequence[Draft]:
    return session.scalars(
        select(Draft).where(Draft.declaration_id == declaration).order_by(Draft.number.desc())
    ).all()


def _titles(groups: Sequence[GroupView]) -> dict[str, str]:
    """Rule → title, for the heads of findings."""
    slugs = {view.finding.rule for group in groups for view in group.findings}
    rules = {slug: registry.get(slug) for slug in slugs}
    return {slug: rule.title if rule else slug for slug, rule in rules.items()}


def _entries(review: Review, policy: Policy) -> list[EntryLine]:
    names = {scenario.number: scenario.name for scenario in policy.scenarios}
    return [
        EntryLine(
            entry,
            spoken(entry.at, policy),
            METHODS[entry.method],
            round(entry.confidence * 100),
            tuple(_candidate(c, names) for c in entry.candidates[:5] if c.scenario in names),
        )
        for entry in review.scenarios
    ]


def _candidate(found: Candidate, names: dict[int, str]) -> tuple[int, str, int]:
    return found.scenario, names[found.scenario], round(found.confidence * 100)


def _kpis(review: Review) -> list[tuple[Any, list[Finding]]]:
    about: dict[str, list[Finding]] = defaultdict(list)
    for finding in review.findings:
        kind, _, name = finding.subject.partition(":")
        if kind == "kpi":
            about[name].append(finding)
    return [(row, about.get(row.name, [])) for row in review.kpis]


def _formats(review: Review) -> list[tuple[str, str]]:
    """The forms that a report of this file can have."""
    without = {"docx": "pdf", "doc": "pdf"}.get(review.document.kind, "docx")
    return [(form, _NAMES[form]) for form in _NAMES if form in FORMATS and form != without]


def _judged(
    session: Session, who: Actor, found: Reviewed, sides: Sequence[Opinion]
) -> dict[str, Judged]:
    seen = judging.shown_to(who, sides)
    settled = judging.settled(session, found.draft.id)
    open_ = set(judging.open_findings(sides)) if judging.unveiled(sides) else set()
    mine = judging.mine_of(who, sides)
    made = {}
    for view in found.review.findings:
        said = mine.verdicts.get(view.id) if mine else None
        others = tuple(
            (side.name, VERDICTS[v.verdict], v.reason)
            for side in seen
            if side is not mine
            and side.assignment.expert_id != who.id
            and (v := side.verdicts.get(view.id)) is not None
        )
        made[view.id] = Judged(
            said.verdict if said else "",
            said.reason if said else "",
            others,
            settled.get(view.id),
            view.id in open_,
        )
    return made


def _can_judge(declaration: Declaration, mine: Opinion | None, sides: Sequence[Opinion]) -> bool:
    if mine is None or declaration.frozen is not None or mine.assignment.signed is not None:
        return False
    return not mine.assignment.chair or judging.unveiled(sides)
