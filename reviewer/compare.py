"""Two drafts compared: each a declaration, which is reviewed, or a report (JSON) of one."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewer import guard, service
from reviewer.errors import UsageError
from reviewer.limits import Limits
from reviewer.model.clean import shown
from reviewer.model.review import Review
from reviewer.reports import json as report_json
from reviewer.reports.comparison import Comparison, compare

__all__ = ["Comparison", "compare_files", "load_review"]


def compare_files(old: Path, new: Path, policy: str, tier: str | None = None) -> Comparison:
    """What the draft ``new`` fixed, kept and broke of ``old``. Raises ReviewerError."""
    return compare(load_review(old, policy, tier), load_review(new, policy, tier))


def load_review(path: Path, policy: str, tier: str | None = None) -> Review:
    """The review in a JSON report, or of a declaration. Raises ReviewerError."""
    limits = Limits()
    data = service.read_file(path, limits)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and path.suffix.lower() == ".json":
        return _decoded(data, path.name)
    work = service.Work(data, path.name, policy, tier)
    done = guard.run(service.perform, work, result=service.Done, limits=limits, name=path.name)
    return report_json.decode(done.review)


def _decoded(data: bytes, name: str) -> Review:
    try:
        return report_json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except msgspec.DecodeError:
        raise UsageError(
            f"“{shown(name)}”不是本工具的审阅报告，请给出申报书，或 --format json 写出的报告。"
        ) from None
