"""A declaration under change, with what is known of each of its scenario entries."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .annex7 import DIMENSION_OF, NAMES, STAGE_OF, STAGES

SECTIONS = ("3.1", "3.2", "3.3", "3.4", "3.5")
PARTS = ("ai_desc", "desc", "pain", "tech", "result")
_NUMBER = re.compile(r"^\s*\d+\s*[.．、]\s*")


@dataclass
class Entry:
    """One line of a list, or a scenario's heading. ``scene`` is the same wherever the same thing is meant."""

    stage: str
    name: str
    instance: str
    scenario: int | None
    scene: int
    separator: str = "-"
    number: str = "{}."
    raw: str = ""

    @property
    def stage_ok(self) -> bool:
        if not self.stage:
            return False
        return (
            self.stage in STAGES if self.scenario is None else self.stage == STAGE_OF[self.scenario]
        )

    @property
    def name_ok(self) -> bool:
        return self.scenario is not None and self.name == NAMES[self.scenario]

    @property
    def complete(self) -> bool:
        return bool(self.stage and self.name and self.instance)

    @property
    def text(self) -> str:
        return self.raw or self.separator.join(
            part for part in (self.stage, self.name, self.instance) if part
        )


@dataclass
class Block:
    """A scenario under 3.x."""

    section: str
    entry: Entry
    content: dict[str, Any]


@dataclass
class Draft:
    """The state that defects change. ``touched`` keeps them from meddling with one another."""

    data: dict[str, Any]
    main: list[Entry]
    ai: list[Entry]
    blocks: list[Block]
    extra_lines: list[str] = field(default_factory=list)
    findings: list[dict[str, str]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    open: list[list[str]] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)

    def free(self, *subjects: str) -> bool:
        """Whether nobody has touched any of these; if so, they are taken."""
        if any(subject in self.touched for subject in subjects):
            return False
        self.touched.update(subjects)
        return True

    def find(self, rule: str, subject: str, note: str) -> None:
        """A finding whose subject does not depend on the order of scenarios."""
        self.findings.append({"rule": rule, "subject": subject, "note": note})

    def find_in(self, rule: str, block: Block, note: str, part: str = "") -> None:
        """A finding in a scenario block; its number is known only when all is done."""
        self.findings.append({"rule": rule, "subject": f"@{id(block)}{part}", "note": note})

    def blocks_of(self, section: str) -> list[Block]:
        return [block for block in self.blocks if block.section == section]

    def place(self, block: Block) -> str:
        """body:3.3.2."""
        number = [id(other) for other in self.blocks_of(block.section)].index(id(block)) + 1
        return f"body:{block.section}.{number}"

    def loosen(self, section: str) -> None:
        """Evidence of this dimension was touched: its clauses are no longer known."""
        dimension = section[-1]
        coverage = self.data["gold"].get("coverage", {})
        for clause in [key for key in coverage if key.split(".")[1:2] == [dimension]]:
            del coverage[clause]
        tier = {
            "基础级": "basic",
            "先进级": "advanced",
            "卓越级": "excellent",
            "领航级": "leading",
        }[self.data.get("tier", "先进级")]
        self.open.append(["requirement-uncovered", f"req:{tier}.{dimension}."])

    def narratives(self) -> list[str]:
        """All running text, plans (七) left out."""
        data = self.data
        out = [data["company"]["企业简介"], data["factory"]["项目简述"], *data["s2"].values()]
        out += [data.get(key, "") for key in ("s4", "s5", "s6")]
        out += [section["intro"] for section in data["s3"].values()]
        out += [block.content[key] for block in self.blocks for key in PARTS]
        return out

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Every narrative of :meth:`narratives` changed by a function."""
        data = self.data
        holders: list[tuple[dict[str, Any], str]] = [
            (data["company"], "企业简介"),
            (data["factory"], "项目简述"),
        ]
        holders += [(data["s2"], key) for key in data["s2"]] + [
            (data, key) for key in ("s4", "s5", "s6") if key in data
        ]
        holders += [(section, "intro") for section in data["s3"].values()]
        holders += [(block.content, key) for block in self.blocks for key in PARTS]
        for holder, key in holders:
            holder[key] = change(holder[key])


def _split(text: str) -> tuple[str, str, str, str]:
    bare = _NUMBER.sub("", text)
    for separator in ("-", "—", "–"):
        parts = bare.split(separator, 2)
        if len(parts) == 3:
            return parts[0], parts[1], parts[2], separator
    raise ValueError(f"not a clean entry: {text!r}")


def _entry(text: str, scenario: int | None, scene: int) -> Entry:
    stage, name, instance, separator = _split(text)
    return Entry(stage, name, instance, scenario, scene, separator)


def _same(entry: Entry, others: list[Entry]) -> int:
    """The scene of the main-list entry that means the same."""
    fits = [other for other in others if other.scenario == entry.scenario]
    if not fits:
        raise ValueError(f"not in the list: {entry.text}")
    return max(
        fits,
        key=lambda other: difflib.SequenceMatcher(None, other.instance, entry.instance).ratio(),
    ).scene


def open_draft(declaration: dict[str, Any]) -> Draft:
    """A deep copy of a clean declaration as a draft.

    Raises:
        ValueError: the declaration has findings already, or its lists and its part 三 do not match.
    """
    data = copy.deepcopy(declaration)
    if data["gold"]["findings"]:
        raise ValueError(f"{data.get('id')} is not clean")
    known = {item["at"]: item["scenario"] for item in data["gold"]["scenarios"]}
    main = [
        _entry(text, known[f"list:main:{n}"], n)
        for n, text in enumerate(data["factory"]["场景清单"], 1)
    ]
    ai = [
        _entry(text, known[f"list:ai:{n}"], 0)
        for n, text in enumerate(data["factory"]["AI场景清单"], 1)
    ]
    blocks = []
    for section in SECTIONS:
        for n, content in enumerate(data["s3"][section]["scenarios"], 1):
            blocks.append(
                Block(section, _entry(content["heading"], known[f"body:{section}.{n}"], 0), content)
            )
    for entry in [*ai, *(block.entry for block in blocks)]:
        entry.scene = _same(entry, main)
    return Draft(data, main, ai, blocks)


def home(entry: Entry) -> str:
    """The 3.x section that owns the entry's scenario."""
    return DIMENSION_OF[STAGE_OF[entry.scenario] if entry.scenario else entry.stage]


def _lines(entries: list[Entry], extra: list[str]) -> list[str]:
    return [entry.number.format(n) + entry.text for n, entry in enumerate(entries, 1)] + extra


def write_back(draft: Draft) -> None:
    """Lists, headings and sections into the declaration."""
    factory, s3 = draft.data["factory"], draft.data["s3"]
    factory["场景清单"] = _lines(draft.main, draft.extra_lines)
    factory["AI场景清单"] = _lines(draft.ai, [])
    for section in SECTIONS:
        s3[section]["scenarios"] = [block.content for block in draft.blocks_of(section)]
    for block in draft.blocks:
        block.content["heading"] = block.entry.text
