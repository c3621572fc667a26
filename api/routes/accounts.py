"""Accounts, tokens, audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from sqlalchemy import func, select

from api import accounts, audit
from api.db.tables import Audit, Token, User
from api.models import Me, Word
from api.models_accounts import (
    AuditOut,
    AuditPage,
    TokenIn,
    TokenOut,
    UserChange,
    UserIn,
    UserOut,
)
from api.problems import Problem, missing
from api.routes.common import ID, PageNumber, PageSize, api_router
from api.state import Parts, Who

router = api_router("账号与审计")


@router.get("/me", summary="我是谁")
def me(who: Who) -> Me:
    """The account that asks."""
    return Me(id=who.id, login=who.login, name=who.name, role=who.role, region=who.region)  # type: ignore[arg-type]


@router.get("/users", summary="账号清单")
def users(who: Who, service: Parts) -> list[UserOut]:
    """All accounts."""
    who.need("admin")
    with service.database.read() as session:
        return [_out(user) for user in session.scalars(select(User).order_by(User.login))]


@router.post("/users", status_code=201, summary="新增账号")
def add(who: Who, service: Parts, words: UserIn) -> UserOut:
    """A new account. Without a password only OIDC can log it in."""
    who.need("admin")
    hashed = accounts.hash_password(words.password) if words.password else ""
    with service.database.write() as session:
        if session.scalar(select(User).where(User.login == words.login.strip())) is not None:
            raise Problem(409, "这个登录名已被使用，请换一个。")
        user = User(
            login=words.login.strip(),
            name=words.name,
            role=words.role,
            region=words.region,
            password=hashed,
        )
        session.add(user)
        session.flush()
        audit.note(session, who, "user.add", user.id, words.role)
        return _out(user)


@router.patch("/users/{key}", summary="修改账号")
def change(who: Who, service: Parts, key: ID, words: UserChange) -> UserOut:
    """Change an account. A new role, region or password, or closing it, ends its sessions and tokens."""
    who.need("admin")
    hashed = accounts.hash_password(words.password) if words.password else None
    with service.database.write() as session:
        user = session.get(User, key)
        if user is None:
            raise missing("这个账号")
        if key == who.id and (words.active is False or words.role not in (None, "admin")):
            raise Problem(409, "不能停用自己的账号，或去掉自己的管理员身份。")
        given = words.model_dump(exclude_none=True, exclude={"password"})
        for name, value in given.items():
            setattr(user, name, value)
        if hashed:
            user.password = hashed
        if hashed or given.keys() & {"role", "region", "active"}:
            accounts.revoke(session, key)
        audit.note(session, who, "user.change", key, "、".join(sorted(given)))
        return _out(user)


@router.get("/tokens", summary="我的令牌")
def tokens(who: Who, service: Parts) -> list[TokenOut]:
    """The asker's own API tokens, without their secrets."""
    with service.database.read() as session:
        found = session.scalars(
            select(Token).where(Token.user_id == who.id).order_by(Token.created)
        )
        return [TokenOut(id=t.id, label=t.label, created=t.created) for t in found]


@router.post("/tokens", status_code=201, summary="新建令牌")
def new_token(who: Who, service: Parts, words: TokenIn) -> TokenOut:
    """A new API token of the asker; its secret is shown this once."""
    with service.database.write() as session:
        token, secret = accounts.new_token(session, who.id, words.label)
        audit.note(session, who, "token.add", token.id)
        return TokenOut(id=token.id, label=token.label, created=token.created, secret=secret)


@router.delete("/tokens/{key}", status_code=204, summary="撤销令牌")
def revoke(who: Who, service: Parts, key: ID) -> None:
    """Revoke a token at once; administrators may revoke anybody's."""
    with service.database.write() as session:
        token = session.get(Token, key)
        if token is None or (token.user_id != who.id and who.role != "admin"):
            raise missing("这个令牌")
        session.delete(token)
        audit.note(session, who, "token.revoke", key)


@router.get("/audit", summary="审计日志")
def log(
    who: Who,
    service: Parts,
    login: Annotated[Word, Query(max_length=80)] = "",
    subject: Annotated[Word, Query(max_length=40)] = "",
    page: PageNumber = 1,
    size: PageSize = 100,
) -> AuditPage:
    """Who read and changed what, newest first."""
    who.need("admin")
    found = select(Audit)
    found = found.where(Audit.login == login) if login else found
    found = found.where(Audit.subject == subject) if subject else found
    with service.database.read() as session:
        total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
        rows = session.scalars(
            found.order_by(Audit.id.desc()).limit(size).offset((page - 1) * size)
        ).all()
    items = [
        AuditOut(
            at=row.at,
            login=row.login,
            action=audit.ACTIONS.get(row.action, row.action),
            subject=row.subject,
            address=row.address,
            detail=row.detail,
        )
        for row in rows
    ]
    return AuditPage(items=items, total=total, page=page, size=size)


def _out(user: User) -> UserOut:
    return UserOut(
        id=user.id,
        login=user.login,
        name=user.name,
        role=user.role,  # type: ignore[arg-type]
        region=user.region,
        active=user.active,
    )
