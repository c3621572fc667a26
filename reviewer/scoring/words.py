"""Compiles the evidence vocabulary of a policy into arrays.

All words of all formulas, the masks, the cues of assertion and the words that are counted stand in
one trie. A word belongs to groups; a formula asks for one word of each of its groups. Formulas that
several facets share are kept once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from reviewer.model import cues
from reviewer.policy.schema import ClauseEvidence, Facet, FacetEvidence, Policy
from reviewer.scoring.formula import Formula, parse
from reviewer.scoring.lexicon import HINTS, LACKS, SHOWS, asked
from reviewer.scoring.parrot import said
from reviewer.scoring.ready import Array
from reviewer.scoring.trie import trie

_MOST_GROUPS = 4
_Groups = dict[frozenset[str], int]


def compiled(policy: Policy) -> dict[str, Array]:
    """The arrays of the trie, those that ``Lexicon`` names, and what the notice ``said``."""
    pending = list(_pending(policy))
    groups: _Groups = {}
    for _, formula in pending:
        for words in (*formula.groups, formula.unless, formula.spared):
            groups.setdefault(words, len(groups))
    return {
        "groups": np.array(len(groups)),
        "said": said(policy),
        **_words(policy, groups),
        **_formulas(pending, groups),
    }


def _pending(policy: Policy) -> Iterator[tuple[int, Formula]]:
    """(3 × facet + kind, formula) of every formula."""
    words = {group.name: group.words for group in policy.evidence_words}
    also = {
        one.word.lower(): tuple(word.lower() for word in one.also)
        for one in policy.evidence_synonyms
    }
    rich = {one.clause: one for one in policy.evidence}
    for number, (owner, facet, _) in enumerate(asked(policy)):
        found = _known(facet, rich.get(owner))
        for kind, formulas in _vocabulary(facet, found).items():
            for one in formulas:
                never = found.never if found and kind != LACKS else ()
                spares = found.spares if found and kind == LACKS else ()
                yield 3 * number + kind, parse(one, words, also, never, spares)


def _known(facet: Facet, rich: ClauseEvidence | None) -> FacetEvidence | None:
    """The rich vocabulary of a facet, where the pack has one."""
    return next((one for one in rich.facets if one.facet == facet.name), None) if rich else None


def _words(policy: Policy, groups: Mapping[frozenset[str], int]) -> dict[str, Array]:
    members: dict[str, set[int]] = {}
    for words, number in groups.items():
        for word in words:
            members.setdefault(word, set()).add(number)
    masks = {mask.lower() for mask in policy.evidence_masks}
    kinds: dict[str, set[int]] = {}
    for cue, triggers in cues.TRIGGERS.items():
        for word in triggers:
            kinds.setdefault(word.lower(), set()).add(int(cue))
    kinds_of = {name: set(known) for name, known in _counted()}
    every = sorted(members.keys() | masks | kinds.keys() | set().union(*kinds_of.values()))
    cue_of = [sum(1 << cue for cue in kinds.get(word, ())) for word in every]
    starts, values = _lists([sorted(members.get(word, ())) for word in every])
    return {
        **trie(every),
        "group_starts": starts,
        "group_values": values,
        "is_mask": np.array([word in masks for word in every]),
        "cue_of": np.array(cue_of, dtype=np.int64),
        **{name: np.array([word in known for word in every]) for name, known in kinds_of.items()},
    }


def _counted() -> Iterator[tuple[str, Sequence[str]]]:
    yield "deeds", cues.DEEDS
    yield "slogans", cues.SLOGANS
    yield "rhetoric", cues.RHETORIC


def _formulas(pending: Sequence[tuple[int, Formula]], groups: _Groups) -> dict[str, Array]:
    never, always = len(groups) + 1, len(groups)
    known: dict[tuple[tuple[int, ...], int, int], list[int]] = {}
    for use, formula in pending:
        ids = tuple(sorted({groups[words] for words in formula.groups}))
        if len(ids) > _MOST_GROUPS:
            raise ValueError(f"more than {_MOST_GROUPS} groups in a formula")
        unless = groups[formula.unless] if formula.unless else never
        spared = groups[formula.spared] if formula.spared else never
        known.setdefault((ids, unless, spared), []).append(use)
    padded = [(*ids, *[always] * (_MOST_GROUPS - len(ids))) for ids, *_ in known]
    starts, values = _lists(list(known.values()))
    return {
        "formulas": np.array(padded, dtype=np.int64),
        "unless": np.array([unless for _, unless, _ in known], dtype=np.int64),
        "spared": np.array([spared for *_, spared in known], dtype=np.int64),
        "use_starts": starts,
        "use_values": values,
    }


def _vocabulary(facet: Facet, found: FacetEvidence | None) -> dict[int, tuple[str, ...]]:
    """Formulas by kind. Where a rich vocabulary has no hints, none at all are taken: strict."""
    plain = ("|".join(facet.words),) if facet.words else ()
    if found is None:
        return {SHOWS: plain, HINTS: plain, LACKS: plain}
    hints = (*found.hints, *plain) if found.hints else ()
    return {SHOWS: found.shows, HINTS: hints, LACKS: found.lacks or found.shows}


def _lists(items: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """(starts, values): see ``Lists``."""
    starts = np.zeros(len(items) + 1, dtype=np.int64)
    np.cumsum([len(item) for item in items], out=starts[1:])
    return starts, np.array([value for item in items for value in item], dtype=np.int64)
