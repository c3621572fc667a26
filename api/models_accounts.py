"""What the REST API takes and gives of accounts, tokens and the audit log."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from api.models import Role, Word


class UserIn(BaseModel):
    """A new account."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "login": "zhangsan",
                "name": "张三",
                "role": "expert",
                "region": "保定市",
                "password": "a-long-password",
            }
        }
    )
    login: Word = Field(min_length=1, max_length=80)
    name: Word = Field("", max_length=120)
    role: Role
    region: Word = Field("", max_length=40)
    password: str = Field("", max_length=200)


class UserChange(BaseModel):
    """What changes of an account; null: stays."""

    name: Word | None = Field(None, max_length=120)
    role: Role | None = None
    region: Word | None = Field(None, max_length=40)
    password: str | None = Field(None, max_length=200)
    active: bool | None = None


class UserOut(BaseModel):
    """An account."""

    id: str
    login: str
    name: str
    role: Role
    region: str
    active: bool


class TokenIn(BaseModel):
    """A new API token."""

    label: Word = Field("", max_length=80)


class TokenOut(BaseModel):
    """A token. secret: shown once, when it is made."""

    id: str
    label: str
    created: float
    secret: str | None = None


class AuditOut(BaseModel):
    """A line of the audit log."""

    at: float
    login: str
    action: str
    subject: str
    address: str
    detail: str


class AuditPage(BaseModel):
    """A page of the audit log, newest first."""

    items: list[AuditOut]
    total: int
    page: int
    size: int
