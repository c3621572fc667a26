"""Small declarations for rule cases: a clean base, changed by data."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from reviewer.matching import Resolver
from reviewer.model.declaration import (
    Declaration,
    Field,
    KpiRow,
    RawEntry,
    Row,
    ScenarioBlock,
    Section,
    Span,
    Text,
)
from reviewer.model.document import Place
from reviewer.model.index import sentences
from reviewer.model.review import EntryMatch, TierCoverage
from reviewer.policy.labels import find_kpi
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.rules import Context

BASE = Path(__file__).parent / "base.yaml"
POLICY = load("hebei-2026")
RESOLVER = Resolver(POLICY)
_DATA = yaml.safe_load(BASE.read_text(encoding="utf-8"))
_PARTS = ("ai_desc", "desc", "pain", "tech", "result")


def base() -> dict[str, Any]:
    """A fresh copy of the clean declaration's data."""
    return copy.deepcopy(_DATA)


def change(data: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Apply a case's changes: set, fill ([text, times]), add (to a list), drop; paths with "|"."""
    for path, value in case.get("set", {}).items():
        holder, key = _reach(data, path)
        holder[key] = value
    for path, (unit, times) in case.get("fill", {}).items():
        holder, key = _reach(data, path)
        holder[key] = unit * times
    for path, values in case.get("add", {}).items():
        holder, key = _reach(data, path)
        holder[key] = [*holder[key], *values]
    for path in case.get("drop", []):
        holder, key = _reach(data, path)
        del holder[key]
    return data


def _reach(data: Any, path: str) -> tuple[Any, Any]:
    *steps, last = path.split("|")
    for step in steps:
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data, int(last) if isinstance(data, list) else last


class Builder:
    """Data of the base's shape → Declaration; every line of text gets a paragraph of its own."""

    def __init__(self, data: dict[str, Any], policy: Policy = POLICY) -> None:
        self.data, self.policy, self.block = data, policy, 0
        self.doubts: dict[str, float] = data.get("doubt", {})

    def text(self, text: str, page: int | None = None) -> Text:
        if not text:
            return Text()
        spans = []
        for line in text.split("\n"):
            spans.append(Span(Place(self.block, page), 0, len(line)))
            self.block += 1
        return Text(text, tuple(spans))

    def field(self, part: str, key: str, page: int | None = None) -> Field:
        spec = next(s for s in self.policy.template.fields if s.key == key)
        if key not in self.data[part]:
            return Field(key, () if spec.kind == "choice" else ("",), Text(), found=False)
        value = self.data[part][key]
        values = tuple(value) if isinstance(value, list) else (value,)
        written = self.data.get("cell", {}).get(key)
        if spec.kind == "choice" and written is None:
            written = " ".join(("☑" if o in values else "□") + o for o in spec.options)
        text = self.text(written if written is not None else "\n".join(values), page)
        return Field(key, values, self._doubted(f"field:{key}", text), spec.labels[0])

    def _doubted(self, subject: str, text: Text) -> Text:
        return Text(text.text, text.spans, self.doubts.get(subject, 0.0))

    def fields(self) -> dict[str, Field]:
        cover_page = 1 if "page" in self.data else None
        return {
            spec.key: self.field(spec.part, spec.key, cover_page if spec.part == "cover" else None)
            for spec in self.policy.template.fields
        }

    def entries(self) -> list[RawEntry]:
        found = []
        for name, key in (("main", "场景清单"), ("ai", "AI场景清单")):
            for number, raw in enumerate(self.data["factory"].get(key, []), 1):
                found.append(RawEntry(f"list:{name}:{number}", raw, self.text(raw)))
        return found

    def sections(self) -> dict[str, Section]:
        data = self.data
        texts = {
            "企业简介": data["company"].get("企业简介"),
            "项目简述": data["factory"].get("项目简述"),
        }
        texts |= {key: data["s2"].get(key) for key in ("2.1", "2.2")}
        texts |= {key: part["intro"] for key, part in data["s3"].items()}
        texts |= {number: data.get(f"s{number}") for number in "456"}
        texts |= {key: data.get("s7", {}).get(key) for key in ("7.1", "7.2", "7.3", "7.4")}
        texts |= {"8": "" if data.get("s8") is not None else None}
        found = {}
        for spec in self.policy.template.sections:
            text = texts.get(spec.id)
            heading = self.text(spec.titles[0]) if text is not None else Text()
            body = self.text(text or "")
            found[spec.id] = Section(spec.id, body, heading, found=text is not None)
        return found

    def blocks(self) -> list[ScenarioBlock]:
        return [
            self._block(section, number, item)
            for section, part in self.data["s3"].items()
            for number, item in enumerate(part["scenarios"], 1)
        ]

    def _block(self, section: str, number: int, item: dict[str, Any]) -> ScenarioBlock:
        at = f"body:{section}.{number}"
        heading = self.text(item["heading"])
        parts = {part: self.text(item.get(part, "")) for part in _PARTS}
        tables = {
            name: self.rows(item.get(name, []))
            for name in ("suppliers", "equipment", "software", "process", "technology")
        }
        period, invest = self.text(item["period"]), self.text(item["invest"])
        everything = "\n".join(
            (item["heading"], item["period"], *(item.get(p, "") for p in _PARTS))
        )
        return ScenarioBlock(
            at=at,
            section=section,
            entry=RawEntry(at, item["heading"], heading),
            parts=parts,
            period=period,
            invest=invest,
            outstanding=tuple(item["outstanding"]),
            ai=tuple(item["ai"]),
            whole=Text(everything),
            **tables,
        )

    def rows(self, rows: list[list[str]]) -> tuple[Row, ...]:
        return tuple(Row(tuple(cells), self.text("　".join(cells))) for cells in rows)

    def kpis(self) -> tuple[KpiRow, ...]:
        found = []
        for number, (label, before, after) in enumerate(self.data["kpis"], 1):
            kpi = find_kpi(self.policy, label)
            name = kpi.name if kpi else ""
            cells = (self._doubted(f"kpi:{name}", self.text(cell)) for cell in (before, after))
            found.append(KpiRow(name, label, *cells, number, label.startswith("*")))
        return tuple(found)

    def declaration(self) -> Declaration:
        data = self.data
        return Declaration(
            name="case.docx",
            sha256="0" * 64,
            kind=data.get("kind", "docx"),
            pages=None,
            tier=data.get("tier"),
            tier_text=Text(),
            fields=self.fields(),
            sections=self.sections(),
            entries=tuple(self.entries()),
            blocks=tuple(self.blocks()),
            kpis=self.kpis(),
            proofs=tuple(self.text(line) for line in data.get("s8") or []),
            lists={name: self.rows(rows) for name, rows in data.get("s9", {}).items()},
            loose=tuple((subject, self.text(text)) for subject, text in data.get("loose", [])),
            commitment_date=self.text(
                data.get("commitment_date", ""), 2 if "page" in data else None
            ),
            seals=tuple(data["seals"]) if "seals" in data else None,
            greyscale=data.get("greyscale", False),
        )


def context(
    data: dict[str, Any],
    *,
    coverage: dict[str, TierCoverage] | None = None,
    content: dict[str, tuple[int, float]] | None = None,
    stamped: dict[str, Any] | None = None,
) -> Context:
    """The rules' context over the data, entries matched by the resolver. stamped: the PDF's data."""
    declaration = Builder(data).declaration()
    return Context(
        policy=POLICY,
        declaration=declaration,
        matches=_matches(declaration),
        sentences=sentences(declaration),
        coverage=coverage or {},
        tier=POLICY.tier(data.get("tier") or POLICY.default_tier),
        today=date(2026, 4, 5),
        content=content or {},
        stamped=Builder(stamped).declaration() if stamped else None,
    )


def _matches(declaration: Declaration) -> dict[str, EntryMatch]:
    entries = [*declaration.entries, *(block.entry for block in declaration.blocks)]
    return {entry.at: RESOLVER.match(entry.raw) for entry in entries}
