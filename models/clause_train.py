"""Training of the clause weights (``reviewer.scoring.learned``); run by ``models.verdict_train``.

For each clause two separators over characters and pairs: sentences that show it, sentences that own
to a lack of it. Labelled passages start them; whole declarations, whose clauses have answers but
whose sentences have none, then teach in turns: where a clause is unmet, its best sentences are false
alarms; where it is met or partial, its very best are true. Before, the rows are turned into a few
hundred directions that vary together (truncated SVD), so that a word never seen beside a clause is
weighed by the company it keeps; the weights are turned back to characters and pairs for the release.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import scipy.sparse as sp
from msgspec import Struct
from numpy.typing import NDArray

from models.clause_data import Rows, has
from models.evidence_data import Example
from reviewer.scoring.trie import Ints

Doubles = NDArray[np.float64]
DIRECTIONS = 300
_STIFF, _STEPS, _PASSES, _STILL = 10.0, 20, 2, 5e-3
_HALVINGS = 12
# Weights of examples: of the clause itself, of another clause's, a true one, a whole's.
_OWN, _OTHER, _TRUE = 1.0, 0.5, 4.0
_LACK_OWN = 2.0
_FALSE_ALARMS, _ALARM = 25, 0.5
_BEST = 3
_LACK_ALARMS, _LACK = 15, 0.7
_CONFESSES = -1.0
_QUOTED = 1.5


class Basis(Struct, frozen=True):
    """Rows by directions. passages (P, D); wholes (M, D) each, whose first rows are the sentences
    numbers (S,); turn (V, D) leads back to keys."""

    passages: Doubles
    wholes: tuple[Doubles, ...]
    numbers: tuple[Ints, ...]
    turn: Doubles
    speaks: NDArray[np.bool_]


def basis(rows: Rows, directions: int = DIRECTIONS) -> Basis:
    """The rows by the directions that vary most."""
    from sklearn.utils.extmath import randomized_svd

    joined = sp.vstack([rows.passages, *rows.wholes]).tocsr()
    most = min(directions, min(joined.shape) - 1)
    _, _, turned = randomized_svd(joined, most, n_iter=3, random_state=0)
    turn = turned.T
    return Basis(
        rows.passages @ turn,
        tuple(np.asarray(one @ turn) for one in rows.wholes),
        rows.numbers,
        turn,
        has(rows.passages),
    )


class _Bag(Struct):
    """Rows that one separator learns from."""

    rows: list[Doubles]
    truth: list[Doubles]
    weight: list[Doubles]

    def add(self, rows: Doubles, truth: float, weight: float) -> None:
        """Rows of one truth and weight."""
        self.rows.append(rows)
        self.truth.append(np.full(len(rows), truth))
        self.weight.append(np.full(len(rows), weight))

    def with_bias(self) -> tuple[Doubles, Doubles, Doubles]:
        """All rows with a last column of ones, truths, weights."""
        rows = np.vstack(self.rows)
        return (
            np.hstack([rows, np.ones((len(rows), 1))]),
            np.concatenate(self.truth),
            np.concatenate(self.weight),
        )


class Answered(Struct, frozen=True):
    """A declaration that may teach: its answers and what their reasons quote, both by clause id."""

    answers: dict[str, str]
    quoted: dict[str, frozenset[int]]


class _Lesson(Struct, frozen=True):
    """Rows of a declaration with the answer for one clause. quoted: rows that its reason quotes."""

    rows: Doubles
    answer: str
    quoted: NDArray[np.int64]


Pick = Callable[[str, Doubles], tuple[NDArray[np.int64], float, float]]
Told = Callable[[str], tuple[float, float]]


def shows(
    known: Basis, rows: Sequence[Example], wholes: Sequence[Answered], clause: str
) -> Doubles:
    """The separator (D + 1,) of sentences that show the clause."""
    truth = [row.clause == clause and row.verdict != "none" for row in rows]
    weight = [_OWN if row.clause == clause else _OTHER for row in rows]
    return _taught(known, truth, weight, _lessons(known, wholes, clause), _shown, _quoted_shown)


def lacks(
    known: Basis, rows: Sequence[Example], wholes: Sequence[Answered], clause: str
) -> Doubles:
    """The separator (D + 1,) of sentences that own to a lack of the clause."""
    truth = [
        row.clause == clause and (row.verdict == "partial" or row.reason == "negation")
        for row in rows
    ]
    weight = [_LACK_OWN if row.clause == clause else _OTHER for row in rows]
    return _taught(known, truth, weight, _lessons(known, wholes, clause), _lacked, _quoted_lacked)


def _lessons(known: Basis, wholes: Sequence[Answered], clause: str) -> list[_Lesson]:
    return [
        _Lesson(rows, one.answers[clause], _rows(numbers, one.quoted.get(clause, frozenset())))
        for rows, numbers, one in zip(known.wholes, known.numbers, wholes, strict=True)
        if clause in one.answers and len(rows)
    ]


def _rows(numbers: Ints, quoted: frozenset[int]) -> NDArray[np.int64]:
    return np.flatnonzero(np.isin(numbers, np.array(sorted(quoted), dtype=np.int64)))


def _shown(answer: str, score: Doubles) -> tuple[NDArray[np.int64], float, float]:
    """Rows of a declaration to learn from, their truth and weight."""
    order = np.argsort(-score, kind="stable")
    if answer == "unmet":
        return order[:_FALSE_ALARMS], 0.0, _ALARM
    return order[:_BEST], 1.0, 1.0


def _quoted_shown(answer: str) -> tuple[float, float]:
    """Truth and weight of what a reason quotes; of a partial clause it may be either side."""
    return float(answer != "unmet"), 0.0 if answer == "partial" else _QUOTED


def _lacked(answer: str, score: Doubles) -> tuple[NDArray[np.int64], float, float]:
    order = np.argsort(-score, kind="stable")
    if answer == "met":
        return order[:_LACK_ALARMS], 0.0, _LACK
    best = order[:1]
    return best[score[best] > _CONFESSES], 1.0, _LACK


def _quoted_lacked(answer: str) -> tuple[float, float]:
    return float(answer != "met"), _QUOTED


def _taught(
    known: Basis,
    truth: Sequence[bool],
    weight: Sequence[float],
    lessons: Sequence[_Lesson],
    pick: Pick,
    told: Told,
) -> Doubles:
    true = np.array(truth, dtype=np.bool_) & known.speaks
    heavy = np.where(true, _TRUE, np.array(weight))
    line = separator(*_first(known, true, heavy, lessons, told).with_bias())
    for _ in range(_PASSES):
        bag = _first(known, true, heavy, lessons, told)
        for one in lessons:
            chosen, truly, counts = pick(one.answer, one.rows @ line[:-1] + line[-1])
            bag.add(one.rows[chosen], truly, counts)
        line = separator(*bag.with_bias(), line)
    return line


def _first(
    known: Basis, true: NDArray[np.bool_], heavy: Doubles, lessons: Sequence[_Lesson], told: Told
) -> _Bag:
    """What is labelled sentence by sentence: the passages and what reasons quote."""
    bag = _Bag([known.passages], [true.astype(float)], [heavy])
    for one in lessons:
        truth, counts = told(one.answer)
        if counts and one.quoted.size:
            bag.add(one.rows[one.quoted], truth, counts)
    return bag


def separator(
    rows: Doubles, truth: Doubles, weight: Doubles, start: Doubles | None = None
) -> Doubles:
    """Weighted logistic regression by Newton's steps, drawn to 0 but for the bias (last).

    A step that does not lower the loss is halved until it does.
    """
    line = np.zeros(rows.shape[1]) if start is None else start.copy()
    stiff = np.full(rows.shape[1], 1 / _STIFF)
    stiff[-1] = 1e-3
    loss = _loss(rows, truth, weight, stiff, line)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ line, -30, 30)))
        slope = rows.T @ (weight * (truth - chance)) - stiff * line
        bend = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(stiff)
        step = np.linalg.solve(bend, slope)
        for _ in range(_HALVINGS):
            lower = _loss(rows, truth, weight, stiff, line + step)
            if lower <= loss:
                break
            step /= 2
        else:
            break
        line, loss = line + step, lower
        if float(np.abs(step).max()) < _STILL:
            break
    return line


def _loss(rows: Doubles, truth: Doubles, weight: Doubles, stiff: Doubles, line: Doubles) -> float:
    score = rows @ line
    return float(weight @ (np.logaddexp(0, score) - truth * score) + 0.5 * stiff @ line**2)
