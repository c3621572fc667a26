"""A worker: takes jobs out of the database and does them in guarded children, one at a time.

Any number may run, on any machine that reaches database and storage. One that is killed loses its
lease, and another takes the job.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType

from api import jobs, retention, tasks
from api.db.engine import Database
from api.db.tables import Job
from api.reviewing import warm
from api.settings import Settings
from api.storage import Storage, StorageFull
from reviewer.errors import ReadingStopped, ReviewerError

_log = logging.getLogger(__name__)
PARENT = "REVIEWER_PARENT"
"""Process that a worker ends with (set by ``reviewer serve``)."""
_IDLE = 0.2
_STUMBLE = 2.0
_HOUSEKEEPING = 900
_FULL = "磁盘空间不足，稍后自动重试。"
_ACCIDENT = "审阅过程意外中断，正在重试。"

# No heartbeat may be half way through a lock of a library while a child is forked.
_fork_lock = threading.RLock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_fork_lock.acquire,
        after_in_parent=_fork_lock.release,
        after_in_child=_fork_lock.release,
    )


class Worker:
    """Does jobs until it is told to stop."""

    def __init__(self, database: Database, storage: Storage, settings: Settings) -> None:
        self._database, self._storage, self._settings = database, storage, settings
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until ``stop``; accidents of database or disk are waited out."""
        warm(self._settings.policy)
        rounds = 0
        parent = int(os.environ.get(PARENT, 0))
        while not self._stop.is_set() and parent in (0, os.getppid()):
            if rounds % _HOUSEKEEPING == 0:
                self._tidy()
            rounds += 1
            try:
                busy = self.step()
            except Exception as error:
                _log.warning("worker stumbled: %s", type(error).__name__)
                self._stop.wait(_STUMBLE)
                continue
            if not busy:
                self._stop.wait(_IDLE)

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Finish the job at hand and end (a signal handler)."""
        self._stop.set()

    def step(self) -> bool:
        """Do one job; False where there was none."""
        with self._database.read() as session:
            if not jobs.waiting(session):
                return False
        with self._database.write() as session:
            job = jobs.take(session, self._settings.lease)
        if job is None:
            return False
        with Heart(self._database, job, self._settings.lease) as heart:
            self._do(job, heart.progress)
        return True

    def _do(self, job: Job, progress: Callable[[int, int], None]) -> None:
        bench = tasks.Bench(self._database, self._storage, self._settings, progress)
        try:
            tasks.perform(bench, job)
        except ReadingStopped as error:
            self._give_back(job, str(error))
        except ReviewerError as error:
            with self._database.write() as session:
                jobs.fail(session, job, str(error))
        except StorageFull:
            self._give_back(job, _FULL)
        except tasks.Lost:
            _log.info("job %s was taken by another worker", job.id)
        except Exception as error:
            _log.exception("job %s (%s) failed: %s", job.id, job.kind, type(error).__name__)
            self._give_back(job, _ACCIDENT)

    def _give_back(self, job: Job, error: str) -> None:
        with self._database.write() as session:
            jobs.retry(session, job, error)

    def _tidy(self) -> None:
        try:
            self._storage.sweep()
            retention.purge(self._database, self._storage, self._settings)
        except Exception as error:
            _log.warning("housekeeping failed: %s", type(error).__name__)


class Heart:
    """Holds on to a job's lease while it is done, and tells how far it is."""

    def __init__(self, database: Database, job: Job, lease: float) -> None:
        self._database, self._job, self._lease = database, job, lease
        self._end = threading.Event()
        self._far = (0, 0)
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def progress(self, done: int, total: int) -> None:
        """Remember how far the job is; told with the next beat."""
        self._far = (done, total)

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        told, waited, step = (0, 0), 0.0, min(1.0, self._lease / 3)
        while not self._end.wait(step):
            waited += step
            if self._far == told and waited < self._lease / 3:
                continue
            told, waited = self._far, 0.0
            try:
                with _fork_lock, self._database.write() as session:
                    jobs.beat(session, self._job, self._lease, *told)
            except Exception as error:
                _log.warning("heartbeat failed: %s", type(error).__name__)


def main(settings: Settings) -> None:
    """Run one worker until SIGTERM or SIGINT."""
    from api.db.upgrade import upgrade
    from api.storage import open_storage

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    database = Database(settings.database_url)
    upgrade(database)
    worker = Worker(database, open_storage(settings.storage_url), settings)
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
    database.close()
