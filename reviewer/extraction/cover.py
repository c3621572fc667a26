"""What cover and commitment say: the tier applied for, the dates."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from reviewer.extraction.flow import Line
from reviewer.extraction.texts import build
from reviewer.extraction.vocabulary import Vocabulary
from reviewer.model.declaration import Text
from reviewer.policy.labels import fold

_D = r"\d０-９〇○零一二三四五六七八九十XxＸ*"
_DATE = re.compile(
    rf"[{_D}]{{4}}\s*[年.．/\-－]\s*[{_D}]{{1,3}}\s*(?:月|[.．/\-－])\s*(?:[{_D}]{{1,3}}\s*日?)?"
    rf"|[{_D}]{{4}}\s*年\s*[{_D}]{{1,3}}\s*月"
)


def tier_of(
    cover: Sequence[Line], others: Iterable[Text], vocabulary: Vocabulary
) -> tuple[str | None, Text]:
    """The tier's id and the text that names it; (None, empty) where nothing does.

    The form's title says it first, then any line of the cover, then the other texts.
    """
    kind = _kind(vocabulary.policy.template.title, vocabulary)
    titled = [line for line in cover if kind and fold(line.text).endswith(kind)]
    suffix = fold(vocabulary.policy.template.factory_suffix)
    texts = (build([line.piece]) for lines in (titled, cover) for line in lines)
    for text in itertools.chain(texts, others):
        tier = _named(text.text, suffix, vocabulary)
        if tier is not None:
            return tier, text
    return None, Text()


def _kind(title: str, vocabulary: Vocabulary) -> str:
    """What the form's title ends in behind 智能工厂: 申报书."""
    return fold(title).rpartition(fold(vocabulary.policy.template.factory_suffix))[2]


def _named(text: str, suffix: str, vocabulary: Vocabulary) -> str | None:
    """The only tier whose name stands right before 智能工厂 in the text."""
    key = fold(text)
    found = {tier.id for tier in vocabulary.policy.tiers if f"{fold(tier.name)}{suffix}" in key}
    return found.pop() if len(found) == 1 else None


def last_date(lines: Sequence[Line]) -> tuple[Text, int | None]:
    """The last line that is nothing but a date, with its order."""
    for line in reversed(lines):
        match = _DATE.search(line.text)
        if match and len(line.text) - (match.end() - match.start()) <= _BESIDES:
            return build([line.piece.cut(match.start(), match.end())]), line.order
    return Text(), None


_BESIDES = 6


def is_date(text: str) -> bool:
    """Whether the text is a date and nothing else."""
    return _DATE.fullmatch(text.strip()) is not None


def first_date(lines: Sequence[Line]) -> Line | None:
    """The first line that is a date and nothing else."""
    return next((line for line in lines if is_date(line.text)), None)
