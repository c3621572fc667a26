"""The compiled evidence vocabulary beside its pack, so that a start does not compile it.

``corpus/packs/<id>.evidence.npz`` holds the arrays of ``words.compiled`` and, as ``digest``, what
they were made from; where that is not the policy in hand, the file says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

import corpus
from reviewer.model import cues
from reviewer.policy.schema import Policy

Array = NDArray[Any]
PACKS = Path(corpus.__file__).parent / "packs"
_FORM = 2
_MOST = np.iinfo(np.int32).max
_encoder = msgspec.msgpack.Encoder(order="deterministic")


def place(policy: Policy) -> Path:
    """Where the vocabulary of a pack of the program lies."""
    return PACKS / f"{policy.id}.evidence.npz"


def read(policy: Policy) -> dict[str, Array] | None:
    """The arrays made of exactly this policy; None where there are none."""
    path = place(policy)
    if path.parent != PACKS or not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as file:
        if file["digest"].tobytes() != digest(policy):
            return None
        return {name: _wide(file[name]) for name in file.files if name != "digest"}


@lru_cache(maxsize=4)
def arrays(policy: Policy) -> Mapping[str, Array]:
    """Read where they were compiled before, else compiled."""
    ready = read(policy)
    if ready is None:
        from reviewer.scoring.words import compiled

        ready = compiled(policy)
    return ready


def write(policy: Policy, arrays: Mapping[str, Array]) -> None:
    """Put the arrays beside the pack."""
    mark = np.frombuffer(digest(policy), dtype=np.uint8)
    narrow = {name: _narrow(array) for name, array in arrays.items()}
    np.savez(place(policy), allow_pickle=False, digest=mark, **narrow)


def _narrow(array: Array) -> Array:
    """Whole numbers in half the bytes where they fit."""
    whole = array.dtype == np.int64
    small = whole and (not array.size or int(np.abs(array).max()) <= _MOST)
    return array.astype(np.int32) if small else array


def _wide(array: Array) -> Array:
    return array.astype(np.int64) if array.dtype == np.int32 else array


def digest(policy: Policy) -> bytes:
    """What the arrays depend on, in 16 bytes: facets, vocabulary, and the cues of assertion."""
    clauses = [
        (clause.id, clause.text, [(facet.name, facet.words) for facet in clause.facets])
        for tier in policy.tiers
        for clause in tier.clauses
    ]
    others = ([tier.outcomes for tier in policy.tiers], policy.basics)
    form = (policy.scenarios, policy.template)
    vocabulary = (policy.evidence, policy.evidence_words, policy.evidence_synonyms)
    masks = (policy.evidence_masks, cues.DEEDS, cues.SLOGANS, cues.RHETORIC)
    triggers = [(int(cue), sorted(words)) for cue, words in cues.TRIGGERS.items()]
    made_from = (
        _FORM,
        clauses,
        others,
        form,
        vocabulary,
        [sorted(words) for words in masks],
        triggers,
    )
    return blake2b(_encoder.encode(made_from), digest_size=16).digest()
