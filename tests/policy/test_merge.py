"""Files of a pack joined; a pack over another."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewer.errors import PolicyError
from reviewer.policy.load import check, load
from tests.policy.helpers import HEAD, PACKS, write


def test_lists_and_mappings_of_several_files_are_joined(tmp_path: Path) -> None:
    pack = write(
        tmp_path,
        a=HEAD + "proofs: [{name: 甲, words: [[甲]]}]\nrules: {one: {severity: info, basis: x}}\n",
        b="proofs: [{name: 乙, words: [[乙]]}]\nrules: {two: {severity: info, basis: x}}\n",
    )
    policy = load(pack)
    assert [proof.name for proof in policy.proofs][-2:] == ["甲", "乙"]
    assert {"one", "two", "over-length"} <= set(policy.rules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year: 2027\n", "demo/b.yaml 第 1 行：“year”写了两次，前一次在 demo/a.yaml 第 4 行。"),
        ("rules: {x: {basis: y}}\n", "“basis”写了两次，前一次在 demo/a.yaml 第 5 行"),
    ],
)
def test_a_value_occurs_in_one_file_only(tmp_path: Path, text: str, said: str) -> None:
    first = HEAD + "year: 2026\nrules: {x: {severity: info, basis: y}}\n"
    lines = check(write(tmp_path, a=first, b=text))
    assert len(lines) == 1
    assert said in lines[0]


@pytest.fixture(scope="module")
def demo() -> dict[str, object]:
    return msgspec.to_builtins(load(PACKS / "demo-2027"))


def test_the_demonstration_pack_is_good() -> None:
    assert check(PACKS / "demo-2027") == ()


def test_a_province_differs_only_where_it_says_so() -> None:
    base, other = load("hebei-2026"), load(PACKS / "demo-2027")
    sections = {section.id: section.limit for section in other.template.sections}
    assert (sections["2.1"], sections["2.2"], sections["3.1"]) == (800, None, 1500)
    assert other.template.block.ai_limit == 200
    assert [part.limit for part in other.template.block.parts] == [
        None,
        None,
        400,
        300,
        500,
        500,
        None,
    ]
    assert {kpi.name for kpi in other.kpis if kpi.starred} - {
        k.name for k in base.kpis if k.starred
    } == {"库存周转率"}
    assert other.tier("advanced").maturity == 3
    assert other.tier("advanced").ai_share == 10
    assert [tier.id for tier in other.tiers] == ["basic", "advanced", "excellent"]
    assert other.tier("basic").clauses == base.tier("basic").clauses


def test_a_scenario_edition_can_differ() -> None:
    base, other = load("hebei-2026"), load(PACKS / "demo-2027")
    assert other.scenario(23).name == "人机协同制造"
    assert [alias.name for alias in other.scenario(23).aliases if alias.edition == "2025年版"] == [
        "人机协同作业"
    ]
    assert {s.number for s in other.scenarios} ^ {s.number for s in base.scenarios} == {40, 41}
    assert other.scenario(24) == base.scenario(24)


def test_null_remove_and_replace(demo: dict[str, object]) -> None:
    assert demo["quotas"] == ()
    assert demo["cities"] == {"甲市": ("甲县",), "乙市": ()}
    assert len(demo["deadlines"]) == 1  # type: ignore[arg-type]
    keys = [field["key"] for field in demo["template"]["fields"]]  # type: ignore[index]
    assert "联系人传真" not in keys
    assert demo["source"]["note"] == ""  # type: ignore[index]
    assert demo["rules"]["deadline-passed"]["off"] is True  # type: ignore[index]


def test_a_pack_may_extend_one_that_extends_another(tmp_path: Path) -> None:
    middle = tmp_path / "middle.yaml"
    middle.write_text(
        'id: middle\nversion: "1"\nextends: hebei-2026\nyear: 2030\n', encoding="utf-8"
    )
    pack = write(tmp_path, pack='id: demo\nversion: "1"\nextends: middle\nscale_revenue: 7\n')
    policy = load(pack)
    assert (policy.id, policy.year, policy.scale_revenue) == ("demo", 2030, 7)


BAD = {
    "no parent": ("extends: nobody\n", "没有所继承的政策包“nobody”"),
    "a path": ("extends: ../hebei-2026\n", "没有所继承的政策包"),
    "itself": ("extends: demo\n", "继承成环"),
    "drops nothing": (
        "extends: hebei-2026\nnothing: null\n",
        "要去掉的“nothing”在所继承的政策包里没有",
    ),
    "removes nothing": (
        "extends: hebei-2026\nkpis: [{name: 没有, remove: true}]\n",
        "要去掉的“没有”",
    ),
    "nameless": ("extends: hebei-2026\nkpis: [{starred: true}]\n", "这一项要写明 name"),
    "not an item": ("extends: hebei-2026\nkpis: [产值]\n", "这一项要写明 name"),
    "other folder": ("extends: hebei-2026\nid: other\n", "“other”应与文件夹名“demo”相同"),
}


@pytest.mark.parametrize("name", BAD)
def test_faults_of_extending(tmp_path: Path, name: str) -> None:
    text, said = BAD[name]
    head = 'version: "1"\n' if "id:" in text else 'id: demo\nversion: "1"\n'
    pack = write(tmp_path, pack=head + text)
    with pytest.raises(PolicyError):
        load(pack)
    assert any(said in line and line.startswith("demo/pack.yaml 第 ") for line in check(pack))


def test_a_ring_of_packs_ends(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("id: other\nextends: demo\n", encoding="utf-8")
    pack = write(tmp_path, pack="id: demo\nextends: other\n")
    assert any("继承成环" in line for line in check(pack))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert any("没有 YAML 文件" in line for line in check(write(tmp_path)))
