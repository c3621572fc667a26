"""Terms found all at once are those found one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.classifier import RELEASE
from models.features import plain, stretches
from models.grams import LONGEST, Grams
from models.linear import LinearModel, shared

SAMPLES = sorted((Path(__file__).parents[2] / "corpus/samples").glob("S0*.json"))


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return shared(RELEASE)


@pytest.fixture(scope="module")
def grams() -> Grams:
    return _released()


@cache
def _released() -> Grams:
    return Grams(shared(RELEASE).terms)


def _one_by_one(text: str, model: LinearModel) -> Counter[str]:
    known = set(model.terms)
    return Counter(term for term in stretches(text, LONGEST) if term in known)


def _at_once(text: str, model: LinearModel, grams: Grams) -> Counter[str]:
    return Counter(model.terms[row] for row in grams.find(text).tolist())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


@pytest.mark.parametrize("sample", SAMPLES[:3], ids=lambda path: path.stem[:3])
def test_of_declarations(sample: Path, model: LinearModel, grams: Grams) -> None:
    for text in map(plain, _strings(json.loads(sample.read_text(encoding="utf-8")))):
        assert _at_once(text, model, grams) == _one_by_one(text, model)


@given(st.text(alphabet="AGV5G0129 智能仓储物流机器人视觉检测设备𠀀㐀", max_size=40))
def test_of_words_and_numbers(text: str) -> None:
    model = shared(RELEASE)
    folded = plain(text)
    assert _at_once(folded, model, _released()) == _one_by_one(folded, model)


def test_of_nothing(grams: Grams) -> None:
    assert not grams.find("").size
