"""Industry codes as declarations write them."""

from __future__ import annotations

from collections import Counter

import pytest

from reviewer.policy import industry


def test_the_standard_is_whole() -> None:
    levels = Counter(entry.level for entry in industry.table().values())
    assert levels == {"section": 20, "division": 97, "group": 473, "class": 1381}


def test_every_code_stands_in_its_division_and_group() -> None:
    table = industry.table()
    for entry in table.values():
        if entry.level != "section":
            assert table[entry.division].section == entry.section
        if entry.level == "class":
            assert table[entry.code[:3]].level == "group"
            assert entry in industry.classes(entry.code[:3])


@pytest.mark.parametrize(
    ("code", "name", "section"),
    [
        ("C", "制造业", "C"),
        ("c", "制造业", "C"),
        ("36", "汽车制造业", "C"),
        ("367", "汽车零部件及配件制造", "C"),
        ("Ｃ３６７", "汽车零部件及配件制造", "C"),
        (" C 3011 ", "水泥制造", "C"),
    ],
)
def test_lookup(code: str, name: str, section: str) -> None:
    entry = industry.lookup(code)
    assert entry is not None
    assert (entry.name, entry.section) == (name, section)


@pytest.mark.parametrize("code", ["", "99", "3699", "Z", "汽车", "36.7", "0"])
def test_no_such_code(code: str) -> None:
    assert industry.lookup(code) is None
    assert industry.group(code) is None


@pytest.mark.parametrize(
    ("code", "group"), [("367", "367"), ("3670", "367"), ("3011", None), ("36", None), ("C", None)]
)
def test_a_class_may_stand_for_its_group(code: str, group: str | None) -> None:
    found = industry.group(code)
    assert (found.code if found else None) == group


def test_names_lead_to_codes() -> None:
    assert [entry.code for entry in industry.named("机织服装 制造")] == ["181"]
    assert [entry.code for entry in industry.named("汽车零部件及配件制造")] == ["367", "3670"]
    assert industry.named("无此行业") == ()


def test_old_codes_give_a_hint() -> None:
    assert industry.former("3660") == ("汽车零部件及配件制造", "367")
    assert industry.former("3011") is None


def test_hints_lead_to_groups_of_today() -> None:
    for code in ("3620", "3630", "3640", "3650", "3660", "362", "363", "364", "365", "366"):
        hint = industry.former(code)
        assert hint is not None
        assert industry.group(hint[1]) is not None
