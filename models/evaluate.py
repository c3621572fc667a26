"""``python -m models.evaluate``: how good the matching is on lines that training never saw.

- held-out hands: the released model, whole cascade, on each test hand's lines;
- each hand in turn, and each fifth of the industries in turn: a model trained without them
  (classifier alone, without the steps before it);
- mechanical: exact, wrong-stage, former and mistyped names through the whole cascade.

``--check`` compares digests only: whether figures and model card belong to the release.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from models import calibration, card, synth
from models.classifier import RELEASE, ScenarioClassifier
from models.data import TEST_HANDS, Example, corrections, hands
from models.material import Material, calibrated, left_out, material
from models.measures import Figures, Outcome, figures
from reviewer.matching.corrections import Correction
from reviewer.matching.resolver import Resolver
from reviewer.policy.load import load
from reviewer.policy.schema import Policy

FIGURES = RELEASE.with_name("figures.json")
CARD = Path(__file__).parents[1] / "docs" / "model-card.md"
PLOT = CARD.with_name("model-calibration.svg")
_FOLDS = 5


class Evaluation(Struct, frozen=True):
    """Figures by name of the evaluation, and what they belong to."""

    version: str
    digest: str
    megabytes: float
    terms: int
    trained_on: dict[str, int]
    milliseconds: dict[str, float]
    parts: dict[str, Figures]


def evaluate() -> Evaluation:
    """Run every evaluation. About half a minute on one core."""
    policy = load("hebei-2026")
    given = material(policy)
    resolver = _resolver(policy)
    tested = {hand: [line for line in hands() if line.hand == hand] for hand in TEST_HANDS}
    shown = tested[TEST_HANDS[0]]
    made = synth.entries(policy, shown)
    names = [line.hand for line in given.people]
    folds = [_fold(line.industry) for line in given.people]
    parts = {
        card.held_out(hand): figures([matched(resolver, line) for line in lines])
        for hand, lines in tested.items()
    }
    parts["mechanical"] = figures([matched(resolver, line) for line in made])
    by_hand = left_out(given, names)
    bends = calibrated(given, by_hand)
    for hand, outcomes in _crossed(given, names, by_hand, bends).items():
        parts[f"hand {hand}"] = figures(outcomes)
    by_fold = _crossed(given, folds, left_out(given, folds), bends)
    parts["industries"] = figures([one for group in by_fold.values() for one in group])
    model = ScenarioClassifier()
    return Evaluation(
        version=model.version,
        digest=digest(given),
        megabytes=round(RELEASE.stat().st_size / 1e6, 2),
        terms=model.size,
        trained_on={hand: names.count(hand) for hand in sorted(set(names))}
        | {"lexicon and official texts": len(given.backdrop)},
        milliseconds=_speed(resolver, made, shown),
        parts=parts,
    )


def digest(given: Material) -> str:
    """What figures rest on: training material, test lines, and the released file."""
    found = hashlib.sha256(given.digest().encode())
    found.update(msgspec.json.encode([line for line in hands() if line.hand in TEST_HANDS]))
    found.update(RELEASE.read_bytes())
    return found.hexdigest()[:16]


def _resolver(policy: Policy) -> Resolver:
    verdicts = [Correction(one.entry, one.scenario or None) for one in corrections()]
    return Resolver(policy, ScenarioClassifier(), verdicts)


def matched(resolver: Resolver, line: Example) -> Outcome:
    """What the cascade says of a line."""
    match = resolver.match(line.entry)
    others = [one.scenario for one in match.candidates]
    ranked = others if match.scenario else [0, *others]
    return _outcome(line, ranked, match.confidence)


def _outcome(line: Example, ranked: Sequence[int], chance: float) -> Outcome:
    return Outcome(
        line.entry, line.kind, line.industry, line.scenario, tuple(ranked[:5]), float(chance)
    )


def _crossed(
    given: Material,
    groups: Sequence[str],
    scores: NDArray[np.float64],
    bends: calibration.Bends,
) -> dict[str, list[Outcome]]:
    """Outcomes of each group but "", from scores of models that were trained without it."""
    result: dict[str, list[Outcome]] = {group: [] for group in sorted(set(groups) - {""})}
    for line, group, row in zip(
        given.people, groups, calibration.soften(scores, bends), strict=True
    ):
        if group:
            ranked = [int(place) for place in np.argsort(-row, kind="stable")[:5]]
            result[group].append(_outcome(line, ranked, row[ranked[0]]))
    return result


def _fold(industry: str) -> str:
    """Which fifth an industry is in; "" for lines without industry, which are always trained on."""
    if not industry:
        return ""
    return str(hashlib.sha256(industry.encode()).digest()[0] % _FOLDS)


def _speed(resolver: Resolver, names: list[Example], others: list[Example]) -> dict[str, float]:
    """Medians and 99th percentiles in milliseconds."""
    exact = [line.entry for line in names if line.kind in ("exact", "former")]
    rest = [line.entry for line in others if line.kind != "exact"]
    return {
        "exact or former name, median": _timed(resolver.match, exact, 50),
        "exact or former name, p99": _timed(resolver.match, exact, 99),
        "other entry, median": _timed(resolver.match, rest, 50),
        "other entry, p99": _timed(resolver.match, rest, 99),
    }


def _timed(call: Callable[[str], object], texts: list[str], percent: float) -> float:
    times: list[float] = []
    for text in texts:
        begun = perf_counter()
        call(text)
        times.append(perf_counter() - begun)
    taken: NDArray[np.float64] = np.array(times) * 1e3
    return round(float(np.percentile(taken, percent)), 3)


def run(write: bool) -> int:
    """Evaluate and print; write: figures, card and plot too."""
    found = evaluate()
    print(card.table(found.parts))
    if write:
        policy = load("hebei-2026")
        FIGURES.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
        CARD.write_text(card.page(found, policy), encoding="utf-8")
        PLOT.write_text(card.plot(card.main_part(found)), encoding="utf-8")
    return 0


def check() -> int:
    """1 where figures or card do not belong to the release and the examples."""
    found = msgspec.json.decode(FIGURES.read_bytes(), type=Evaluation)
    stale = []
    if found.digest != digest(material()):
        stale.append("models/release/figures.json: run python -m models.train")
    if CARD.read_text(encoding="utf-8") != card.page(found, load("hebei-2026")):
        stale.append("docs/model-card.md: run python -m models.evaluate --write")
    print("\n".join(stale) or "model card current")
    return int(bool(stale))


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--write", action="store_true", help="figures, model card and plot too")
    words.add_argument("--check", action="store_true", help="only whether they are current")
    args = words.parse_args()
    return check() if args.check else run(args.write)


if __name__ == "__main__":
    sys.exit(main())
