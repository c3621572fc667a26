"""The plain lists: failures and copied passages as CSV that Excel opens in Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from reviewer.batch.intake import Failure
from reviewer.batch.triage.sight import Sight, firm
from reviewer.model.clean import clean

_LONGEST = 2_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV with a byte order mark; no cell can be taken for a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([safe(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


def safe(value: object) -> object:
    """A cell that no spreadsheet reads as a formula."""
    if not isinstance(value, str):
        return value
    plain = clean(value)[:_LONGEST]
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def failures(found: Iterable[Failure]) -> bytes:
    """failures.csv."""
    rows = sorted({(failure.shown, failure.sentence) for failure in found})
    return table(("文件", "原因"), rows)


def duplicates(sight: Sight) -> bytes:
    """duplicates.csv: a row a shared passage, strongest pairs first."""
    head = (
        "序号", "文件甲", "企业甲", "文件乙", "企业乙", "乙为往年", "相同字数", "相同比例", "同一企业", "群组",
        "位置甲", "文字甲", "位置乙", "文字乙", "本段字数",
    )  # fmt: skip
    groups = {key: n for n, keys in enumerate(sight.clusters, 1) for key in keys}
    firms = {record.key: firm(record) for record in sight.ordered}
    rows = (
        (
            number,
            pair.first.name,
            firms.get(pair.first.key) or pair.first.enterprise,
            pair.second.name,
            firms.get(pair.second.key) or pair.second.enterprise,
            "是" if pair.archived else "",
            pair.shared,
            f"{pair.share:.1%}",
            "是" if pair.same else "",
            groups.get(pair.first.key, ""),
            sight.spoken(passage.first),
            passage.first_text,
            sight.spoken(passage.second),
            passage.second_text,
            passage.letters,
        )
        for number, pair in enumerate(sight.pairs, 1)
        for passage in pair.passages
    )
    return table(head, rows)
