"""How parts of sentences are meant, and that the triggers of the cues miss nothing."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml

from models.samples import SAMPLES, declaration, sample
from reviewer.model import cues
from reviewer.model.assertion import parts
from reviewer.model.cues import TRIGGERS, Cue
from reviewer.model.index import sentences

_LETTERS = "apdihe"
_CASES = yaml.safe_load(Path(__file__).with_name("assertion.yaml").read_text(encoding="utf-8"))
_PATTERNS = {
    Cue.PLAN: cues.PLAN,
    Cue.YEAR: cues.FUTURE_YEAR,
    Cue.PAST: cues.PAST,
    Cue.ELSEWHERE: cues.ELSEWHERE,
    Cue.DENIAL: cues.DENIAL,
    Cue.PARTIAL: cues.PARTIAL,
    Cue.HAND: cues.BY_HAND,
}


@pytest.mark.parametrize(("text", "wanted"), _CASES)
def test_status(text: str, wanted: str) -> None:
    found = "".join(_LETTERS[part.status] for part in parts(text, 2026))
    if len(found) == 1:
        # A sentence without any cue comes back whole.
        found *= len(wanted)
    assert found == wanted


def test_triggers_stand_wherever_a_cue_matches() -> None:
    texts = itertools.chain.from_iterable(
        (one.text for one in sentences(declaration(sample(path))))
        for path in sorted(SAMPLES.glob("*.json"))
    )
    missed = [
        (cue.name, match.group())
        for text in texts
        for cue, pattern in _PATTERNS.items()
        if (match := pattern.search(text)) and not any(word in text for word in TRIGGERS[cue])
    ]
    assert missed == []
