"""Industry codes of GB/T 4754—2017, read from corpus/industry.

Sections are letters (C), divisions (大类) two digits, groups (中类) three, classes (小类) four. A group
with a single class is often written with the class's code: 3670 stands for 367.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

import corpus
from reviewer.policy.labels import fold

Level = Literal["section", "division", "group", "class"]

FOLDER = Path(corpus.__file__).parent / "industry"
_LEVELS: dict[int, Level] = {1: "section", 2: "division", 3: "group", 4: "class"}


class Industry(Struct, frozen=True):
    """An entry of the standard. section: its letter; code of a section is that letter."""

    code: str
    name: str
    section: str

    @property
    def level(self) -> Level:
        """Which level the code is of, by its length."""
        return _LEVELS[len(self.code)] if self.code.isdigit() else "section"

    @property
    def division(self) -> str:
        """The code of its division, "" for a section."""
        return self.code[:2] if self.code.isdigit() else ""


@lru_cache(maxsize=1)
def table() -> Mapping[str, Industry]:
    """All entries by code, in the standard's order."""
    entries: dict[str, Industry] = {}
    section = ""
    for code, name in _rows(FOLDER / "gbt4754-2017.csv"):
        section = code if code.isalpha() else section
        entries[code] = Industry(code, name, section)
    return entries


def lookup(code: str) -> Industry | None:
    """The entry of a code as typed: any width, a section's letter before the digits ("C367")."""
    return table().get(clean(code))


def clean(code: str) -> str:
    """A code as the table writes it: "Ｃ３６７ " gives "367", "c" gives "C"."""
    plain = "".join(unicodedata.normalize("NFKC", code).split()).upper()
    return plain[1:] if plain[:1].isalpha() and plain[1:].isdigit() else plain


def group(code: str) -> Industry | None:
    """The group (中类) that a code stands for, None where it stands for none.

    A group's own code, or the code of the only class of a group (3670 for 367).
    """
    entry = lookup(code)
    if entry is None or entry.level == "group":
        return entry
    if entry.level == "class" and len(classes(entry.code[:3])) == 1:
        return table()[entry.code[:3]]
    return None


def classes(code: str) -> tuple[Industry, ...]:
    """The classes (小类) of a group in the standard's order."""
    return _classes().get(clean(code), ())


def named(name: str) -> tuple[Industry, ...]:
    """Every entry of that name (white space and width aside), wider levels first."""
    return _named().get(fold(name), ())


def former(code: str) -> tuple[str, str] | None:
    """What a code meant in the 2011 edition: (name then, code of today). None where not known."""
    return _former().get(clean(code))


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, tuple[Industry, ...]]:
    grouped: dict[str, tuple[Industry, ...]] = {}
    for entry in table().values():
        if entry.level == "class":
            grouped[entry.code[:3]] = (*grouped.get(entry.code[:3], ()), entry)
    return grouped


@lru_cache(maxsize=1)
def _named() -> Mapping[str, tuple[Industry, ...]]:
    grouped: dict[str, tuple[Industry, ...]] = {}
    for entry in table().values():
        grouped[fold(entry.name)] = (*grouped.get(fold(entry.name), ()), entry)
    return grouped


@lru_cache(maxsize=1)
def _former() -> Mapping[str, tuple[str, str]]:
    return {code: (name, now) for code, name, now in _rows(FOLDER / "former-2011.csv")}


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        yield from rows
