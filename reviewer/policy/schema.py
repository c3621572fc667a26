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


class Facet(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a clause. words: vocabulary of systems, methods, objects that speak of it."""

    name: str
    words: tuple[str, ...] = ()
    scenarios: tuple[int, ...] = ()


class Clause(Struct, frozen=True, forbid_unknown_fields=True):
    """A clause (要素条件). id: "advanced.4.c"; text: the notice's full sentence; title: short.

    facets: all must be shown for ``met``. need: how many facets suffice where the clause says
    或 (0 = all). breadth: the clause asks for 广泛 or 体系化.
    """

    id: str
    dimension: int
    title: str
    text: str
    facets: tuple[Facet, ...] = ()
    need: int = 0
    breadth: bool = False
    scenarios: tuple[int, ...] = ()


class Requirement(Struct, frozen=True, forbid_unknown_fields=True):
    """A basic (base.1) or outcome (outcome.advanced.1) requirement."""

    id: str
    title: str
    text: str
    facets: tuple[Facet, ...] = ()
    need: int = 0


class Tier(Struct, frozen=True, forbid_unknown_fields=True):
    """A tier (级). maturity: lowest level, 1–5. required: dimensions that need a scenario.

    ai_share: lowest share of AI scenarios in percent, None where the tier has none.
    in_principle: the notice says 原则上 of the coverage (quoted in the gate's reason).
    """

    id: str
    name: str
    maturity: int
    required: tuple[str, ...]
    clauses: tuple[Clause, ...]
    outcomes: tuple[Requirement, ...] = ()
    ai_share: float | None = None
    in_principle: str = ""
    basis: str = ""
    maturity_basis: str = ""


FieldKind = Literal["text", "choice", "years", "date", "period", "money", "entries", "uscc", "url"]


class FieldSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of the cover or of table 一.

    key: as in the contract. labels: wordings of its label, the notice's first. group: the label
    of the merged cell before it (法人代表/负责人, 联系人), since 姓名 and 电话 occur twice.
    options: words of the check boxes. exclusive: exactly one is asked.
    required: False for 联系人传真. unless: key=value that excuses ("总集成方案供应商=自建").
    limit: 字数 for narratives in cells. guidance: the template's words in the empty cell.
    part: "cover", "company" or "factory".
    """

    key: str
    part: Literal["cover", "company", "factory"]
    labels: tuple[str, ...]
    kind: FieldKind = "text"
    group: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    exclusive: bool = False
    required: bool = True
    unless: str = ""
    limit: int | None = None
    guidance: tuple[str, ...] = ()
    unit: str = ""
    basis: str = ""


class SectionSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A narrative. id: "2.1", "企业简介", "7.4". number: as printed ("2.1", "七", "（四）").

    titles: wordings of its heading. parent: id of the section it stands in ("2", "7", "").
    narrative: it holds text of its own that is required (False for "2", "3", "7", "9").
    """

    id: str
    number: str
    titles: tuple[str, ...]
    parent: str = ""
    narrative: bool = True
    required: bool = True
    limit: int | None = None
    guidance: tuple[str, ...] = ()
    dimension: str = ""
    basis: str = ""


class PartSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a scenario block. id: desc, pain, tech, result, suppliers, construction, resources.

    number: 1–7. labels: wordings of its label without number. text: it is a narrative.
    """

    id: str
    number: int
    labels: tuple[str, ...]
    text: bool = False
    limit: int | None = None
    guidance: tuple[str, ...] = ()


class BlockSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """The scenario block under 3.x. ai_limit: 字数 of the AI description.

    heading: words that may stand before the entry ("场景名称").
    labels: by key, the wordings of the labels of (2) (period, invest, outstanding, ai, ai_desc)
    and of the row labels of (7) (scenario, equipment, software, process, technology).
    tables: column heads of (1) and (7) by table id (suppliers, equipment, software, process,
    technology). equipment_kinds, software_kinds: closed lists of the column 种类.
    """

    parts: tuple[PartSpec, ...]
    heading: tuple[str, ...]
    labels: dict[str, tuple[str, ...]]
    tables: dict[str, tuple[str, ...]]
    equipment_kinds: tuple[str, ...]
    software_kinds: tuple[str, ...]
    ai_limit: int
    guidance: tuple[str, ...] = ()


class ListSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """附件1–6. columns without 序号; closed: allowed words by column."""

    id: str
    title: str
    columns: tuple[str, ...]
    closed: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """The form of Annex 5.

    residue: patterns (regular expressions) of placeholders that must not remain.
    label_words: template words in labels and column heads that are no residue.
    markings: secrecy markings (regular expressions). commitment: title of the promise.
    words: wordings of the form that belong to no single field (headings of parts, heads of the
        KPI table, words for "nothing"), by group; extraction reads by them.
    """

    title: str
    fields: tuple[FieldSpec, ...]
    sections: tuple[SectionSpec, ...]
    block: BlockSpec
    lists: tuple[ListSpec, ...]
    residue: tuple[str, ...]
    label_words: tuple[str, ...]
    markings: tuple[str, ...]
    commitment: tuple[str, ...]
    factory_suffix: str
    years: tuple[int, ...]
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Kpi(Struct, frozen=True, forbid_unknown_fields=True):
    """A KPI of Annex 5. name: label without *. labels: other wordings, Annex 6's included.

    percent: needs % and 0–100. unit_needed: a value without unit is a defect (bare 0 exempt).
    direction: which way is better, "up", "down" or "none". units: usual ones, the first is
    suggested. invert: a unit that begins so turns the direction ("天" for 库存周转率).
    changes: those of ``labels`` that name an improvement (研制周期缩短), not a value; a row typed
    under one holds rates of change, and its two values cannot be compared.
    form: it is a row of the form's table (False: only Annex 6 names it).
    """

    name: str
    starred: bool
    percent: bool = False
    unit_needed: bool = True
    direction: Literal["up", "down", "none"] = "up"
    labels: tuple[str, ...] = ()
    invert: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    form: bool = True
    role: Literal["", "ai_share", "ai_models", "other"] = ""
    basis: str = ""


class Proof(Struct, frozen=True, forbid_unknown_fields=True):
    """A required proof of 八. words: groups; one word of each group must stand in the line."""

    name: str
    words: tuple[tuple[str, ...], ...]
    basis: str = ""


class WordGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that the patterns of the evidence refer to as ``$name``."""

    name: str
    words: tuple[str, ...]


class FacetEvidence(Struct, frozen=True, forbid_unknown_fields=True):
    """What shows a facet in a sentence. Patterns: ``a|b & c|d ! e``, groups as ``$name``.

    shows: suffices alone. hints: counts beside a scenario, heading or figure. lacks: what a
    sentence speaks of that admits that it is missing.
    """

    facet: str
    shows: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class ClauseEvidence(Struct, frozen=True, forbid_unknown_fields=True):
    """The evidence patterns of a clause or requirement, by facet."""

    clause: str
    facets: tuple[FacetEvidence, ...]


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
    """Annex 1, 3, 4: title, columns in order, closed values by column, notes under the table."""

    id: str
    title: str
    columns: tuple[str, ...]
    closed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    limits: dict[str, int] = field(default_factory=dict)


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
    evidence: tuple[ClauseEvidence, ...] = ()
    scale_revenue: float = 2000.0
    extends: str = ""

    def tier(self, tier: str) -> Tier:
        """The tier of that id. KeyError where there is none."""
        return next(t for t in self.tiers if t.id == tier)

    def scenario(self, number: int) -> Scenario:
        """The scenario of that number (1–40)."""
        return next(s for s in self.scenarios if s.number == number)
