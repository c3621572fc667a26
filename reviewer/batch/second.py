"""Second thoughts on pairs, once it is known what the files say: wrong pairs parted, halves joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reviewer.batch import identity
from reviewer.batch.journal import Line
from reviewer.batch.pairing import Case, case
from reviewer.model.folding import bare

Lines = Mapping[str, Line]


def parted(cases: Sequence[Case], lines: Lines) -> list[Case]:
    """A case of its own for each PDF whose Word is of another enterprise, or cannot be read."""
    return [
        case(pdf=one.pdf)
        for one in cases
        if one.word is not None
        and one.pdf is not None
        and (lines[one.key].stranger or lines[one.key].sentence)
    ]


def joined(cases: Sequence[Case], lines: Lines) -> dict[str, tuple[Case, Case]]:
    """Word and PDF of one declaration under names that do not show it: new key → (Word, PDF).

    Only where it is clear: one lone Word and one lone PDF of the enterprise and factory.
    """
    words = [one for one in cases if _lone_word(one, lines)]
    pdfs = [one for one in cases if one.word is None and one.pdf is not None]
    by_word, by_pdf = _matches(words, pdfs, lines)
    found = {}
    for word in words:
        partners = by_word[word.key]
        if len(partners) == 1 and len(by_pdf[partners[0].key]) == 1:
            found[case(word.word, partners[0].pdf).key] = (word, partners[0])
    return found


def _lone_word(one: Case, lines: Lines) -> bool:
    return one.word is not None and (one.pdf is None or lines[one.key].stranger)


def _matches(
    words: Sequence[Case], pdfs: Sequence[Case], lines: Lines
) -> tuple[dict[str, list[Case]], dict[str, list[Case]]]:
    """Case key → cases of the other kind that are of the same declaration."""
    firms: dict[str, list[Case]] = defaultdict(list)
    for pdf in pdfs:
        for name in _names(pdf, lines):
            firms[name].append(pdf)
    by_word: dict[str, list[Case]] = defaultdict(list)
    by_pdf: dict[str, list[Case]] = defaultdict(list)
    for word in words:
        near = {pdf.key: pdf for name in _names(word, lines) for pdf in firms[name]}
        for pdf in near.values():
            if identity.same(_fields(word, lines), _fields(pdf, lines)):
                by_word[word.key].append(pdf)
                by_pdf[pdf.key].append(word)
    return by_word, by_pdf


def _names(one: Case, lines: Lines) -> list[str]:
    fields = _fields(one, lines)
    return [value for key, value in fields.items() if value and key != "项目名称"]


def _fields(one: Case, lines: Lines) -> dict[str, str]:
    digest = lines[one.key].digest
    if digest is None:
        return {}
    return {key: bare(digest.fields.get(key, "")) for key in identity.KEYS}
