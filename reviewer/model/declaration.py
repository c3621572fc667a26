"""What was declared: fields, sections, scenario entries and blocks, KPI rows, proofs, lists.

Every value keeps the spans that it came from. Keys and subjects are those of the contract
(docs/contract of the command line and the report): ``企业名称``, ``2.1``, ``body:3.3.1/tech`` …
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from reviewer.model.document import Place


class Span(Struct, frozen=True):
    """Characters [start, end) of the paragraph at ``place``."""

    place: Place
    start: int
    end: int


class Text(Struct, frozen=True):
    """A piece of the document's text and where it stands.

    text: the stretches of ``spans`` joined by one newline each, so that
        ``len(text) == sum(end - start) + len(spans) - 1``; a stretch may hold newlines of its own.
    doubt: share of characters (0–1) that OCR read with low confidence.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()
    doubt: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.text.strip())


class Field(Struct, frozen=True):
    """A cell of the cover or of table 一.

    values: for a text field one string; for check boxes the words ticked (may be empty);
        for a three-year row one string a year, oldest first; "" for an empty cell.
    text: the whole cell as written (all options of a check-box line). Where the cell is absent
        from the document, ``found`` is False and the text is empty.
    label: the label as written.
    """

    key: str
    values: tuple[str, ...]
    text: Text
    label: str = ""
    found: bool = True

    @property
    def value(self) -> str:
        """The first value, "" where there is none."""
        return self.values[0] if self.values else ""


class Section(Struct, frozen=True):
    """A narrative: 企业简介, 项目简述, "2.1" … "9".

    heading: the heading as found (empty text where the section is absent).
    text: the narrative only: no tables, captions, pictures, footnotes.
    tables: the texts of tables and captions inside it (evidence may stand there).
    found: its heading or label exists.
    """

    id: str
    text: Text
    heading: Text = Text()
    tables: tuple[Text, ...] = ()
    found: bool = True


class RawEntry(Struct, frozen=True):
    """A scenario entry as typed. at: list:main:3, list:ai:1, body:3.3.2."""

    at: str
    raw: str
    text: Text


class Row(Struct, frozen=True):
    """A row of a free table (suppliers, equipment, 附件1…6): cells without 序号, as written."""

    cells: tuple[str, ...]
    text: Text


class ScenarioBlock(Struct, frozen=True):
    """A described scenario under 3.x.

    at: body:3.3.2 by position. section: "3.3". parts: ai_desc, desc, pain, tech, result → text.
    present: labels (1)…(7) that exist as labels, by part name ("suppliers", "construction",
        "desc", "pain", "tech", "result", "resources").
    period, invest, outstanding, ai: the values of (2) as written ("" where empty); invest is the
        number in 万元 as typed; outstanding, ai: the words chosen: (), ("是",), ("否",) or both.
    suppliers: rows 名称, 联系人, 联系方式. equipment, software: rows 种类, 名称, 规格/型号, 供应商.
    process, technology: rows 名称, 应用描述.
    whole: everything of the block (for residue, markings).
    """

    at: str
    section: str
    entry: RawEntry
    parts: dict[str, Text] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    period: Text = Text()
    invest: Text = Text()
    outstanding: tuple[str, ...] = ()
    ai: tuple[str, ...] = ()
    suppliers: tuple[Row, ...] = ()
    equipment: tuple[Row, ...] = ()
    software: tuple[Row, ...] = ()
    process: tuple[Row, ...] = ()
    technology: tuple[Row, ...] = ()
    whole: Text = Text()


class KpiRow(Struct, frozen=True):
    """A row of the KPI table. name: the policy's label without *; "" where it is none of them."""

    name: str
    label: str
    before: Text
    after: Text
    row: int
    starred: bool = False


class Declaration(Struct, frozen=True):
    """A declaration as extracted.

    tier: id of the tier that the document says it applies for, None where it says none.
    fields: by key, cover keys included; every field of the policy is there (``found`` tells).
    sections: by id without "section:"; every section of the policy is there.
    entries: the lines of both lists, then (in ``blocks``) the headings of section 三.
    proofs: the lines of 八. lists: 附件1…附件6 → rows (absent key: no such table).
    loose: (subject, text) of text that belongs to no value above: headings' remarks, text directly
        under 二/三/七, page headers (section:cover), commitment page. No table of contents.
    dates: declared date first, commitment's date second, as written ("" where absent).
    """

    name: str
    sha256: str
    kind: str
    pages: int | None
    tier: str | None
    tier_text: Text
    fields: dict[str, Field]
    sections: dict[str, Section]
    entries: tuple[RawEntry, ...]
    blocks: tuple[ScenarioBlock, ...]
    kpis: tuple[KpiRow, ...]
    proofs: tuple[Text, ...]
    lists: dict[str, tuple[Row, ...]]
    loose: tuple[tuple[str, Text], ...] = ()
    commitment_date: Text = Text()
    seals: tuple[int, ...] | None = None
    greyscale: bool = False
    warnings: tuple[str, ...] = ()

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Every piece of text with the subject that it belongs to, in document order of kinds."""
        for item in self.fields.values():
            if item.text:
                yield f"field:{item.key}", item.text
        for entry in self.entries:
            yield entry.at, entry.text
        for section in self.sections.values():
            if section.text:
                yield f"section:{section.id}", section.text
            for table in section.tables:
                yield f"section:{section.id}", table
        for block in self.blocks:
            yield block.at, block.whole
        for row in self.kpis:
            yield f"kpi:{row.name or row.label}", row.before
            yield f"kpi:{row.name or row.label}", row.after
        for proof in self.proofs:
            yield "section:8", proof
        for name, rows in self.lists.items():
            for line in rows:
                yield f"section:9.{name.removeprefix('附件')}", line.text
        yield from self.loose
