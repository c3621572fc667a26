"""Mentions of a KPI with its value in running text: which KPI, which values, of what scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from reviewer.model.assertion import Part, Status, parts
from reviewer.policy.labels import is_change
from reviewer.rules.kpis import Row
from reviewer.rules.quantities import Quantity, parse_quantity

_UNIT = r"[%％‰]|[^\d\s，,。；;、（）()的由从提升降增至到为，]{{0,12}}"
_VALUE = rf"(?:约|近|约为|平均)?(?P<{{0}}>\d[\d,，]*(?:\.\d+)?\s*(?:{_UNIT}))"
_WAY = r"(?:提[高升]?|涨|上升|增[长加至到]|增|升|下降|降低|降|缩短|压缩|减少|减|改善|优化|变化|扩大|回落|收窄|→|—+>|变)"
_TO = r"(?:至|到|为|成|了?到|→)?"
_BETWEEN = r"[^，。；;：:、\d]{0,10}?"
# 由A提高到B · A提高到B · 提高到B · 达到B
_CHANGE = re.compile(
    rf"^{_BETWEEN}(?:[（(][^（）()]*[)）])?(?:分别)?(?P<origin>由|从|自)?(?P<past>[^，。；;：:、\d]{{0,8}}?|20\d\d年[^，。；;\d]{{0,4}}?)"
    rf"{_VALUE.format('before')}(?:[（(][^（）()]*[)）])?[，,]?(?:{_WAY}{_TO}|到|至)(?:了)?(?:20\d\d年[^，。；;\d]{{0,4}}?|如今的?|目前的?|现在的?)?{_VALUE.format('after')}"
)
_REACH = re.compile(
    rf"^{_BETWEEN}(?:[（(][^（）()]*[)）])?(?:{_WAY}(?:至|到|为)|达到?|实现|稳定(?:在|保持在)|保持在?|维持在|控制在|为|是|约|：|:|超过|突破|不低于|不高于|高达|仅为?|只有|已达到?|到了?)"
    rf"(?:了)?{_VALUE.format('after')}"
)
_DELTA = re.compile(r"^\s*(?:个)?百分点|^个百分点")
_LEAST = re.compile(r"^(?:及?以上|余|多)|超过|突破|不低于|不少于|高于|大于")
_MOST = re.compile(r"^(?:及?以[下内])|不高于|不超过|低于|小于|少于")
_ABOUT = re.compile(r"^(?:左右|上下)|约|近")
_YEAR = re.compile(r"20(\d\d)年")
_FREE = re.compile(
    r"(?:^|[，,。；;：:、和及与]|使得?|将|把|实现了?|令|让|目前|现在|全厂|全公司|工厂|公司|企业|我们|整体|总体|综合|平均|后|前|年底?|项目|的是|了|以来|其中|则|而|并|且|也|为|吨|每|单位|百元产值|万元产值|单位产值|是|表明|方面|指标|[*＊“「】〕〉》]|[一二三四五六七八九十]是|\d\)|）|\))$"
)
_UNIT_PREFIX = re.compile(
    r"(?:每|吨|万片|百元|万元|单位|公斤|千克|件|台|套|平方米|万)[\u4e00-\u9fff]{0,5}$"
)
_SCOPE = re.compile(
    r"车间|产线|生产线|线体|工序|工段|班组|机组|机台|单元|分厂|试点|示范线|场景|型号|系列|单台|单线|单条|某|部分|行业|同行|国内|全省|省内|客户|供应商的|同类|标杆|对手|[0-9０-９一二三四五六七八九A-Za-z]#?号(?:线|机|炉|窑|磨|炉)|[A-Z]线|一期|二期|首批|最[高低好]|单班|夜班|当月|当日|单日|季度|上半年|下半年|月份|[一二三四]季度|其[中余]"
)
_SCENE = re.compile(
    r"(?:车间|产线|生产线|工段|工序|号线|机组|试点|示范线)[^，,；;：:。]{0,8}[，,：:][^，,；;：:。]{0,6}$"
)
_DELTA_THEN = re.compile(
    rf"^{_BETWEEN}{_WAY}了?\d[\d.]*(?:个百分点|%|％)[，,](?:达到?|升至|[提升降减]\w?[至到])了?{_VALUE.format('after')}"
)
_TOLD = (Status.ASSERTED, Status.PAST, Status.PARTIAL)
_AND = re.compile(r"[、和及与，,]")
_ITEM = re.compile(r"\d[\d,]*(?:\.\d+)?[^\d、，,。；;和与及提升降增到至]{0,10}")
_LISTS = re.compile(
    r"^[^，。；;\d]{0,6}分别(?:[由从](?P<before>[\d.%％、和与及万亿元/人天次吨件年套台]+?))?"
    r"(?:提[高升]?|上升|增[长加]?|下降|降低|降|缩短|减少)?(?:至|到|为|达到|达)(?P<after>[\d.%％、和与及万亿元/人天次吨件年套台]+)"
)
_INFINITE = float("inf")
# “约” allows this share of the value.
_NEAR = 0.03
_NOT_BASE = re.compile(r"20\d\d年|上年|去年|上一年|前一年|同期|年初|上线初|试运行|初期|投产初")


class Mention(Struct, frozen=True):
    """A KPI named with its values. before: None where only the state after is told.

    past: the single value told is of the time before. written: the words of the mention.
    about: "约98%". A bound ("98%以上") is an open range.
    """

    kpi: str
    before: Quantity | None
    after: Quantity | None
    written: str
    about: bool = False
    past: bool = False


class Names:
    """The wordings under which the KPIs of a table may be mentioned, longest first."""

    def __init__(self, table: Iterable[Row]) -> None:
        known: dict[str, str] = {}
        for row in table:
            for label in (row.kpi.name, *row.kpi.labels, *_short(row.kpi.name)):
                if not is_change(row.kpi, label):
                    known.setdefault(label, row.kpi.name)
        ordered = sorted(known, key=len, reverse=True)
        self.known = known
        # A sentence without the end of some name holds no name: asked first, for speed.
        self._ends = _any_of(sorted({name[-2:] for name in known}))
        self.pattern = _any_of(ordered)

    def find(self, text: str) -> list[re.Match[str]]:
        """All names in a sentence."""
        return list(self.pattern.finditer(text)) if self._ends.search(text) else []


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """The first of the words that fits; nothing where there are none."""
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _short(name: str) -> Iterator[str]:
    """“关键设备联网率” is also called 联网率: the last word, where it says enough."""
    for head in ("关键设备", "产品", "应用", "工厂应用"):
        if name.startswith(head) and len(name) - len(head) >= 3:
            yield name.removeprefix(head)


def mentions(text: str, names: Names, year: int) -> Iterator[Mention]:
    """The unscoped, asserted mentions of one sentence."""
    found = names.find(text)
    if not found:
        return
    read: tuple[Part, ...] = ()
    for index, match in enumerate(found):
        if not _whole(text, match.start()):
            continue
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        mention = _respective(names, text, found, index)
        if mention is None:
            mention = _read(names.known[match.group()], text, match.end(), end)
        if mention is None:
            continue
        read = read or parts(text, year)
        own = next(part for part in read if part.start <= match.start() < part.end)
        if own.status in _TOLD:
            written = text[_clause_start(text, match.start()) : match.start()][-16:]
            yield replace(
                mention,
                past=own.status is Status.PAST,
                written=(written + match.group() + mention.written).strip("，。；、 "),
            )


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，,；;：:。、") + 1


def _whole(text: str, start: int) -> bool:
    """The KPI of the whole factory: nothing before its name narrows it, no other year is named."""
    begin = max(text.rfind(mark, 0, start) for mark in "，,；;：:。") + 1
    before = text[begin:start]
    if _SCOPE.search(before) or _YEAR.search(before) or _SCENE.search(text[:begin]):
        return False
    return bool(_FREE.search(text[:start]) or _UNIT_PREFIX.search(before))


def _respective(names: Names, text: str, found: list[re.Match[str]], index: int) -> Mention | None:
    """“甲、乙分别由a、b提高到c、d”, “甲和乙分别达到c和d”: the values of the name at ``index``."""
    first = last = index
    while first and _AND.fullmatch(text[found[first - 1].end() : found[first].start()]):
        first -= 1
    while last + 1 < len(found) and _AND.fullmatch(
        text[found[last].end() : found[last + 1].start()]
    ):
        last += 1
    lists = _LISTS.match(text[found[last].end() :])
    count = last - first + 1
    if count < 2 or lists is None:
        return None
    before, after = (_ITEM.findall(lists[name] or "") for name in ("before", "after"))
    if len(after) != count or len(before) not in (0, count):
        return None
    place = index - first
    value = parse_quantity(after[place])
    base = parse_quantity(before[place]) if before else None
    if value is None:
        return None
    return Mention(names.known[found[index].group()], base, value, f"……{after[place]}")


def _read(kpi: str, text: str, start: int, end: int) -> Mention | None:
    tail = text[start : min(end, start + 90)]
    change = _CHANGE.match(tail)
    if change:
        before, after = (parse_quantity(change[name]) for name in ("before", "after"))
        if before is None or after is None or _DELTA.match(tail[change.end() :]):
            return None
        if _NOT_BASE.search(change["past"] or "") or (_YEAR.search(tail[: change.start("before")])):
            before = None
        return _mention(kpi, before, after, tail, change)
    reach = _DELTA_THEN.match(tail) or _REACH.match(tail)
    if reach is None or _SCOPE.search(tail[: reach.start("after")]):
        return None
    after = parse_quantity(reach["after"])
    if after is None or _DELTA.match(tail[reach.end() :]) or "百分点" in reach["after"]:
        return None
    return _mention(kpi, None, after, tail, reach)


def _mention(
    kpi: str,
    before: Quantity | None,
    after: Quantity,
    tail: str,
    match: re.Match[str],
) -> Mention:
    rest = tail[match.end("after") :][:4]
    head = match.group()[: match.start("after") - match.start()]
    about = bool(_ABOUT.search(rest) or _ABOUT.search(head))
    if _LEAST.search(rest) or (_LEAST.search(head) and "不超过" not in head):
        after = replace(after, high=_INFINITE)
    elif _MOST.search(rest) or _MOST.search(head):
        after = replace(after, low=-_INFINITE)
    return Mention(kpi, before, after, match.group() + _kept(rest), about)


def _kept(rest: str) -> str:
    """The words after a value that make it a bound."""
    found = re.match(r"及?以[上下内]|左右|上下|余|多", rest)
    return found.group() if found else ""


def conflicts(mention: Mention, row: Row, *, in_block: bool) -> Iterator[str]:
    """The sides ("before", "after") on which a mention contradicts the table.

    In a scenario's block the figure may be the scenario's own: it counts only where the other side
    is the table's, so that the same KPI is meant beyond doubt.
    """
    if mention.before is None and mention.after is not None:
        yield from () if in_block else _single(mention, mention.after, row)
        return
    sides = (("before", mention.before, row.before), ("after", mention.after, row.after))
    verdicts = {
        name: _differs(said, asked, mention.about)
        for name, said, asked in sides
        if said is not None and asked is not None
    }
    wrong = [name for name, verdict in verdicts.items() if verdict is True]
    agreed = any(verdict is False for verdict in verdicts.values())
    if in_block and not agreed:
        return
    yield from wrong


def _single(mention: Mention, said: Quantity, row: Row) -> Iterator[str]:
    """A value alone may be of either time: only one that is neither contradicts the table."""
    verdicts = [
        _differs(said, asked, mention.about) if asked is not None else None
        for asked in (row.before, row.after)
    ]
    if verdicts[not mention.past] is True and False not in verdicts:
        yield "before" if mention.past else "after"


def _differs(said: Quantity, asked: Quantity, about: bool) -> bool | None:
    """Do two values of one KPI differ beyond rounding? None where they cannot be compared."""
    if not (said.plain and asked.plain):
        return None
    if bool(said.unit) != bool(asked.unit) and "%" not in (said.unit, asked.unit):
        # A value without unit may be of any: only an equal number tells something.
        return False if said.value == asked.value else None
    left, right = said.scaled(), asked.scaled()
    if not _same_unit(left.unit, right.unit):
        return None
    slack = max(_rounding(said), _rounding(asked))
    if about:
        slack = max(slack, abs(right.value) * _NEAR)
    return left.low - slack > right.high or left.high + slack < right.low


def _rounding(value: Quantity) -> float:
    """Half a unit of the last digit written, in the base unit."""
    digits = 0
    written = f"{value.value:.6f}".rstrip("0").rstrip(".")
    if "." in written:
        digits = len(written.partition(".")[2])
    scale = value.scaled().value / value.value if value.value else 1.0
    return float(0.5 * 10.0**-digits * abs(scale) * 1.001)


def _same_unit(left: str, right: str) -> bool:
    """Equal, one of them without what it is per (“236元” of 236元/吨), or a share without %."""
    if left == right or {left, right} == {"", "%"}:
        return True
    heads = left.partition("/"), right.partition("/")
    return heads[0][0] == heads[1][0] and not (heads[0][2] and heads[1][2])
