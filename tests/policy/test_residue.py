"""The patterns of the template's left-overs and of secrecy markings; cases in residue.yaml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from reviewer.policy.load import load

CASES = yaml.safe_load((Path(__file__).parent / "residue.yaml").read_text(encoding="utf-8"))
FORM = load("hebei-2026").template
GUIDANCE = [
    *(text for spec in FORM.fields for text in spec.guidance),
    *(text for spec in FORM.sections for text in spec.guidance),
    *(text for part in FORM.block.parts for text in part.guidance),
    *FORM.block.guidance,
]


def found(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text) for pattern in patterns)


@pytest.mark.parametrize("text", CASES["residue"])
def test_left_overs_are_found(text: str) -> None:
    assert found(FORM.residue, text)


@pytest.mark.parametrize("text", CASES["clean"])
def test_what_only_looks_like_a_left_over(text: str) -> None:
    assert not found(FORM.residue, text)


@pytest.mark.parametrize("text", GUIDANCE)
def test_all_guidance_of_the_template_is_found(text: str) -> None:
    assert found(FORM.residue, text)


@pytest.mark.parametrize("text", FORM.label_words)
def test_words_of_labels_are_no_left_overs(text: str) -> None:
    assert not found(FORM.residue, text)


@pytest.mark.parametrize("text", CASES["markings"])
def test_markings_are_found(text: str) -> None:
    assert found(FORM.markings, text)


@pytest.mark.parametrize("text", CASES["unmarked"])
def test_talk_of_secrets_is_no_marking(text: str) -> None:
    assert not found(FORM.markings, text)
