"""The policy's labels, folded and sorted by what they stand for; made once per extraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reviewer.extraction.numbers import Number, leading
from reviewer.extraction.wording import Labels
from reviewer.policy.labels import fold
from reviewer.policy.schema import FieldSpec, Kpi, PartSpec, Policy, SectionSpec

_OPENING = 2
_VALUES = ("period", "invest", "outstanding", "ai", "ai_desc")


class Vocabulary:
    """Folded label → meaning, for every kind of label that the form has."""

    def __init__(self, policy: Policy) -> None:
        template = policy.template
        self.policy = policy
        self.fields = Labels(_fields(template.fields))
        self.groups = _groups(template.fields)
        self.titles = Labels(_titles(template.sections))
        self._by_last = _by_last_number(template.sections)
        self.numbers = {spec.id: leading(spec.number) for spec in template.sections}
        self.parts: Labels[PartSpec] = Labels(
            (fold(label), part) for part in template.block.parts for label in part.labels
        )
        self.opening = {part.id for part in template.block.parts if part.number <= _OPENING}
        self.values = Labels(
            (fold(label), key)
            for key, labels in template.block.labels.items()
            for label in labels
            if key in _VALUES
        )
        self.value_labels = [
            (label, key) for key in _VALUES for label in template.block.labels.get(key, ())
        ]
        self.resources = Labels(
            (fold(label), key)
            for key, labels in template.block.labels.items()
            for label in labels
            if key in template.block.tables
        )
        self.headings = folded(template.block.heading) - folded(
            template.block.labels.get("scenario", ())
        )
        self.kpis = Labels(_kpis(policy.kpis))
        self.guidance = _guidance(policy)
        self._guidance = sorted(self.guidance, key=len)
        self.label_words = folded(template.label_words)
        self.stages = {
            fold(word): stage.name
            for stage in policy.stages
            for word in (stage.name, *stage.aliases)
        }
        self.scenarios = _scenarios(policy)
        self.heading_words = Labels((word, word) for word in self.headings)
        self._words = {key: folded(words) for key, words in template.words.items()}
        self._word_labels = {
            key: Labels((word, word) for word in words) for key, words in self._words.items()
        }

    def words(self, group: str) -> frozenset[str]:
        """The folded words of a group of ``template.words``; empty where the pack has none."""
        return self._words.get(group, frozenset())

    def word_labels(self, group: str) -> Labels[str]:
        """The words of a group, to be found as labels."""
        return self._word_labels.get(group) or Labels({})

    def guidance_near(self, length: int) -> Iterator[str]:
        """The guidance that is about that long."""
        return (known for known in self._guidance if abs(length - len(known)) <= len(known) // 8)

    def numbered(self, last: Iterable[int]) -> Iterable[SectionSpec]:
        """The sections of the outline whose number ends in one of these."""
        return (spec for value in last for spec in self._by_last.get(value, ()))

    def number(self, section: str) -> Number | None:
        """The number that a section's heading has in the form."""
        return self.numbers.get(section)


def folded(words: Iterable[str]) -> frozenset[str]:
    """The words folded, without those of which nothing is left."""
    return frozenset(key for word in words if (key := fold(word)))


def _fields(specs: Iterable[FieldSpec]) -> dict[str, tuple[FieldSpec, ...]]:
    """Label → fields that carry it: 姓名 is two of them. A group's word may be put before it."""
    found: dict[str, list[FieldSpec]] = {}
    for spec in specs:
        for label in spec.labels:
            _add(found, fold(label), spec)
            for group in spec.group:
                _add(found, fold(group) + fold(label), spec)
    return {label: tuple(fields) for label, fields in found.items()}


def _add(found: dict[str, list[FieldSpec]], label: str, spec: FieldSpec) -> None:
    known = found.setdefault(label, [])
    if spec not in known:
        known.append(spec)


def _groups(specs: Iterable[FieldSpec]) -> dict[str, tuple[FieldSpec, ...]]:
    """Label of a merged cell (联系人) → the fields that stand behind it."""
    found: dict[str, list[FieldSpec]] = {}
    for spec in specs:
        for group in spec.group:
            _add(found, fold(group), spec)
    return {label: tuple(fields) for label, fields in found.items()}


def _titles(specs: Iterable[SectionSpec]) -> dict[str, SectionSpec]:
    """Titles of the outline; 企业简介 and 项目简述 are cells of the form, the lists have no text."""
    found: dict[str, SectionSpec] = {}
    for spec in specs:
        if spec.number and (spec.narrative or not spec.parent):
            for title in spec.titles:
                found.setdefault(fold(title), spec)
    return found


@lru_cache(maxsize=256)
def section_path(section: str) -> tuple[int, ...]:
    """(2, 1) of "2.1"; empty for a section that bears a name."""
    parts = section.split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else ()


def _by_last_number(specs: Iterable[SectionSpec]) -> dict[int, list[SectionSpec]]:
    found: dict[int, list[SectionSpec]] = {}
    for spec in dict.fromkeys(_titles(specs).values()):
        path = section_path(spec.id)
        if path:
            found.setdefault(path[-1], []).append(spec)
    return found


def _kpis(kpis: Iterable[Kpi]) -> dict[str, Kpi]:
    found: dict[str, Kpi] = {}
    for kpi in kpis:
        for label in (kpi.name, *kpi.labels):
            found.setdefault(fold(label), kpi)
    return found


def _guidance(policy: Policy) -> frozenset[str]:
    template = policy.template
    texts = [
        *(text for field in template.fields for text in field.guidance),
        *(text for section in template.sections for text in section.guidance),
        *(text for part in template.block.parts for text in part.guidance),
        *template.block.guidance,
    ]
    return folded(texts)


def _scenarios(policy: Policy) -> frozenset[str]:
    return folded(
        name
        for scenario in policy.scenarios
        for name in (scenario.name, *(alias.name for alias in scenario.aliases))
    )


@lru_cache(maxsize=8)
def vocabulary(policy: Policy) -> Vocabulary:
    """The vocabulary of a policy, made once."""
    return Vocabulary(policy)
