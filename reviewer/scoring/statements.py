"""Sentences read for evidence: how each part is meant, which words stand where, what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from reviewer.model import cues
from reviewer.model.assertion import Part, Status, parts
from reviewer.model.index import Sentence
from reviewer.scoring.lexicon import Hit, Lexicon
from reviewer.scoring.parrot import Parrot
from reviewer.scoring.places import Map, Place

_NONE: frozenset[int] = frozenset()
_LEAD = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．是]|[一二三四五六七八九十]是|首先|其次|在|关于)*"
    r"([^，,：:。；;]{2,24}?)(?:方面|环节|工作|上|这一?块|这块|管理)?[，,：:。]"
)
_BARE = re.compile(
    r"(?:但|但是|不过|而且|目前|现在|暂时|也|都|均|且|就是|这个|这块|这一块)*"
    r"(?:还|尚|暂|没|未|仍|不是|谈不上|算不到|只|仅|靠|缺)"
)
_SHORT = 26
_WINDOW = 3
_LONG = 60


class Statement(Struct, frozen=True):
    """One sentence with everything that the judge looks at.

    hits: words of the vocabulary. leads: what its paragraph has announced to speak of so far.
    same: share that the notice says too (0–1). own: letters that it does not.
    """

    number: int
    sentence: Sentence
    place: Place
    parts: tuple[Part, ...]
    hits: tuple[Hit, ...]
    leads: tuple[str, ...]
    same: float
    own: int

    def groups(self, *wanted: Status) -> frozenset[int]:
        """Groups of the words that stand in parts of these statuses (all where none is given)."""
        chosen = [i for i, part in enumerate(self.parts) if not wanted or part.status in wanted]
        if len(chosen) == len(self.parts):
            return _union(self.hits)
        return _NONE.union(*(self.between(i, i) for i in chosen))

    def between(self, first: int, last: int) -> frozenset[int]:
        """Groups of the words that begin in the parts first to last, inclusive."""
        start, end = self.parts[first].start, self.parts[last].end
        return _union(hit for hit in self.hits if start <= hit.start < end)

    def subject_of(self, index: int) -> int:
        """Index of the part that names the subject of a confession.

        A part that opens with the denial itself (“没有进MES”) speaks of what stands before it.
        """
        part = self.parts[index]
        if index and _BARE.match(self.sentence.text[part.start : part.end]):
            return index - 1
        return index

    def windows(self, status: Status) -> list[frozenset[int]]:
        """Groups found together in parts of this status: in up to three neighbouring parts."""
        if len(self.sentence.text) <= _LONG or len(self.parts) <= _WINDOW:
            return [self.groups(status)]
        chosen = [
            self.between(i, i) if part.status is status else _NONE
            for i, part in enumerate(self.parts)
        ]
        return [
            _NONE.union(*chosen[start : start + _WINDOW])
            for start in range(len(chosen) - _WINDOW + 1)
        ]


class Reader(Struct, frozen=True):
    """Reads sentences under one policy. year: of the declaration."""

    lexicon: Lexicon
    parrot: Parrot
    year: int

    def read(self, sentences: Sequence[Sentence], places: Map) -> Iterator[Statement]:
        """A statement for every sentence whose place may hold evidence."""
        here: object = None
        leads: tuple[str, ...] = ()
        for number, sentence in enumerate(sentences):
            place = places.place(sentence.subject)
            if not place.source:
                continue
            paragraph = (sentence.subject, sentence.span.place.block if sentence.span else number)
            if paragraph != here:
                here, leads = paragraph, ()
            lead = _lead(sentence.text)
            if lead:
                leads = (*leads, lead)
            yield self._statement(number, sentence, place, leads)

    def _statement(
        self, number: int, sentence: Sentence, place: Place, leads: tuple[str, ...]
    ) -> Statement:
        text = sentence.text
        same, own = self.parrot.own(text)
        hits = tuple(self.lexicon.scan(text))
        read = parts(text, self.year)
        return Statement(number, sentence, place, read, hits, leads, same, own)


def _lead(text: str) -> str:
    """What a sentence announces to speak of: its first words before a comma, or a short heading."""
    match = _LEAD.match(text)
    if match is None:
        return text if len(text) <= _SHORT else ""
    said = match.group(1)
    announced = match.end(1) < match.end() - 1 or text[match.end() - 1] in "：:"
    alone = match.end() >= len(text)
    return said if announced or alone else ""


def _union(hits: Iterable[Hit]) -> frozenset[int]:
    return _NONE.union(*(hit.groups for hit in hits))


def figures(text: str) -> int:
    """How many numbers stand in a text."""
    return len(re.findall(r"\d+(?:\.\d+)?", text))


def slogans(text: str) -> int:
    """How many big words stand in a text."""
    return len(cues.SLOGAN.findall(text))


def doings(text: str) -> int:
    """How many words of something done or working stand in a text."""
    return len(cues.DONE.findall(text))
