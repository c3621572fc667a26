"""The shape of a policy pack: everything that a notice fixes and next year's may change.

A pack is a folder ``corpus/packs/<id>/`` of YAML files whose merged top-level keys are the fields
of ``Policy``. Unknown keys are refused. ``basis`` names the place in the notice that a value rests
on ("附件5 一（一）"). Labels are compared after ``reviewer.policy.labels.fold`` (no white space,
asterisks, colons, brackets' width), so a pack lists real variants only.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from reviewer.model.review import Severity
from reviewer.policy.formspec import (
    BlockSpec,
    FieldKind,
    FieldSpec,
    Kpi,
    ListSpec,
    PartSpec,
    SectionSpec,
    Template,
)
from reviewer.policy.tierspec import (
    Clause,
    ClauseEvidence,
    Facet,
    FacetEvidence,
    Requirement,
    Synonyms,
    Tier,
    WordGroup,
)

__all__ = [
    "Alias",
    "BlockSpec",
    "Clause",
    "ClauseEvidence",
    "Deadline",
    "Dimension",
    "Facet",
    "FacetEvidence",
    "FieldKind",
    "FieldSpec",
    "Kpi",
    "ListSpec",
    "MaturityBand",
    "PartSpec",
    "Policy",
    "Proof",
    "Quota",
    "Requirement",
    "RuleSetting",
    "Scenario",
    "SectionSpec",
    "SheetItem",
    "SizeClass",
    "Source",
    "Stage",
    "SummaryTable",
    "Synonyms",
    "Template",
    "Tier",
    "WordGroup",
]


class Alias(Struct, frozen=True, forbid_unknown_fields=True):
    """A former or neighbouring name of a scenario. confirmed: seen in a source."""

    name: str
    edition: str
    stage: str = ""
    confirmed: bool = True


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """A canonical scenario. text: the official description, whole."""

    number: int
    name: str
    stage: str
    text: str
    aliases: tuple[Alias, ...] = ()


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """A stage (环节). aliases: wordings that mean it but are not its name ("供应链")."""

    name: str
    dimension: str
    aliases: tuple[str, ...] = ()


class Dimension(Struct, frozen=True, forbid_unknown_fields=True):
    """A dimension (方面) and the section that narrates it. number: 1–5; section: "3.1"."""

    number: int
    name: str
    section: str


class Proof(Struct, frozen=True, forbid_unknown_fields=True):
    """A required proof of 八. words: groups; one word of each group must stand in the line."""

    name: str
    words: tuple[tuple[str, ...], ...]
    basis: str = ""


class Quota(Struct, frozen=True, forbid_unknown_fields=True):
    """Annex 2: how many factories of each tier a region may recommend."""

    region: str
    counts: dict[str, int]


class Deadline(Struct, frozen=True, forbid_unknown_fields=True):
    """A date of the notice. route: what it is for; tier: id or ""; date: ISO.

    by: who must meet it; only "enterprise" ones concern an applicant.
    """

    route: str
    tier: str
    date: str
    basis: str
    by: Literal["enterprise", "bureau"] = "bureau"


class SummaryTable(Struct, frozen=True, forbid_unknown_fields=True):
    """Annex 1, 3, 4: title, columns in order, closed values by column, notes under the table.

    tier: id of the tier whose factories it lists, "" where each row says it. lead: the lines above
    the table. heads: what stands in a column's head where that is more than its name. sources:
    column → keys of the form's fields that fill it. marks: number of the note that a column (or
    the title, under "") refers to. example: the notice's example of a scenario cell.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    closed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)
    tier: str = ""
    lead: tuple[str, ...] = ()
    heads: dict[str, str] = field(default_factory=dict)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    example: str = ""


class SizeClass(Struct, frozen=True, forbid_unknown_fields=True):
    """Lowest revenue (万元) of a size class, largest class first."""

    name: str
    revenue: float


class MaturityBand(Struct, frozen=True, forbid_unknown_fields=True):
    """GB/T 39116: level and the scores [low, high) that give it; the highest includes ``high``."""

    level: int
    name: str
    low: float
    high: float


class RuleSetting(Struct, frozen=True, forbid_unknown_fields=True):
    """Severity and basis of a rule under this notice. off: the rule is not asked."""

    severity: Severity
    basis: str
    off: bool = False


class SheetItem(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the experts' scoring sheet."""

    name: str
    points: float
    guide: str = ""


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the pack's values come from."""

    title: str
    date: str
    issuer: str = ""
    note: str = ""


class Policy(Struct, frozen=True, eq=False, forbid_unknown_fields=True):
    """A policy pack, validated as a whole. Compared by identity, so that it can key a cache."""

    id: str
    version: str
    title: str
    province: str
    year: int
    default_tier: str
    source: Source
    stages: tuple[Stage, ...]
    dimensions: tuple[Dimension, ...]
    scenarios: tuple[Scenario, ...]
    tiers: tuple[Tier, ...]
    basics: tuple[Requirement, ...]
    template: Template
    kpis: tuple[Kpi, ...]
    proofs: tuple[Proof, ...]
    sizes: tuple[SizeClass, ...]
    maturity: tuple[MaturityBand, ...]
    rules: dict[str, RuleSetting]
    quotas: tuple[Quota, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    tables: tuple[SummaryTable, ...] = ()
    sheet: tuple[SheetItem, ...] = ()
    cities: dict[str, tuple[str, ...]] = field(default_factory=dict)
    evidence_words: tuple[WordGroup, ...] = ()
    evidence_masks: tuple[str, ...] = ()
    evidence_synonyms: tuple[Synonyms, ...] = ()
    evidence: tuple[ClauseEvidence, ...] = ()
    scale_revenue: float = 2000.0
    extends: str = ""

    def tier(self, tier: str) -> Tier:
        """The tier of that id. KeyError where there is none."""
        return next(t for t in self.tiers if t.id == tier)

    def scenario(self, number: int) -> Scenario:
        """The scenario of that number (1–40)."""
        return next(s for s in self.scenarios if s.number == number)
