"""Who sees what: the one row filter. Every query for rows of others' documents starts here."""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session

from api.db.tables import Assignment, Batch, Declaration, Draft, Job
from api.problems import forbidden, missing

BUREAU = ("bureau", "admin")
JUDGES = ("expert", "bureau", "admin")
UPLOADERS = ("enterprise", "bureau", "admin")

_Row = TypeVar("_Row")


class Actor(Struct, frozen=True):
    """Who asks. csrf: what forms of the session carry, "" for tokens and in local mode."""

    id: str
    login: str
    name: str
    role: str
    region: str
    csrf: str = ""
    address: str = ""
    local: bool = False

    def need(self, *roles: str) -> None:
        """Problem 403 where the actor has none of the roles."""
        if self.role not in roles:
            raise forbidden()


def visible(actor: Actor) -> ColumnElement[bool]:
    """The row filter of declarations: own, assigned, of the region, or all."""
    if actor.role == "admin":
        return true()
    if actor.role == "bureau":
        return _region(actor, Declaration.region)
    if actor.role == "expert":
        mine = select(Assignment.declaration_id).where(Assignment.expert_id == actor.id)
        return Declaration.id.in_(mine)
    if actor.role == "enterprise":
        return Declaration.owner_id == actor.id
    return false()


def visible_batches(actor: Actor) -> ColumnElement[bool]:
    """The row filter of batches: a bureau's region, or all."""
    if actor.role == "admin":
        return true()
    if actor.role == "bureau":
        return or_(_region(actor, Batch.region), Batch.owner_id == actor.id)
    return false()


def declarations(actor: Actor) -> Select[Declaration]:
    """The declarations that the actor may see."""
    return select(Declaration).where(visible(actor))


def declaration(session: Session, actor: Actor, key: str) -> Declaration:
    """One declaration. Problem 404 where there is none for this actor."""
    return _found(session.scalar(declarations(actor).where(Declaration.id == key)), "这份申报书")


def draft(session: Session, actor: Actor, key: str) -> tuple[Declaration, Draft]:
    """A draft and its declaration. Problem 404 where there is none for this actor."""
    asked = (
        select(Declaration, Draft)
        .join(Draft, Draft.declaration_id == Declaration.id)
        .where(Draft.id == key, visible(actor))
    )
    found = _found(session.execute(asked).first(), "这一稿")
    return found[0], found[1]


def batch(session: Session, actor: Actor, key: str) -> Batch:
    """One batch. Problem 404 where there is none for this actor."""
    asked = select(Batch).where(Batch.id == key, visible_batches(actor))
    return _found(session.scalar(asked), "这个批次")


def job(session: Session, actor: Actor, key: str) -> Job:
    """A job on something that the actor may see. Problem 404 else."""
    found = _found(session.get(Job, key), "这项任务")
    of_draft = select(Draft.id).join(Declaration, Draft.declaration_id == Declaration.id)
    seen = session.scalar(of_draft.where(Draft.id == found.subject, visible(actor)))
    if seen is None:
        batch(session, actor, found.subject)
    return found


def _region(actor: Actor, column: ColumnElement[str] | object) -> ColumnElement[bool]:
    """Rows of the actor's region; a bureau without region sees none."""
    return column == actor.region if actor.region else false()  # type: ignore[return-value]


def _found(row: _Row | None, what: str) -> _Row:
    if row is None:
        raise missing(what)
    return row
