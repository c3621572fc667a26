"""Pages for experts, bureaus and administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import func, select
from starlette.responses import Response

from api import access, audit, filled, listing, marks
from api import panel as judging
from api.db.tables import Assignment, Copied, Declaration, Draft, Result
from api.listing import Asked
from api.overview import charts
from api.pages import pack, page
from api.problems import missing
from api.routes import accounts as account_api
from api.routes import batches as batch_api
from api.routes.batches import pairs, passages_of
from api.routes.common import ID
from api.routes.pages import PageOf, Text
from api.routes.panel import assignable, overview
from api.state import Parts, Who
from reviewer.batch.quotas import terms
from reviewer.batch.ranking import LABELS
from reviewer.reports.places import spoken

router = APIRouter(include_in_schema=False)
Group = Annotated[str, Query(pattern=r"^[0-3]?$")]
_TRIAGE = 100


@router.get("/panel")
def panel(request: Request, who: Who, service: Parts) -> Response:
    """The declarations that the asker is to judge."""
    who.need(*access.JUDGES)
    with service.database.read() as session:
        rows = session.execute(
            select(Assignment, Declaration, Draft, Result)
            .join(Declaration, Declaration.id == Assignment.declaration_id)
            .join(Draft, Draft.id == Declaration.latest)
            .outerjoin(Result, Result.draft_id == Draft.id)
            .where(Assignment.expert_id == who.id, access.visible(who))
            .order_by(Assignment.signed.is_not(None), Assignment.created)
        ).all()
        said = {
            row[0].id: judging.mine_of(who, judging.opinions(session, row[2].id, row[1].id))
            for row in rows
        }
    return page(request, "panel.html", who, rows=rows, said=said)


@router.get("/declarations/{key}/agreement")
def agreement(request: Request, who: Who, service: Parts, key: ID) -> Response:
    """How the experts agree, and what is left to the chair."""
    who.need(*access.JUDGES)
    with service.database.write() as session:
        found = access.declaration(session, who, key)
        sides = judging.shown_to(who, judging.opinions(session, found.latest, key))
        state = overview(session, who, found)
        settled = judging.settled(session, found.latest)
        audit.note(session, who, "read", key, "一致性")
    return page(
        request,
        "agreement.html",
        who,
        declaration=found,
        sides=sides,
        panel=state,
        settled=settled,
        sheet=pack(found.policy).sheet,
        words=judging.VERDICTS,
    )


@router.get("/batches")
def batches(request: Request, who: Who, service: Parts) -> Response:
    """The batches, and upload of a new one."""
    who.need(*access.BUREAU)
    with service.database.read() as session:
        found = listing.batches(session, who)
    return page(request, "batches.html", who, batches=found)


@router.get("/batches/{key}")
def batch(
    request: Request,
    who: Who,
    service: Parts,
    key: ID,
    q: Text = "",
    group: Group = "",
    tier: Text = "",
    sort: Text = "",
    page_: PageOf = 1,
) -> Response:
    """The triage of a batch: order, charts, quotas, official tables."""
    policy = pack(service.settings.policy)
    asked = Asked(
        words=q.replace("\x00", ""),
        group=int(group) if group else None,
        tier=tier.replace("\x00", ""),
        sort=sort,
        page=page_,
        size=_TRIAGE,
    )
    with service.database.write() as session:
        row = access.batch(session, who, key)
        found = listing.batches(session, who, key)[0]
        rows, total = listing.triage(session, who, key, asked)
        audit.note(session, who, "triage", key)
        drawn = charts(session, who, key)
        quotas, exempt, nominees = row.usage, marks.exempt(row), marks.nominees(row)
        known = filled.tables(session, key)
        experts = assignable(session, who)
        copied = session.scalar(
            select(func.count()).select_from(Copied).where(Copied.batch_id == key)
        )
        today = service.database.time()
    return page(
        request,
        "batch.html",
        who,
        batch=found,
        rows=rows,
        total=total,
        asked=asked,
        charts=drawn,
        quotas=quotas,
        exempt=exempt,
        nominees=nominees,
        experts=experts,
        labels=LABELS,
        copied=copied,
        terms=terms(policy, _day(today)),
        tables=[table for table in policy.tables if table.tier or table.id in known],
    )


@router.get("/batches/{key}/rows")
def rows(request: Request, who: Who, service: Parts, key: ID, page_: PageOf = 1) -> Response:
    """The rows of a batch's filled tables, with what is wrong in each."""
    found = batch_api.rows(who, service, key, page_, _TRIAGE)
    with service.database.read() as session:
        batch = listing.batches(session, who, key)[0]
    return page(request, "rows.html", who, batch=batch, rows=found, labels=LABELS)


@router.get("/batches/{key}/duplicates")
def duplicates(request: Request, who: Who, service: Parts, key: ID) -> Response:
    """The pairs of a batch that share text."""
    with service.database.read() as session:
        access.batch(session, who, key)
        found = listing.batches(session, who, key)[0]
        copied = pairs(session, key)
        ids = {side for pair in copied for side in (pair.first, pair.second)}
        names = {
            d.id: d for d in session.scalars(select(Declaration).where(Declaration.id.in_(ids)))
        }
    return page(request, "duplicates.html", who, batch=found, pairs=copied, names=names)


@router.get("/batches/{key}/duplicates/{pair}")
def passages(request: Request, who: Who, service: Parts, key: ID, pair: ID) -> Response:
    """Two declarations side by side, where they share text."""
    with service.database.write() as session:
        access.batch(session, who, key)
        found = session.get(Copied, pair)
        if found is None or found.batch_id != key:
            raise missing("这一对")
        audit.note(session, who, "read", pair, "雷同文字")
        sides = [access.declaration(session, who, side) for side in (found.first, found.second)]
        batch = listing.batches(session, who, key)[0]
    policy = pack(sides[0].policy)
    shared = [
        (spoken(p.first, policy), p.first_text, spoken(p.second, policy), p.second_text, p.letters)
        for p in passages_of(found)
    ]
    return page(
        request, "passages.html", who, batch=batch, pair=found, sides=sides, passages=shared
    )


@router.get("/admin/users")
def users(request: Request, who: Who, service: Parts) -> Response:
    """The accounts."""
    regions = [quota.region for quota in pack(service.settings.policy).quotas]
    found = account_api.users(who, service)
    return page(request, "users.html", who, users=found, regions=regions)


@router.get("/admin/audit")
def log(
    request: Request,
    who: Who,
    service: Parts,
    login: Text = "",
    subject: Text = "",
    page_: PageOf = 1,
) -> Response:
    """The audit log."""
    login, subject = login.replace("\x00", ""), subject.replace("\x00", "")
    found = account_api.log(who, service, login, subject, page_, 100)
    return page(request, "audit.html", who, log=found, login=login, subject=subject)


def _day(seconds: float) -> str:
    from datetime import datetime, timedelta, timezone

    return datetime.fromtimestamp(seconds, timezone(timedelta(hours=8))).date().isoformat()
