"""Labels of the form as one compares them, and what of the policy each one means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from reviewer.policy.schema import FieldSpec, Kpi, Policy, SectionSpec, Stage

T = TypeVar("T")

# White space, stars and colons of any kind; soft hyphens and zero-width characters.
_DROPPED = re.compile(
    r"[\s*∗⁎✱:∶\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
)
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]*")
_BRACKET_TAIL = re.compile(r"(?<=.)\([^()]*\)$")
_NUMBER_HEAD = re.compile(r"^(?:\(?\d{1,2}\)?[.、)]?)(?=\D)")
_NOTE_TAIL = re.compile(r"(?<=\D)\d$")


@lru_cache(maxsize=8192)
def fold(label: str) -> str:
    """A label without white space, stars, colons and differences of width or letter case.

    ``"* 关键设备 联网率（％）："`` gives ``"关键设备联网率(%)"``. Never raises.
    """
    if _IDEOGRAPHS.fullmatch(label):  # they are their own folded form, and most labels nothing else
        return label
    return _DROPPED.sub("", unicodedata.normalize("NFKC", _DROPPED.sub("", label))).casefold()


@lru_cache(maxsize=8192)
def readings(label: str) -> tuple[str, ...]:
    """The folded label, then the same without what is often typed around it, surest first.

    A remark in brackets at the end ("（%）"), a footnote's digit, a number before it ("1.", "（3）").
    """
    whole = fold(label)
    seen = {whole: None}
    for text in (whole, _NUMBER_HEAD.sub("", whole)):
        for unmarked in (text, _NOTE_TAIL.sub("", text)):
            bare = _BRACKET_TAIL.sub("", unmarked)
            seen |= dict.fromkeys((unmarked, bare, _NOTE_TAIL.sub("", bare)))
    return tuple(seen)


def wordings(kpi: Kpi) -> tuple[str, ...]:
    """All labels of a KPI, its name first."""
    return (kpi.name, *kpi.labels)


@lru_cache(maxsize=8)
def kpi_by_label(policy: Policy) -> Mapping[str, Kpi]:
    """Folded label → KPI, the names of Annex 5 and all other wordings."""
    return {fold(word): kpi for kpi in policy.kpis for word in wordings(kpi)}


def find_kpi(policy: Policy, label: str) -> Kpi | None:
    """The KPI that a row's label means, None where it is none of them."""
    return _first(kpi_by_label(policy), label)


def is_change(kpi: Kpi, label: str) -> bool:
    """Whether the label names an improvement of the KPI ("研制周期缩短"), not its value."""
    return not set(readings(label)).isdisjoint(map(fold, kpi.changes))


@lru_cache(maxsize=8)
def field_by_key(policy: Policy) -> Mapping[str, FieldSpec]:
    """Key of the contract → field of the form."""
    return {spec.key: spec for spec in policy.template.fields}


@lru_cache(maxsize=8)
def fields_by_label(policy: Policy) -> Mapping[str, tuple[FieldSpec, ...]]:
    """Folded label → fields that bear it, in the form's order (姓名 is borne by two)."""
    return _grouped((fold(word), spec) for spec in policy.template.fields for word in spec.labels)


@lru_cache(maxsize=8)
def section_by_id(policy: Policy) -> Mapping[str, SectionSpec]:
    """Id ("2.1", "企业简介") → section."""
    return {spec.id: spec for spec in policy.template.sections}


@lru_cache(maxsize=8)
def sections_by_title(policy: Policy) -> Mapping[str, tuple[SectionSpec, ...]]:
    """Folded title without number → sections that bear it."""
    specs = policy.template.sections
    return _grouped((fold(word), spec) for spec in specs for word in spec.titles)


@lru_cache(maxsize=8)
def stage_by_name(policy: Policy) -> Mapping[str, Stage]:
    """Folded name or alias of a stage → stage. Only ``stage.name`` is a right wording."""
    return {fold(word): stage for stage in policy.stages for word in (stage.name, *stage.aliases)}


def _first(names: Mapping[str, Kpi], label: str) -> Kpi | None:
    return next((names[reading] for reading in readings(label) if reading in names), None)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    grouped: dict[str, tuple[T, ...]] = {}
    for key, value in pairs:
        if value not in grouped.get(key, ()):
            grouped[key] = (*grouped.get(key, ()), value)
    return grouped
