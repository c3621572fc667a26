"""How each part of a sentence is meant: asserted, planned, denied, incomplete, past, of others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum

from msgspec import Struct

from reviewer.model import cues
from reviewer.model.cues import Cue


class Status(IntEnum):
    """What a part of a sentence says of its content."""

    ASSERTED = 0
    PLANNED = 1
    DENIED = 2
    PARTIAL = 3
    PAST = 4
    ELSEWHERE = 5


class Part(Struct, frozen=True, array_like=True):
    """Characters [start, end) of a sentence, between commas, and how they are meant."""

    start: int
    end: int
    status: Status


COMMAS = "，,；;：:"
_PART = re.compile(f"[^{COMMAS}]*[{COMMAS}]*")
# A part that opens with its denial, and one that only announces a topic.
_BARE = re.compile(
    r"(?:但|但是|不过|而且|说实话|坦率地?讲|目前|现在|现阶段|至今|迄今|暂时|也|都|均|且|就是|这个|这块|这一块|我们|我厂|本厂|公司|厂里|企业|我司|这边|这里|这头|自己|其余|其他|别的|系统|软件|平台|电脑|里)*"
    r"(?:还|尚|暂|没|未|仍|不是|是|谈不上|算不到|看不|只|仅|靠|凭|拿|缺|由人|人工|手工|用纸|用表格|用手|打电话|发微信|问(?!题|卷)|手写|手填|手抄|记在|写在)"
)
_TOPIC = re.compile(
    f"(?:方面|这一?[块头摊段]|那一?[块头摊]|环节|领域|这些|[这几两三四五六][样项种类处件桩]|这件?事|的事|这边|上头|工作)"
    f"(?:呢|嘛)?[{COMMAS}]+$"
)
_HEADED, _HEAD = (Status.DENIED, Status.PLANNED), 10
_LASTING = (Status.PLANNED, Status.PAST)
_WAS = re.compile(r"由|从|比|较|与|和|不再|改|变|降|提高|缩短|减")
_BECAME = re.compile(
    r"改[为成]|变[为成]|成为|转[为变]|提[高升]|缩短|降[到至低为]|减[到至少为]|代替|替代|取代"
)


def parts(text: str, year: int) -> tuple[Part, ...]:
    """The parts of one sentence with their status.

    year: the year of the declaration; years after it are plans.
    """
    found = [match for match in _PART.finditer(text) if match.group()]
    pieces = [match.group() for match in found]
    triggered = [trigger(piece) for piece in pieces]
    if not any(triggered):
        return (Part(0, len(text), Status.ASSERTED),)
    return tuple(
        Part(match.start(), match.end(), status)
        for match, status in zip(found, statuses(pieces, triggered, year), strict=True)
    )


def trigger(piece: str) -> frozenset[Cue]:
    """The kinds of wording that may be in a part."""
    return frozenset(
        cue for cue, words in cues.TRIGGERS.items() if any(word in piece for word in words)
    )


def statuses(
    pieces: Sequence[str], triggered: Sequence[Collection[Cue]], year: int
) -> list[Status]:
    """The status of each part of a sentence, in order.

    A plan or the past, once begun, lasts until a word of the present ends it; denial and
    incompleteness hold for their own part only.
    """
    found: list[Status] = []
    lasting = Status.ASSERTED
    for piece, kinds in zip(pieces, triggered, strict=True):
        own = _own(piece, kinds, year) if kinds else Status.ASSERTED
        if own in _LASTING:
            lasting = own
        elif lasting is not Status.ASSERTED:
            if not cues.NOW.search(piece):
                own = lasting
            elif own is Status.ASSERTED:
                lasting = Status.ASSERTED
        found.append(own)
    _listed(pieces, found)
    _topics(pieces, found)
    _of_others(pieces, triggered, found)
    _foreign(pieces, triggered, found)
    _unused(pieces, found)
    _drawn(pieces, found)
    return found


def _drawn(pieces: Sequence[str], found: list[Status]) -> None:
    """“规划了七大平台，总投资3600万元，2027年底前建成”: all of it is to come."""
    for index, piece in enumerate(pieces):
        if found[index] is Status.PLANNED and cues.TO_BE_BUILT.search(piece):
            begun = next((k for k in range(index) if cues.DRAWN.search(pieces[k])), index)
            found[begun:index] = [
                Status.PLANNED if one is Status.ASSERTED else one for one in found[begun:index]
            ]


def _unused(pieces: Sequence[str], found: list[Status]) -> None:
    """“软件买来后大家嫌麻烦，没有用起来”: what was bought and lies idle is not there."""
    for index, piece in enumerate(pieces):
        if cues.UNUSED.search(piece) and not any(map(cues.RENEWED.search, pieces[index:])):
            found[: index + 1] = [
                Status.DENIED if one is Status.ASSERTED else one for one in found[: index + 1]
            ]


def idle(text: str) -> bool:
    """The sentence tells that what was bought before lies idle."""
    return bool(cues.UNUSED.search(text)) and not cues.RENEWED.search(text)


def bought(text: str) -> bool:
    """The sentence tells of a purchase."""
    return bool(cues.BOUGHT.search(text))


def _of_others(
    pieces: Sequence[str], triggered: Sequence[Collection[Cue]], found: list[Status]
) -> None:
    """“那家装了在线监测，我们去看过，是人家的”: what was said before is of others too."""
    for index, (piece, kinds) in enumerate(zip(pieces, triggered, strict=True)):
        if Cue.ELSEWHERE in kinds and cues.OTHERS.search(piece):
            found[: index + 1] = [
                Status.ELSEWHERE if one is Status.ASSERTED else one for one in found[: index + 1]
            ]


def _foreign(
    pieces: Sequence[str], triggered: Sequence[Collection[Cue]], found: list[Status]
) -> None:
    """“总公司上海工厂全部国产化，软件自主研发，我厂尚未改造”: others' until it comes home."""
    abroad = next(
        (
            index
            for index, piece in enumerate(pieces[:2])
            if Cue.ELSEWHERE in triggered[index] and cues.FOREIGN.search(piece)
        ),
        None,
    )
    if abroad is None and _sold(pieces):
        found[:] = [Status.ELSEWHERE if one is Status.ASSERTED else one for one in found]
    if abroad is None:
        return
    for index, piece in enumerate(pieces):
        if index > abroad and cues.HOME.match(piece):
            return
        if found[index] is Status.ASSERTED:
            found[index] = Status.ELSEWHERE


def _sold(pieces: Sequence[str]) -> bool:
    """“我们的检测系统能看划痕，客户反映很好”: goods that are sold, not what the works have."""
    return bool(cues.OURS.match(pieces[0])) and any(cues.SOLD.search(one) for one in pieces)


def _listed(pieces: Sequence[str], found: list[Status]) -> None:
    """“没有：设计软件、安全系统”: what follows the colon is what the words before it say."""
    for index, piece in enumerate(pieces[:-1]):
        if found[index] in _HEADED and piece[-1] in "：:" and len(piece) <= _HEAD:
            for after in range(index + 1, len(pieces)):
                if found[after] is Status.ASSERTED:
                    found[after] = found[index]


def _topics(pieces: Sequence[str], found: list[Status]) -> None:
    """“精益方面，办过培训，尚未开展”: a denial without a subject denies the topic announced."""
    for index, (piece, status) in enumerate(zip(pieces, found, strict=True)):
        if status is Status.DENIED and (opens_bare(piece) or announces(pieces[index - 1])):
            for before in range(index):
                if found[before] is Status.ASSERTED and _TOPIC.search(pieces[before]):
                    found[before] = Status.DENIED


def opens_bare(piece: str) -> bool:
    """A part that opens with the denial itself (“没有进MES”) speaks of what stands before it."""
    return bool(_BARE.match(piece))


def introduces(piece: str) -> bool:
    """A plan for something new (“引进仿真软件”), not for more of what is there (“扩展到二期”)."""
    return bool(cues.NEW.search(piece)) and not cues.MORE.search(piece)


def announces(piece: str) -> bool:
    """A part that only names a topic (“安全、用能、环保这三样，”)."""
    return bool(_TOPIC.search(piece))


def _own(piece: str, kinds: Collection[Cue], year: int) -> Status:
    """The status of a part taken by itself."""
    if _planned(piece, kinds, year):
        return Status.PLANNED
    if Cue.PAST in kinds and cues.PAST.search(piece) and not _turned(piece):
        return Status.PAST
    if Cue.ELSEWHERE in kinds and cues.ELSEWHERE.search(piece):
        return Status.ELSEWHERE
    partial = Cue.PARTIAL in kinds and cues.PARTIAL.search(piece)
    denied = not partial and Cue.DENIAL in kinds and cues.DENIAL.search(piece)
    if (partial or denied) and _overcome(piece):
        return Status.ASSERTED
    if denied:
        return Status.DENIED
    if partial or (Cue.HAND in kinds and (_by_hand(piece) or _plainly_by_hand(piece))):
        return Status.PARTIAL
    return Status.ASSERTED


def _planned(piece: str, kinds: Collection[Cue], year: int) -> bool:
    if Cue.PLAN in kinds and cues.PLAN.search(piece):
        return True
    if Cue.YEAR not in kinds:
        return False
    for match in cues.FUTURE_YEAR.finditer(piece):
        named = 2000 + int(match.group(1))
        if named > year or (named == year and match.group(2)):
            return True
    return False


def _turned(piece: str) -> bool:
    """“由过去的……改为……”: the part tells of the change, not of the past alone."""
    return bool(_WAS.search(piece) and _BECAME.search(piece))


def _plainly_by_hand(piece: str) -> bool:
    """“供应商打电话订货”: nothing else could be meant, and no system has a part in it."""
    piece = cues.NAME.sub("", piece)
    plain = cues.PLAIN_HAND.search(piece) and not cues.REPLACED.search(piece)
    return bool(plain) and not cues.BUILT.search(piece)


def _overcome(piece: str) -> bool:
    """“两张皮的问题得到解决”: the lack is over."""
    return bool(cues.OVERCOME.search(piece)) and not cues.PENDING.search(piece)


def _by_hand(piece: str) -> bool:
    """By hand today, and not as what was replaced."""
    piece = cues.NAME.sub("", piece)
    return bool(
        cues.BY_HAND.search(piece) and cues.TODAY.search(piece) and not cues.REPLACED.search(piece)
    )
