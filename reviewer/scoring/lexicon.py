"""The evidence vocabulary of a policy, ready for one pass over a declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.policy.schema import Facet, Policy
from reviewer.scoring.ready import Array, arrays
from reviewer.scoring.trie import Ints, Trie

SHOWS, HINTS, LACKS = range(3)
_REMEMBERED = 4096


class FacetInfo(Struct, frozen=True):
    """A facet of a clause or requirement. dimension: 0 for requirements."""

    owner: str
    name: str
    dimension: int
    scenarios: frozenset[int]
    clause_scenarios: frozenset[int]
    title: str
    means: bool = False
    linked: bool = False


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
    forbids it, ``never`` where none. spared (F,): group that takes a confession away. uses: formula → 3 × facet + kind.
    """

    def __init__(self, policy: Policy, arrays: Mapping[str, Array]) -> None:
        """arrays: what ``words.compiled`` makes of the policy."""
        self.facets = [info for _, _, info in asked(policy)]
        self.by_owner: dict[str, list[int]] = {}
        for number, info in enumerate(self.facets):
            self.by_owner.setdefault(info.owner, []).append(number)
        self.trie = Trie(arrays)
        self.groups_of = Lists(arrays["group_starts"], arrays["group_values"])
        self.uses = Lists(arrays["use_starts"], arrays["use_values"])
        self.is_mask: Array = arrays["is_mask"]
        self.cue_of: Ints = arrays["cue_of"]
        self.deeds: Array = arrays["deeds"]
        self.slogans: Array = arrays["slogans"]
        self.rhetoric: Array = arrays["rhetoric"]
        self.formulas: Ints = arrays["formulas"]
        self.unless: Ints = arrays["unless"]
        self.spared: Ints = arrays["spared"]
        self.groups = int(arrays["groups"])
        self.always, self.never = self.groups, self.groups + 1
        self._facets()

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
    """The vocabulary of a policy, made at the first use."""
    return Lexicon(policy, arrays(policy))


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters in a text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum())


def asked(policy: Policy) -> Iterator[tuple[str, Facet, FacetInfo]]:
    """All facets with their owner's id: clauses, outcomes, basics."""
    for tier in policy.tiers:
        for clause in tier.clauses:
            for facet in clause.facets:
                own, wide = frozenset(facet.scenarios), frozenset(clause.scenarios)
                flags = (facet.means, facet.linked)
                info = FacetInfo(
                    clause.id, facet.name, clause.dimension, own, wide, clause.title, *flags
                )
                yield clause.id, facet, info
    for asked in (*(one for tier in policy.tiers for one in tier.outcomes), *policy.basics):
        for facet in asked.facets:
            info = FacetInfo(asked.id, facet.name, 0, frozenset(), frozenset(), asked.title)
            yield asked.id, facet, info
