"""Packs written for one test."""

from __future__ import annotations

from pathlib import Path

HEAD = 'id: demo\nversion: "1"\nextends: hebei-2026\n'
PACKS = Path(__file__).parent / "packs"


def write(folder: Path, **files: str) -> Path:
    """A folder "demo" with the files given (name without suffix → text)."""
    pack = folder / "demo"
    pack.mkdir()
    for name, text in files.items():
        (pack / f"{name}.yaml").write_text(text, encoding="utf-8")
    return pack
