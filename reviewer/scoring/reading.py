"""A declaration read for evidence: its sentences as columns, with places, parts and words found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.model.assertion import COMMAS, Status, bought, idle, statuses
from reviewer.model.cues import CARRIER, LETTERS, SIMULATED, TOGETHER, TRIED, Cue
from reviewer.model.index import Sentence
from reviewer.scoring.lexicon import Lexicon
from reviewer.scoring.others import of_others
from reviewer.scoring.parrot import Parrot
from reviewer.scoring.places import ROWS, Map, Place
from reviewer.scoring.trie import Codes, Ints, codes

_LEAD = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．是]|[一二三四五六七八九十]是|首先|其次|在|关于)*"
    r"([^，,：:。；;]{2,24}?)(?:方面|环节|工作|上|这一?块|这块|管理)?[，,：:。]"
)
_TOPIC = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．是]|[一二三四五六七八九十]是|首先|其次|在|关于)*"
    r"(?:([^，,：:。；;]{2,16}?)(?:方面|环节|工作|这一?块|这块|上头|这头|这一头|侧)(?:[，,：:]|(?=[没还未尚仍都也是暂]))"
    r"|([^，,：:。；;\d]{2,8})[：:])"
)
# A cell that only names a supplier.
_FIRM = re.compile(r"^.{0,24}(?:公司|集团|研究院|研究所|大学|学院|厂|自建|自研)[；;。]*$")
_SHORT = 26
# Latin words no longer than this stand for themselves only.
_ABBREVIATED = 4


class _Carry(Struct, frozen=True):
    """A word that holds for the sentences around one that says it. stated: as a fact only."""

    said: re.Pattern[str]
    word: str
    before: int
    after: int
    stated: bool = False


# “这四样拼在一个页面上” speaks of what stands around it, “拿软件先跑” of what follows.
_CARRIES = (
    _Carry(LETTERS, CARRIER, 0, 0),
    _Carry(TOGETHER, CARRIER, 4, 4),
    _Carry(TRIED, SIMULATED, 0, 6, stated=True),
)
_CUES = {bits: tuple(cue for cue in Cue if bits >> cue & 1) for bits in range(1 << len(Cue))}


class Reading(Struct, frozen=True):
    """N sentences, P parts, H words found.

    text: the sentences joined by newlines, lower case. start, end (N,): of each in ``text``.
    leads: what the paragraph of each has announced to speak of so far.
    part_start, part_end, part_status, part_owner (P,); first_part (N + 1,).
    hit_at, hit_word, hit_owner, hit_part (H,): where each word begins, which, whose.
    same, own (N,): share said by the notice too; letters that are not.
    """

    sentences: tuple[Sentence, ...]
    places: tuple[Place, ...]
    leads: tuple[tuple[str, ...], ...]
    text: str
    codes: Codes
    start: Ints
    end: Ints
    part_start: Ints
    part_end: Ints
    part_status: Ints
    part_owner: Ints
    first_part: Ints
    hit_at: Ints
    hit_word: Ints
    hit_owner: Ints
    hit_part: Ints
    same: NDArray[np.float64]
    own: Ints

    @property
    def size(self) -> int:
        """Number of sentences."""
        return len(self.sentences)


def read(
    sentences: Sequence[Sentence], places: Map, lexicon: Lexicon, parrot: Parrot, year: int
) -> Reading:
    """Every sentence whose place may hold evidence or plans. year: of the declaration."""
    known = {subject: places.place(subject) for subject in {one.subject for one in sentences}}
    kept = [
        (sentence, place)
        for sentence in sentences
        if (place := known[sentence.subject]).source
        and not (place.source == ROWS and _FIRM.search(sentence.text))
    ]
    chosen = tuple(sentence for sentence, _ in kept)
    text = "\n".join(sentence.text for sentence in chosen).lower()
    lengths = np.array([len(sentence.text) for sentence in chosen], dtype=np.int64)
    if len(text) != lengths.sum() + max(0, len(chosen) - 1):
        text = "\n".join(_lower(sentence.text) for sentence in chosen)
    letters = codes(text)
    end = np.cumsum(lengths + 1) - 1
    start = end - lengths
    owner = np.repeat(np.arange(len(chosen)), lengths + 1)[: letters.size]
    part_start, part_end, part_owner = _parts(letters, start, end, owner)
    at, word = lexicon.trie.find(letters)
    part = np.searchsorted(part_start, at, side="right") - 1
    status = _statuses(text, part_start, part_end, part_owner, part, lexicon.cue_of[word], year)
    _set_idle(chosen, status, part_owner)
    _set_others(chosen, status, part_owner)
    seen = _unmasked(at, word, lexicon) & ~_within(letters, at, lexicon.trie.lengths[word])
    hits = (at[seen], word[seen], part[seen])
    plain = np.asarray(status == int(Status.ASSERTED))
    for carry in _CARRIES:
        hits = _carried(chosen, (start, part_start, plain), hits, lexicon, carry)
    at, word, part = hits
    same, own = parrot.own(letters, owner, len(chosen))
    return Reading(
        sentences=chosen,
        places=tuple(place for _, place in kept),
        leads=tuple(_leads(chosen)),
        text=text,
        codes=letters,
        start=start,
        end=end,
        part_start=part_start,
        part_end=part_end,
        part_status=status,
        part_owner=part_owner,
        first_part=np.searchsorted(part_owner, np.arange(len(chosen) + 1)),
        hit_at=at,
        hit_word=word,
        hit_owner=owner[at],
        hit_part=part,
        same=same,
        own=own,
    )


def _lower(text: str) -> str:
    """Lower case that keeps the length (İ has two letters below)."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _parts(letters: Codes, start: Ints, end: Ints, owner: Ints) -> tuple[Ints, Ints, Ints]:
    """Start, end and sentence of the parts between commas."""
    comma = np.isin(letters, codes(COMMAS))
    begins = np.zeros(letters.size, dtype=np.bool_)
    begins[1:] = comma[:-1] & ~comma[1:]
    begins[start[start < end]] = True
    begins[end[end < letters.size]] = False
    part_start = np.flatnonzero(begins)
    part_owner = owner[part_start]
    part_end = np.append(part_start[1:], letters.size)
    return part_start, np.minimum(part_end, end[part_owner]), part_owner


def _statuses(
    text: str,
    part_start: Ints,
    part_end: Ints,
    part_owner: Ints,
    part: Ints,
    cue: Ints,
    year: int,
) -> Ints:
    """Status of every part; only sentences with a cue are looked into."""
    found = np.zeros(part_start.size, dtype=np.int64)
    bits = np.zeros(part_start.size, dtype=np.int64)
    cued = cue > 0
    np.bitwise_or.at(bits, part[cued], cue[cued])
    first = np.searchsorted(part_owner, np.unique(part_owner[bits > 0]))
    starts, ends, kinds = part_start.tolist(), part_end.tolist(), bits.tolist()
    owners = part_owner.tolist()
    for begin in first.tolist():
        stop = begin
        while stop < len(owners) and owners[stop] == owners[begin]:
            stop += 1
        pieces = [text[starts[i] : ends[i]] for i in range(begin, stop)]
        triggered = [_CUES[kinds[i]] for i in range(begin, stop)]
        found[begin:stop] = statuses(pieces, triggered, year)
    return found


def _set_idle(sentences: Sequence[Sentence], status: Ints, part_owner: Ints) -> None:
    """“买了一套软件，账号开了。……一直闲置。”: the purchase told just before is denied too."""
    for number in range(1, len(sentences)):
        before, text = sentences[number - 1], sentences[number].text
        if sentences[number].subject == before.subject and idle(text) and bought(before.text):
            status[part_owner == number - 1] = int(Status.DENIED)


def _set_others(sentences: Sequence[Sentence], status: Ints, part_owner: Ints) -> None:
    """What another organization has is no evidence, and what is wanting of it no lack."""
    for number, wholly in of_others(sentences):
        own = part_owner == number
        if not wholly:
            own &= status == int(Status.ASSERTED)
        status[own] = int(Status.ELSEWHERE)


def _carried(
    sentences: Sequence[Sentence],
    parts: tuple[Ints, Ints, NDArray[np.bool_]],
    hits: tuple[Ints, Ints, Ints],
    lexicon: Lexicon,
    carry: _Carry,
) -> tuple[Ints, Ints, Ints]:
    """The hits (position, word, part) with the word carried into sentences around those that say it.

    parts: where sentences and parts start, and which parts are plainly asserted.
    """
    start, part_start, plain = parts
    known = lexicon.trie.find(codes(carry.word))[1]
    told = [number for number, one in enumerate(sentences) if carry.said.search(one.text)]
    around = sorted(
        {
            near
            for number in told
            if _stated(sentences[number].text, int(start[number]), part_start, plain, carry)
            for near in range(
                max(0, number - carry.before), min(len(sentences), number + carry.after + 1)
            )
            if _paragraph(sentences[near], near) == _paragraph(sentences[number], number)
        }
    )
    if not around or not known.size:
        return hits
    more = start[around]
    at = np.concatenate([hits[0], more])
    order = np.argsort(at, kind="stable")
    word = np.concatenate([hits[1], np.full(more.size, known[0])])
    part = np.concatenate([hits[2], np.searchsorted(part_start, more, side="right") - 1])
    return at[order], word[order], part[order]


def _stated(
    text: str, start: int, part_start: Ints, plain: NDArray[np.bool_], carry: _Carry
) -> bool:
    match = carry.said.search(text)
    if match is None or not carry.stated:
        return match is not None
    last = start + match.end() - 1
    return bool(plain[int(np.searchsorted(part_start, last, side="right")) - 1])


def _paragraph(sentence: Sentence, number: int) -> tuple[str, int]:
    return sentence.subject, sentence.span.place.block if sentence.span else -number


def _unmasked(at: Ints, word: Ints, lexicon: Lexicon) -> NDArray[np.bool_]:
    """Words with a meaning that no mask hides.

    A mask is a word of its own: it hides what lies within it (安全库存 the 安全) and what runs over
    its edge (应用能源 the 用能), but neither itself nor a longer word around it.
    """
    lengths = lexicon.trie.lengths[word]
    grouped = lexicon.groups_of.starts[word + 1] > lexicon.groups_of.starts[word]
    seen = grouped | lexicon.deeds[word] | lexicon.slogans[word] | lexicon.rhetoric[word]
    ends = at + lengths
    masks = np.flatnonzero(lexicon.is_mask[word])
    lows = np.searchsorted(at, at[masks] - int(lengths.max(initial=0))).tolist()
    highs = np.searchsorted(at, ends[masks]).tolist()
    for index, low, high in zip(masks.tolist(), lows, highs, strict=True):
        near = slice(low, high)
        touches = (at[near] < ends[index]) & (ends[near] > at[index])
        around = (at[near] <= at[index]) & (ends[near] >= ends[index])
        seen[near] &= around | ~touches
    return np.asarray(seen)


def _within(letters: Codes, at: Ints, lengths: Ints) -> NDArray[np.bool_]:
    """Short words of Latin letters found within longer ones (“code” holds no COD)."""
    if not at.size:
        return np.zeros(0, dtype=np.bool_)
    latin = np.zeros(letters.size + 2, dtype=np.bool_)
    latin[1:-1] = (letters >= ord("a")) & (letters <= ord("z"))
    first, last = at + 1, at + lengths
    inside = (latin[first] & latin[first - 1]) | (latin[last] & latin[last + 1])
    return np.asarray(inside & (lengths <= _ABBREVIATED))


def _leads(sentences: Sequence[Sentence]) -> Iterator[tuple[str, ...]]:
    here: object = None
    leads: tuple[str, ...] = ()
    for number, sentence in enumerate(sentences):
        paragraph = _paragraph(sentence, number)
        if paragraph != here:
            here, leads = paragraph, ()
        lead = _lead(sentence.text)
        if lead:
            leads = (*leads, lead)
        yield leads


def announced(text: str) -> str:
    """What a sentence announces by plain words for it ("在成本管控方面，"), "" where it does not."""
    match = _TOPIC.match(text)
    return (match.group(1) or match.group(2)) if match else ""


def _lead(text: str) -> str:
    """What a sentence announces to speak of: its first words before a comma, or a short heading."""
    match = _LEAD.match(text)
    if match is None:
        return text if len(text) <= _SHORT else ""
    said = match.group(1)
    announced = match.end(1) < match.end() - 1 or text[match.end() - 1] in "：:"
    return said if announced or match.end() >= len(text) else ""
