"""``python -m tests.evaluation``: precision and recall on whole labelled declarations.

Every declaration (JSON with ``gold``) is rendered in several layouts by the tests' generator,
which was written apart from the readers; with ``--data DIR`` also the Word files that lie beside
the JSON files of DIR. ``--seeded N`` adds N declarations with seeded defects. ``--printed pdf``
reads them as LibreOffice prints them, ``--printed scan`` as scans of that (slow).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reviewer.service import Reviewer
from tests.evaluation.compare import Tally, compare

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data", action="append", default=[], type=Path)
    words.add_argument("--layouts", default="")
    words.add_argument("--seeded", type=int, default=40)
    words.add_argument("--only", default="")
    words.add_argument("--suffix", default=".docx")
    words.add_argument("--printed", choices=("pdf", "scan"), help="print the Word files first")
    words.add_argument("--verbose", action="store_true")
    args = words.parse_args()
    reviewer = Reviewer()
    rules = frozenset(reviewer.policy.rules)
    tally = Tally()
    for seed, (case, data, truth) in enumerate(_cases(args)):
        review = reviewer.review(printed(data, args.printed, seed), f"{case}{args.suffix}")
        compare(review, truth, reviewer.policy, tally, case, rules & contract_rules())
    _print(tally, args.verbose)
    return 0


def printed(word: bytes, form: str | None, seed: int) -> bytes:
    """The Word file as LibreOffice prints it, and as a scanner reads that; itself without a form."""
    if form is None:
        return word
    from tests.generator.pdfs import to_pdf
    from tests.generator.scan import scan

    pdf = to_pdf(word)
    return scan(pdf, seed=seed) if form == "scan" else pdf


def contract_rules() -> frozenset[str]:
    """Rules that the known answers speak of (the extra rules of the pack have no gold)."""
    listed = Path(__file__).with_name("rules.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


def _cases(args: argparse.Namespace) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    for folder in args.data:
        for path in sorted(folder.glob("*.json")):
            word = path.with_suffix(args.suffix)
            if word.exists() and args.only in path.stem:
                yield path.stem, word.read_bytes(), json.loads(path.read_text(encoding="utf-8"))
    if args.data:
        return
    from tests.generator import LAYOUTS, render_docx
    from tests.generator.defects import seed_defects

    layouts = args.layouts.split(",") if args.layouts else list(LAYOUTS)
    samples = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(SAMPLES.glob("*.json"))
        if args.only in path.stem
    }
    for name, truth in samples.items():
        for seed, layout in enumerate(layouts):
            yield f"{name}@{layout}", render_docx(truth, layout, seed), truth
    clean = [truth for truth in samples.values() if not truth["gold"]["findings"]]
    for seed in range(args.seeded if clean else 0):
        rng = random.Random(seed)
        truth = seed_defects(rng.choice(clean), rng, rng.randint(3, 14))
        layout = rng.choice(layouts)
        yield f"seeded{seed}@{layout}", render_docx(truth, layout, seed), truth


def _print(tally: Tally, verbose: bool) -> None:
    for name, score in tally.scores.items():
        print(f"{name:16} {score.share:7.2%}  ({score.right} of {score.total})")
    print(f"{'precision':16} {tally.precision():7.2%}  ({len(tally.false)} false)")
    print(f"{'recall':16} {tally.recall():7.2%}  ({len(tally.missed)} missed)")
    judged = frozenset({"requirement-uncovered", "scenario-content-mismatch", "kpi-text-conflict"})
    print(
        f"{'mechanical rules':16} {tally.precision(judged):7.2%} precision, {tally.recall(judged):7.2%} recall"
    )
    if not verbose:
        return
    for name, score in tally.scores.items():
        for line in score.wrong:
            print(f"  {name}: {line}", file=sys.stderr)
    for case, what in tally.missed:
        print(f"  missed: {case} {what}", file=sys.stderr)
    for case, what in tally.false:
        print(f"  false: {case} {what}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
