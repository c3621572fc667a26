"""Declarations: upload, list, history, delete, compare."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Form, Header, Query
from starlette.responses import Response

from api import access, audit, intake, listing, retention
from api.intake import Wish
from api.listing import Asked
from api.models import DeclarationOut, DeclarationPage, State, TierId, Uploaded, Word
from api.problems import Problem, frozen
from api.reports import comparison
from api.routes.common import ID, Files, IdQuery, PageNumber, PageSize, api_router, incoming
from api.state import Parts, Service, Who

router = api_router("申报书")
IdempotencyKey = Annotated[str, Header(max_length=200, description="同一个键重复上传只算一次")]


@router.post("/declarations", status_code=201, summary="上传一份申报书")
def upload(
    who: Who,
    service: Parts,
    response: Response,
    file: Files,
    tier: Annotated[TierId, Form()] = "",
    idempotency_key: IdempotencyKey = "",
) -> Uploaded:
    """Take a declaration in; 200 where the idempotency key made it before."""
    wish = Wish(service.settings.policy, tier, key=idempotency_key)
    return _received(service, who, file, wish, response)


@router.post("/declarations/{key}/drafts", status_code=201, summary="上传新一稿")
def redraft(
    who: Who,
    service: Parts,
    response: Response,
    key: ID,
    file: Files,
    tier: Annotated[TierId, Form()] = "",
    idempotency_key: IdempotencyKey = "",
) -> Uploaded:
    """Take a further draft of a declaration in."""
    with service.database.read() as session:
        if access.declaration(session, who, key).frozen is not None:
            raise frozen()
    wish = Wish(service.settings.policy, tier, key, idempotency_key)
    return _received(service, who, file, wish, response)


@router.get("/declarations", summary="申报书清单")
def declarations(
    who: Who,
    service: Parts,
    q: Annotated[Word, Query(max_length=100)] = "",
    state: Annotated[State | None, Query()] = None,
    tier: Annotated[TierId, Query()] = "",
    page: PageNumber = 1,
    size: PageSize = listing.SIZE,
) -> DeclarationPage:
    """The declarations that the asker may see, newest first."""
    asked = Asked(words=q, state=state or "", tier=tier, page=page, size=size)
    with service.database.read() as session:
        rows, total = listing.declarations(session, who, asked)
    items = [listing.declaration_out(d, listing.draft_out(draft, r)) for d, draft, r in rows]
    return DeclarationPage(items=items, total=total, page=page, size=size)


@router.get("/declarations/{key}", summary="一份申报书和它的各稿")
def declaration(who: Who, service: Parts, key: ID) -> DeclarationOut:
    """A declaration with all of its drafts, newest first."""
    with service.database.write() as session:
        found = access.declaration(session, who, key)
        audit.note(session, who, "read", key)
        drafts = [listing.draft_out(draft, r) for draft, r in listing.drafts(session, key)]
    made = listing.declaration_out(found, drafts[0] if drafts else None)
    made.drafts = drafts
    return made


@router.delete("/declarations/{key}", status_code=204, summary="彻底删除一份申报书")
def delete(who: Who, service: Parts, key: ID) -> None:
    """Delete a declaration with all drafts, reviews and files, for good."""
    with service.database.write() as session:
        found = access.declaration(session, who, key)
        if who.role == "expert":
            raise Problem(403, "专家不能删除申报书。")
        if found.frozen is not None and who.role != "admin":
            raise frozen()
        files = retention.remove(session, who, key)
    for file in files:
        service.storage.delete(file)


@router.get("/declarations/{key}/comparison", summary="两稿比较")
def compare(who: Who, service: Parts, key: ID, old: IdQuery, new: IdQuery) -> dict[str, Any]:
    """What the draft ``new`` fixed, kept and broke of ``old``."""
    found = comparison(service, who, key, old, new)
    return {
        "fixed": msgspec.to_builtins(found.fixed),
        "kept": msgspec.to_builtins([after for _, after in found.kept]),
        "added": msgspec.to_builtins(found.added),
        "waived": msgspec.to_builtins(found.waived),
    }


def _received(service: Service, who: Who, files: Files, wish: Wish, response: Response) -> Uploaded:
    taken, new = intake.receive(service.database, service.storage, who, incoming(files), wish)
    if not new:
        response.status_code = 200
    place = f"/api/v1/drafts/{taken.draft}"
    return Uploaded(
        declaration=taken.declaration,
        draft=taken.draft,
        known=not new,
        status=place,
        events=f"{place}/events",
    )
