"""Turns the raw mapping of a pack into a ``Policy``, naming every value of a wrong kind."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import inspect

from reviewer.policy.schema import Policy
from reviewer.policy.source import Map, Mark, Problem, Seq

_KINDS: dict[type[inspect.Type], tuple[str, type | tuple[type, ...]]] = {
    inspect.StrType: ("文字", str),
    inspect.BoolType: ("true 或 false", bool),
    inspect.IntType: ("整数", int),
    inspect.FloatType: ("数", (int, float)),
}


def build(raw: Map, problems: list[Problem]) -> Policy | None:
    """The policy, or None after adding every problem of kind to ``problems``."""
    found = list(_check(raw, _shape(), raw.at))
    problems.extend(found)
    if found:
        return None
    return msgspec.convert(raw, Policy)


@lru_cache(maxsize=1)
def _shape() -> inspect.Type:
    return inspect.type_info(Policy)


def _check(value: Any, kind: inspect.Type, mark: Mark) -> Iterator[Problem]:
    if isinstance(kind, inspect.StructType):
        yield from _struct(value, kind, mark)
    elif isinstance(kind, inspect.VarTupleType):
        yield from _list(value, kind, mark)
    elif isinstance(kind, inspect.DictType):
        yield from _mapping(value, kind, mark)
    elif isinstance(kind, inspect.UnionType):
        if value is not None:
            rest = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
            yield from _check(value, rest[0], mark)
    elif isinstance(kind, inspect.LiteralType):
        if value not in kind.values:
            allowed = "、".join(repr(word).strip("'") or "（空）" for word in kind.values)
            yield Problem(mark, f"{_said(value)}不在可选值之内：{allowed}")
    else:
        yield from _scalar(value, kind, mark)


def _scalar(value: Any, kind: inspect.Type, mark: Mark) -> Iterator[Problem]:
    wanted, types = _KINDS[type(kind)]
    if isinstance(value, types) and (isinstance(value, bool) == (types is bool)):
        return
    hint = "，请加引号" if types is str and isinstance(value, (bool, int, float)) else ""
    yield Problem(mark, f"应为{wanted}，写的是{_said(value)}{hint}")


def _struct(value: Any, kind: inspect.StructType, mark: Mark) -> Iterator[Problem]:
    if not isinstance(value, Map):
        yield Problem(mark, f"应为一组“键: 值”，写的是{_said(value)}")
        return
    fields = {field.name: field for field in kind.fields}
    for key, item in value.items():
        if key in fields:
            yield from _check(item, fields[key].type, value.marks[key])
        else:
            near = difflib.get_close_matches(key, fields, 1)
            hint = f"，是不是 {near[0]}" if near else ""
            yield Problem(value.marks[key], f"不认识的键“{key}”{hint}")
    for field in kind.fields:
        if field.required and field.name not in value:
            yield Problem(mark, f"缺少“{field.name}”")


def _list(value: Any, kind: inspect.VarTupleType, mark: Mark) -> Iterator[Problem]:
    if not isinstance(value, Seq):
        yield Problem(mark, f"应为列表，写的是{_said(value)}")
        return
    for item, place in zip(value, value.marks, strict=True):
        yield from _check(item, kind.item_type, place)


def _mapping(value: Any, kind: inspect.DictType, mark: Mark) -> Iterator[Problem]:
    if not isinstance(value, Map):
        yield Problem(mark, f"应为一组“键: 值”，写的是{_said(value)}")
        return
    for key, item in value.items():
        yield from _check(item, kind.value_type, value.marks[key])


def _said(value: Any) -> str:
    """The value as people see it, short."""
    if isinstance(value, Map):
        return "一组“键: 值”"
    if isinstance(value, Seq):
        return "列表"
    if value is None:
        return "空"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text if len(text) <= 30 else text[:30] + '…'}”"
