"""The tables. Times are seconds since 1970 by the database's clock; ids are random words."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from api.db.engine import now


def new_id() -> str:
    """A new id: 16 letters and digits that nobody guesses."""
    return secrets.token_hex(8)


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map = {  # noqa: RUF012
        float: Float(53),
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


class User(Base):
    """An account. password: argon2 hash, "" where only OIDC logs in (subject)."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(16))
    region: Mapped[str] = mapped_column(String(40), default="")
    password: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str | None] = mapped_column(String(300), unique=True, default=None)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created: Mapped[float] = mapped_column(default=now())


class Login(Base):
    """A session in a browser, known by the hash of its cookie. csrf: what its forms carry."""

    __tablename__ = "logins"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    ends: Mapped[float]
    created: Mapped[float] = mapped_column(default=now())


class Token(Base):
    """An API token, known by its hash."""

    __tablename__ = "tokens"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(80), default="")
    created: Mapped[float] = mapped_column(default=now())


class Attempt(Base):
    """A wrong password, for the limit of tries. key: account or address."""

    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[float] = mapped_column(default=now())


class Batch(Base):
    """What a bureau uploads at once. failures: files that are no declaration, with the reason.

    archived: later batches are compared with its texts. marks: who uses no quota (``api.marks``).
    usage: quotas as used, written when the batch is whole.
    """

    __tablename__ = "batches"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    region: Mapped[str] = mapped_column(String(40), default="", index=True)
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12), default="queued")
    mark: Mapped[str | None] = mapped_column(String(140), unique=True, default=None)
    files: Mapped[dict[str, Any]] = mapped_column(default=dict)
    failures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    archived: Mapped[bool] = mapped_column(Boolean, default=False)
    marks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    usage: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    created: Mapped[float] = mapped_column(default=now())


class Listed(Base):
    """A row of a filled table (附件1、3、4) of a batch. key: where the file is kept; row: msgpack."""

    __tablename__ = "listed"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    file: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(120))
    enterprise: Mapped[str] = mapped_column(String(200), default="")
    group: Mapped[int] = mapped_column("standing", default=0)
    points: Mapped[float] = mapped_column(default=0.0)
    reasons: Mapped[list[str]] = mapped_column(default=list)
    row: Mapped[bytes] = mapped_column(LargeBinary)


class Declaration(Base):
    """One declaration over all its drafts. latest: the newest draft. frozen: signed off, and when."""

    __tablename__ = "declarations"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("batches.id"), index=True, default=None)
    region: Mapped[str] = mapped_column(String(40), default="", index=True)
    policy: Mapped[str] = mapped_column(String(60))
    tier: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    enterprise: Mapped[str] = mapped_column(String(200), default="")
    code: Mapped[str] = mapped_column(String(40), default="", index=True)
    latest: Mapped[str] = mapped_column(String(16), default="", index=True)
    frozen: Mapped[float | None] = mapped_column(default=None)
    created: Mapped[float] = mapped_column(default=now(), index=True)


class Draft(Base):
    """One hand-in: the file, where it is kept, and how far its review is.

    state: queued, running, done, failed. mark: owner and idempotency key. stamped: the PDF beside
    a Word ("" where there is none).
    """

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("declaration_id", "number"),)
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    declaration_id: Mapped[str] = mapped_column(
        ForeignKey("declarations.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(120))
    stamped: Mapped[str] = mapped_column(String(255), default="")
    stamped_key: Mapped[str] = mapped_column(String(120), default="")
    mark: Mapped[str | None] = mapped_column(String(140), unique=True, default=None)
    state: Mapped[str] = mapped_column(String(12), default="queued", index=True)
    error: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[float] = mapped_column(default=now())


class Result(Base):
    """What lists and triage show of a review. group: 0 best (batch.ranking); rules: slug → number."""

    __tablename__ = "results"
    draft_id: Mapped[str] = mapped_column(
        ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
    )
    tier: Mapped[str] = mapped_column(String(20), index=True)
    region: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(12))
    pages: Mapped[int | None] = mapped_column(default=None)
    errors: Mapped[int]
    warnings: Mapped[int]
    infos: Mapped[int]
    score: Mapped[float]
    eligible: Mapped[bool]
    complete: Mapped[bool]
    group: Mapped[int] = mapped_column("standing", default=0)
    points: Mapped[float] = mapped_column(default=0.0)
    reasons: Mapped[list[str]] = mapped_column(default=list)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    finished: Mapped[float] = mapped_column(default=now())


class Paper(Base):
    """The heavy part of a review, compressed: report (JSON), document and places (msgpack), texts."""

    __tablename__ = "papers"
    draft_id: Mapped[str] = mapped_column(
        ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
    )
    report: Mapped[bytes] = mapped_column(LargeBinary)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    places: Mapped[bytes] = mapped_column(LargeBinary)
    texts: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class Job(Base):
    """Work to do. subject: id of the draft or batch; detail: more words of it.

    state: queued, running, done, failed. token and lease: who holds it until when. due: not
    before. mark: makes one job of many calls for the same.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("jobs_waiting", "state", "rank", "due"),)
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(16), index=True)
    detail: Mapped[str] = mapped_column(String(200), default="")
    mark: Mapped[str | None] = mapped_column(String(200), unique=True, default=None)
    rank: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(12), default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    token: Mapped[str] = mapped_column(String(32), default="")
    lease: Mapped[float] = mapped_column(default=0.0)
    due: Mapped[float] = mapped_column(default=0.0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[float] = mapped_column(default=now())
    finished: Mapped[float | None] = mapped_column(default=None)


class Assignment(Base):
    """An expert asked to judge a declaration. chair: reconciles. signed: when, else None."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("declaration_id", "expert_id"),)
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    declaration_id: Mapped[str] = mapped_column(
        ForeignKey("declarations.id", ondelete="CASCADE"), index=True
    )
    expert_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    chair: Mapped[bool] = mapped_column(Boolean, default=False)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opinion: Mapped[str] = mapped_column(Text, default="")
    signed: Mapped[float | None] = mapped_column(default=None)
    created: Mapped[float] = mapped_column(default=now())


class Verdict(Base):
    """What an expert says of a finding: confirm, overrule or waive, with the reason."""

    __tablename__ = "verdicts"
    __table_args__ = (UniqueConstraint("assignment_id", "draft_id", "finding"),)
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    assignment_id: Mapped[str] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True
    )
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    finding: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[float] = mapped_column(default=now())


class Correction(Base):
    """An expert's verdict on which scenario an entry is (None: none of them)."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    policy: Mapped[str] = mapped_column(String(60), index=True)
    declaration_id: Mapped[str | None] = mapped_column(
        ForeignKey("declarations.id", ondelete="SET NULL"), default=None
    )
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    entry: Mapped[str] = mapped_column(Text)
    scenario: Mapped[int | None] = mapped_column(default=None)
    at: Mapped[float] = mapped_column(default=now())


class Copied(Base):
    """Two declarations of a batch that share text. passages: msgpack, compressed.

    archived: ``second`` is of an earlier batch. same: both are of one enterprise.
    """

    __tablename__ = "copied"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=new_id)
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    first: Mapped[str] = mapped_column(ForeignKey("declarations.id", ondelete="CASCADE"))
    second: Mapped[str] = mapped_column(ForeignKey("declarations.id", ondelete="CASCADE"))
    share: Mapped[float]
    shared: Mapped[int]
    archived: Mapped[bool] = mapped_column(Boolean, default=False)
    same: Mapped[bool] = mapped_column(Boolean, default=False)
    passages: Mapped[bytes] = mapped_column(LargeBinary)


class Audit(Base):
    """Who read or changed what. Never holds text of a document."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[float] = mapped_column(default=now(), index=True)
    user_id: Mapped[str] = mapped_column(String(16), default="", index=True)
    login: Mapped[str] = mapped_column(String(80), default="")
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40), default="", index=True)
    address: Mapped[str] = mapped_column(String(60), default="")
    detail: Mapped[str] = mapped_column(String(200), default="")
