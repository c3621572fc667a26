"""What the REST API takes and gives (pydantic, so that OpenAPI describes it)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# PostgreSQL keeps no NUL, and no sensible word holds a control character.
Word = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]
Prose = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Key = Annotated[Word, StringConstraints(max_length=16)]
Role = Literal["enterprise", "expert", "bureau", "admin"]
TierId = Literal["", "basic", "advanced", "excellent", "leading"]
State = Literal["queued", "running", "done", "failed"]


class Problem(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "没有找到",
                "status": 404,
                "detail": "没有找到这份申报书，可能已被删除，或不在您的权限范围内。",
                "instance": "/api/v1/declarations/0123456789abcdef",
            }
        }
    )
    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str = ""


class Me(BaseModel):
    """Who asks."""

    id: str
    login: str
    name: str
    role: Role
    region: str


class DraftOut(BaseModel):
    """One hand-in and how far its review is."""

    id: str = Field(examples=["3f0a9b2c71d4e586"])
    number: int
    name: str = Field(examples=["某某智能工厂申报书.docx"])
    size: int
    sha256: str
    stamped: str = ""
    state: State
    error: str = ""
    created: float
    errors: int | None = None
    warnings: int | None = None
    infos: int | None = None
    score: float | None = None
    eligible: bool | None = None
    tier: str = ""


class DeclarationOut(BaseModel):
    """A declaration with its newest draft."""

    id: str
    title: str
    enterprise: str
    region: str
    tier: str
    policy: str
    batch: str | None
    frozen: bool
    created: float
    draft: DraftOut | None = None
    drafts: list[DraftOut] = Field(default_factory=list)


class DeclarationPage(BaseModel):
    """A page of declarations."""

    items: list[DeclarationOut]
    total: int
    page: int
    size: int


class Uploaded(BaseModel):
    """An upload that was taken in for good. known: the idempotency key had made it before."""

    declaration: str
    draft: str
    known: bool = False
    status: str = Field(examples=["/api/v1/drafts/3f0a9b2c71d4e586"])
    events: str = Field(examples=["/api/v1/drafts/3f0a9b2c71d4e586/events"])


class JobOut(BaseModel):
    """A job and how far it is."""

    id: str
    kind: str
    state: State
    done: int
    total: int
    error: str = ""


class VerdictIn(BaseModel):
    """A verdict on a finding; "" takes it back."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"verdict": "waive", "reason": "已电话核实，见佐证材料"}}
    )
    verdict: Literal["", "confirm", "overrule", "waive"]
    reason: Prose = Field("", max_length=1000)


class CorrectionIn(BaseModel):
    """Which scenario an entry is; null: none of them."""

    model_config = ConfigDict(json_schema_extra={"example": {"at": "list:main:3", "scenario": 24}})
    at: Word = Field(max_length=40)
    scenario: int | None = Field(ge=1, le=1000)


class AssignmentIn(BaseModel):
    """An expert to judge a declaration, or to chair its panel."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"expert": "0123456789abcdef", "chair": False}}
    )
    expert: Key
    chair: bool = False


class AssignmentOut(BaseModel):
    """An assignment."""

    id: str
    expert: str
    name: str
    chair: bool
    signed: bool


class SheetIn(BaseModel):
    """An expert's scores by line of the sheet."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"scores": {"能力成熟度": 12}, "opinion": "总体可行"}}
    )
    scores: dict[Word, Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]] = Field(
        default_factory=dict, max_length=100
    )
    opinion: Prose = Field("", max_length=4000)


class AgreementOut(BaseModel):
    """How two experts agree."""

    first: str
    second: str
    judged: int
    percent: float
    kappa: float
    differing: list[str]


class PanelOut(BaseModel):
    """The panel of a declaration, as far as the asker may see it."""

    frozen: bool
    unveiled: bool
    assignments: list[AssignmentOut]
    verdicts: dict[str, dict[str, str]]
    agreement: AgreementOut | None = None
    open: list[str] = Field(default_factory=list)


class BatchOut(BaseModel):
    """A batch and how far it is."""

    id: str
    name: str
    region: str
    state: str
    created: float
    total: int
    done: int
    failed: int
    rows: int = 0
    archived: bool = False
    failures: dict[str, str] = Field(default_factory=dict)


class BatchChange(BaseModel):
    """What changes of a batch; null: stays. archived: later batches are compared with its texts."""

    model_config = ConfigDict(json_schema_extra={"example": {"archived": True}})
    name: Annotated[Word, StringConstraints(min_length=1)] | None = Field(None, max_length=100)
    archived: bool | None = None


class MarksIn(BaseModel):
    """Enterprises (name or 信用代码) that use no quota or are nominees; "" takes marks away."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "firms": ["某某集团石家庄有限公司"],
                "mark": "exempt",
                "reason": "中央企业集团渠道申报",
            }
        }
    )
    firms: list[Annotated[Word, StringConstraints(min_length=2, max_length=200)]] = Field(
        min_length=1, max_length=500
    )
    mark: Literal["exempt", "nominee", ""]
    reason: Word = Field("", max_length=100)


class MarksOut(BaseModel):
    """The marks of a batch. job: what brings order and quotas up to date, "" where nothing runs."""

    exempt: dict[str, str]
    nominees: list[str]
    job: str = ""


class CellOut(BaseModel):
    """What is wrong with a cell of a filled table."""

    column: str
    rule: str
    severity: str
    message: str
    suggestion: str


class RowOut(BaseModel):
    """A row of a filled table (附件1、3、4). number: in the file, from 1."""

    id: str
    file: str
    table: str
    number: int
    enterprise: str
    region: str
    tier: str
    group: int
    standing: str
    points: float
    reasons: list[str]
    cells: dict[str, str]
    findings: list[CellOut]


class RowPage(BaseModel):
    """A page of the rows of a batch's filled tables, best first."""

    items: list[RowOut]
    total: int
    page: int
    size: int


class TriageRow(BaseModel):
    """A line of the triage."""

    declaration: str
    draft: str
    file: str
    enterprise: str
    title: str
    region: str
    tier: str
    state: State
    errors: int | None
    warnings: int | None
    score: float | None
    eligible: bool | None
    group: int | None
    standing: str
    points: float | None
    reasons: list[str]


class TriagePage(BaseModel):
    """A page of the triage, best first unless sorted otherwise."""

    items: list[TriageRow]
    total: int
    page: int
    size: int


class PairOut(BaseModel):
    """Two declarations that share text."""

    id: str
    first: str
    second: str
    share: float
    shared: int
    archived: bool = False
    same: bool = False


class Entries(BaseModel):
    """Entries to map to scenarios."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"entries": ["生产作业-在线智能检测-缸盖外观检测"]}}
    )
    entries: list[Annotated[str, StringConstraints(max_length=2000)]] = Field(max_length=200)
