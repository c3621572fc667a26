"""What the review says: matches, coverage, findings. Encodes to the report JSON of the contract."""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec import Struct, field

from reviewer.model.declaration import Span

Severity = Literal["error", "warning", "info"]
Method = Literal["exact", "alias", "fuzzy", "classifier", "none"]
ClauseStatus = Literal["met", "partial", "unmet"]

SCHEMA_VERSION = "1.0"


class Candidate(Struct, frozen=True):
    """A scenario that an entry might be. confidence: calibrated probability, 0–1."""

    scenario: int
    confidence: float


class EntryMatch(Struct, frozen=True):
    """An entry mapped to the canonical scenarios (keys of ``reviewer match``).

    scenario, name, stage: the canonical one; None and "" where no scenario fits.
    stage_ok: the stage written is that scenario's (for None: one of the eight).
    name_ok: the name written is canonical. reason: why, in Chinese words.
    """

    raw: str
    stage_written: str
    name_written: str
    instance: str
    scenario: int | None
    name: str
    stage: str
    stage_ok: bool
    name_ok: bool
    method: Method
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""


class ScenarioReport(Struct, frozen=True):
    """An EntryMatch at its place in the declaration. ai: in the AI list (lists), 是 (body)."""

    at: str
    raw: str
    stage_written: str
    name_written: str
    instance: str
    scenario: int | None
    name: str
    stage: str
    stage_ok: bool
    name_ok: bool
    method: Method
    confidence: float
    ai: bool
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""


class Evidence(Struct, frozen=True):
    """A quoted passage. subject as in the contract."""

    text: str
    subject: str
    page: int | None = None
    score: float = 0.0


class ClauseCoverage(Struct, frozen=True):
    """status and score (0–1) of one clause; missing: parts not shown; why: in words."""

    status: ClauseStatus
    score: float
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""


class Gate(Struct, frozen=True):
    """A hard gate: maturity, dimensions, accident, ai_share."""

    gate: str
    passed: bool
    why: str


class DimensionCoverage(Struct, frozen=True):
    """score 0–100; scenarios: recognized ones, listed or described."""

    score: float
    required: bool
    scenarios: int


class TierCoverage(Struct, frozen=True):
    """Coverage of one tier; score 0–100. gaps: what is missing, most reachable first."""

    score: float
    eligible: bool
    gates: tuple[Gate, ...]
    dimensions: dict[str, DimensionCoverage]
    clauses: dict[str, ClauseCoverage]
    requirements: dict[str, ClauseCoverage] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()


class Location(Struct, frozen=True):
    """Where a finding stands. block: number of the paragraph in reading order."""

    page: int | None = None
    block: int | None = None
    quote: str = ""
    spans: tuple[Span, ...] = ()


class Finding(Struct, frozen=True):
    """One defect or remark. id: stable over drafts (rule, subject's kind, what it quotes)."""

    rule: str
    code: str
    severity: Severity
    subject: str
    message: str
    suggestion: str
    basis: str
    location: Location
    id: str = ""
    waived: str = ""
    doubtful: bool = False


def finding_id(rule: str, subject: str, quote: str) -> str:
    """Identity of a finding: 12 hex digits over rule, subject and what it quotes."""
    compact = "".join(quote.split())
    return hashlib.sha256(f"{rule}|{subject}|{compact}".encode()).hexdigest()[:12]


class Tool(Struct, frozen=True):
    """Which program, policy and model made the report."""

    name: str
    version: str
    policy: str
    policy_version: str
    model: str


class DocumentInfo(Struct, frozen=True):
    """The file reviewed."""

    name: str
    sha256: str
    kind: str
    pages: int | None


class SectionReport(Struct, frozen=True):
    """count: 字数 as Word counts; limit: None where there is none."""

    text: str
    count: int
    limit: int | None


class KpiReport(Struct, frozen=True):
    """A KPI row as typed; row counts from 1."""

    name: str
    starred: bool
    before: str
    after: str
    row: int


class Summary(Struct, frozen=True):
    """Number of findings by severity; waived ones are not counted."""

    errors: int
    warnings: int
    infos: int


class Review(Struct, frozen=True):
    """The report. complete: False where a rule crashed or a part could not be read."""

    schema_version: str
    tool: Tool
    document: DocumentInfo
    tier: str
    fields: dict[str, str | tuple[str, ...]]
    sections: dict[str, SectionReport]
    scenarios: tuple[ScenarioReport, ...]
    kpis: tuple[KpiReport, ...]
    coverage: dict[str, TierCoverage]
    findings: tuple[Finding, ...]
    summary: Summary
    complete: bool = True
    notices: tuple[str, ...] = ()
