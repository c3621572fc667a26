"""Cases reviewed on a Dask cluster: the same guarded review, on many machines.

A worker of the cluster reviews each case in a guarded child (``reviewer.batch.task.outcome``), so a
file that hangs is killed there at its limit and frees its slot; a worker that dies loses its cases to
another one, twice at most. Files on this machine are sent along; those behind URLs are read by the
worker itself.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from reviewer.batch import places
from reviewer.batch.options import Security
from reviewer.batch.pairing import Case
from reviewer.batch.pool import lost
from reviewer.batch.task import Outcome, Task, outcome
from reviewer.errors import MissingProgram, ReviewerError, UsageError
from reviewer.limits import Limits

_PATIENCE = "15s"
_AHEAD = 3


class Cluster:
    """Runner on a Dask cluster. address: tcp://host:port or tls://host:port.

    Raises UsageError where the scheduler does not answer, MissingProgram where Dask is absent.
    """

    def __init__(self, address: str, security: Security, limits: Limits) -> None:
        self._address, self._security, self._limits = address, security, limits

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Review the tasks, a few more than the cluster has threads at once."""
        client = self._client()
        try:
            yield from self._fed(client, iter(tasks))
        finally:
            client.close()

    def _client(self) -> Any:
        try:
            import distributed
        except ImportError:
            raise MissingProgram("用 --cluster 还需要安装：pip install '.[cluster]'。") from None
        for name in ("distributed", "distributed.core", "distributed.comm"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            return distributed.Client(  # type: ignore[no-untyped-call]
                self._address, timeout=_PATIENCE, security=self._keys(), set_as_default=False
            )
        except (OSError, ValueError, RuntimeError, TypeError):
            raise UsageError(
                f"连不上调度器“{self._address}”，请检查地址、端口、防火墙和证书，并确认调度器已启动。"
            ) from None

    def _keys(self) -> Any:
        if not self._security.ca:
            if self._address.startswith("tls:"):
                raise UsageError("加密的调度器（tls://）要给出 --tls-ca、--tls-cert 和 --tls-key。")
            return None
        from distributed.security import Security as Keys

        own = self._security
        return Keys(  # type: ignore[no-untyped-call]
            tls_ca_file=own.ca,
            tls_client_cert=own.cert,
            tls_client_key=own.key,
            require_encryption=True,
        )

    def _fed(self, client: Any, tasks: Iterator[Task]) -> Iterator[Outcome]:
        from distributed import as_completed

        threads = sum(client.nthreads().values())
        if not threads:
            raise UsageError(f"调度器“{self._address}”上没有可用的计算节点，请先启动 worker。")
        ready = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]
        known: dict[str, Task] = {}
        self._more(client, tasks, ready, known, threads * _AHEAD)
        while known:
            future = next(ready)
            task = known.pop(future.key)
            yield self._came(future, task)
            self._more(client, tasks, ready, known, threads * _AHEAD)

    def _more(
        self, client: Any, tasks: Iterator[Task], ready: Any, known: dict[str, Task], most: int
    ) -> None:
        while len(known) < most:
            task = next(tasks, None)
            if task is None:
                return
            packed = _packed(task, self._limits)
            future = client.submit(perform, packed, pure=False, key=f"review-{task.case.key}")
            known[future.key] = task
            ready.add(future)

    def _came(self, future: Any, task: Task) -> Outcome:
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError

        try:
            return msgspec.msgpack.decode(future.result(), type=Outcome)
        except (FutureCancelledError, CommClosedError, OSError):
            raise UsageError(
                f"和调度器“{self._address}”的连接断了：已完成的都已保存，请恢复后加 --resume 接着做。"
            ) from None
        except Exception:  # the worker died with it, as often as Dask allows
            return lost(task)


def perform(packed: bytes) -> bytes:
    """Review one case on a worker: bytes in, bytes out, so that both sides decode known types only."""
    return msgspec.msgpack.encode(outcome(msgspec.msgpack.decode(packed, type=Task)))


def _packed(task: Task, limits: Limits) -> bytes:
    """The task with the bytes of local files; a file that cannot be read tells so on the worker."""
    case: Case = task.case
    data = _sent(case, limits, pdf=False)
    pdf = _sent(case, limits, pdf=True) if case.word is not None and case.pdf is not None else None
    return msgspec.msgpack.encode(msgspec.structs.replace(task, data=data, pdf_data=pdf))


def _sent(case: Case, limits: Limits, *, pdf: bool) -> bytes | None:
    item = case.pdf if pdf else case.main
    if item is None or places.is_url(item.ref.place):
        return None
    try:
        return places.read(item.ref, item.name, limits)
    except ReviewerError:
        return None
