"""Labelled passages (``corpus/examples/evidence``) and whole samples, as the judge sees them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct, convert
from msgspec.structs import astuple, replace

from models.samples import SAMPLES, declaration, matches, sample
from reviewer.model.declaration import Text
from reviewer.model.index import Sentence, sentences, split
from reviewer.policy.schema import Policy
from reviewer.scoring.claims import Claimed, Claims, claims
from reviewer.scoring.lexicon import Lexicon, lexicon
from reviewer.scoring.parrot import parrot
from reviewer.scoring.places import PLANS, Map, mapped
from reviewer.scoring.reading import Reading, read

EXAMPLES = Path(__file__).parents[1] / "corpus" / "examples" / "evidence"
# Short declarations with answers, written to train and test the judge only.
DRAFTS = EXAMPLES / "drafts"
# One passage of five is kept back for testing, chosen by clause and industry.
_KEPT_BACK = 5
# Samples trained on. Any other serves for blind figures: the writers of the vocabulary did not read it.
TRAINED = ("S0", "S10", "S12", "S14", "W")
YEAR = 2026
# The dimension in whose narrative a passage about no clause stands.
_PLACELESS = 4


class Example(Struct, frozen=True):
    """A labelled passage; keys as in the README beside the data. line: its number in the file."""

    clause: str
    passage: str
    verdict: str
    facets: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    reason: str = ""
    industry: str = ""
    source: str = "narrative"
    hand: str = ""
    line: int = 0


class Seen(Struct, frozen=True):
    """Examples read under one policy. owner: example of each sentence of the reading."""

    examples: tuple[Example, ...]
    claimed: Claimed
    owner: tuple[int, ...]
    lexicon: Lexicon


def known_samples() -> list[Path]:
    """Samples and drafts that may be trained on."""
    found = sorted([*SAMPLES.glob("*.json"), *DRAFTS.glob("*.json")])
    return [path for path in found if path.stem.startswith(TRAINED)]


def examples(folder: Path = EXAMPLES) -> list[Example]:
    """All passages of all hands, in the order of the files."""
    found = []
    for path in sorted(folder.glob("hand-*.jsonl")):
        hand = path.stem.removeprefix("hand-")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                row = {**json.loads(line), "hand": hand, "line": number}
                found.append(convert(row, Example, strict=False))
    return found


def background(folder: Path = EXAMPLES) -> list[Example]:
    """Passages that are evidence for no clause at all."""
    text = (folder / "background.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [convert(row, Example, strict=False) for row in rows]


def kept_back(row: Example) -> bool:
    """The passage is never trained on: it serves to test."""
    told = f"{row.industry}|{row.clause}".encode()
    return int(hashlib.sha256(told).hexdigest(), 16) % _KEPT_BACK == 0


def trained_on(rows: Iterable[Example]) -> list[Example]:
    """The passages without those kept back."""
    return [row for row in rows if not kept_back(row)]


def faults(rows: Iterable[Example], policy: Policy) -> Iterator[str]:
    """What is wrong with the labels: unknown clauses, facets, verdicts that disagree with them."""
    known = {
        clause.id: {facet.name for facet in clause.facets}
        for tier in policy.tiers
        for clause in tier.clauses
    }
    for row in rows:
        place = f"{row.hand}:{row.line}"
        if row.clause not in known:
            yield f"{place}: no clause {row.clause}"
            continue
        strange = {*row.facets, *row.limits} - known[row.clause]
        if strange:
            yield f"{place}: no facet {'、'.join(sorted(strange))} in {row.clause}"
        if row.verdict not in ("evidence", "partial", "none"):
            yield f"{place}: no verdict {row.verdict}"
        elif (row.verdict == "none") != (not row.facets and row.verdict != "partial"):
            yield f"{place}: verdict {row.verdict} with facets {row.facets}"


def subject(row: Example, policy: Policy) -> str:
    """The subject that a passage of this source would have."""
    number = int(row.clause.split(".")[1]) if row.clause else _PLACELESS
    section = next(one.section for one in policy.dimensions if one.number == number)
    return {
        "narrative": f"section:{section}",
        "section": "section:4",
        "list": "section:9.3",
        "software": f"body:{section}.1",
    }.get(row.source, f"body:{section}.1/{row.source}")


def passages_read(rows: Sequence[Example], policy: Policy) -> tuple[Reading, tuple[int, ...]]:
    """The passages in one reading, and the example of each of its sentences."""
    pieces, owner = [], []
    for number, row in enumerate(rows):
        where = subject(row, policy)
        for piece, _ in split(Text(row.passage)):
            pieces.append(Sentence(piece, where))
            owner.append(number)
    places = Map({one.section: one.number for one in policy.dimensions}, {})
    reading = read(pieces, places, lexicon(policy), parrot(policy), YEAR)
    kept = {id(sentence) for sentence in reading.sentences}
    owners = [number for number, one in zip(owner, pieces, strict=True) if id(one) in kept]
    return reading, tuple(owners)


def seen(rows: Sequence[Example], policy: Policy) -> Seen:
    """The passages as the judge sees them."""
    reading, owners = passages_read(rows, policy)
    known = lexicon(policy)
    return Seen(tuple(rows), claims(reading, known), owners, known)


def facet_rows(found: Seen) -> Iterator[tuple[int, int, str]]:
    """(example, number of the facet, its name) for every facet of every example's clause."""
    for number, row in enumerate(found.examples):
        for facet in found.lexicon.by_owner.get(row.clause, ()):
            yield number, facet, found.lexicon.facets[facet].name


def best(found: Seen, strength: np.ndarray, lack: bool) -> dict[tuple[int, int], int]:
    """(example, facet) → row of the strongest claim."""
    rows = found.claimed.lacked if lack else found.claimed.shown
    chosen: dict[tuple[int, int], int] = {}
    for row, (sentence, facet) in enumerate(
        zip(rows.sentence.tolist(), rows.facet.tolist(), strict=True)
    ):
        key = (found.owner[sentence], facet)
        if key not in chosen or strength[row] > strength[chosen[key]]:
            chosen[key] = row
    return chosen


class Document(Struct, frozen=True):
    """A whole sample read: its claims, and the status of its clauses by facet number."""

    name: str
    claimed: Claimed
    status: dict[int, str]

    def by_facet(self, *, lack: bool) -> Iterator[tuple[str, list[int]]]:
        """(status, rows of the claims) of every facet with a known answer and a claim."""
        rows = self.claimed.lacked if lack else self.claimed.shown
        found: dict[int, list[int]] = {}
        for row, facet in enumerate(rows.facet.tolist()):
            if facet in self.status:
                found.setdefault(facet, []).append(row)
        for facet, group in found.items():
            yield self.status[facet], group


def documents(paths: Iterable[Path], policy: Policy) -> Iterator[Document]:
    """The samples at these paths."""
    known = lexicon(policy)
    for path in paths:
        data = sample(path)
        built = declaration(data)
        places = mapped(built, matches(data, built), policy)
        reading = read(sentences(built), places, known, parrot(policy), YEAR)
        status = {
            facet: answer
            for clause, answer in data["gold"]["coverage"].items()
            for facet in known.by_owner[clause]
        }
        yield Document(path.stem, _without_plans(claims(reading, known), reading), status)


def _without_plans(claimed: Claimed, reading: Reading) -> Claimed:
    """The claims without those of sentences that hold plans only."""
    heard = np.array([place.source != PLANS for place in reading.places], dtype=np.bool_)
    shown, lacked = (
        Claims(*(column[heard[one.sentence]] for column in astuple(one)))
        for one in (claimed.shown, claimed.lacked)
    )
    return replace(claimed, shown=shown, lacked=lacked)
