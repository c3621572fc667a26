"""The real street, killed and interrupted: resumed, it gives what an unbroken run gives."""

from __future__ import annotations

import io
import json
import random
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reviewer.batch.pool import LocalPool
from reviewer.batch.task import Outcome
from tests.batch.test_cluster import tasks
from tests.batch.test_run import rows, tree
from tests.generator import render_docx

ROOT = Path(__file__).parents[2]
DOCUMENTS, MANY, ROUNDS = 6, 120, 20


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return made(tmp_path_factory.mktemp("in"), DOCUMENTS)


def made(folder, documents):
    """Declarations of firms of different names, and a bomb among them."""
    folder.mkdir(exist_ok=True)
    samples = sorted((ROOT / "corpus/samples").glob("S*.json"))
    for number in range(documents):
        truth = json.loads(samples[number % len(samples)].read_text(encoding="utf-8"))
        truth["company"]["企业名称"] = truth["cover"]["申报单位"] = f"第{number}试验有限公司"
        (folder / f"申报书{number}.docx").write_bytes(render_docx(truth, "mix", number))
    (folder / "炸弹.docx").write_bytes(bomb())
    return folder


@pytest.fixture(scope="module")
def whole(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "out"
    assert go(source, out).returncode == 1
    return tree(out)


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", bytes(400 << 20))
    return stream.getvalue()


def go(source: Path, out: Path, step: int = 0, number: int = 0) -> subprocess.CompletedProcess[str]:
    words = [
        sys.executable,
        "-m",
        "tests.batch.killer",
        str(step),
        str(number),
        str(source),
        str(out),
    ]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def test_one_bad_file_hurts_no_other(source, whole, tmp_path):
    assert sum(name.startswith("reports/") for name in whole) == DOCUMENTS


@pytest.mark.parametrize("step", [2, DOCUMENTS + 9])
def test_killed_and_resumed_it_is_the_same(source, whole, tmp_path, step):
    assert go(source, tmp_path / "out", step, signal.SIGKILL).returncode == -signal.SIGKILL
    assert go(source, tmp_path / "out").returncode == 1
    assert tree(tmp_path / "out") == whole


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_stops_cleanly(source, whole, tmp_path, number):
    stopped = go(source, tmp_path / "out", 3, number)
    assert stopped.returncode == 130
    assert stopped.stderr.strip().splitlines()[-1].startswith("reviewer：已停止")
    assert go(source, tmp_path / "out").returncode == 1
    assert tree(tmp_path / "out") == whole


@pytest.mark.soak
def test_killed_at_twenty_random_points(tmp_path):
    source, whole = made(tmp_path / "in", MANY), tmp_path / "whole"
    unbroken = go(source, whole)
    assert unbroken.returncode == 1
    expected, steps = tree(whole), int(unbroken.stdout.split()[-1])
    rng = random.Random(20)
    for round_ in range(ROUNDS):
        out, step = tmp_path / f"out{round_}", rng.randint(1, steps)
        killed = go(source, out, step, signal.SIGKILL).returncode
        assert killed == -signal.SIGKILL, step
        for file in (out / "reports").glob("*.json"):
            json.loads(file.read_bytes())  # whole, wherever it was killed
        assert go(source, out).returncode == 1
        assert tree(out) == expected, step


def dying(task):
    """What a worker does that cannot bear some files."""
    if task.case.main.name == "3.rtf":
        import os

        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(task.case.key, sentence="ok")


def test_a_worker_that_dies_is_replaced(tmp_path):
    given = tasks(tmp_path, ["x"] * 12)
    pool = LocalPool("hebei-2026", "2026-03-20", workers=2, perform=dying)
    found = {o.key: o.sentence for o in pool.run(given)}
    assert sum(sentence == "ok" for sentence in found.values()) == 11
    assert "两次意外中断" in found[given[3].case.key]


def test_the_failure_is_listed_with_its_sentence(source, tmp_path):
    only = tmp_path / "only"
    only.mkdir()
    (only / "炸弹.docx").write_bytes(bomb())
    go(only, tmp_path / "out")
    (row,) = rows(tmp_path / "out/failures.csv")
    assert row["文件"] == "炸弹.docx" and "炸弹" in row["原因"]
