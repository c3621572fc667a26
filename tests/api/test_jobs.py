"""Leases in database time: nothing is lost, nothing is done twice, poison hurts no neighbour."""

from __future__ import annotations

import threading

from sqlalchemy import select, update

from api import jobs, tasks
from api.db.engine import now
from api.db.tables import Draft, Job, Result
from api.worker import Worker
from reviewer import guard
from reviewer.errors import ReadingStopped
from tests.api.bench import Bench


def _take(bench: Bench) -> Job | None:
    with bench.service.database.write() as session:
        return jobs.take(session, 30)


def _lapse(bench: Bench) -> None:
    """Let all leases run out, and all waits be over."""
    with bench.service.database.write() as session:
        session.execute(update(Job).values(lease=now() - 1, due=0))


def test_a_job_is_taken_by_one_worker_only(bench: Bench) -> None:
    for _ in range(6):
        bench.upload()
    taken: list[str] = []

    def work() -> None:
        while (job := _take(bench)) is not None:
            taken.append(job.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 6


def test_the_job_of_a_dead_worker_is_taken_again(bench: Bench) -> None:
    made = bench.upload()
    dead = _take(bench)
    assert dead is not None and _take(bench) is None
    _lapse(bench)
    assert bench.work() == 1
    assert bench.as_("firm").get(made["status"]).json()["state"] == "done"
    with bench.service.database.write() as session:
        assert not jobs.finish(session, dead), "the dead worker's result must not count"
        assert not jobs.beat(session, dead, 30)


def test_a_job_that_was_lost_writes_nothing(bench: Bench) -> None:
    made = bench.upload()
    slow = _take(bench)
    assert slow is not None
    _lapse(bench)
    assert _take(bench) is not None
    work = tasks.Bench(bench.service.database, bench.service.storage, bench.settings, _ignore)
    try:
        tasks.perform(work, slow)
        raise AssertionError("the lease was another's")
    except tasks.Lost:
        pass
    with bench.service.database.read() as session:
        assert session.get(Result, made["draft"]) is None


def test_a_poisoned_document_fails_after_three_tries(bench: Bench) -> None:
    poisoned = bench.upload()
    for _ in range(3):
        assert _take(bench) is not None
        _lapse(bench)
    neighbour = bench.upload()
    bench.work()
    state = bench.as_("firm").get(poisoned["status"]).json()
    assert (state["state"], state["error"]) == ("failed", jobs.POISONED)
    assert bench.as_("firm").get(neighbour["status"]).json()["state"] == "done"


def test_a_child_that_dies_is_tried_three_times(bench: Bench, monkeypatch) -> None:
    calls = []

    def dies(*args: object, **words: object) -> None:
        calls.append(1)
        raise ReadingStopped("读取过程两次意外中断")

    monkeypatch.setattr(guard, "run", dies)
    made = bench.upload()
    for _ in range(3):
        bench.work()
        _lapse(bench)
    bench.work()
    assert len(calls) == jobs.TRIES
    state = bench.as_("firm").get(made["status"]).json()
    assert state["state"] == "failed" and "中断" in state["error"]


def test_a_heartbeat_keeps_the_lease(bench: Bench) -> None:
    from api.worker import Heart

    bench.upload()
    with bench.service.database.write() as session:
        job = jobs.take(session, 0.3)
    assert job is not None
    told = threading.Event()
    beat = jobs.beat

    def counted(*args: object) -> bool:
        held = beat(*args)
        if args[3] == 2:
            told.set()
        return held

    jobs.beat = counted  # type: ignore[assignment]
    try:
        with Heart(bench.service.database, job, 0.3) as heart:
            heart.progress(2, 5)
            assert told.wait(10)
    finally:
        jobs.beat = beat
    with bench.service.database.read() as session:
        kept = session.get(Job, job.id)
    assert kept is not None and (kept.done, kept.total) == (2, 5)


def test_a_worker_stops_when_told(bench: Bench) -> None:
    worker = Worker(bench.service.database, bench.service.storage, bench.settings)
    worker.stop()
    worker.run()


def test_a_full_disk_is_told_and_nothing_is_half_taken(bench: Bench, monkeypatch) -> None:
    from api.storage import LocalStorage, StorageFull

    before = bench.upload()

    def full(*args: object) -> None:
        raise StorageFull

    monkeypatch.setattr(LocalStorage, "put", full)
    files = {
        "file": (
            "a.docx",
            bench.as_("firm").get(f"/api/v1/drafts/{before['draft']}/original").content,
        )
    }
    answer = bench.as_("firm").post("/api/v1/declarations", files=files)
    assert answer.status_code == 507 and "磁盘" in answer.json()["detail"]
    with bench.service.database.read() as session:
        assert len(session.scalars(select(Draft)).all()) == 1


def test_a_failed_commit_takes_the_file_away_again(bench: Bench, monkeypatch) -> None:
    from api import intake

    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(intake, "_record", broken)
    answer = bench.as_("firm").post(
        "/api/v1/declarations", files={"file": ("a.docx", b"PK\x03\x04x")}
    )
    assert answer.status_code == 500 and "PK" not in answer.text
    assert [p for p in (bench.settings.data / "files").rglob("*") if p.is_file()] == []


def _ignore(done: int, total: int) -> None:
    """No progress is shown."""
