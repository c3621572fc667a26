"""The release is what training gives, small, safe to read, and better than agreed floors."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from models import evaluate, synth
from models.classifier import RELEASE, ScenarioClassifier
from models.data import TEST_HANDS, hands
from models.linear import LinearModel
from models.material import material, splitter
from models.measures import figures
from models.train import train
from reviewer.matching import Resolver
from reviewer.policy.load import load


def test_small_and_no_pickle():
    assert RELEASE.stat().st_size <= 5_000_000
    with zipfile.ZipFile(RELEASE) as archive:
        assert all(name.endswith(".npy") for name in archive.namelist())
        for name in archive.namelist():
            with archive.open(name) as file:
                np.lib.format.read_array(file, allow_pickle=False)


def test_predicts_without_scikit_learn():
    code = (
        "import sys; from models.classifier import released; from models.content import ContentClassifier;"
        "released(); ContentClassifier(); print(sorted({'sklearn', 'scipy', 'rjieba', 'pypinyin'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_training_again_predicts_the_same(tmp_path: Path):
    again = tmp_path / "again.npz"
    assert train(again) == ScenarioClassifier().version
    ours, new = LinearModel(RELEASE), LinearModel(again)
    split = splitter(load("hebei-2026"))
    lines = hands()[::7]
    for line in lines:
        one, other = ours.score(*split(line.entry)), new.score(*split(line.entry))
        assert one.scores.argmax() == other.scores.argmax()
        assert np.allclose(one.chances, other.chances, atol=0.02)


def test_figures_and_card_are_current(capsys: pytest.CaptureFixture[str]):
    assert evaluate.check() == 0, capsys.readouterr().out


def test_names_in_any_dress_are_mapped():
    policy = load("hebei-2026")
    resolver = Resolver(policy, ScenarioClassifier())
    lines = synth.entries(policy, hands(), seed=7)
    found = figures([evaluate.matched(resolver, line) for line in lines])
    assert found.kinds["exact"][0] == found.kinds["wrong-stage"][0] == 1.0
    assert found.top1 >= 0.99


def test_the_test_hand_is_never_trained_on():
    trained = {"".join(filter(str.isalnum, line.entry)) for line in material().people}
    tested = {
        "".join(filter(str.isalnum, line.entry)) for line in hands() if line.hand in TEST_HANDS
    }
    assert not trained & tested


def test_labelled_lines_are_sound():
    numbers = range(41)
    for line in hands():
        assert line.scenario in numbers
        assert line.entry.strip()
        assert (line.scenario == 0) == (line.kind == "none"), line.entry
