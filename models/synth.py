"""Entries made mechanically from names: exact, wrong stage, former names, typos, odd separators.

Every line comes from a seeded generator over the policy's names and people's instances, so an
evaluation repeats to the line.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from models.data import Example
from reviewer.matching.alike import Kind, tables
from reviewer.policy.schema import Policy, Scenario

SEPARATORS = ("-", "—", "——", "–", "－", "：", "／", " ", "　", " - ", "－－", "一", "|", "→", "_")
NUMBERS = ("", "", "1.", "2、", "（3）", "④", "5 ", "第6项：", "07.")
_ANY = "大中工能效数化管控品优电车水气网料件位台"
Change = Callable[[str, random.Random], str]


def entries(policy: Policy, instances: Sequence[Example], seed: int = 0) -> list[Example]:
    """Two or three lines of each mechanical kind for every scenario."""
    rng = random.Random(seed)
    pools: dict[int, list[str]] = {}
    for line in instances:
        if line.kind == "instance":
            pools.setdefault(line.scenario, []).append(line.entry)
    made: list[Example] = []
    for scenario in policy.scenarios:
        pool = pools.get(scenario.number, ["一期工程"])
        made += _of(scenario, policy, pool, rng)
    return made


def _of(
    scenario: Scenario, policy: Policy, pool: list[str], rng: random.Random
) -> Iterator[Example]:
    stages = [stage.name for stage in policy.stages if stage.name != scenario.stage]
    for _ in range(3):
        yield _made(scenario, "exact", _line(scenario.stage, scenario.name, pool, rng))
        yield _made(scenario, "wrong-stage", _line(rng.choice(stages), scenario.name, pool, rng))
    yield _made(scenario, "two-part", _line("", scenario.name, pool, rng))
    yield _made(scenario, "wide", _widened(_line(scenario.stage, scenario.name, pool, rng), rng))
    for alias in scenario.aliases[:4]:
        yield _made(scenario, "former", _line(scenario.stage, alias.name, pool, rng))
    for change in CHANGES:
        name = change(scenario.name, rng)
        if name != scenario.name:
            yield _made(scenario, "typo", _line(scenario.stage, name, pool, rng))


def _made(scenario: Scenario, kind: str, entry: str) -> Example:
    return Example(entry, scenario.number, kind, "mechanical")


def _line(stage: str, name: str, pool: list[str], rng: random.Random) -> str:
    mark = rng.choice(SEPARATORS)
    number = rng.choice(NUMBERS)
    return number + mark.join(filter(None, (stage, name, rng.choice(pool))))


def _widened(entry: str, rng: random.Random) -> str:
    """Full-width letters and spaces within words."""
    wide = "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c not in "-/|_" else c for c in entry
    )
    place = rng.randrange(1, len(wide))
    return f"{wide[:place]} {wide[place:]}"


def homophone(name: str, rng: random.Random) -> str:
    """One character by another of the same sound."""
    return _replaced(name, rng, "同音")


def lookalike(name: str, rng: random.Random) -> str:
    """One character by another of a like shape."""
    return _replaced(name, rng, "形近")


def _replaced(name: str, rng: random.Random, kind: Kind) -> str:
    alike = tables()
    places = list(range(len(name)))
    rng.shuffle(places)
    for place in places:
        choices = alike.others(name[place], kind)
        if choices:
            return name[:place] + rng.choice(choices) + name[place + 1 :]
    return name


def dropped(name: str, rng: random.Random) -> str:
    """One character lost."""
    place = rng.randrange(len(name))
    return name[:place] + name[place + 1 :]


def exchanged(name: str, rng: random.Random) -> str:
    """One character by any other of the field."""
    place = rng.randrange(len(name))
    return name[:place] + rng.choice(_ANY) + name[place + 1 :]


def doubled(name: str, rng: random.Random) -> str:
    """One character typed twice."""
    place = rng.randrange(len(name))
    return name[: place + 1] + name[place:]


def swapped(name: str, rng: random.Random) -> str:
    """Two neighbours in the wrong order."""
    place = rng.randrange(len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def moved(name: str, rng: random.Random) -> str:
    """Two words in the wrong order."""
    place = 2 * rng.randrange(1, max(2, len(name) // 2))
    return name[place:] + name[:place]


CHANGES: tuple[Change, ...] = (
    homophone,
    lookalike,
    dropped,
    exchanged,
    doubled,
    swapped,
    moved,
)
