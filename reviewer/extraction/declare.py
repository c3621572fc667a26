"""Puts the parts of the extraction together: Document → Declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.extraction.appendix import AppendixReader
from reviewer.extraction.cover import first_date, last_date, tier_of
from reviewer.extraction.dashes import with_dashes
from reviewer.extraction.fields import make_fields
from reviewer.extraction.flow import Grid, Line, lines_of
from reviewer.extraction.form import read_form
from reviewer.extraction.formvalues import Found
from reviewer.extraction.kpis import KpiReader
from reviewer.extraction.loose import loose_texts
from reviewer.extraction.outline import FORM, FRONT, Outline, make_outline
from reviewer.extraction.sections import SectionReader
from reviewer.extraction.texts import Piece, build
from reviewer.extraction.vocabulary import Vocabulary, vocabulary
from reviewer.model.declaration import Declaration, Text
from reviewer.model.document import Document
from reviewer.policy.labels import fold
from reviewer.policy.schema import Policy

LISTS = "9"
SCENARIOS = "3"
GUIDANCE = 3


def extract(document: Document, policy: Policy) -> Declaration:
    """What the document declares, by the policy's form. Never raises for any Document.

    What is absent has ``found`` False; what belongs nowhere stands in ``loose``.
    """
    words = vocabulary(policy)
    outline = make_outline(document, words)
    used = {line.order for line in outline.contents}
    lists = _lists(outline, words, used)
    kpis = _kpis(outline, words, used)
    cover, commitment = _front(outline, words)
    found = read_form(outline.form, words, used)
    commitment_date = _commitment_date(commitment, used)
    _cover_date(cover, found, words, used)
    sections = SectionReader(outline, words, used)
    sections.read(found, _titles(lists))
    fields, entries = make_fields(found, words)
    listed = tuple(entries)
    if document.kind == "scan":
        fields, listed = with_dashes(fields, listed, words)
    tier, tier_text = tier_of(cover, _others(document, commitment, outline, words), words)
    return Declaration(
        name=document.name,
        sha256=document.sha256,
        kind=document.kind,
        pages=document.pages,
        tier=tier,
        tier_text=tier_text,
        fields=fields,
        sections=sections.sections,
        entries=listed,
        blocks=tuple(sections.blocks),
        kpis=tuple(kpis.rows),
        proofs=sections.proofs(),
        lists={key: tuple(rows) for key, rows in lists.lists.items()},
        loose=(
            *kpis.loose,
            *sections.loose,
            *loose_texts(document, outline, commitment, found, used),
        ),
        commitment_date=commitment_date,
        seals=document.seals,
        greyscale=document.greyscale,
        warnings=document.warnings,
    )


def _front(outline: Outline, words: Vocabulary) -> tuple[list[Line], list[Line]]:
    """The lines before the first chapter: cover, and the commitment from its title on."""
    region = outline.region(FRONT)
    lines = list(lines_of(region.items)) if region else []
    titles = {fold(title) for title in words.policy.template.commitment}
    for index, line in enumerate(lines):
        if fold(line.text) in titles:
            return lines[:index], lines[index:]
    return lines, []


def _lists(outline: Outline, words: Vocabulary, used: set[int]) -> AppendixReader:
    """The lists of 九; such tables elsewhere only under their own title."""
    reader = AppendixReader(words, used)
    for region in outline.regions:
        if region.id not in (FRONT, FORM) and not region.id.startswith(SCENARIOS):
            listed = region.id.partition(".")[0] == LISTS
            reader.read(region.items, listed, region.heading if region.id != LISTS else None)
    return reader


def _titles(reader: AppendixReader) -> dict[str, Text]:
    """Section id of a list (9.1) → its titles as found."""
    return {
        f"{LISTS}.{''.join(filter(str.isdigit, key))}": build(line.piece for line in lines)
        for key, lines in reader.titles.items()
    }


def _kpis(outline: Outline, words: Vocabulary, used: set[int]) -> KpiReader:
    """The indicators of the form; where it has none, of any table outside the scenarios."""
    reader = KpiReader(words, used)
    reader.read(outline.form)
    if not reader.rows:
        for region in outline.regions:
            if region.id not in (FRONT, FORM) and not region.id.startswith(SCENARIOS):
                reader.read(item for item in region.items if isinstance(item, Grid))
    return reader


def _commitment_date(commitment: Sequence[Line], used: set[int]) -> Text:
    text, order = last_date([line for line in commitment if line.order not in used])
    if order is not None:
        used.add(order)
    return text


def _cover_date(
    cover: Sequence[Line], found: dict[str, Found], words: Vocabulary, used: set[int]
) -> None:
    """A cover may bear its date without a label."""
    specs = [spec for spec in words.policy.template.fields if spec.part == "cover"]
    if not any(spec.key in found for spec in specs):
        return
    for spec in specs:
        line = first_date([line for line in cover if line.order not in used])
        if spec.kind == "date" and line is not None and spec.key not in found:
            found[spec.key] = item = Found("")
            item.rows, item.lines = [(line.piece,)], [line]
            used.add(line.order)


def _others(
    document: Document, commitment: Sequence[Line], outline: Outline, words: Vocabulary
) -> Iterator[Text]:
    """Where else the tier may be named: page headers, the commitment, the form's guidance.

    Only under headings whose guidance names one: elsewhere a tier is a plan or a past honour.
    """
    guided = {
        section.id
        for section in words.policy.template.sections
        if any(tier.name in text for tier in words.policy.tiers for text in section.guidance)
    }
    for paragraph in document.headers:
        yield build([Piece(paragraph, 0, len(paragraph.text))])
    for line in commitment:
        yield build([line.piece])
    for region in outline.regions:
        if region.id in guided:
            yield from (build([i.piece]) for i in region.items[:GUIDANCE] if isinstance(i, Line))
