"""Lists against descriptions: which entries speak of the same scenario instance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewer.rules.pairing import Item, duplicates, links


def entry(at: str, scenario: int | None, instance: str) -> Item:
    return Item(at, scenario, instance, f"名{scenario}{instance}")


def pairs(
    left: list[tuple[int | None, str]], right: list[tuple[int | None, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    made = links(
        [entry(f"l{i}", *item) for i, item in enumerate(left)],
        [entry(f"r{i}", *item) for i, item in enumerate(right)],
    )
    return made.forward, made.backward


def test_one_scenario_once_on_both_sides_whatever_the_wording() -> None:
    assert pairs([(3, "甲车间视觉验布")], [(3, "完全另一种说法")]) == ({"l0": "r0"}, {"r0": "l0"})


def test_two_instances_go_to_their_own() -> None:
    forward, backward = pairs(
        [(24, "铸件内部缺陷识别"), (24, "机加尺寸在线测量")],
        [(24, "机加件尺寸的在线测量"), (24, "铸件内部缺陷X光识别")],
    )
    assert forward == {"l0": "r1", "l1": "r0"}
    assert backward == {"r0": "l1", "r1": "l0"}


def test_a_second_instance_without_partner() -> None:
    forward, _ = pairs(
        [(24, "铸件内部缺陷识别"), (24, "机加尺寸在线测量")], [(24, "铸件内部缺陷识别")]
    )
    assert forward == {"l0": "r0"}


def test_two_against_two_of_which_one_is_another_thing() -> None:
    forward, backward = pairs(
        [(28, "铸件内部缺陷识别"), (28, "机加尺寸在线测量")],
        [(28, "铸件内部缺陷识别"), (28, "包装箱错装防护")],
    )
    assert forward == {"l0": "r0"}
    assert backward == {"r0": "l0"}


def test_a_repeated_line_shares_the_partner() -> None:
    forward, _ = pairs(
        [(24, "铸件内部缺陷识别"), (24, "铸件内部缺陷识别")], [(24, "铸件缺陷的识别")]
    )
    assert forward == {"l0": "r0", "l1": "r0"}


def test_without_scenario_by_wording() -> None:
    assert pairs([(None, "智慧党建员工之家")], [(None, "智慧党建与员工之家")])[0] == {"l0": "r0"}
    assert pairs([(None, "智慧党建员工之家")], [(None, "食堂扫码点餐")])[0] == {}


def test_another_scenario_is_no_partner() -> None:
    assert pairs([(24, "铸件内部缺陷识别")], [(25, "铸件内部缺陷识别")])[0] == {}


def test_duplicates_name_the_first() -> None:
    items = [entry("1", 3, "甲"), entry("2", 3, "乙"), entry("3", 3, "甲"), entry("4", None, "丙")]
    assert [(a.at, b.at) for a, b in duplicates(items)] == [("1", "3")]


ITEMS = st.lists(
    st.tuples(st.sampled_from([None, 1, 2]), st.text("甲乙丙丁车间检测", max_size=6)), max_size=5
)


@given(ITEMS)
def test_everything_corresponds_to_itself(items: list[tuple[int | None, str]]) -> None:
    forward, backward = pairs(items, items)
    named = {f"{i}" for i, (number, text) in enumerate(items)}
    assert {at[1:] for at in forward} == named
    assert {at[1:] for at in backward} == named


@given(ITEMS, ITEMS)
def test_partners_have_the_same_scenario(
    left: list[tuple[int | None, str]], right: list[tuple[int | None, str]]
) -> None:
    forward, backward = pairs(left, right)
    for mine, theirs in [*forward.items(), *((b, a) for b, a in backward.items())]:
        one = (left if mine[0] == "l" else right)[int(mine[1:])][0]
        other = (left if theirs[0] == "l" else right)[int(theirs[1:])][0]
        assert one == other or None in (one, other)
