"""Formulas of the evidence vocabulary: ``a|b & c|d ! e``.

A formula holds for a set of words found together when each of its groups (joined by ``&``) has at
least one word among them and none of the words after ``!`` is. ``$name`` stands for a word group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Formula(Struct, frozen=True):
    """groups: each needs one of its words. unless: words that forbid it. spared: words anywhere in
    the sentence that make a confession another's."""

    groups: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()


def parse(
    text: str,
    words: Mapping[str, Iterable[str]],
    also: Mapping[str, Iterable[str]] | None = None,
    never: Iterable[str] = (),
    spares: Iterable[str] = (),
) -> Formula:
    """The formula as typed in a pack.

    words: word groups by name. also: further words by the word they stand beside wherever it is
    asked for, never where it forbids. never: words or groups that forbid it besides.
    spares: such words for ``Formula.spared``.
    Raises KeyError for a ``$name`` that is none of them and ValueError for an empty group.
    """
    asked, _, forbidden = text.partition("!")
    groups = tuple(_group(part, words) for part in asked.split("&"))
    if not all(groups):
        raise ValueError(f"empty group in formula {text!r}")
    unless = _group("|".join((forbidden, *never)), words)
    wide = tuple(_widened(group, also or {}) for group in groups)
    return Formula(wide, unless, _group("|".join(spares), words))


def _widened(group: frozenset[str], also: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return group.union(*(also.get(word, ()) for word in group))


def _group(text: str, words: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in text.split("|"):
        word = word.strip()
        if word.startswith("$"):
            found.update(other.lower() for other in words[word[1:]])
        elif word:
            found.add(word.lower())
    return frozenset(found)
