"""Which region of the policy (city, 雄安新区 …) a text speaks of: 推荐单位 against the address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from reviewer.policy.labels import fold
from reviewer.policy.schema import Policy

_ENDINGS = "市区县"
_SHORTEST = 2
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,3}省")


def regions(policy: Policy, text: str) -> frozenset[str]:
    """The regions that a text names; several where it leaves a choice, none where it says nothing.

    A region's own name decides ("保定市"); within one region's name a region of its own that is
    named too decides ("保定市定州市" is 定州市). Else a county's name does ("内丘县" is 邢台市).
    A text that names another province speaks of none.
    """
    plain = fold(text)
    if _PROVINCE.search(plain) and policy.province not in plain:
        return frozenset()
    own = frozenset(region for region in policy.cities if _named(region, plain))
    apart = frozenset(region for region in own if not policy.cities[region])
    if own:
        return apart or own
    held = (owners for county, owners in _counties(policy).items() if county in plain)
    return frozenset(region for owners in held for region in owners)


def _named(region: str, plain: str) -> bool:
    """Whether the text holds the region's name, or the same without its ending ("邢台工信局")."""
    short = region.rstrip(_ENDINGS)
    return region in plain or (
        len(short) >= _SHORTEST and plain.startswith((short, "河北" + short))
    )


@lru_cache(maxsize=8)
def _counties(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """County → regions that have one of that name (桥西区 is in two)."""
    found: dict[str, tuple[str, ...]] = {}
    for region, county in _pairs(policy):
        found[county] = (*found.get(county, ()), region)
    return found


def _pairs(policy: Policy) -> Iterator[tuple[str, str]]:
    for region, counties in policy.cities.items():
        yield from ((region, fold(county)) for county in counties)
