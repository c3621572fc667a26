"""``python -m reviewer.policy.compile [--check]``: writes what is generated from the packs.

The compiled form of every pack of the program, and the JSON Schema of packs for editors.
``--schema`` prints the schema, ``--check`` only tells (status 1) what is not current.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reviewer.errors import PolicyError
from reviewer.policy import compiled, reading
from reviewer.policy.load import PACKS
from reviewer.policy.schema import Policy

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "policy.schema.json"


def schema() -> str:
    """The JSON Schema of a whole pack, as text."""
    document = msgspec.json.schema(Policy)
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def outputs() -> Iterator[tuple[Path, str]]:
    """Each generated file with its text. Raises PolicyError for a pack with a problem."""
    for folder in sorted(path for path in PACKS.iterdir() if path.is_dir()):
        yield PACKS / f"{folder.name}.json", _compiled(folder)
    yield SCHEMA, schema()


def _compiled(folder: Path) -> str:
    policy, problems = reading.policy(folder, PACKS)
    if policy is None or problems:
        raise PolicyError("\n".join(map(str, problems)))
    chain = tuple(place.name for place in reading.sources(folder, PACKS))
    return compiled.write(PACKS, chain, policy)


def main(words: list[str] | None = None) -> int:
    """Write, check or print; the exit status is 1 where a checked file is not current."""
    parser = argparse.ArgumentParser(prog="python -m reviewer.policy.compile")
    parser.add_argument("--check", action="store_true", help="only tell what is not current")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of packs")
    chosen = parser.parse_args(words)
    if chosen.schema:
        print(schema(), end="")
        return 0
    stale = [(path, text) for path, text in outputs() if _now(path) != text]
    for path, text in stale:
        if not chosen.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{'not current' if chosen.check else 'written'}: {path}")
    return int(chosen.check and bool(stale))


def _now(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
