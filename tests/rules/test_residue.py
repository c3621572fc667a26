"""The template's own words, found wherever they were left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.rules.residue import Residue
from tests.rules.build import POLICY

RESIDUE = Residue(POLICY)
GUIDANCE = [
    text
    for spec in (*POLICY.template.fields, *POLICY.template.sections, *POLICY.template.block.parts)
    for text in spec.guidance
]


@pytest.mark.parametrize("text", GUIDANCE)
def test_all_guidance_is_residue_and_nothing_else(text: str) -> None:
    assert RESIDUE.only(text)


@given(st.sampled_from([t for t in GUIDANCE if len(t) > 25]), st.sampled_from(["", " ", "\n"]))
def test_guidance_with_other_white_space_beside_own_words(text: str, gap: str) -> None:
    half = len(text) // 2
    mixed = f"本厂自建。{text[:half]}{gap}{text[half:]}本厂自用。"
    assert RESIDUE.find(mixed)
    kept = RESIDUE.strip(mixed)
    assert "本厂自建" in kept and "本厂自用" in kept


@pytest.mark.parametrize(
    "text",
    [
        "本项目围绕总体架构、业务协同开展建设。",
        "突破的关键技术、装备、软件等均已应用。",
        "压铸车间占地3000平方米，XR-3型检测机。",
        "针对壳体加工，搭建五轴机床柔性单元。",
        "",
    ],
)
def test_own_words_are_none(text: str) -> None:
    assert not RESIDUE.find(text)
    assert RESIDUE.strip(text) == text


@given(st.text(max_size=80))
def test_places_are_ordered_and_inside(text: str) -> None:
    last = 0
    for start, end in RESIDUE.find(text):
        assert last <= start < end <= len(text)
        last = end


@given(
    st.lists(
        st.sampled_from([*GUIDANCE, "XXXX年XX月XX日", "总投资XXX万元", "自己的话。"]), max_size=4
    )
)
def test_narrowing_to_the_whole_changes_nothing(texts: list[str]) -> None:
    narrowed = Residue(POLICY, "\n".join(texts))
    for text in texts:
        assert narrowed.find(text) == RESIDUE.find(text)
