"""Labelled texts for training and evaluation, read from ``corpus/examples``.

Sources: hands (people's lines, one file a hand), corrections of reviewers, the lexicon, the
official descriptions and former names of the policy pack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from reviewer.policy.schema import Policy

EXAMPLES = Path(__file__).parents[1] / "corpus" / "examples"
CORRECTIONS = EXAMPLES / "corrections.jsonl"
TEST_HANDS = ("D", "E", "F")
"""Never trained on. The first is the one whose figures are shown in detail."""
GAP_HANDS = frozenset("MR")
"""Lines written or collected where the tool erred: harder than what comes in, so that they train
but do not calibrate."""
_CUTS = re.compile(r"[，；。、]")


class Example(Struct, frozen=True):
    """A labelled entry. scenario 0: fits none. weight: in training."""

    entry: str
    scenario: int
    kind: str
    hand: str
    industry: str = ""
    weight: float = 1.0


def hands() -> list[Example]:
    """All lines of all hands, in the order of the files."""
    paths = sorted((EXAMPLES / "entries").glob("hand-*.jsonl"))
    return [_example(json.loads(line)) for path in paths for line in _lines(path)]


def corrections() -> list[Example]:
    """Reviewers' verdicts, which training takes as lines of a hand of their own."""
    rows = [json.loads(line) for line in _lines(CORRECTIONS)] if CORRECTIONS.exists() else []
    return [
        Example(row["entry"], row["scenario"] or 0, "correction", "R", weight=2.0) for row in rows
    ]


def background(policy: Policy, weight: float = 0.1) -> list[Example]:
    """Short texts of known meaning: lexicon terms, clauses of the official texts, names."""
    return [*_lexicon(weight), *_official(policy, weight)]


def _lexicon(weight: float) -> Iterator[Example]:
    known: dict[int, str] = yaml.safe_load((EXAMPLES / "lexicon.yaml").read_text(encoding="utf-8"))
    for number, words in known.items():
        for word in words.split():
            yield Example(word, number, "lexicon", "", weight=weight)


def _official(policy: Policy, weight: float) -> Iterator[Example]:
    for scenario in policy.scenarios:
        names = [scenario.name, *(alias.name for alias in scenario.aliases)]
        for text in (*names, *(cut for cut in _CUTS.split(scenario.text) if len(cut) > 2)):
            yield Example(text, scenario.number, "official", "", weight=weight)


def _example(row: dict[str, Any]) -> Example:
    return Example(row["entry"], row["scenario"] or 0, row["kind"], row["hand"], row["industry"])


def _lines(path: Path) -> Iterator[str]:
    return filter(str.strip, path.read_text(encoding="utf-8").splitlines())
