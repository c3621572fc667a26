"""Generated files are current."""

from __future__ import annotations

import json

import msgspec
import pytest

from reviewer.policy import compile as packs
from reviewer.policy import compiled
from reviewer.policy.load import PACKS, load

HINT = "not current: run python -m reviewer.policy.compile"


@pytest.mark.parametrize(
    ("path", "text"), list(packs.outputs()), ids=lambda x: getattr(x, "name", "")
)
def test_generated_files_are_current(path, text: str) -> None:
    assert path.exists(), HINT
    assert path.read_text(encoding="utf-8") == text, HINT


def test_the_program_reads_the_compiled_form() -> None:
    policy = compiled.read(PACKS, "hebei-2026")
    assert policy is not None, HINT
    assert msgspec.to_builtins(policy) == msgspec.to_builtins(load(PACKS / "hebei-2026"))


def test_the_schema_describes_every_part_of_a_pack() -> None:
    schema = json.loads(packs.schema())
    described = schema["$defs"]["Policy"]
    assert set(described["properties"]) == set(msgspec.to_builtins(load("hebei-2026")))
    assert described["additionalProperties"] is False


def test_the_command_tells_and_writes(monkeypatch, tmp_path, capsys) -> None:
    path = tmp_path / "new" / "x.json"
    monkeypatch.setattr(packs, "outputs", lambda: iter([(path, "{}\n")]))
    assert packs.main(["--check"]) == 1
    assert not path.exists()
    assert packs.main([]) == 0
    assert path.read_text() == "{}\n"
    assert packs.main(["--check"]) == 0
    assert "not current" in capsys.readouterr().out


def test_the_command_prints_the_schema(capsys) -> None:
    assert packs.main(["--schema"]) == 0
    assert capsys.readouterr().out == packs.schema()
