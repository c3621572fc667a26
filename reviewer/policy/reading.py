"""Reads a pack from its YAML: files joined, laid over what it extends, typed, cross-checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reviewer.policy import compiled, merge, source, typed
from reviewer.policy.checks import faults
from reviewer.policy.schema import Policy
from reviewer.policy.source import Map, Mark, Problem

_SUFFIXES = (".yaml", ".yml")


def policy(place: Path, packs: Path) -> tuple[Policy | None, list[Problem]]:
    """The policy at a folder or file and all its problems; None where it could not be built.

    packs: the folder in which packs named by ``extends`` are looked for after the pack's own.
    """
    problems: list[Problem] = []
    raw = _whole(place, packs, (), problems)
    built = typed.build(raw, problems) if raw or not problems else None
    if built is not None:
        problems += [
            Problem(source.locate(raw, fault.path), fault.reason) for fault in faults(built)
        ]
        problems += _named(place, built, raw)
    return built, sorted(problems, key=lambda problem: problem.mark)


def sources(place: Path, packs: Path) -> tuple[Path, ...]:
    """The pack and those that it extends, itself first."""
    found = [place]
    while (parent := _parent(_own(found[-1], []), found[-1], packs)) and parent not in found:
        found.append(parent)
    return tuple(found)


def _named(place: Path, built: Policy, raw: Map) -> list[Problem]:
    """A folder bears the id of its pack, so that a pack is found by its id."""
    if place.is_file() or built.id == place.resolve().name:
        return []
    reason = f"政策包名称“{built.id}”应与文件夹名“{place.resolve().name}”相同"
    return [Problem(source.locate(raw, ("id",)), reason)]


def _whole(place: Path, packs: Path, below: tuple[Path, ...], problems: list[Problem]) -> Map:
    raw = _own(place, problems)
    name = raw.get("extends")
    if not name:
        return raw
    mark = raw.marks["extends"]
    parent = _parent(raw, place, packs)
    if parent is None:
        problems.append(Problem(mark, f"没有所继承的政策包“{name}”"))
        return raw
    chain = (*below, place.resolve())
    if parent.resolve() in chain:
        problems.append(Problem(mark, f"继承成环：“{name}”又继承了本包"))
        return raw
    return merge.overlay(_whole(parent, packs, chain, problems), raw, problems)


def _parent(raw: Map, place: Path, packs: Path) -> Path | None:
    """The pack named by ``extends``: beside the pack, else among those of the program."""
    name = raw.get("extends")
    if not isinstance(name, str) or not name or "/" in name or "\\" in name:
        return None
    for folder in (place.resolve().parent, packs):
        for found in (folder / name, *(folder / f"{name}{suffix}" for suffix in _SUFFIXES)):
            if found.exists():
                return found
    return None


def _own(place: Path, problems: list[Problem]) -> Map:
    """What the pack itself says."""
    if place.is_file():
        return source.read(place, place.name, problems)
    name = place.resolve().name
    found = compiled.files(place)
    if not found:
        problems.append(Problem(Mark(name, 1), "文件夹里没有 YAML 文件"))
    raw, own = _joined(place, name, compiled.digest(place))
    problems += own
    return raw


@lru_cache(maxsize=4)
def _joined(place: Path, name: str, digest: str) -> tuple[Map, tuple[Problem, ...]]:
    """The joined files of a folder; the digest makes the cache see every change."""
    del digest
    problems: list[Problem] = []
    parts = [source.read(path, f"{name}/{path.name}", problems) for path in compiled.files(place)]
    return merge.join(parts, Mark(name, 1), problems), tuple(problems)
