"""A broken agreement in a pack, and what all checks use."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from reviewer.policy.schema import Policy

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """Where in the pack (the path of the value), and why in Chinese."""

    path: Path
    reason: str


Check = Callable[[Policy], Iterator[Fault]]


def twice(path: Path, what: str, values: Iterable[object]) -> Iterator[Fault]:
    """A fault for every value of the list at ``path`` that occurred before."""
    seen: set[object] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Fault((*path, index), f"{what}“{value}”重复")
        seen.add(value)


def is_date(text: str) -> bool:
    """Whether the text is a date such as 2026-02-15."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
