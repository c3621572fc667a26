"""What a batch has brought: declarations, rows of filled tables, failures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec

from reviewer.batch.digest import Digest
from reviewer.batch.intake import Failure
from reviewer.batch.journal import Journal
from reviewer.batch.pairing import Case
from reviewer.batch.tables.intake import FilledRow
from reviewer.policy.schema import Policy

WORD, PDF = "缺可编辑的 Word 版", "缺盖章的 PDF 版"


class Record(msgspec.Struct, frozen=True):
    """A line of the triage: a declaration, or a row of a filled table.

    key: of the case; of a row with its number. shown: the file's path as people know it. report:
    name of its report without ending, "" for a row. lacking: which of the two files is missing.
    """

    key: str
    shown: str
    report: str
    digest: Digest
    lacking: str = ""
    row: FilledRow | None = None


class Batch:
    """Everything reviewed, out of the journal."""

    def __init__(
        self,
        policy: Policy,
        journal: Journal,
        cases: tuple[Case, ...],
        failures: tuple[Failure, ...],
    ) -> None:
        self.policy, self.journal = policy, journal
        self.cases, self.failures = cases, failures

    @property
    def day(self) -> str:
        """ISO date of the batch."""
        return self.journal.header.day

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Declarations and table rows in the order of their files."""
        return tuple(self._records())

    @property
    def declarations(self) -> tuple[Record, ...]:
        """Those that are files of their own."""
        return tuple(record for record in self.records if record.report)

    @property
    def rows(self) -> tuple[Record, ...]:
        """Those that are rows of a filled table."""
        return tuple(record for record in self.records if record.row is not None)

    def _records(self) -> Iterator[Record]:
        for one in self.cases:
            line = self.journal.lines[one.key]
            if line.digest is not None:
                alone = line.stranger or bool(line.pdf_sentence)
                lacking = _lacking(one, alone=alone)
                yield Record(one.key, one.main.shown, line.report, line.digest, lacking)
            if line.rows:
                rows = msgspec.msgpack.decode(line.rows, type=list[FilledRow])
                for number, row in enumerate(rows):
                    key = f"{one.key}-{number}"
                    yield Record(key, one.main.shown, "", row.digest, row=row)


def _lacking(one: Case, *, alone: bool) -> str:
    """Both are asked of a declaration that is handed in: the stamped PDF and the editable Word."""
    if one.word is None:
        return WORD
    return PDF if one.pdf is None or alone else ""
