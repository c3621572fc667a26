"""``python -m models.evidence_evaluate``: how well clauses are judged, on passages and whole samples.

Samples and drafts are judged by the formulas alone, since the learned weights were trained on all of
them (``models.verdict_train`` prints how both do together on hands left out). Declarations in folders
given on the command line are judged by both, as the program does.

Passages: those kept back, by hand, and samples never trained on (blind), both by the released judge.
Samples that are trained on: for each, trained without that sample (but its texts were read by those
who wrote the vocabulary, so that these figures flatter).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from models.evidence_data import Example, best, examples, facet_rows, kept_back, known_samples, seen
from models.evidence_train import PACK, material, prior, train
from models.samples import SAMPLES, declaration, matches, sample
from reviewer.model.index import sentences
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.scoring.coverage import cover
from reviewer.scoring.judge import Judge, released


class Passages(Struct, frozen=True):
    """Counts over (passage, facet) pairs: evidence found, missed, seen where there is none;
    confessions found, missed, seen where there is none."""

    found: int
    missed: int
    false: int
    owned: int
    unowned: int
    misread: int

    def __str__(self) -> str:
        recall = self.found / max(1, self.found + self.missed)
        precision = self.found / max(1, self.found + self.false)
        confessed = self.owned / max(1, self.owned + self.unowned)
        return (
            f"evidence recall {recall:.3f} precision {precision:.3f} (n={self.found + self.missed}); "
            f"confessions recall {confessed:.3f} (n={self.owned + self.unowned}), false {self.misread}"
        )


def passages(rows: Sequence[Example], judge: Judge, policy: Policy) -> Passages:
    """Counts of one judge over labelled passages."""
    found = seen(rows, policy)
    shown, lacked = judge.shown(found.claimed), judge.lacked(found.claimed)
    telling, owning = best(found, shown, False), best(found, lacked, True)
    counts: Counter[str] = Counter()
    for number, facet, name in facet_rows(found):
        row, key = rows[number], (number, facet)
        seen_it = key in telling and shown[telling[key]] >= judge.weights.shown_at
        owned = key in owning and lacked[owning[key]] >= judge.weights.lacked_at
        denied = name in row.limits or row.reason == "negation"
        if name in row.facets:
            counts["found" if seen_it else "missed"] += 1
        elif seen_it and not owned:
            counts["false"] += 1
        if denied:
            counts["owned" if owned else "unowned"] += 1
        elif owned:
            counts["misread"] += 1
    return Passages(**{name: counts[name] for name in Passages.__struct_fields__})


def clauses(
    path: Path, policy: Policy, judge: Judge, *, formulas_only: bool = False
) -> Iterator[tuple[str, str, str]]:
    """(clause, status by the sample's answers, status by the program)."""
    data = sample(path)
    built = declaration(data)
    covered = cover(
        built,
        matches(data, built),
        sentences(built),
        policy,
        judge=judge,
        formulas_only=formulas_only,
    )
    found = {name: one for tier in covered.values() for name, one in tier.clauses.items()}
    for name, status in data["gold"]["coverage"].items():
        yield name, status, found[name].status


def report(pairs: Sequence[tuple[str, str, str]]) -> str:
    """One line over clauses."""
    same = sum(want == got for _, want, got in pairs)
    unmet = [got for _, want, got in pairs if want == "unmet"]
    lost = sum(got == "unmet" for _, want, got in pairs if want != "unmet")
    return (
        f"agree {same}/{len(pairs)} = {same / max(1, len(pairs)):.3f}; unmet found "
        f"{unmet.count('unmet')}/{len(unmet)}; false unmet {lost}"
    )


def main() -> None:
    """Print both evaluations."""
    parser = argparse.ArgumentParser(prog="python -m models.evidence_evaluate")
    parser.add_argument("folders", nargs="*", type=Path, help="more samples")
    parser.add_argument("--prior", action="store_true", help="samples with the untrained weights")
    chosen = parser.parse_args()
    policy = load(PACK)
    rows = examples()
    known = known_samples()
    for hand in sorted({row.hand for row in rows}):
        back = [row for row in rows if row.hand == hand and kept_back(row)]
        print("kept back", hand, len(back), passages(back, released(), policy))
    for path in sorted(SAMPLES.glob("*.json")):
        if path not in known:
            print(
                "blind",
                path.stem,
                report(list(clauses(path, policy, released(), formulas_only=True))),
            )
    whole: list[tuple[str, str, str]] = []
    for path in known:
        others_ = [one for one in known if one != path]
        judge = Judge(prior() if chosen.prior else train(material(rows, others_, policy)))
        whole.extend(_told(path, list(clauses(path, policy, judge, formulas_only=True))))
    print("all by the formulas alone", report(whole))
    for tier in policy.tiers:
        print(tier.id, report([one for one in whole if one[0].startswith(f"{tier.id}.")]))
    more = [path for folder in chosen.folders for path in sorted(folder.glob("*.json"))]
    held = [pair for path in more for pair in _told(path, list(clauses(path, policy, released())))]
    if held:
        print("folders, by formulas and learned weights", report(held))


def _told(path: Path, pairs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    wrong = ", ".join(f"{name} {want}→{got}" for name, want, got in pairs if want != got)
    print(path.stem, report(pairs), wrong)
    return pairs


if __name__ == "__main__":
    main()
