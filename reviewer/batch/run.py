"""A batch from the files to the finished folder."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec

from reviewer import __version__
from reviewer.batch import mirror, places
from reviewer.batch.finish import finish
from reviewer.batch.intake import Failure, Found, find
from reviewer.batch.journal import Header, Journal, Line
from reviewer.batch.options import Options, Progress, Silent, Summary
from reviewer.batch.pairing import Case, case, pair, report_names
from reviewer.batch.pool import LocalPool, Runner
from reviewer.batch.records import Batch
from reviewer.batch.second import joined, parted
from reviewer.batch.task import Outcome, Task, digest_of
from reviewer.batch.workspace import Workspace, telling
from reviewer.errors import ReviewerError, UsageError
from reviewer.limits import Limits
from reviewer.policy.load import load
from reviewer.service import Reviewer

_FLUSH = 50


def run(
    options: Options, *, progress: Progress | None = None, runner: Runner | None = None
) -> Summary:
    """Review a whole batch and write the folder. runner: where; None: this machine or the cluster.

    Raises UsageError, PolicyError or MissingProgram with one sentence; whatever was reviewed by
    then is kept, and a run with ``resume`` goes on from there.
    """
    if places.is_url(options.out):
        return mirror.through(options, lambda local: run(local, progress=progress, runner=runner))
    shown = progress or Silent()
    shown.stage("查找文件", 1)
    found = find(options.paths, Limits(), leave=Path(options.out))
    with Workspace(Path(options.out), resume=options.resume) as space:
        return _Run(options, space, shown, runner).all(found)


class _Run:
    """One run over an open workspace."""

    def __init__(
        self, options: Options, space: Workspace, progress: Progress, runner: Runner | None
    ) -> None:
        self._options, self._space, self._progress = options, space, progress
        self._policy = load(options.policy)
        self._limits = Limits()
        self._runner = runner
        if options.tier is not None and options.tier not in [t.id for t in self._policy.tiers]:
            raise UsageError(f"没有“{options.tier}”这一级。")

    def all(self, found: Found) -> Summary:
        """Every step of a batch, once its files are found."""
        cases = pair(found.items)
        with telling(self._space.journal), Journal(self._space.journal, self._header()) as journal:
            try:
                self._review(cases, journal, "审阅申报书")
                cases += self._review(parted(cases, journal.lines), journal, "重审错配的 PDF")
                cases = self._joined(cases, journal)
                self._drop(cases, journal)
            finally:
                journal.flush()
            batch = self._batch(cases, found, journal)
            return finish(batch, self._space, self._options, self._progress)

    def _header(self) -> Header:
        tool = Reviewer(self._policy).tool()
        return Header(
            policy=tool.policy,
            policy_version=tool.policy_version,
            version=__version__,
            model=tool.model,
            tier=self._options.tier,
            day=self._options.day or date.today().isoformat(),
        )

    def _review(
        self,
        cases: list[Case],
        journal: Journal,
        title: str,
        names: dict[str, str] | None = None,
    ) -> list[Case]:
        """Review the cases that are not done yet. The same cases."""
        names = names or self._names(cases, journal)
        waiting = {one.key: one for one in cases if not self._done(one, journal)}
        self._progress.stage(title, len(cases), len(cases) - len(waiting))
        if not waiting:
            return cases
        runner = self._runner or self._own_runner(journal.header.day)
        with closing(_iterator(runner, self._tasks(waiting, journal))) as outcomes:
            for number, outcome in enumerate(outcomes, 1):
                one = waiting.pop(outcome.key, None)
                if one is None:
                    continue
                journal.add(self._kept(one, outcome, names[one.key]))
                self._progress.step(failed=bool(outcome.sentence))
                if number % _FLUSH == 0:
                    journal.flush()
        return cases

    def _joined(self, cases: list[Case], journal: Journal) -> list[Case]:
        """Review Word and PDF that belong together as one; the halves step back."""
        pairs = joined(cases, journal.lines)
        whole, names, halves = [], {}, set()
        for key, (word, pdf) in pairs.items():
            lines = [journal.lines[one.key] for one in (word, pdf)]
            whole.append(case(word.word, pdf.pdf))
            names[key] = lines[0].report or lines[1].report
            halves |= {word.key, pdf.key}
            for line in lines:
                if not line.half:
                    journal.add(msgspec.structs.replace(line, half=True))
        self._review(whole, journal, "核对成对文件", names)
        kept = [one for one in cases if one.key not in halves] + whole
        return sorted(kept, key=lambda one: (one.main.shown, one.key))

    def _names(self, cases: list[Case], journal: Journal) -> dict[str, str]:
        known = {key: line.report for key, line in journal.lines.items() if line.report}
        return report_names(cases, known)

    def _tasks(self, waiting: dict[str, Case], journal: Journal) -> Iterator[Task]:
        for one in list(waiting.values()):
            yield Task(one, self._options.policy, self._options.tier, journal.header.day)

    def _own_runner(self, day: str) -> Runner:
        if self._options.cluster:
            from reviewer.batch.cluster import Cluster

            return Cluster(self._options.cluster, self._options.security, self._limits)
        return LocalPool(self._options.policy, day, workers=self._options.workers)

    def _kept(self, one: Case, outcome: Outcome, name: str) -> Line:
        """Write the report in its place, then the line that says so."""
        report = ""
        if outcome.report:
            report = name
            self._space.write(f"reports/{name}.json", outcome.report)
        return Line(
            key=one.key,
            mark=one.mark,
            report=report,
            hash=digest_of(outcome.report) if report else "",
            digest=outcome.digest,
            rows=outcome.rows,
            sentence=outcome.sentence,
            stranger=outcome.stranger,
            pdf_sentence=outcome.pdf_sentence,
        )

    def _done(self, one: Case, journal: Journal) -> bool:
        line = journal.lines.get(one.key)
        if line is None or line.mark != one.mark:
            return False
        if not line.report or line.half:
            return True
        try:
            data = (self._space.reports / f"{line.report}.json").read_bytes()
        except OSError:
            return False
        return digest_of(data) == line.hash

    def _drop(self, final: list[Case], journal: Journal) -> None:
        """Reports of files that turned out to be halves of a pair, and of files that are gone."""
        kept = {journal.lines[one.key].report for one in final if one.key in journal.lines}
        for report in self._space.reports.glob("*.json"):
            if report.stem not in kept:
                report.unlink()

    def _batch(self, final: list[Case], found: Found, journal: Journal) -> Batch:
        failures = [
            *found.failures,
            *(
                Failure(one.main.shown, journal.lines[one.key].sentence)
                for one in final
                if journal.lines[one.key].sentence
            ),
            *(
                Failure(one.pdf.shown, journal.lines[one.key].pdf_sentence)
                for one in final
                if one.pdf is not None and journal.lines[one.key].pdf_sentence
            ),
        ]
        return Batch(self._policy, journal, tuple(final), tuple(failures))


def _iterator(runner: Runner, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
    try:
        yield from runner.run(tasks)
    except ReviewerError:
        raise
    except (OSError, RuntimeError) as error:  # the pool itself broke, not a case in it
        reason = error.strerror if isinstance(error, OSError) else "进程池中断"
        raise UsageError(
            f"审阅进程启动不了或中断了（{reason}）：请检查内存和磁盘，再加 --resume 接着做。"
        ) from None
