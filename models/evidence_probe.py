"""``python -m models.evidence_probe [CLAUSE ...]``: one passage as the only evidence of a declaration.

Reads ``corpus/examples/evidence/probes/<clause>.jsonl``. Odd lines serve development and are shown
where the status differs; even lines are only counted. With ``--cross``, also how often a passage
that was written for one clause makes another one of the tier met.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, convert

from models.evidence_data import EXAMPLES
from models.samples import declaration
from reviewer.model.index import sentences
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.scoring import cover

PROBES = EXAMPLES / "probes"
_UNMET, _MET = "unmet", "met"


class Probe(Struct, frozen=True):
    """A passage and the status that its clause should have by it. line: its number in the file."""

    clause: str
    status: str
    text: str
    industry: str = ""
    line: int = 0

    @property
    def checks(self) -> bool:
        """The passage is only counted, never looked at while the vocabulary is written."""
        return self.line % 2 == 0


class Outcome(Struct, frozen=True):
    """A probe and the status found for every clause of its tier."""

    probe: Probe
    found: dict[str, str]

    @property
    def right(self) -> bool:
        """The probe's own clause has the status asked for."""
        return self.found[self.probe.clause] == self.probe.status


def probes(clauses: Sequence[str] = ()) -> Iterator[Probe]:
    """The probes of the clauses named, of all where none is."""
    for path in sorted(PROBES.glob("*.jsonl")):
        if clauses and path.stem not in clauses:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield convert({**json.loads(line), "line": number}, Probe)


def outcome(probe: Probe, policy: Policy) -> Outcome:
    """Reads the probe in the narrative of its clause's dimension; nothing else is written."""
    tier, number = probe.clause.split(".")[:2]
    section = next(one.section for one in policy.dimensions if one.number == int(number))
    blank = {one.section: {"intro": "", "scenarios": []} for one in policy.dimensions}
    data = {
        "id": "probe",
        "tier": "",
        "company": {},
        "factory": {},
        "s2": {},
        "s3": {**blank, section: {"intro": probe.text, "scenarios": []}},
        "s7": {},
        "kpis": [],
    }
    built = declaration(data)
    found = cover(built, {}, sentences(built), policy)[tier]
    return Outcome(probe, {name: one.status for name, one in found.clauses.items()})


def _told(outcomes: Sequence[Outcome]) -> str:
    """Agreement, unmet found, and false unmet of some outcomes."""
    unmet = [one for one in outcomes if one.probe.status == _UNMET]
    rest = [one for one in outcomes if one.probe.status != _UNMET]
    lost = sum(one.found[one.probe.clause] == _UNMET for one in rest)
    return (
        f"{sum(one.right for one in outcomes)}/{len(outcomes)}"
        f" unmet {sum(one.right for one in unmet)}/{len(unmet)} false {lost}/{len(rest)}"
    )


def _crossed(outcomes: Iterable[Outcome]) -> Counter[tuple[str, str]]:
    """(clause written for, clause met by it) of passages that make another clause met."""
    return Counter(
        (one.probe.clause, name)
        for one in outcomes
        for name, status in one.found.items()
        if status == _MET and name != one.probe.clause
    )


def _report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for clause in sorted({one.probe.clause for one in outcomes}):
        own = [one for one in outcomes if one.probe.clause == clause]
        yield f"{clause}  dev {_told([one for one in own if not one.probe.checks])}" + (
            f"  check {_told([one for one in own if one.probe.checks])}"
        )
        for one in own:
            if not one.right and not one.probe.checks:
                found, probe = one.found[clause], one.probe
                yield f"  {probe.line} {found} not {probe.status}: {probe.text}"
    yield f"all  dev {_told([one for one in outcomes if not one.probe.checks])}" + (
        f"  check {_told([one for one in outcomes if one.probe.checks])}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clauses", nargs="*", metavar="CLAUSE")
    parser.add_argument("--cross", action="store_true")
    given = parser.parse_args()
    policy = load("hebei-2026")
    outcomes = [outcome(one, policy) for one in probes(given.clauses)]
    print(*_report(outcomes), sep="\n")
    if given.cross:
        for (written, met), count in sorted(_crossed(outcomes).items()):
            print(f"{written} makes {met} met: {count}")


if __name__ == "__main__":
    main()
