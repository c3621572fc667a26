"""Everything that is generated from the code and kept in the repository.

``python tools/generated.py`` rewrites it, ``--check`` fails where a file is not current.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from reviewer.cli import parser
from reviewer.policy import compile as packs
from reviewer.policy.load import available, load
from reviewer.reports import json as report_json
from reviewer.rules import catalogue
from reviewer.scoring import ready
from reviewer.scoring.ready import Array
from reviewer.scoring.words import compiled

ROOT = Path(__file__).parents[1]
_BEGIN, _END = "<!-- help:begin -->", "<!-- help:end -->"


def files() -> Iterator[tuple[Path, Callable[[], str]]]:
    """Each generated file with what makes its text."""
    yield ROOT / "docs/rules.md", lambda: catalogue.markdown(load("hebei-2026"))
    yield ROOT / "docs/schema/review.schema.json", lambda: report_json.schema().decode()
    for path, text in packs.outputs():
        yield path, lambda text=text: text
    for name in ("README.md", "README.zh-CN.md"):
        yield ROOT / name, lambda name=name: _with_help(ROOT / name)


def _with_help(path: Path) -> str:
    """The page with the command line's own help between its marks."""
    page = path.read_text(encoding="utf-8")
    head, _, rest = page.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    return f"{head}{_BEGIN}\n```text\n{parser().format_help().strip()}\n```\n{_END}{tail}"


def _same(known: Mapping[str, Array] | None, made: Mapping[str, Array]) -> bool:
    if known is None or known.keys() != made.keys():
        return False
    return all(np.array_equal(known[name], array) for name, array in made.items())


def main() -> int:
    """Write or check; the exit status is 1 where a checked file is not current."""
    check = "--check" in sys.argv[1:]
    stale = []
    for path, make in files():
        wanted = make()
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        stale.append(path.relative_to(ROOT))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
    for policy in available():
        arrays = compiled(policy)
        if not _same(ready.read(policy), arrays):
            stale.append(ready.place(policy).relative_to(ROOT))
            if not check:
                ready.write(policy, arrays)
    for path in stale:
        print(f"{'not current, run `make docs`' if check else 'written'}: {path}")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
