"""Pages for everybody: upload, declarations and their history, the review, comparison, account."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

import corpus
from api import access, audit, listing, reports, showing
from api.db.tables import Batch, Result
from api.listing import Asked
from api.pages import pack, page
from api.problems import missing
from api.routes.common import ID, MIME, IdQuery, attachment
from api.routes.panel import assignable
from api.state import Parts, Who
from reviewer.reports.comparison import changes, headline

router = APIRouter(include_in_schema=False)
_RECENT = 8
PageOf = Annotated[int, Query(alias="page", ge=1, le=100_000)]
Text = Annotated[str, Query(max_length=100)]


@router.get("/")
def home(request: Request, who: Who, service: Parts) -> Response:
    """Upload, and what was uploaded last."""
    if who.role == "expert":
        return RedirectResponse("/panel", status_code=303)
    with service.database.read() as session:
        rows, total = listing.declarations(session, who, Asked(size=_RECENT))
    policy = pack(service.settings.policy)
    sample = _sample() is not None
    return page(request, "home.html", who, rows=rows, total=total, policy=policy, sample=sample)


@router.get("/sample")
def sample(who: Who) -> Response:
    """A sample declaration, to try with."""
    found = _sample()
    if found is None:
        raise missing("示例")
    return attachment(found.read_bytes(), "示例申报书.docx", MIME["docx"])


@router.get("/declarations")
def declarations(
    request: Request, who: Who, service: Parts, q: Text = "", state: Text = "", page_: PageOf = 1
) -> Response:
    """All declarations that the asker may see."""
    q = q.replace("\x00", "")
    asked = Asked(words=q, state=state if state in showing.STATES else "", page=page_)
    with service.database.read() as session:
        rows, total = listing.declarations(session, who, asked)
    return page(request, "declarations.html", who, rows=rows, total=total, asked=asked)


@router.get("/declarations/{key}")
def declaration(request: Request, who: Who, service: Parts, key: ID) -> Response:
    """A declaration: its drafts and what each of them fixed."""
    with service.database.write() as session:
        found = access.declaration(session, who, key)
        drafts = listing.drafts(session, key)
        audit.note(session, who, "read", key)
        batch = session.get(Batch, found.batch_id) if found.batch_id else None
        history = showing.history(session, who, drafts)
        experts = assignable(session, who) if who.role in access.BUREAU else []
        panel = showing.panel(session, who, found)
    return page(
        request,
        "declaration.html",
        who,
        declaration=found,
        history=history,
        batch=batch,
        experts=experts,
        panel=panel,
    )


@router.get("/drafts/{key}")
def draft(request: Request, who: Who, service: Parts, key: ID, view: Text = "") -> Response:
    """The review of a draft, or how far it is."""
    with service.database.write() as session:
        declaration, found = access.draft(session, who, key)
        audit.note(session, who, "read", key)
        if found.state != "done":
            result = session.get(Result, key)
            return page(
                request,
                "waiting.html",
                who,
                declaration=declaration,
                draft=found,
                result=result,
            )
        shown = showing.review(session, who, reports.reviewed(session, who, key), view)
    return page(request, "review.html", who, **shown)


@router.get("/declarations/{key}/comparison")
def compare(
    request: Request, who: Who, service: Parts, key: ID, old: IdQuery, new: IdQuery
) -> Response:
    """Two drafts compared."""
    found = reports.comparison(service, who, key, old, new)
    with service.database.read() as session:
        declaration = access.declaration(session, who, key)
    policy = pack(declaration.policy)
    return page(
        request,
        "comparison.html",
        who,
        declaration=declaration,
        headline=headline(found),
        changes=changes(found, policy),
        fates=showing.fates(found, policy),
    )


@router.get("/account")
def account(request: Request, who: Who, service: Parts) -> Response:
    """The asker's own account and tokens."""
    from api.routes.accounts import tokens

    return page(request, "account.html", who, tokens=tokens(who, service))


def _sample() -> Path | None:
    """The last of the samples that came with the program, which has most to find."""
    folder = Path(corpus.__file__).parent / "samples"
    return max(folder.glob("S04*.docx"), default=None) or max(folder.glob("*.docx"), default=None)
