"""Accounts: passwords, sessions of browsers, API tokens, limit of tries. Secrets are kept hashed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct
from sqlalchemy import BindParameter, Executable, bindparam, delete, func, select
from sqlalchemy.orm import Session

from api.db.engine import now
from api.db.tables import Attempt, Login, Token, User
from api.problems import Problem
from api.settings import Settings

ROLES = {"enterprise": "企业", "expert": "专家", "bureau": "主管部门", "admin": "管理员"}
SHORTEST_PASSWORD = 10
LOCAL_USER = "local"
_COLUMNS = (User.id, User.login, User.name, User.role, User.region)
_ASKED: BindParameter[str] = bindparam("asked")
_BY_ID = select(*_COLUMNS).where(User.id == _ASKED)
_BY_TOKEN = (
    select(*_COLUMNS).join(Token, Token.user_id == User.id).where(Token.hash == _ASKED, User.active)
)
_BY_LOGIN = (
    select(*_COLUMNS, Login.csrf)
    .join(Login, Login.user_id == User.id)
    .where(Login.hash == _ASKED, Login.ends > now(), User.active)
)


class Person(Struct, frozen=True):
    """Who asks, as found with every request. csrf: of a session in a browser."""

    id: str
    login: str
    name: str
    role: str
    region: str
    csrf: str = ""


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to check against where there is no account, so that time tells nothing."""
    return _hasher().hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """The argon2 hash. Problem 422 where the password is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise Problem(422, f"密码至少要 {SHORTEST_PASSWORD} 个字符。")
    return _hasher().hash(password)


def verify_password(hashed: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        return _hasher().verify(hashed or _nobody(), password) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


def digest(secret: str) -> str:
    """What is kept of a cookie or token: they are long and random, so one hash suffices."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def log_in(
    session: Session, login: str, password: str, address: str, settings: Settings
) -> User | None:
    """The account, or None (and a try is counted). Problem 429 after too many tries.

    The caller commits in either case, so that tries are counted.
    """
    login = login.strip()
    keys = [f"u:{digest(login)[:32]}", f"a:{address}"[:120]]
    _limit(session, keys, settings)
    user = session.scalar(select(User).where(User.login == login, User.active))
    if verify_password(user.password if user else "", password) and user is not None:
        session.execute(delete(Attempt).where(Attempt.key == keys[0]))
        return user
    session.add_all(Attempt(key=key) for key in keys)
    return None


def _limit(session: Session, keys: list[str], settings: Settings) -> None:
    since = now() - settings.login_window
    session.execute(delete(Attempt).where(Attempt.at < since))
    for key, most in zip(keys, (settings.login_tries, settings.login_tries * 10), strict=True):
        if (session.scalar(select(func.count()).where(Attempt.key == key)) or 0) >= most:
            wait = int(settings.login_window)
            raise Problem(
                429,
                f"登录失败次数过多，请 {max(1, wait // 60)} 分钟后再试。",
                headers={"Retry-After": str(wait)},
            )


def open_login(session: Session, user: User, settings: Settings) -> str:
    """A new session in a browser: the secret for the cookie."""
    secret = secrets.token_urlsafe(32)
    session.execute(delete(Login).where(Login.ends < now()))
    session.add(
        Login(
            hash=digest(secret),
            user_id=user.id,
            csrf=secrets.token_urlsafe(24),
            ends=now() + settings.session_hours * 3600,
        )
    )
    return secret


def find_login(session: Session, secret: str) -> Person | None:
    """Whose cookie it is; None where the session ended or the account was closed."""
    return _person(session, _BY_LOGIN, digest(secret))


def find_token(session: Session, secret: str) -> Person | None:
    """Whose API token it is; None where it was revoked or the account was closed."""
    return _person(session, _BY_TOKEN, digest(secret))


def find_local(session: Session) -> Person | None:
    """The one person of local mode."""
    return _person(session, _BY_ID, LOCAL_USER)


def _person(session: Session, asked: Executable, key: str) -> Person | None:
    row = session.connection().execute(asked, {"asked": key}).first()
    return Person(*row) if row is not None else None


def new_token(session: Session, user_id: str, label: str) -> tuple[Token, str]:
    """A new API token and its secret, which is shown once."""
    secret = f"rvw_{secrets.token_urlsafe(32)}"
    token = Token(user_id=user_id, label=label, hash=digest(secret))
    session.add(token)
    session.flush()
    return token, secret


def revoke(session: Session, user_id: str) -> None:
    """End all sessions and tokens of an account: its next request fails."""
    session.execute(delete(Login).where(Login.user_id == user_id))
    session.execute(delete(Token).where(Token.user_id == user_id))


def same(one: str, other: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def local_user(session: Session) -> User:
    """The one person of local mode, made on first use."""
    user = session.get(User, LOCAL_USER)
    if user is None:
        user = User(id=LOCAL_USER, login=LOCAL_USER, name="本机用户", role="admin")
        session.add(user)
        session.flush()
    return user


def has_admin(session: Session) -> bool:
    """Whether somebody can log in and manage accounts (local mode's person cannot)."""
    condition = (User.role == "admin", User.active, User.id != LOCAL_USER)
    return bool(session.scalar(select(func.count()).select_from(User).where(*condition)))
