"""What the template itself wrote and the applicant should have replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from reviewer.model.folding import Folded, bare, folded
from reviewer.policy.schema import Policy

_SENTENCES = re.compile(r"[。；;\n]")
_COMMAS = re.compile(r"[，,]")
_SHORTEST = 10
_SHORTEST_PIECE = 6
_LONG = 20
_SHARE = 0.6
_OPENING = '（(【[“"‘'
_CLOSING = '）)】]”"’。，,；;：:、.!！'


class _Guidance(Struct, frozen=True):
    """A sentence of the template's guidance, letters only, and its clauses."""

    whole: str
    pieces: tuple[str, ...]


class Residue:
    """Finds placeholders and guidance of a policy's template in text."""

    def __init__(self, policy: Policy, whole: str | None = None) -> None:
        """whole: all that will be asked about; what does not occur in it is not looked for again."""
        self._guidance, patterns = _of(policy)
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}
        if whole is not None:
            letters = bare(whole)
            self._guidance = tuple(g for g in self._guidance if _hits(g, letters))
            patterns = tuple(pair for pair in patterns if pair[1].search(whole))
        self._patterns = tuple(pattern for pattern, _ in patterns)

    def find(self, text: str) -> tuple[tuple[int, int], ...]:
        """[start, end) of every remainder, in order, not overlapping."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = tuple(_merged(self._raw(text), text))
        return known

    def strip(self, text: str) -> str:
        """``text`` without the remainders."""
        pieces, last = [], 0
        for start, end in self.find(text):
            pieces.append(text[last:start])
            last = end
        return "".join((*pieces, text[last:]))

    def only(self, text: str) -> bool:
        """There is a remainder and nothing else."""
        return bool(self.find(text)) and not bare(self.strip(text))

    def _raw(self, text: str) -> Iterator[tuple[int, int]]:
        for pattern in self._patterns:
            for found in pattern.finditer(text):
                if found.end() > found.start():
                    yield found.span()
        letters = bare(text) if self._guidance else ""
        for guidance in self._guidance:
            hits = _hits(guidance, letters)
            if hits:
                yield from _places(folded(text, marks=False), hits)


_Patterns = tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


@lru_cache(maxsize=8)
def _of(policy: Policy) -> tuple[tuple[_Guidance, ...], _Patterns]:
    """Guidance, and each pattern with one that finds it anywhere among many lines."""
    patterns = tuple(
        (re.compile(pattern), re.compile(pattern, re.MULTILINE))
        for pattern in policy.template.residue
    )
    return tuple(_sentences(_strings(policy))), patterns


def _strings(policy: Policy) -> Iterator[str]:
    template = policy.template
    for spec in template.fields:
        yield from spec.guidance
    for section in template.sections:
        yield from section.guidance
    for part in template.block.parts:
        yield from part.guidance
    yield from template.block.guidance


def _sentences(strings: Iterable[str]) -> Iterator[_Guidance]:
    seen: set[str] = set()
    for string in strings:
        for sentence in _SENTENCES.split(string):
            whole = bare(sentence)
            if len(whole) < _SHORTEST or whole in seen:
                continue
            seen.add(whole)
            pieces = (bare(piece) for piece in _COMMAS.split(sentence))
            yield _Guidance(whole, tuple(p for p in pieces if len(p) >= _SHORTEST_PIECE))


def _hits(guidance: _Guidance, letters: str) -> tuple[str, ...]:
    """The whole sentence, or so many of its clauses that it was clearly copied."""
    if guidance.whole in letters:
        return (guidance.whole,)
    if len(guidance.whole) < _LONG:
        return ()
    hits = tuple(piece for piece in guidance.pieces if piece in letters)
    return hits if sum(map(len, hits)) >= _SHARE * len(guidance.whole) else ()


def _places(text: Folded, hits: Iterable[str]) -> Iterator[tuple[int, int]]:
    for hit in hits:
        start = text.text.find(hit)
        if start >= 0:
            yield text.span(start, start + len(hit))


def _merged(found: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Sorted, widened over the marks around, overlapping and touching ones joined."""
    current: tuple[int, int] | None = None
    for start, end in sorted(_widened(span, text) for span in found):
        if current is None or start > current[1]:
            if current is not None:
                yield current
            current = (start, end)
        else:
            current = (current[0], max(current[1], end))
    if current is not None:
        yield current


def _widened(span: tuple[int, int], text: str) -> tuple[int, int]:
    start, end = span
    while start and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return start, end
