"""Finds, reads and checks policy packs.

A pack is known by its id ("hebei-2026", those that come with the program) or by its place: a
folder of YAML files or a single YAML file. ``extends:`` names another pack, looked for beside the
pack first. A pack of the program is read from its compiled form where that is current.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import corpus
from reviewer.errors import PolicyError
from reviewer.policy import compiled
from reviewer.policy.schema import Policy

PACKS = Path(corpus.__file__).parent / "packs"


def available() -> tuple[Policy, ...]:
    """The packs that come with the program, by id."""
    return tuple(load(folder.name) for folder in sorted(PACKS.iterdir()) if folder.is_dir())


def load(pack: str | Path) -> Policy:
    """The policy of that id, folder or file.

    Raises PolicyError with one Chinese sentence: no such pack, or file, line and reason of the
    first problem and how many more there are.
    """
    if isinstance(pack, str) and _is_id(pack):
        return _own(pack)
    return _read(_place(pack))


def check(pack: str | Path) -> tuple[str, ...]:
    """All problems of a pack, one Chinese sentence each; none where it is good.

    Raises PolicyError where there is no such pack.
    """
    from reviewer.policy import reading

    place = PACKS / pack if isinstance(pack, str) and _is_id(pack) else _place(pack)
    return tuple(str(problem) for problem in reading.policy(place, PACKS)[1])


def _is_id(pack: str) -> bool:
    return (
        "/" not in pack
        and "\\" not in pack
        and pack not in {"", ".", ".."}
        and (PACKS / pack).is_dir()
    )


def _place(pack: str | Path) -> Path:
    place = Path(pack)
    if not place.exists():
        known = "、".join(folder.name for folder in sorted(PACKS.iterdir()) if folder.is_dir())
        raise PolicyError(f"没有政策包“{pack}”：可用的有 {known}，或给出政策包的文件夹")
    return place


@lru_cache(maxsize=8)
def _own(name: str) -> Policy:
    ready = compiled.read(PACKS, name)
    return ready if ready is not None else _read(PACKS / name)


def _read(place: Path) -> Policy:
    from reviewer.policy import reading

    policy, problems = reading.policy(place, PACKS)
    if policy is None or problems:
        more = f"（另有 {len(problems) - 1} 处，见 reviewer policy check）" if problems[1:] else ""
        raise PolicyError(f"政策包有误：{problems[0]}{more}")
    return policy
