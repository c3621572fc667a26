"""A scheduler and two workers as processes of their own; one is killed in the middle."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reviewer.batch import cluster
from reviewer.batch.cluster import Cluster
from reviewer.batch.intake import Item
from reviewer.batch.options import Security
from reviewer.batch.pairing import case
from reviewer.batch.places import Ref
from reviewer.batch.task import Task
from reviewer.errors import UsageError
from reviewer.limits import Limits
from tests.batch import stub_task

ROOT = Path(__file__).parents[2]


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "reviewer.cli.node", *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def told(process: subprocess.Popen[str], word: str) -> str:
    """The first line on stderr that holds the word."""
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if word in line:
            return line
    raise AssertionError("".join(lines))


@contextmanager
def running(*keys: str) -> Iterator[str]:
    """A scheduler and two workers; its address."""
    processes = [start("scheduler", "--port", "0", *keys)]
    try:
        found = told(processes[0], "调度器").rpartition("：")[2].strip()
        processes += [start("worker", found, "--threads", "1", *keys) for _ in range(2)]
        for worker in processes[1:]:
            told(worker, "计算节点")
        yield found
    finally:
        for process in processes[::-1]:  # the scheduler last: workers take their leave of it
            process.terminate()
            process.wait(60)
            assert process.stderr is not None
            process.stderr.close()


@pytest.fixture
def address():
    with running() as found:
        yield found


def tasks(folder: Path, texts: list[str]) -> list[Task]:
    made = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.rtf"
        path.write_text(text)
        made.append(
            Task(
                case(Item(Ref(str(path)), path.name, "word", "m")), "hebei-2026", None, "2026-03-20"
            )
        )
    return made


def test_a_worker_killed_in_the_middle_loses_nothing(address, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "perform", stub_task.perform)
    texts = ["x" * n for n in range(1, 30)]
    texts[10] = f"die:{tmp_path / 'mark'}"
    given = tasks(tmp_path, texts)
    found = {o.key: o.sentence for o in Cluster(address, Security(), Limits()).run(given)}
    assert found == {t.case.key: str(len(text)) for t, text in zip(given, texts, strict=True)}
    assert (tmp_path / "mark").exists()


def test_what_kills_every_worker_is_given_up(address, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "perform", stub_task.perform)
    given = tasks(tmp_path, ["a", "always", "bb"])
    found = {o.key: o.sentence for o in Cluster(address, Security(), Limits()).run(given)}
    assert [found[t.case.key] for t in given][::2] == ["1", "2"]
    assert "两次意外中断" in found[given[1].case.key]


def test_an_unreachable_scheduler_is_one_sentence(monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE", "1s")
    with pytest.raises(UsageError, match="连不上调度器"):
        list(Cluster("tcp://127.0.0.1:1", Security(), Limits()).run([]))


def test_an_encrypted_scheduler_needs_keys():
    with pytest.raises(UsageError, match="--tls-ca"):
        list(Cluster("tls://127.0.0.1:1", Security(), Limits()).run([]))


def test_a_node_open_to_the_network_needs_keys():
    done = subprocess.run(
        [sys.executable, "-m", "reviewer.cli.node", "scheduler", "--host", "0.0.0.0"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 2 and "--tls-ca" in done.stderr


@pytest.fixture
def keys(tmp_path):
    """An authority and a certificate, made as the handbook says."""
    for words in (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=node -keyout node.key -out node.csr",
        "x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out node.pem",
    ):
        subprocess.run(["openssl", *words.split()], cwd=tmp_path, check=True, capture_output=True)
    return Security(*(str(tmp_path / name) for name in ("ca.pem", "node.pem", "node.key")))


@pytest.mark.openssl
def test_with_tls_only_those_with_keys_get_in(keys, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "perform", stub_task.perform)
    monkeypatch.setattr(cluster, "_PATIENCE", "4s")
    words = ("--tls-ca", keys.ca, "--tls-cert", keys.cert, "--tls-key", keys.key)
    with running(*words) as address:
        assert address.startswith("tls://")
        given = tasks(tmp_path, ["a", "bb"])
        found = {o.key: o.sentence for o in Cluster(address, keys, Limits()).run(given)}
        assert [found[t.case.key] for t in given] == ["1", "2"]
        with pytest.raises(UsageError, match="连不上调度器"):
            list(Cluster(address.replace("tls:", "tcp:"), Security(), Limits()).run(given))
