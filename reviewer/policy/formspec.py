"""The form of Annex 5 in a policy pack: fields, sections, scenario block, lists, KPIs."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

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
