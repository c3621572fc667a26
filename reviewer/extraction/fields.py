"""Makes the policy's fields of what the form was found to say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.extraction.choices import chosen
from reviewer.extraction.formvalues import Found
from reviewer.extraction.lists import entries
from reviewer.extraction.residue import is_guidance
from reviewer.extraction.texts import Piece, build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.declaration import Field, RawEntry, Text
from reviewer.policy.schema import FieldSpec

_BY_YEAR = re.compile(r"([2２][0０]\d\d)\s*年(?:度|末|底)?\s*[:：]?\s*([^\s，,；;、/:：]+)")
_PARTS = re.compile(r"[\s，,、/；;|]+")
_FILL = "_＿ \t　\n"


def make_fields(
    found: dict[str, Found], vocabulary: Vocabulary
) -> tuple[dict[str, Field], list[RawEntry]]:
    """Every field of the policy by key, and the entries of both lists in the form's order."""
    fields: dict[str, Field] = {}
    listed: list[RawEntry] = []
    names = iter(("list:main", "list:ai"))
    for spec in vocabulary.policy.template.fields:
        prefix = next(names) if spec.kind == "entries" else ""
        value = found.get(spec.key)
        if value is None:
            fields[spec.key] = Field(spec.key, _nothing(spec, vocabulary), Text(), found=False)
            continue
        if prefix:
            found_list = entries(value.rows, prefix, vocabulary)
            listed += found_list.entries
            values = found_list.lines
        else:
            values = _values(spec, value, vocabulary)
        fields[spec.key] = Field(spec.key, values, build(value.pieces), value.label)
    return fields, listed


def _nothing(spec: FieldSpec, vocabulary: Vocabulary) -> tuple[str, ...]:
    if spec.kind in ("choice", "entries"):
        return ()
    years = len(vocabulary.policy.template.years)
    return ("",) * years if spec.kind == "years" else ("",)


def _values(spec: FieldSpec, found: Found, vocabulary: Vocabulary) -> tuple[str, ...]:
    if spec.kind == "choice":
        return chosen(build(found.pieces).text, spec.options)
    if spec.kind == "years":
        return _years(found, vocabulary)
    return (_plain(found.pieces, vocabulary),)


def _plain(pieces: Sequence[Piece], vocabulary: Vocabulary) -> str:
    """The text without guidance that was left beside an answer."""
    own = [piece for piece in pieces if not is_guidance(piece.text, vocabulary)]
    return build(own or pieces).text.strip(_FILL)


def _years(found: Found, vocabulary: Vocabulary) -> tuple[str, ...]:
    """One value a year, the oldest first; "" where one is missing."""
    asked = vocabulary.policy.template.years
    rows = ["\n".join(piece.text for piece in row).strip(_FILL) for row in found.rows]
    if found.years and len(found.years) == len(rows):
        return _aligned(dict(zip(found.years, rows, strict=True)), asked)
    said = dict(_BY_YEAR.findall(" ".join(rows)))
    if said:
        return _aligned({int(year): value for year, value in said.items()}, asked)
    if len(rows) == 1 and len(asked) > 1:
        parts = [part for part in _PARTS.split(rows[0]) if part]
        rows = parts if len(parts) == len(asked) else rows
    return tuple((rows + [""] * len(asked))[: len(asked)])


def _aligned(by_year: dict[int, str], asked: Sequence[int]) -> tuple[str, ...]:
    """By the years asked; where the form speaks of other years, simply oldest first."""
    if set(by_year) & set(asked):
        years: Sequence[int] = asked
    else:
        years = sorted(by_year)[: len(asked)]
    values = [by_year.get(year, "") for year in years]
    return tuple((values + [""] * len(asked))[: len(asked)])
