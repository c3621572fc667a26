"""How each part of a sentence is meant: asserted, planned, denied, incomplete, past, of others."""

from __future__ import annotations

import re
from enum import IntEnum

from msgspec import Struct

from reviewer.model import cues


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


_PART = re.compile(r"[^，,；;：:]+[，,；;：:]*")
_LASTING = (Status.PLANNED, Status.PAST)
# One test decides for most sentences that nothing but assertion is in them.
_ANY = re.compile(
    r"[未没拟将仅只仍还尚暂无缺不]|计划|规划|准备|打算|争取|力争|下[一步阶]|后[续年面]|预[计期]|未来|今[后年]|明年|远期"
    r"|目标|以[前往后]|过去|原[来先有]|此前|从前|当[时年]|曾|长期|一直|前|传统|初[步期]|行业|同行|国[外家]|别[的人家]|其[他余]|兄弟|政策|客户要求"
    r"|业内|正在|试[点用运]|阶段|限于|短板|弱项|欠缺|薄弱|有[待望]|依[然旧]|主要|手工|人工|纸|xcel|表格|本子|微信|电话|邮件|抄|签字|口头|拷贝|共享"
    r"|凭|靠|空白|谈不上|算不到|各[看管自]|两张皮|立项|论证|招标|洽谈|意向|择机|设想|展望|愿景|考虑|到时|届时|希望|应该|纳入|列入|写在|待|十五五|20\d\d年|友商|竞争|多数|孤立|姊妹|集团|即将|条件|摸索|剩下|早先|老办法|U盘|导表|断开|看着"
)


def parts(text: str, year: int) -> tuple[Part, ...]:
    """The parts of one sentence with their status.

    year: the year of the declaration; years after it are plans. A plan or the past, once
    begun, lasts until a word of the present ends it; denial and incompleteness hold for
    their own part only.
    """
    if not _ANY.search(text):
        return (Part(0, len(text), Status.ASSERTED),)
    found: list[Part] = []
    lasting = Status.ASSERTED
    for match in _PART.finditer(text):
        piece = match.group()
        own = _own(piece, year)
        if lasting is not Status.ASSERTED and own is Status.ASSERTED:
            lasting = Status.ASSERTED if cues.NOW.search(piece) else lasting
            own = lasting
        elif own in _LASTING:
            lasting = own
        elif lasting is not Status.ASSERTED and not cues.NOW.search(piece):
            own = lasting
        found.append(Part(match.start(), match.end(), own))
    return tuple(found)


def _own(piece: str, year: int) -> Status:
    """The status of a part taken by itself."""
    if _planned(piece, year):
        return Status.PLANNED
    if cues.PAST.search(piece) and not _turned(piece):
        return Status.PAST
    if cues.ELSEWHERE.search(piece):
        return Status.ELSEWHERE
    if cues.DENIAL.search(piece) and not cues.PARTIAL.search(piece):
        return Status.DENIED
    if cues.PARTIAL.search(piece) or _by_hand(piece):
        return Status.PARTIAL
    return Status.ASSERTED


def _planned(piece: str, year: int) -> bool:
    if cues.PLAN.search(piece):
        return True
    for match in cues.FUTURE_YEAR.finditer(piece):
        named = 2000 + int(match.group(1))
        if named > year or (named == year and match.group(2)):
            return True
    return False


def _turned(piece: str) -> bool:
    """“由过去的……改为……”: the part tells of the change, not of the past alone."""
    return bool(re.search(r"由|从|比|较|与|和|不再|改|变|降|提高|缩短|减", piece)) and bool(
        re.search(
            r"改[为成]|变[为成]|转[为变]|提[高升]|缩短|降[到至低为]|减[到至少为]|代替|替代|取代",
            piece,
        )
    )


def _by_hand(piece: str) -> bool:
    return bool(
        cues.BY_HAND.search(piece) and cues.TODAY.search(piece) and not cues.REPLACED.search(piece)
    )
