"""The compiled form of a pack: one JSON file beside its folder, with the digests of its sources.

Parsing YAML takes a tenth of a second at every start, reading this takes a few milliseconds. It is
used only while the digest of every source (the pack and those that it extends) still agrees.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from reviewer.policy.schema import Policy


class Compiled(msgspec.Struct, frozen=True):
    """sources: id of the pack and of those it extends → SHA-256 of their files."""

    sources: dict[str, str]
    policy: Policy


def digest(folder: Path) -> str:
    """SHA-256 over names and contents of a folder's YAML files, hex; line ends do not count."""
    total = hashlib.sha256()
    for path in files(folder):
        data = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{path.name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def files(folder: Path) -> list[Path]:
    """The YAML files of a pack in the order in which they are joined."""
    return sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})


def read(packs: Path, name: str) -> Policy | None:
    """The compiled policy, None where it is absent, not readable or not current."""
    try:
        ready = msgspec.json.decode((packs / f"{name}.json").read_bytes(), type=Compiled)
        current = all(digest(packs / one) == known for one, known in ready.sources.items())
    except (OSError, msgspec.MsgspecError):
        return None
    return ready.policy if current and name in ready.sources else None


def write(packs: Path, sources: tuple[str, ...], policy: Policy) -> str:
    """The text of the compiled form, one value a line, so that changes can be read."""
    ready = Compiled({name: digest(packs / name) for name in sources}, policy)
    return msgspec.json.format(msgspec.json.encode(ready), indent=1).decode() + "\n"
