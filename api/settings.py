"""Settings of the service, from the environment or the command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from msgspec import Struct

from reviewer.errors import UsageError
from reviewer.limits import MIB

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]", "testserver")


class Settings(Struct, frozen=True, kw_only=True):
    """How the service runs.

    data: folder of the database and originals where no URL says otherwise. database: SQLAlchemy
    URL. storage: fsspec URL or folder of the originals. local: one person, no login, loopback only.
    hosts: names that it answers to ("*" for any). https: cookies are sent over TLS only.
    proxies: addresses whose X-Forwarded-For is believed. lease: seconds that a job is held without
    a sign of life. body: bytes of a request. retention: days that declarations are kept, 0 for ever.
    login_tries: wrong passwords per account and address within ``login_window`` seconds.
    """

    data: Path
    database: str = ""
    storage: str = ""
    local: bool = True
    hosts: tuple[str, ...] = _LOOPBACK_NAMES
    https: bool = False
    policy: str = "hebei-2026"
    lease: float = 30.0
    body: int = 420 * MIB
    retention: int = 0
    session_hours: float = 12.0
    login_tries: int = 5
    login_window: float = 300.0
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = ""

    @property
    def database_url(self) -> str:
        """The URL of the database; SQLite in ``data`` by default, psycopg for PostgreSQL."""
        url = self.database or f"sqlite:///{self.data / 'reviewer.sqlite3'}"
        for plain in ("postgres://", "postgresql://"):
            if url.startswith(plain):
                return "postgresql+psycopg://" + url.removeprefix(plain)
        return url

    @property
    def storage_url(self) -> str:
        """Where the originals are kept."""
        return self.storage or str(self.data / "files")


def from_environment(words: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings out of ``REVIEWER_…`` variables; ``given`` stands above them.

    Raises UsageError where a value makes no sense.
    """
    env = os.environ if words is None else words
    values: dict[str, object] = {
        "data": Path(env.get("REVIEWER_DATA") or Path.home() / ".reviewer"),
        "database": env.get("REVIEWER_DATABASE", ""),
        "storage": env.get("REVIEWER_STORAGE", ""),
        "local": env.get("REVIEWER_MODE", "local") != "server",
        "https": env.get("REVIEWER_HTTPS", "") in ("1", "true", "yes"),
        "policy": env.get("REVIEWER_POLICY", "hebei-2026"),
        "retention": _number(env, "REVIEWER_RETENTION_DAYS", 0),
        "lease": float(_number(env, "REVIEWER_LEASE_SECONDS", 30)),
        "oidc_issuer": env.get("REVIEWER_OIDC_ISSUER", ""),
        "oidc_client": env.get("REVIEWER_OIDC_CLIENT_ID", ""),
        "oidc_secret": env.get("REVIEWER_OIDC_CLIENT_SECRET", ""),
    }
    if env.get("REVIEWER_HOSTS"):
        values["hosts"] = tuple(part.strip() for part in env["REVIEWER_HOSTS"].split(","))
    values.update({key: value for key, value in given.items() if value is not None})
    return Settings(**values)  # type: ignore[arg-type]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address that is listened on."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _number(env: Mapping[str, str], key: str, usual: int) -> int:
    text = env.get(key, "")
    if not text:
        return usual
    if not text.isdecimal():
        raise UsageError(f"环境变量 {key} 要是整数，而不是“{text[:40]}”。")
    return int(text)
