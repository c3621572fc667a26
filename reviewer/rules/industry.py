"""Industry codes and names of 表一 against GB/T 4754—2017."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from rapidfuzz import fuzz

from reviewer.model.declaration import Text
from reviewer.model.folding import bare, fold
from reviewer.policy import industry
from reviewer.policy.industry import Industry, Level
from reviewer.rules import keys
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, rule

_CODE = re.compile(r"(?<![A-Z0-9])([A-T]?\d{2,4}|[A-T])(?![A-Z0-9])")
_WORDS = re.compile(
    r"(?:国民经济)?行业|门类|大类|中类|小类|代码|编码|名称|GB/?T?\d+|[(（]?20\d\d[)）]?"
)
_ALIKE = 0.6


class Pair(Struct, frozen=True):
    """A cell taken apart. by_code, by_name: what each means, None where it means nothing."""

    code: str
    name: str
    by_code: Industry | None
    by_name: Industry | None
    problem: str = ""
    hint: str = ""


@rule(
    "FD006",
    "industry-code-mismatch",
    "{problem}",
    "{hint}",
    severity="error",
)
def industry_code_mismatch(context: Context) -> Iterator[Hit]:
    """行业代码与名称不符，或中类不属于所填大类

    按 GB/T 4754—2017。只有一个小类的中类，写小类代码（如 3670）也可以。

    错误示例：
        行业中类：182 机织服装制造
    正确示例：
        行业中类：181 机织服装制造
    """
    section = _read(context, keys.SECTION_CODE, "section")
    division = _read(context, keys.DIVISION_CODE, "division")
    group = _read(context, keys.GROUP_CODE, "group")
    outside = _outside(group, division)
    if group.problem or outside:
        rests = (context.field(keys.DIVISION_CODE).text,) if outside and not group.problem else ()
        yield _hit(context, keys.GROUP_CODE, group if group.problem else outside or group, rests)
    elif division.problem:
        yield _hit(context, keys.DIVISION_CODE, division)
    else:
        wrong = section if section.problem else _other_section(section, division)
        if wrong is not None:
            yield _hit(context, keys.SECTION_CODE, wrong)


def _hit(context: Context, key: str, pair: Pair, rests: tuple[Text, ...] = ()) -> Hit:
    values = {"problem": pair.problem, "hint": pair.hint}
    return Hit(f"field:{key}", context.field(key).text, values, rests=rests)


def _read(context: Context, key: str, level: Level) -> Pair:
    text = fold(context.value(key))
    found = _CODE.search(text)
    code = found[1] if found else ""
    name = bare(_WORDS.sub("", text.replace(code, "", 1) if code else text))
    by_code = industry.lookup(code) if code else None
    by_name = _by_name(name, level)
    pair = Pair(code, name, by_code, by_name)
    return _judged(pair)


def _by_name(name: str, level: Level) -> Industry | None:
    """The entry of that exact name, of the level asked for if there is one, marks aside."""
    found = _names().get(name, ())
    return next((entry for entry in found if entry.level == level), found[0] if found else None)


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[Industry, ...]]:
    """Name in letters only → entries of that name."""
    found: dict[str, tuple[Industry, ...]] = {}
    for entry in industry.table().values():
        name = bare(entry.name)
        found[name] = (*found.get(name, ()), entry)
    return found


def _judged(pair: Pair) -> Pair:
    """The pair with what is wrong in it."""
    if not pair.code or not pair.name:
        unknown = pair.code and pair.by_code is None
        return _unknown(pair) if unknown else pair
    if pair.by_code is None:
        return _unknown(pair)
    official = bare(pair.by_code.name)
    same = pair.name == official or (
        pair.by_name is not None and _equal(pair.by_code, pair.by_name)
    )
    if same or (pair.by_name is None and _alike(pair.name, pair.by_code)):
        return pair
    problem = f"GB/T 4754—2017 中 {pair.code} 为“{pair.by_code.name}”，与所填的“{pair.name}”不符。"
    return _with(pair, problem, _advice(pair))


def _equal(one: Industry, other: Industry) -> bool:
    """The same entry, or a group and its only class."""
    short, long = sorted((one, other), key=lambda entry: len(entry.code))
    return one.code == other.code or (
        long.code.startswith(short.code) and bare(long.name) == bare(short.name)
    )


def _alike(name: str, entry: Industry) -> bool:
    """The name is a loose wording of this entry's, and of no other of its level more so."""
    own = fuzz.ratio(name, bare(entry.name)) / 100
    if own < _ALIKE:
        return False
    if _shortened(name, bare(entry.name)):
        return True
    others = (
        fuzz.ratio(name, other)
        for other, entries in _names().items()
        if any(e.level == entry.level and e.code != entry.code for e in entries)
    )
    return own * 100 >= max(others, default=0.0)


def _shortened(name: str, official: str) -> bool:
    """``name`` is ``official`` with characters left out."""
    rest = iter(official)
    return all(char in rest for char in name)


def _unknown(pair: Pair) -> Pair:
    return _with(pair, f"GB/T 4754—2017 中没有代码 {pair.code}。", _advice(pair))


def _advice(pair: Pair) -> str:
    parts = []
    if pair.by_name is not None:
        parts.append(f"如名称无误，代码应为 {pair.by_name.code}（{pair.by_name.name}）")
    if pair.by_code is not None:
        parts.append(f"如代码无误，名称应为“{pair.by_code.name}”")
    former = industry.former(pair.code)
    if former is not None and bare(former[0]) == pair.name:
        parts.insert(0, f"{pair.code} 是 2011 版的代码，2017 版为 {former[1]}")
    return "；".join(parts) + "。" if parts else "请按 GB/T 4754—2017 核对代码和名称。"


def _outside(group: Pair, division: Pair) -> Pair | None:
    """The group lies in none of the divisions that the other cell may mean."""
    mine = group.by_code or group.by_name
    theirs = [entry for entry in (division.by_code, division.by_name) if entry is not None]
    if mine is None or not mine.division or not theirs or mine.level == "division":
        return None
    if any(mine.division == entry.division for entry in theirs):
        return None
    if not any(entry.level == "division" for entry in theirs):
        return None
    right = industry.lookup(mine.division)
    problem = f"中类 {mine.code} {mine.name}不属于所填的大类“{theirs[0].code} {theirs[0].name}”。"
    hint = f"{mine.code} 属于大类 {mine.division} {right.name if right else ''}，请核对两栏。"
    return _with(group, problem, hint)


def _other_section(section: Pair, division: Pair) -> Pair | None:
    """The division lies in none of the sections that the first cell may mean."""
    mine = division.by_code or division.by_name
    theirs = [entry for entry in (section.by_code, section.by_name) if entry is not None]
    if mine is None or not theirs or any(mine.section == entry.section for entry in theirs):
        return None
    right = industry.lookup(mine.section)
    problem = f"大类 {mine.code} {mine.name}不属于所填的门类“{theirs[0].code} {theirs[0].name}”。"
    hint = f"应为门类 {mine.section} {right.name if right else ''}。"
    return _with(section, problem, hint)


def _with(pair: Pair, problem: str, hint: str) -> Pair:
    return Pair(pair.code, pair.name, pair.by_code, pair.by_name, problem, hint)
