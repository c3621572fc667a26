"""``python -m models.verdict_train``: trains the clause weights and the verdict, releases both.

The verdict is fitted on declarations that were left out of the weights' training, one hand after the
other, with what the formulas said of them before anyone had read them (``first-contact.json``), so
that it learns how far each is to be trusted on a declaration by a new hand. What it prints is how
well that verdict does on every hand while that hand is left out of both; only the pairs' rarity, the
directions (which know no answers) and, for the weights behind the *other* hands' cases, its answers
were seen, so that ``heldout`` remains the stricter test.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from models.clause_data import Texts, Whole, passages, probes, texts, wholes
from models.clause_train import Answered, Basis, Doubles, basis, lacks, shows
from models.evidence_data import EXAMPLES, Example, background, examples
from models.evidence_evaluate import report
from models.evidence_train import PACK
from models.samples import SAMPLES
from reviewer.model.review import ClauseCoverage, ClauseStatus
from reviewer.policy.load import load
from reviewer.scoring.learned import Floats, Learned, lackings, showings
from reviewer.scoring.verdict import AGAINST, FEATURES, Question, Weights, features, status

TIER = "advanced"
RELEASE = Path(__file__).parent / "release"
FIRST = EXAMPLES / "first-contact.json"
# How strongly the verdict's weights and the clauses' offsets are drawn to 0.
_DRAWN, _OFFSET = 0.3, 1.0
# Hands are left out in so many groups.
_GROUPS = 6
_STATUSES: tuple[ClauseStatus, ...] = ("unmet", "partial", "met")


class Material(Struct, frozen=True):
    """What is learned from. shown, lacked: all texts by directions."""

    clauses: tuple[str, ...]
    rows: tuple[Example, ...]
    known: tuple[Whole, ...]
    texts: Texts
    shown: Basis
    lacked: Basis


class Case(Struct, frozen=True):
    """A clause of a declaration left out. numbers: of ``verdict.FEATURES``."""

    family: str
    clause: str
    answer: ClauseStatus
    numbers: tuple[float, ...]


def material(paths: Sequence[Path]) -> Material:
    """Everything read and turned."""
    policy = load(PACK)
    rows = (*examples(), *background(), *probes())
    known = wholes(paths, policy)
    made = texts(passages(rows, policy), known)
    tier = next(one for one in policy.tiers if one.id == TIER)
    clauses = tuple(one.id for one in tier.clauses)
    return Material(clauses, rows, tuple(known), made, basis(made.shown), basis(made.lacked))


def paths() -> list[Path]:
    """The declarations that may be learned from; those of ``heldout`` never are."""
    folders = (SAMPLES, EXAMPLES / "whole", EXAMPLES / "drafts")
    return [path for folder in folders for path in sorted(folder.glob("*.json"))]


def family(name: str) -> str:
    """The hand that wrote a declaration (N: three hands of three, S10 on: three of two)."""
    number = int(name[1:3])
    if name[0] == "N":
        return f"N{(number - 1) // 3}"
    if name[0] == "S":
        return f"S{number // 2 if number > 9 else 0}"
    return name[0]


def lines(known: Material, left: frozenset[str] = frozenset()) -> tuple[Doubles, Doubles]:
    """(D + 1, K) separators of shown and lacked, without the declarations of some families."""
    wholes_ = [
        Answered({}, {}) if family(one.name) in left else Answered(one.answers, one.quoted)
        for one in known.known
    ]
    shown = [shows(known.shown, known.rows, wholes_, clause) for clause in known.clauses]
    lacked = [lacks(known.lacked, known.rows, wholes_, clause) for clause in known.clauses]
    return np.stack(shown, axis=1), np.stack(lacked, axis=1)


def cases(
    known: Material, first: dict[str, dict[str, list[object]]], left: frozenset[str]
) -> list[Case]:
    """The clauses of some families, by weights that never saw them."""
    shown, lacked = lines(known, left)
    found: list[Case] = []
    for number, one in enumerate(known.known):
        if family(one.name) in left and one.name in first:
            heard = _heard(known, number, shown, lacked)
            for clause, (said, score) in first[one.name].items():
                coverage = msgspec.convert({"status": said, "score": score}, ClauseCoverage)
                numbers = features(coverage, heard[clause])
                answer = msgspec.convert(one.answers[clause], ClauseStatus)
                found.append(Case(family(one.name), clause, answer, numbers))
    return found


def _heard(known: Material, number: int, shown: Doubles, lacked: Doubles) -> dict[str, Learned]:
    told = showings(_scored(known.shown.wholes[number], shown))
    owned = lackings(_scored(known.lacked.wholes[number], lacked))
    return {
        clause: Learned(tuple(told[:, k].tolist()), tuple(owned[:, k].tolist()))
        for k, clause in enumerate(known.clauses)
    }


def _scored(rows: Doubles, separators: Doubles) -> Floats:
    return np.asarray(rows @ separators[:-1] + separators[-1], dtype=np.float32)


def fitted(found: Sequence[Case], version: str = "") -> Weights:
    """The verdict's weights from cases."""
    rank = np.array([_STATUSES.index(one.answer) for one in found])
    there = [one for one in found if one.answer != "unmet"]
    return Weights(
        version,
        PACK,
        _question(found, (rank > 0).astype(float)),
        _question(there, (rank[rank > 0] == 2).astype(float)),
    )


def _question(found: Sequence[Case], truth: Doubles) -> Question:
    """A logistic whose weights may only have the sign that their feature means, with an offset for
    every clause, drawn to none."""
    from scipy.optimize import minimize

    numbers = np.array([one.numbers for one in found])
    clauses = sorted({one.clause for one in found})
    sign = np.array([-1.0 if name in AGAINST else 1.0 for name in FEATURES])
    centre, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-9
    own = np.array([[one.clause == clause for clause in clauses] for one in found], dtype=float)
    rows = np.hstack([sign * (numbers - centre) / spread, own, np.ones((len(found), 1))])
    drawn = np.array([_DRAWN] * len(FEATURES) + [_OFFSET] * len(clauses) + [0.0])

    def loss(line: Doubles) -> tuple[float, Doubles]:
        score = rows @ line
        value = float((np.logaddexp(0, score) - truth * score).sum() + 0.5 * drawn @ line**2)
        return value, rows.T @ (1 / (1 + np.exp(-score)) - truth) + drawn * line

    bounds = [*[(0, None)] * len(FEATURES), *[(None, None)] * (len(clauses) + 1)]
    line = minimize(loss, np.zeros(rows.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = sign * line[: len(FEATURES)] / spread
    offsets = line[len(FEATURES) : -1]
    return Question(
        bias=round(float(line[-1] - weights @ centre), 4),
        weights={name: round(float(one), 4) for name, one in zip(FEATURES, weights, strict=True)},
        offsets={name: round(float(one), 4) for name, one in zip(clauses, offsets, strict=True)},
    )


def judged(found: Sequence[Case]) -> Iterator[tuple[str, str, str]]:
    """(family, answer, status) of every case by a verdict fitted on the other families."""
    for left in dict.fromkeys(one.family for one in found):
        weights = fitted([one for one in found if one.family != left])
        for one in found:
            if one.family == left:
                yield left, one.answer, status(one.clause, one.numbers, weights)


def _formulas(found: Sequence[Case]) -> Iterator[tuple[str, str, str]]:
    """(family, answer, status) of every case by what the formulas said alone."""
    for one in found:
        some, met = one.numbers[:2]
        yield one.family, one.answer, _STATUSES[int(some + met)]


def released(known: Material, found: Sequence[Case]) -> None:
    """Train on everything, write both files."""
    shown, lacked = lines(known)
    version = f"clauses-{_digest(known)}"
    arrays: dict[str, np.ndarray] = {
        "version": np.frombuffer(version.encode(), dtype=np.uint8),
        "clauses": np.frombuffer("\n".join(known.clauses).encode(), dtype=np.uint8),
        "keys": known.texts.keys,
        "rarity": known.texts.rarity.astype(np.float16),
    }
    for name, line, turned in (("shown", shown, known.shown), ("lacked", lacked, known.lacked)):
        weights = turned.turn @ line[:-1]
        scale = np.abs(weights).max(axis=0) / 127
        arrays[name] = np.round(weights / scale).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)
        arrays[f"{name}_bias"] = line[-1].astype(np.float32)
    np.savez(RELEASE / "clauses.npz", **arrays)  # type: ignore[arg-type]
    weights_ = fitted(found, version)
    text = msgspec.json.format(msgspec.json.encode(weights_), indent=1)
    (RELEASE / "verdict.json").write_bytes(text + b"\n")


def _digest(known: Material) -> str:
    """Twelve hex digits over all that is learned from."""
    told = [
        list(known.rows),
        [
            [
                one.name,
                one.answers,
                sorted((clause, sorted(numbers)) for clause, numbers in one.quoted.items()),
                one.reading.text,
            ]
            for one in known.known
        ],
        FIRST.read_text(encoding="utf-8"),
    ]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:12]


def main() -> None:
    """Train, tell how it does on hands left out, release."""
    known = material(paths())
    first = json.loads(FIRST.read_text(encoding="utf-8"))
    families = list(dict.fromkeys(family(one.name) for one in known.known if one.name in first))
    groups = [frozenset(families[start::_GROUPS]) for start in range(_GROUPS)]
    with ProcessPoolExecutor(2) as pool:
        found = [one for many in pool.map(partial(cases, known, first), groups) for one in many]
    pairs = list(judged(found))
    for one in families:
        print(one, report([pair for pair in pairs if pair[0] == one]))
    print("all", report(pairs))
    print("formulas alone, at first contact", report(list(_formulas(found))))
    released(known, found)
    print(f"{len(known.rows)} passages, {len(known.known)} declarations")


if __name__ == "__main__":
    main()
