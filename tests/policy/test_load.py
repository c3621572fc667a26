"""Finding packs, and errors that name file, line and reason."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewer.errors import PolicyError
from reviewer.policy import compiled, reading
from reviewer.policy.load import PACKS, available, check, load
from tests.policy.helpers import HEAD, write


def test_the_programs_pack_is_available_and_good() -> None:
    assert "hebei-2026" in [policy.id for policy in available()]
    assert check("hebei-2026") == ()


def test_a_pack_is_loaded_once() -> None:
    assert load("hebei-2026") is load("hebei-2026")


def test_a_pack_is_loaded_by_folder_and_as_text() -> None:
    folder = PACKS / "hebei-2026"
    by_folder = msgspec.to_builtins(load(folder))
    assert by_folder == msgspec.to_builtins(load("hebei-2026"))
    assert by_folder == msgspec.to_builtins(load(str(folder)))


def test_a_single_file_is_a_pack(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(HEAD + "scale_revenue: 3000\n", encoding="utf-8")
    assert load(path).scale_revenue == 3000


def test_an_unknown_pack_names_those_there_are() -> None:
    with pytest.raises(PolicyError, match="没有政策包“hebei-1999”：可用的有 hebei-2026"):
        load("hebei-1999")
    with pytest.raises(PolicyError, match="没有政策包"):
        check("nowhere/at-all")


def test_the_first_problem_is_told_with_the_number_of_others(tmp_path: Path) -> None:
    pack = write(tmp_path, pack=HEAD + "yaer: 2026\nyear: 二〇二六\n")
    with pytest.raises(PolicyError) as caught:
        load(pack)
    said = str(caught.value)
    assert said.startswith("政策包有误：demo/pack.yaml 第 4 行：不认识的键“yaer”，是不是 year。")
    assert "另有 1 处" in said
    assert "\n" not in said


def test_the_compiled_form_is_used_only_while_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write(tmp_path, pack=HEAD)
    policy, problems = reading.policy(pack, PACKS)
    assert policy is not None
    assert not problems
    for name in ("demo", "hebei-2026"):
        (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / "demo.json").write_text(compiled.write(tmp_path, ("demo", "hebei-2026"), policy))
    found = compiled.read(tmp_path, "demo")
    assert found is not None
    assert msgspec.to_builtins(found) == msgspec.to_builtins(policy)
    (tmp_path / "hebei-2026" / "more.yaml").write_text("year: 2030\n")
    assert compiled.read(tmp_path, "demo") is None


@pytest.mark.parametrize("text", ["", "{", "{}", '{"sources": {}, "policy": {}}', "[]"])
def test_a_broken_compiled_form_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "demo.json").write_text(text)
    assert compiled.read(tmp_path, "demo") is None


def test_a_changed_folder_is_read_again(tmp_path: Path) -> None:
    pack = write(tmp_path, pack=HEAD + "scale_revenue: 1\n")
    assert load(pack).scale_revenue == 1
    (pack / "pack.yaml").write_text(HEAD + "scale_revenue: 2\n", encoding="utf-8")
    assert load(pack).scale_revenue == 2


def test_every_problem_is_listed(tmp_path: Path) -> None:
    pack = write(tmp_path, pack=HEAD + "year: x\nyaer: 1\n", more="tiers: {}\nkpis: [1]\n")
    lines = check(pack)
    assert len(lines) == 4
    assert all(line.startswith("demo/") and line.endswith("。") for line in lines)
