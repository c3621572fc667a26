"""The evidence judge's data and release: labels without faults, kept-back passages, reproducible."""

from __future__ import annotations

from models.evidence_data import examples, faults, kept_back, known_samples, trained_on
from models.evidence_train import PACK, material, train
from reviewer.policy.load import load
from reviewer.scoring.judge import released


def test_labels_have_no_faults_and_are_many() -> None:
    rows = examples()
    assert len(rows) >= 1500
    assert list(faults(rows, load(PACK))) == []
    assert len({row.passage for row in rows}) == len(rows)


def test_passages_kept_back_are_not_trained_on() -> None:
    rows = examples()
    assert not any(kept_back(row) for row in trained_on(rows))
    assert 0.15 < 1 - len(trained_on(rows)) / len(rows) < 0.25


def test_training_again_gives_the_release() -> None:
    again = train(material(trained_on(examples()), known_samples(), load(PACK)))
    assert again == released().weights
