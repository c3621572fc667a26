"""Reads ``corpus/samples``: a Declaration straight from a sample's JSON, as a perfect reader would extract it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
from reviewer.model.review import EntryMatch

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
TIERS = {"基础级": "basic", "先进级": "advanced", "卓越级": "excellent", "领航级": "leading"}
_CHOICES = {"企业性质", "企业类型", "成熟度等级", "安全环保事故", "所属行业"}
_PARTS = ("ai_desc", "desc", "pain", "tech", "result")


class Writer:
    """Gives every paragraph a place of its own."""

    def __init__(self) -> None:
        self.block = 0

    def text(self, written: str) -> Text:
        """A text whose paragraphs are the lines of ``written``."""
        spans: list[Span] = []
        for line in written.split("\n") if written else ():
            spans.append(Span(Place(self.block, page=1 + self.block // 12), 0, len(line)))
            self.block += 1
        return Text(written, tuple(spans))

    def rows(self, rows: list[list[str]]) -> tuple[Row, ...]:
        """Rows of a table."""
        return tuple(Row(tuple(cells), self.text("；".join(cells))) for cells in rows)


def sample(path: Path) -> dict[str, Any]:
    """The JSON of a sample."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def declaration(data: dict[str, Any]) -> Declaration:
    """The declaration that a perfect reader would extract."""
    w = Writer()
    fields = {key: _field(w, key, value) for key, value in _values(data)}
    entries = tuple(_entries(w, data))
    sections = {one.id: one for one in _sections(w, data)}
    blocks = tuple(_blocks(w, data))
    return Declaration(
        name=data["id"],
        sha256="",
        kind="docx",
        pages=None,
        tier=TIERS.get(data["tier"]),
        tier_text=w.text(data["tier"]),
        fields=fields,
        sections=sections,
        entries=entries,
        blocks=blocks,
        kpis=tuple(_kpis(w, data)),
        proofs=tuple(w.text(line) for line in data.get("s8", ())),
        lists={name: w.rows(rows) for name, rows in data.get("s9", {}).items()},
        commitment_date=w.text(data.get("commitment_date", "")),
    )


def matches(data: dict[str, Any], built: Declaration) -> dict[str, EntryMatch]:
    """The matches of the sample's gold."""
    gold = {one["at"]: one["scenario"] for one in data["gold"]["scenarios"]}
    found: dict[str, EntryMatch] = {}
    for entry in (*built.entries, *(block.entry for block in built.blocks)):
        number = gold.get(entry.at)
        found[entry.at] = EntryMatch(
            entry.raw, "", "", entry.raw, number, "", "", True, True, "exact", 1.0
        )
    return found


def _values(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from data.get("cover", {}).items()
    yield from data["company"].items()
    for key, value in data["factory"].items():
        if key not in ("场景清单", "AI场景清单"):
            yield key, value


def _field(w: Writer, key: str, value: Any) -> Field:
    values = tuple(value) if isinstance(value, list) else (value,)
    joined = "、".join(values)
    kept = values if values or key in _CHOICES else ("",)
    return Field(key, kept, w.text(joined), key)


def _entries(w: Writer, data: dict[str, Any]) -> Iterator[RawEntry]:
    for name, key in (("main", "场景清单"), ("ai", "AI场景清单")):
        for number, raw in enumerate(data["factory"].get(key, ()), 1):
            yield RawEntry(f"list:{name}:{number}", raw, w.text(raw))


def _sections(w: Writer, data: dict[str, Any]) -> Iterator[Section]:
    yield Section("企业简介", w.text(data["company"].get("企业简介", "")))
    yield Section("项目简述", w.text(data["factory"].get("项目简述", "")))
    for name in ("2.1", "2.2"):
        yield Section(name, w.text(data["s2"].get(name, "")))
    for name, part in data["s3"].items():
        yield Section(name, w.text(part.get("intro", "")))
    for name in ("4", "5", "6"):
        yield Section(name, w.text(data.get(f"s{name}", "")))
    for name, text in data["s7"].items():
        yield Section(name, w.text(text))


def _blocks(w: Writer, data: dict[str, Any]) -> Iterator[ScenarioBlock]:
    for section, part in data["s3"].items():
        for number, raw in enumerate(part.get("scenarios", ()), 1):
            at = f"body:{section}.{number}"
            heading = raw["heading"]
            yield ScenarioBlock(
                at=at,
                section=section,
                entry=RawEntry(at, heading, w.text(heading)),
                parts={name: w.text(raw.get(name, "")) for name in _PARTS},
                period=w.text(raw.get("period", "")),
                invest=w.text(raw.get("invest", "")),
                ai=(raw["ai"],) if raw.get("ai") else (),
                equipment=w.rows(raw.get("equipment", [])),
                software=w.rows(raw.get("software", [])),
                process=w.rows(raw.get("process", [])),
                technology=w.rows(raw.get("technology", [])),
            )


def _kpis(w: Writer, data: dict[str, Any]) -> Iterator[KpiRow]:
    for number, (label, before, after) in enumerate(data["kpis"], 1):
        name = label.lstrip("*")
        yield KpiRow(name, label, w.text(before), w.text(after), number, label.startswith("*"))
