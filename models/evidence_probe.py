"""``python -m models.evidence_probe [CLAUSE …]``: does one passage alone give its clause the right status?

``corpus/examples/evidence/probes/<clause>.jsonl`` holds one passage a line: clause, status, text,
industry. Each stands alone in an otherwise neutral declaration, in the narrative of its dimension.
Odd lines may be read to mend what is wrong; even lines are counted only (``--even`` prints them too).
Crossed: passages written for another clause must not by themselves make a clause met.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct, convert

from models.evidence_data import EXAMPLES
from models.samples import Writer
from reviewer.model.declaration import Declaration, Section
from reviewer.model.index import sentences
from reviewer.model.review import ClauseCoverage
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.scoring.coverage import cover

PROBES = EXAMPLES / "probes"
PACK = "hebei-2026"
_NEUTRAL = {
    "企业简介": "公司成立于2009年，位于河北省，注册资本6200万元，现有职工430人，产品销往二十多个省市。",
    "2.1": "近年来市场需求稳中有升，客户对品质和交货的期望越来越高，同行之间的比拼日趋激烈。",
}


class Probe(Struct, frozen=True):
    """A passage and the status that it alone gives the clause. line: its number in the file."""

    clause: str
    status: str
    text: str
    industry: str
    line: int = 0


def probes(clause: str) -> Iterator[Probe]:
    """The passages written for a clause."""
    text = (PROBES / f"{clause}.jsonl").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield convert({**json.loads(line), "line": number}, Probe)


@cache
def covered(clause: str, text: str) -> dict[str, ClauseCoverage]:
    """All clauses' coverage by a declaration that holds just this passage, where ``clause`` is asked."""
    policy = load(PACK)
    built = _declaration(_section(clause, policy), text)
    tiers = cover(built, {}, sentences(built), policy, formulas_only=True)
    return {name: one for tier in tiers.values() for name, one in tier.clauses.items()}


def _section(clause: str, policy: Policy) -> str:
    number = int(clause.split(".")[1])
    return next(one.section for one in policy.dimensions if one.number == number)


def _declaration(section: str, text: str) -> Declaration:
    w = Writer()
    texts = {**_NEUTRAL, section: text}
    return Declaration(
        name="probe",
        sha256="",
        kind="docx",
        pages=None,
        tier="advanced",
        tier_text=w.text("先进级"),
        fields={},
        sections={name: Section(name, w.text(written)) for name, written in texts.items()},
        entries=(),
        blocks=(),
        kpis=(),
        proofs=(),
        lists={},
        commitment_date=w.text("2026年3月1日"),
    )


def report(rows: Sequence[Probe]) -> str:
    """One line over passages of one clause."""
    got = [covered(row.clause, row.text)[row.clause].status for row in rows]
    same = sum(row.status == one for row, one in zip(rows, got, strict=True))
    unmet = [one for row, one in zip(rows, got, strict=True) if row.status == "unmet"]
    shown = [one for row, one in zip(rows, got, strict=True) if row.status != "unmet"]
    return (
        f"{same}/{len(rows)} unmet {unmet.count('unmet')}/{len(unmet)}"
        f" false unmet {shown.count('unmet')}/{len(shown)}"
    )


def wrong(rows: Sequence[Probe]) -> Iterator[str]:
    """Passages judged otherwise than labelled, with the reason given."""
    for row in rows:
        found = covered(row.clause, row.text)[row.clause]
        if found.status != row.status:
            yield f"  {row.line} {row.status}→{found.status}: {row.text}\n      {found.why}"


def crossed(clause: str) -> Iterator[str]:
    """Passages of other clauses that alone make this clause met."""
    for path in sorted(PROBES.glob("*.jsonl")):
        for row in probes(path.stem) if path.stem != clause else ():
            found = covered(row.clause, row.text)[clause]
            if found.status == "met":
                yield f"  {row.clause}:{row.line} {row.status}: {row.text}"


def main() -> None:
    """Print figures and errors."""
    parser = argparse.ArgumentParser(prog="python -m models.evidence_probe")
    parser.add_argument("clauses", nargs="*", help="clauses (all with a file)")
    parser.add_argument("--even", action="store_true", help="print errors of even lines too")
    parser.add_argument("--crossed", action="store_true", help="print passages of other clauses")
    parser.add_argument("--quiet", action="store_true", help="figures only")
    chosen = parser.parse_args()
    every: list[Probe] = []
    for clause in chosen.clauses or sorted(path.stem for path in PROBES.glob("*.jsonl")):
        rows = list(probes(clause))
        every += rows
        odd, even = rows_of(rows, 1), rows_of(rows, 0)
        print(f"{clause} odd {report(odd)} | even {report(even)}")
        if not chosen.quiet:
            print(*wrong(rows if chosen.even else odd), sep="\n")
        if chosen.crossed:
            print(" crossed:", *crossed(clause), sep="\n")
    print(f"all odd {report(rows_of(every, 1))} | even {report(rows_of(every, 0))}")


def rows_of(rows: Sequence[Probe], odd: int) -> list[Probe]:
    """The passages of odd (1) or even (0) lines."""
    return [row for row in rows if row.line % 2 == odd]


if __name__ == "__main__":
    main()
