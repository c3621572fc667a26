"""The evidence vocabulary of a policy, compiled for one pass over a declaration.

All words of all formulas stand in one index by their first two characters, so that a text is
walked once. A word belongs to groups; a formula asks for groups; what a set of groups satisfies
is found through each formula's rarest group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from reviewer.policy.schema import Clause, ClauseEvidence, Facet, Policy, Requirement
from reviewer.scoring.formula import Formula, parse

SHOWS, HINTS, LACKS = range(3)


class FacetInfo(Struct, frozen=True):
    """A facet of a clause or requirement. dimension: 0 for requirements."""

    owner: str
    name: str
    dimension: int
    scenarios: frozenset[int]
    clause_scenarios: frozenset[int]
    title: str


class Hit(Struct, frozen=True, array_like=True):
    """A word of the vocabulary at [start, end) of the text; groups: the groups it stands in."""

    start: int
    end: int
    groups: frozenset[int]


class _Combo(Struct, frozen=True, array_like=True):
    number: int
    facet: int
    kind: int
    groups: frozenset[int]
    unless: int


class Lexicon:
    """Compiled vocabulary. ``facets[i]`` describes the facet with number i."""

    def __init__(self, policy: Policy) -> None:
        self.facets: list[FacetInfo] = []
        self.by_owner: dict[str, list[int]] = {}
        self._group_ids: dict[frozenset[str], int] = {}
        self._anchored: dict[int, list[_Combo]] = {}
        self._pending: list[tuple[int, int, Formula]] = []
        self._collect(policy)
        self._index = self._words()
        self._masks = _by_head((mask.lower(), frozenset[int]()) for mask in policy.evidence_masks)
        self._anchor()

    def scan(self, text: str) -> list[Hit]:
        """All words of the vocabulary in ``text``, by position; words inside masks do not count."""
        text = text.lower()
        covered = _spans(text, self._masks)
        index = self._index
        found: list[Hit] = []
        for start in range(len(text)):
            for word, groups in index.get(text[start : start + 2], ()):
                if text.startswith(word, start):
                    found.append(Hit(start, start + len(word), groups))
            single = index.get(text[start])
            if single:
                found.append(Hit(start, start + 1, single[0][1]))
        return [hit for hit in found if not _inside(hit, covered)] if covered else found

    def satisfied(self, groups: Iterable[int], present: frozenset[int]) -> Iterator[_Combo]:
        """The formulas that hold for ``groups``; ``present``: all groups of the sentence."""
        known = groups if isinstance(groups, (set, frozenset)) else frozenset(groups)
        for group in known:
            for combo in self._anchored.get(group, ()):
                if combo.groups <= known and combo.unless not in present:
                    yield combo

    def _collect(self, policy: Policy) -> None:
        words = {group.name: group.words for group in policy.evidence_words}
        vocabulary = {one.clause: one for one in policy.evidence}
        for tier in policy.tiers:
            for clause in tier.clauses:
                self._clause(clause, vocabulary.get(clause.id), words)
            for outcome in tier.outcomes:
                self._requirement(outcome, vocabulary.get(outcome.id), words)
        for basic in policy.basics:
            self._requirement(basic, vocabulary.get(basic.id), words)

    def _clause(
        self, clause: Clause, known: ClauseEvidence | None, words: dict[str, tuple[str, ...]]
    ) -> None:
        for facet in clause.facets:
            info = FacetInfo(
                clause.id,
                facet.name,
                clause.dimension,
                frozenset(facet.scenarios),
                frozenset(clause.scenarios),
                clause.title,
            )
            self._facet(info, facet, known, words)

    def _requirement(
        self, asked: Requirement, known: ClauseEvidence | None, words: dict[str, tuple[str, ...]]
    ) -> None:
        for facet in asked.facets:
            info = FacetInfo(asked.id, facet.name, 0, frozenset(), frozenset(), asked.title)
            self._facet(info, facet, known, words)

    def _facet(
        self,
        info: FacetInfo,
        facet: Facet,
        known: ClauseEvidence | None,
        words: dict[str, tuple[str, ...]],
    ) -> None:
        number = len(self.facets)
        self.facets.append(info)
        self.by_owner.setdefault(info.owner, []).append(number)
        rich = (
            next((one for one in known.facets if one.facet == facet.name), None) if known else None
        )
        plain = ("|".join(facet.words),) if facet.words else ()
        shows = rich.shows if rich else plain
        # Where the rich vocabulary has no hints, the facet is judged strictly: none at all.
        hints = (*rich.hints, *plain) if rich and rich.hints else ()
        kinds = ((SHOWS, shows), (HINTS, hints))
        lacks = rich.lacks if rich and rich.lacks else shows
        for kind, formulas in (*kinds, (LACKS, lacks)):
            self._pending.extend((number, kind, parse(one, words)) for one in formulas)

    def _group(self, words: frozenset[str]) -> int:
        return self._group_ids.setdefault(words, len(self._group_ids))

    def _words(self) -> dict[str, Sequence[tuple[str, frozenset[int]]]]:
        groups: dict[str, set[int]] = {}
        for _, _, formula in self._pending:
            for words in (*formula.groups, formula.unless):
                for word in words:
                    groups.setdefault(word, set()).add(self._group(words))
        return _by_head((word, frozenset(ids)) for word, ids in groups.items())

    def _anchor(self) -> None:
        size = {number: len(words) for words, number in self._group_ids.items()}
        for number, (facet, kind, formula) in enumerate(self._pending):
            ids = frozenset(self._group(words) for words in formula.groups)
            unless = self._group(formula.unless) if formula.unless else -1
            anchor = min(ids, key=size.__getitem__)
            combo = _Combo(number, facet, kind, ids, unless)
            self._anchored.setdefault(anchor, []).append(combo)
        self._pending.clear()


@lru_cache(maxsize=4)
def lexicon(policy: Policy) -> Lexicon:
    """The compiled vocabulary of a policy, made at the first use."""
    return Lexicon(policy)


def _by_head(
    words: Iterable[tuple[str, frozenset[int]]],
) -> dict[str, Sequence[tuple[str, frozenset[int]]]]:
    index: dict[str, list[tuple[str, frozenset[int]]]] = {}
    for word, groups in words:
        index.setdefault(word[:2], []).append((word, groups))
    return dict(index)


def _spans(
    text: str, index: dict[str, Sequence[tuple[str, frozenset[int]]]]
) -> list[tuple[int, int]]:
    return [
        (start, start + len(word))
        for start in range(len(text))
        for word, _ in index.get(text[start : start + 2], ())
        if text.startswith(word, start)
    ]


def _inside(hit: Hit, covered: list[tuple[int, int]]) -> bool:
    """A mask hides words that lie within it but are not the whole mask."""
    return any(
        start <= hit.start and hit.end <= end and hit.end - hit.start < end - start
        for start, end in covered
    )
