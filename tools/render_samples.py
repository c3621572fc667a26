"""Renders the first four samples as Word files beside them, each in another layout.

``python -m tools.render_samples``; the same bytes for the same samples.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.generator import render_docx

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
LAYOUTS = ("template", "wps", "autonumber", "libreoffice", "plain", "split", "custom")


def main() -> int:
    """Write every Word file."""
    for place, path in enumerate(sorted(SAMPLES.glob("S0[1-4]*.json"))):
        truth = json.loads(path.read_text(encoding="utf-8"))
        layout = LAYOUTS[place % len(LAYOUTS)]
        path.with_suffix(".docx").write_bytes(render_docx(truth, layout, place))
        print(f"{path.with_suffix('.docx').name}: {layout}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
