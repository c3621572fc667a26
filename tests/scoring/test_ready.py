"""The vocabulary beside the pack is that of the pack, or is not used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from reviewer.policy.load import load
from reviewer.scoring import ready
from reviewer.scoring.words import compiled

POLICY = load("hebei-2026")


@pytest.fixture(scope="module")
def made() -> dict[str, ready.Array]:
    return compiled(POLICY)


def test_what_is_written_is_read_back(
    made: dict[str, ready.Array], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "PACKS", tmp_path)
    assert ready.read(POLICY) is None
    ready.write(POLICY, made)
    again = ready.read(POLICY)
    assert again is not None and again.keys() == made.keys()
    for name, array in made.items():
        assert again[name].dtype == array.dtype, name
        assert np.array_equal(again[name], array), name


def test_that_of_another_vocabulary_is_not_used(
    made: dict[str, ready.Array], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "PACKS", tmp_path)
    ready.write(POLICY, made)
    other = replace(POLICY, evidence_masks=(*POLICY.evidence_masks, "某词"))
    assert ready.read(other) is None
    assert "某词" not in POLICY.evidence_masks


def test_an_id_with_a_path_in_it_reads_nothing_elsewhere() -> None:
    assert ready.read(replace(POLICY, id="../hebei-2026")) is None


def test_the_one_that_comes_with_the_program_is_current(made: dict[str, ready.Array]) -> None:
    now = ready.read(POLICY)
    assert now is not None, "run `make docs`"
    assert all(np.array_equal(now[name], array) for name, array in made.items())
