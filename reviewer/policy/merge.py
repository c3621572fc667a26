"""Joins the files of a pack, and lays a pack over the one that it extends.

Files of one pack: lists under the same key are joined, mappings merged, anything else must occur
once. A pack that extends another: mappings merge by key, lists of mappings by the identity of
their items, all else is replaced; ``key: null`` drops a key, ``remove: true`` an item, and
``{replace: ...}`` in the place of a list or mapping replaces it as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reviewer.policy.source import Map, Mark, Problem, Seq

# An item of a list is known by the first of these keys that all items of the list carry.
IDENTITY = ("id", "key", "number", "region", "name", "clause", "facet")


def join(files: Iterable[Map], at: Mark, problems: list[Problem]) -> Map:
    """The files of a pack as one mapping."""
    whole = Map(at)
    for part in files:
        _join(whole, part, problems)
    return whole


def _join(whole: Map, part: Map, problems: list[Problem]) -> None:
    for key, value in part.items():
        there = whole.get(key)
        if key not in whole:
            whole.put(key, _copy(value), part.marks[key])
        elif isinstance(there, Map) and isinstance(value, Map):
            _join(there, value, problems)
        elif isinstance(there, Seq) and isinstance(value, Seq):
            for item, mark in zip(value, value.marks, strict=True):
                there.put(item, mark)
        else:
            reason = f"“{key}”写了两次，前一次在 {whole.marks[key]}"
            problems.append(Problem(part.marks[key], reason))


def _copy(value: Any) -> Any:
    """A copy of the containers that joining may grow: the parts stay as they were read."""
    if isinstance(value, Map):
        copied = Map(value.at)
        for key, item in value.items():
            copied.put(key, _copy(item), value.marks[key])
        return copied
    if isinstance(value, Seq):
        listed = Seq(value.at)
        for item, mark in zip(value, value.marks, strict=True):
            listed.put(item, mark)
        return listed
    return value


def overlay(base: Map, top: Map, problems: list[Problem]) -> Map:
    """``top`` laid over ``base``; neither is changed."""
    result = Map(top.at)
    for key, value in base.items():
        result.put(key, value, base.marks[key])
    for key, value in top.items():
        mark = top.marks[key]
        if value is not None:
            result.put(key, _over(base.get(key), value, mark, problems), mark)
        elif result.pop(key, None) is None:
            problems.append(Problem(mark, f"要去掉的“{key}”在所继承的政策包里没有"))
        else:
            del result.marks[key]
    return result


def _over(base: Any, value: Any, mark: Mark, problems: list[Problem]) -> Any:
    if isinstance(base, (Map, Seq)) and isinstance(value, Map) and set(value) == {"replace"}:
        return value["replace"]
    if isinstance(base, Map) and isinstance(value, Map):
        return overlay(base, value, problems)
    if isinstance(base, Seq) and isinstance(value, Seq):
        identity = _identity(base)
        return _items(base, value, identity, problems) if identity else value
    return value


def _identity(items: Seq) -> str:
    """The key by which the items of a list are known, "" where it is no list of mappings."""
    if not items or not all(isinstance(item, Map) for item in items):
        return ""
    return next((key for key in IDENTITY if all(key in item for item in items)), "")


def _items(base: Seq, top: Seq, identity: str, problems: list[Problem]) -> Seq:
    merged: dict[Any, tuple[Any, Mark]] = {}
    for item, mark in zip(base, base.marks, strict=True):
        merged[item[identity]] = (item, mark)
    for item, mark in zip(top, top.marks, strict=True):
        if not isinstance(item, Map) or identity not in item:
            problems.append(Problem(mark, f"这一项要写明 {identity}，才知道改的是哪一项"))
            continue
        _item(merged, item, mark, identity, problems)
    result = Seq(top.at)
    for item, mark in merged.values():
        result.put(item, mark)
    return result


def _item(
    merged: dict[Any, tuple[Any, Mark]],
    item: Map,
    mark: Mark,
    identity: str,
    problems: list[Problem],
) -> None:
    name = item[identity]
    there = merged.get(name)
    if item.get("remove") is True:
        if there is None:
            problems.append(Problem(mark, f"要去掉的“{name}”在所继承的政策包里没有"))
        merged.pop(name, None)
    elif there is None:
        merged[name] = (item, mark)
    else:
        merged[name] = (overlay(there[0], item, problems), mark)
