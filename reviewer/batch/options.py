"""What a batch is asked to do, and how it tells how far it is."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct


class Security(Struct, frozen=True):
    """Files (PEM) for an encrypted cluster: authority, certificate and key of this side."""

    ca: str = ""
    cert: str = ""
    key: str = ""


class Options(Struct, frozen=True):
    """The words of a call.

    paths, out: paths or fsspec URLs. day: ISO date of the batch ("" today). exceptions: YAML of
    enterprises that use no quota. archive: folder of earlier years' texts, read and added to.
    """

    paths: tuple[str, ...]
    out: str
    workers: int | None = None
    cluster: str = ""
    security: Security = Security()
    resume: bool = False
    policy: str = "hebei-2026"
    tier: str | None = None
    archive: str = ""
    exceptions: str = ""
    day: str = ""


class Progress(Protocol):
    """Shows people how far a batch is."""

    def stage(self, title: str, total: int, done: int = 0) -> None:
        """A new stage of the work begins, ``done`` of it finished by an earlier run."""
        ...

    def step(self, *, failed: bool = False) -> None:
        """One more of the stage's items is done."""
        ...

    def close(self) -> None:
        """Nothing more comes."""
        ...


class Silent:
    """Progress that shows nothing."""

    def stage(self, title: str, total: int, done: int = 0) -> None:
        """See ``Progress``."""

    def step(self, *, failed: bool = False) -> None:
        """See ``Progress``."""

    def close(self) -> None:
        """See ``Progress``."""


class Summary(Struct, frozen=True):
    """What came of a batch: numbers of declarations, table rows, failures, pairs."""

    reviewed: int
    rows: int
    failed: int
    pairs: int
    errors: int
    notes: tuple[str, ...] = ()
