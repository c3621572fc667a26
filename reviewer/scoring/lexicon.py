"""The evidence vocabulary of a policy, compiled for one pass over a declaration.

All words of all formulas, the masks, the cues of assertion and the words that are counted stand in
one trie. A word belongs to groups; a formula asks for one word of each of its groups. Formulas that
several facets share are kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.model import cues
from reviewer.policy.schema import ClauseEvidence, Facet, Policy
from reviewer.scoring.formula import Formula, parse
from reviewer.scoring.trie import Ints, Trie

SHOWS, HINTS, LACKS = range(3)
_MOST_GROUPS = 4
_REMEMBERED = 4096


class FacetInfo(Struct, frozen=True):
    """A facet of a clause or requirement. dimension: 0 for requirements."""

    owner: str
    name: str
    dimension: int
    scenarios: frozenset[int]
    clause_scenarios: frozenset[int]
    title: str


class Lists(Struct, frozen=True):
    """Variable-length lists of numbers, one after another: list i is values[starts[i]:starts[i+1]]."""

    starts: Ints
    values: Ints

    def expand(self, keys: Ints) -> tuple[Ints, Ints]:
        """(index into ``keys``, value) of every value of the lists named by ``keys``."""
        counts = self.starts[keys + 1] - self.starts[keys]
        index = np.repeat(np.arange(keys.size), counts)
        offset = np.arange(index.size) - np.repeat(np.cumsum(counts) - counts, counts)
        return index, self.values[self.starts[keys][index] + offset]


class Lexicon:
    """Compiled vocabulary.

    facets[i]: the facet with number i; tier_of (facets,): number of its tier. by_owner: facets of
    a clause or requirement.
    trie: all words. groups_of: word → groups. is_mask, cue_of, deeds, slogans, rhetoric: by word.
    formulas (F, 4): groups of each formula, padded with ``always``. unless (F,): group that
    forbids it, ``never`` where none. uses: formula → 3 × facet + kind.
    """

    def __init__(self, policy: Policy) -> None:
        self.facets: list[FacetInfo] = []
        self.by_owner: dict[str, list[int]] = {}
        pending = list(self._collect(policy))
        groups: dict[frozenset[str], int] = {}
        for _, formula in pending:
            for words in (*formula.groups, formula.unless):
                groups.setdefault(words, len(groups))
        self.groups = len(groups)
        self.always, self.never = self.groups, self.groups + 1
        self._words(policy, groups)
        self._formulas(pending, groups)
        self._facets()

    def _collect(self, policy: Policy) -> Iterator[tuple[int, Formula]]:
        words = {group.name: group.words for group in policy.evidence_words}
        also = {
            one.word.lower(): tuple(word.lower() for word in one.also)
            for one in policy.evidence_synonyms
        }
        rich = {one.clause: one for one in policy.evidence}
        for owner, facet, info in _asked(policy):
            number = len(self.facets)
            self.facets.append(info)
            self.by_owner.setdefault(owner, []).append(number)
            for kind, formulas in _vocabulary(facet, rich.get(owner)).items():
                for one in formulas:
                    yield 3 * number + kind, parse(one, words, also)

    def _words(self, policy: Policy, groups: Mapping[frozenset[str], int]) -> None:
        members: dict[str, set[int]] = {}
        for words, number in groups.items():
            for word in words:
                members.setdefault(word, set()).add(number)
        masks = {mask.lower() for mask in policy.evidence_masks}
        kinds: dict[str, set[int]] = {}
        for cue, triggers in cues.TRIGGERS.items():
            for word in triggers:
                kinds.setdefault(word.lower(), set()).add(int(cue))
        deeds, slogans, rhetoric = set(cues.DEEDS), set(cues.SLOGANS), set(cues.RHETORIC)
        words_ = sorted(members.keys() | masks | kinds.keys() | deeds | slogans | rhetoric)
        self.trie = Trie(words_)
        self.groups_of = _lists([sorted(members.get(word, ())) for word in words_])
        self.is_mask = np.array([word in masks for word in words_])
        self.cue_of = np.array(
            [sum(1 << cue for cue in kinds.get(word, ())) for word in words_], dtype=np.int64
        )
        self.deeds = np.array([word in deeds for word in words_])
        self.slogans = np.array([word in slogans for word in words_])
        self.rhetoric = np.array([word in rhetoric for word in words_])

    def _formulas(
        self, pending: Iterable[tuple[int, Formula]], groups: Mapping[frozenset[str], int]
    ) -> None:
        known: dict[tuple[tuple[int, ...], int], list[int]] = {}
        for use, formula in pending:
            ids = tuple(sorted({groups[words] for words in formula.groups}))
            if len(ids) > _MOST_GROUPS:
                raise ValueError(f"more than {_MOST_GROUPS} groups in a formula")
            unless = groups[formula.unless] if formula.unless else self.never
            known.setdefault((ids, unless), []).append(use)
        padded = [(*ids, *[self.always] * (_MOST_GROUPS - len(ids))) for ids, _ in known]
        self.formulas: Ints = np.array(padded, dtype=np.int64)
        self.unless: Ints = np.array([unless for _, unless in known], dtype=np.int64)
        self.uses = _lists(list(known.values()))

    def _facets(self) -> None:
        count = len(self.facets)
        tiers = sorted({one.owner.split(".")[0] for one in self.facets})
        self.tier_of: Ints = np.array(
            [tiers.index(one.owner.split(".")[0]) for one in self.facets], dtype=np.int64
        )
        self.dimensions: Ints = np.array([one.dimension for one in self.facets], dtype=np.int64)
        self.scenario: NDArray[np.bool_] = np.zeros((64, count), dtype=np.bool_)
        self.clause_scenario: NDArray[np.bool_] = np.zeros((64, count), dtype=np.bool_)
        pairs: dict[str, list[int]] = {}
        for number, one in enumerate(self.facets):
            self.scenario[list(one.scenarios), number] = True
            self.clause_scenario[list(one.clause_scenarios), number] = True
            for pair in pairs_of(one.name) | pairs_of(one.title):
                pairs.setdefault(pair, []).append(number)
        self._by_pair = {pair: np.array(numbers) for pair, numbers in pairs.items()}
        self._about: dict[str, NDArray[np.bool_]] = {}

    def about(self, lead: str) -> NDArray[np.bool_]:
        """Which facets (F,) an announced subject is about, by the pairs of characters it shares."""
        known = self._about.get(lead)
        if known is None:
            if len(self._about) > _REMEMBERED:
                self._about.clear()
            known = self._about[lead] = self._find_about(lead)
        return known

    def _find_about(self, lead: str) -> NDArray[np.bool_]:
        asked = pairs_of(lead)
        counts = np.zeros(len(self.facets), dtype=np.int64)
        for pair in asked:
            numbers = self._by_pair.get(pair)
            if numbers is not None:
                counts[numbers] += 1
        return np.asarray(counts >= max(1, round(len(asked) * 0.4)))


@lru_cache(maxsize=4)
def lexicon(policy: Policy) -> Lexicon:
    """The compiled vocabulary of a policy, made at the first use."""
    return Lexicon(policy)


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters in a text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum())


def _asked(policy: Policy) -> Iterator[tuple[str, Facet, FacetInfo]]:
    """All facets with their owner's id: clauses, outcomes, basics."""
    for tier in policy.tiers:
        for clause in tier.clauses:
            for facet in clause.facets:
                own, wide = frozenset(facet.scenarios), frozenset(clause.scenarios)
                info = FacetInfo(clause.id, facet.name, clause.dimension, own, wide, clause.title)
                yield clause.id, facet, info
    for asked in (*(one for tier in policy.tiers for one in tier.outcomes), *policy.basics):
        for facet in asked.facets:
            info = FacetInfo(asked.id, facet.name, 0, frozenset(), frozenset(), asked.title)
            yield asked.id, facet, info


def _vocabulary(facet: Facet, known: ClauseEvidence | None) -> dict[int, tuple[str, ...]]:
    """Formulas by kind. Where a rich vocabulary has no hints, none at all are taken: strict."""
    found = next((one for one in known.facets if one.facet == facet.name), None) if known else None
    plain = ("|".join(facet.words),) if facet.words else ()
    if found is None:
        return {SHOWS: plain, HINTS: plain, LACKS: plain}
    hints = (*found.hints, *plain) if found.hints else ()
    return {SHOWS: found.shows, HINTS: hints, LACKS: found.lacks or found.shows}


def _lists(items: list[list[int]]) -> Lists:
    starts = np.zeros(len(items) + 1, dtype=np.int64)
    np.cumsum([len(item) for item in items], out=starts[1:])
    return Lists(starts, np.array([value for item in items for value in item], dtype=np.int64))
