"""All that a rule may look at, with the questions that many rules ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from reviewer.model.declaration import Declaration, Field, RawEntry, ScenarioBlock, Text
from reviewer.model.folding import bare
from reviewer.model.index import Sentence
from reviewer.model.review import EntryMatch, TierCoverage
from reviewer.policy.schema import FieldSpec, Kpi, Policy, Tier
from reviewer.rules import keys
from reviewer.rules.dates import Day, parse_day
from reviewer.rules.residue import Residue

T = TypeVar("T")
_HEAD = 80
_NO_FIELD = Field("", (), Text(), found=False)


@dataclass(frozen=True)
class Context:
    """A declaration under a policy.

    matches: at → match, of every entry and block heading. coverage: tier id → coverage, may be
    empty. tier: the one applied for; tier_given: the caller chose it. content: at of a block →
    (scenario that its text is plainly about, confidence 0–1); only plain cases belong in it.
    stamped: the stamped PDF of the same declaration, where it was handed in with the Word file.
    """

    policy: Policy
    declaration: Declaration
    matches: Mapping[str, EntryMatch]
    sentences: tuple[Sentence, ...]
    coverage: Mapping[str, TierCoverage]
    tier: Tier
    today: date
    content: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    tier_given: bool = False
    stamped: Declaration | None = None
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    # --- texts -------------------------------------------------------------------------------

    @cached_property
    def residue(self) -> Residue:
        """Finder of the template's own words."""
        return Residue(self.policy, self.whole)

    @cached_property
    def whole(self) -> str:
        """All texts, one after the other: what does not occur here occurs nowhere."""
        return "\n".join(_apart(self._all_texts()))

    def once(self, key: str, make: Callable[[Context], T]) -> T:
        """``make(self)``, made once and kept under ``key`` for the rules that share it."""
        if key not in self._made:
            self._made[key] = make(self)
        return self._made[key]  # type: ignore[no-any-return]

    def _all_texts(self) -> Iterator[str]:
        """Everything that is ever asked about: pieces of it hold no residue that the whole has not."""
        for _, text in self.declaration.texts():
            yield text.text
        for item in self.declaration.fields.values():
            yield from item.values
        for block in self.declaration.blocks:
            yield block.entry.raw
            yield from (text.text for text in (block.period, block.invest, *block.parts.values()))
            for rows in (
                block.suppliers,
                block.equipment,
                block.software,
                block.process,
                block.technology,
            ):
                yield from (row.text.text for row in rows)

    @cached_property
    def _nothing(self) -> frozenset[str]:
        """Wordings of nothing, alone or with the form's own words behind ("/万元", "（盖章）")."""
        template = self.policy.template
        words = (*template.words.get("nothing", ()), *template.words.get("prompts", ()))
        nothing = frozenset(map(bare, words))
        labels = frozenset(map(bare, template.label_words))
        return nothing | labels | {word + label for word in nothing for label in labels}

    def blank(self, text: str) -> bool:
        """Nothing is written, or what stands for nothing ("/", 无, the prompt of a control)."""
        letters = bare(text[:_HEAD]) or bare(text)  # the head of a long text tells
        return not letters or letters in self._nothing

    def own(self, text: str) -> str:
        """``text`` without what the template wrote; "" where that is nothing."""
        kept = self.residue.strip(text)
        return "" if self.blank(kept) else kept.strip()

    def missing(self, text: str) -> bool:
        """Blank, and not merely filled with the template's words (which is another finding)."""
        return not self.own(text) and not self.residue.only(text)

    @property
    def scanned(self) -> bool:
        """The text comes from OCR."""
        return self.declaration.kind == "scan"

    # --- fields ------------------------------------------------------------------------------

    def field(self, key: str) -> Field:
        """The field, an absent one where the policy has none of that key."""
        return self.declaration.fields.get(key, _NO_FIELD)

    def value(self, key: str) -> str:
        """Its first value without the template's words, "" where there is none."""
        return self.own(self.field(key).value)

    @cached_property
    def specs(self) -> Mapping[str, FieldSpec]:
        """Key → field of the form."""
        return {spec.key: spec for spec in self.policy.template.fields}

    def ticked(self, key: str) -> str:
        """The one word ticked, "" where there is none or more than one."""
        values = self.field(key).values
        return values[0] if len(values) == 1 else ""

    @cached_property
    def declared(self) -> Day | None:
        """The declaration's date: the cover's, else the commitment's."""
        cover = parse_day(self.field(keys.DECLARED).text.text or self.value(keys.DECLARED))
        return cover or parse_day(self.declaration.commitment_date.text)

    # --- entries -----------------------------------------------------------------------------

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Id → number and title as printed ("3.3 生产作业", "五、项目的安全性", "（四）推广应用计划")."""
        sections = self.policy.template.sections
        return {s.id: f"{s.number}{_mark(s.number)}{s.titles[0]}".strip() for s in sections}

    @cached_property
    def _placeholders(self) -> tuple[str, ...]:
        words = self.policy.template.words
        found = (*words.get("placeholders", ()), *words.get("examples", ()))
        return tuple(sorted(map(bare, found), key=len, reverse=True))

    def is_line(self, raw: str) -> bool:
        """A line that says something: not 无, "/", "……" or the template's own example."""
        text = bare(raw)
        for word in self._placeholders:
            text = text.replace(word, "")
        text = text.strip("0123456789N")
        return bool(text) and text not in self._nothing

    @cached_property
    def main(self) -> tuple[RawEntry, ...]:
        """The lines of 覆盖的环节和具体场景."""
        return tuple(self._lines("list:main:"))

    @cached_property
    def ai(self) -> tuple[RawEntry, ...]:
        """The lines of the AI list."""
        return tuple(self._lines("list:ai:"))

    def _lines(self, prefix: str) -> Iterator[RawEntry]:
        for entry in self.declaration.entries:
            if entry.at.startswith(prefix) and self.is_line(entry.raw):
                yield entry

    @cached_property
    def blocks(self) -> tuple[ScenarioBlock, ...]:
        """The described scenarios, without blocks of the template left wholly untouched."""
        return tuple(block for block in self.declaration.blocks if not self._untouched(block))

    def _untouched(self, block: ScenarioBlock) -> bool:
        texts = (*block.parts.values(), block.period, block.invest)
        rows = (*block.suppliers, *block.equipment, *block.software)
        return (
            not self.is_line(block.entry.raw)
            and not any(self.own(text.text) for text in texts)
            and not any(self.own(row.text.text) for row in rows)
        )

    @cached_property
    def headings(self) -> tuple[RawEntry, ...]:
        """The headings of described scenarios that say something."""
        return tuple(b.entry for b in self.blocks if self.is_line(b.entry.raw))

    def matched(self, *groups: tuple[RawEntry, ...]) -> Iterator[tuple[RawEntry, EntryMatch]]:
        """The entries of the groups with their matches."""
        for group in groups:
            for entry in group:
                match = self.matches.get(entry.at)
                if match is not None:
                    yield entry, match

    @cached_property
    def ai_share(self) -> float | None:
        """Lines of the AI list in percent of the lines of the main list; None without a main list."""
        return 100 * len(self.ai) / len(self.main) if self.main else None

    # --- stages and KPIs -----------------------------------------------------------------------

    @cached_property
    def section_of_stage(self) -> Mapping[str, str]:
        """Stage → id of the section that owns it ("3.3")."""
        sections = {d.name: d.section for d in self.policy.dimensions}
        return {stage.name: sections[stage.dimension] for stage in self.policy.stages}

    @cached_property
    def dimension_of_stage(self) -> Mapping[str, str]:
        """Stage → dimension."""
        return {stage.name: stage.dimension for stage in self.policy.stages}

    def kpi(self, role: str) -> Kpi | None:
        """The KPI of that role in the policy."""
        return next((kpi for kpi in self.policy.kpis if kpi.role == role), None)


def _mark(number: str) -> str:
    """What stands between a heading's number and its title."""
    if not number or number[-1] in ")）":
        return ""
    return " " if number[-1].isascii() else "、"


def _apart(texts: Iterable[str]) -> Iterator[str]:
    """Each text once, and none that stands in one before with whole lines (a part in its section)."""
    lines: set[str] = set()
    longer: list[str] = []
    for text in texts:
        own = text.split("\n")
        framed = f"\n{text}\n"
        if lines.issuperset(own) and (len(own) == 1 or any(framed in one for one in longer)):
            continue
        lines.update(own)
        if len(own) > 1:
            longer.append(framed)
        yield text
