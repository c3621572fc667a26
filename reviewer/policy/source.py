"""Reads the YAML of packs strictly and remembers the file and line of every value.

Stricter than YAML: one document a file, mappings with plain keys that occur once, no anchors,
references or type marks, booleans only as true/false, dates stay text. Read from the parser's
events, with an own stack, so that a hostile nesting ends in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

MAX_BYTES = 4_000_000
MAX_DEPTH = 24
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INT = re.compile(r"[-+]?(?:0|[1-9]\d*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9]\d*)\.\d+(?:[eE][-+]?\d+)?")


class Mark(NamedTuple):
    """A place in a pack: file as shown to people ("hebei-2026/kpis.yaml"), line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行"


class Problem(NamedTuple):
    """What is wrong and where. str() is one Chinese sentence."""

    mark: Mark
    reason: str

    def __str__(self) -> str:
        return f"{self.mark}：{self.reason}。"


class Map(dict[str, Any]):
    """A mapping. at: where it begins; marks: where each key stands."""

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.marks: dict[str, Mark] = {}

    def put(self, key: str, value: Any, mark: Mark) -> None:
        """Set a key together with its place."""
        self[key] = value
        self.marks[key] = mark


class Seq(list[Any]):
    """A list. at: where it begins; marks: where each item stands."""

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.marks: list[Mark] = []

    def put(self, value: Any, mark: Mark) -> None:
        """Append an item together with its place."""
        self.append(value)
        self.marks.append(mark)


def locate(root: Map, path: Sequence[str | int]) -> Mark:
    """The place of the value at ``path``, or of the nearest value above it."""
    node: Any = root
    mark = root.at
    for step in path:
        if isinstance(node, Map) and step in node:
            mark, node = node.marks[str(step)], node[str(step)]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            mark, node = node.marks[step], node[step]
        else:
            break
    return mark


def read(path: Path, shown: str, problems: list[Problem]) -> Map:
    """One file of a pack. What is wrong is added to ``problems``; the map may then be partial."""
    start = Mark(shown, 1)
    try:
        data = path.read_bytes()
    except OSError:
        problems.append(Problem(start, "文件无法读取"))
        return Map(start)
    if len(data) > MAX_BYTES:
        problems.append(Problem(start, "文件过大，不像政策包"))
        return Map(start)
    try:
        return _parse(data.decode("utf-8-sig"), shown, problems)
    except UnicodeDecodeError:
        problems.append(Problem(start, "文件不是 UTF-8 编码，请另存为 UTF-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(Mark(shown, line), f"YAML 写法有误（{error.problem}）"))
    except yaml.YAMLError as error:
        problems.append(Problem(start, f"YAML 写法有误（{str(error).splitlines()[0]}）"))
    return Map(start)


def _parse(text: str, shown: str, problems: list[Problem]) -> Map:
    builder = _Builder(shown, problems)
    for event in yaml.parse(text, Loader=_LOADER):
        if not builder.take(event):
            break
    root = builder.root
    if isinstance(root, Map):
        return root
    if not problems:
        reason = "文件是空的" if root is None else "最外层应是“键: 值”"
        problems.append(Problem(Mark(shown, 1), reason))
    return Map(Mark(shown, 1))


class _Builder:
    """Turns parser events into Map and Seq with an own stack of open containers."""

    def __init__(self, shown: str, problems: list[Problem]) -> None:
        self.shown = shown
        self.problems = problems
        self.root: Any = None
        self.stack: list[Map | Seq] = []
        self.keys: list[tuple[str, Mark] | None] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Use one event; False where reading on makes no sense."""
        mark = Mark(self.shown, event.start_mark.line + 1 if event.start_mark else 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            return self.documents == 1 or self._stop(mark, "一个文件里只能有一份内容（多了“---”）")
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
            self.keys.pop()
        elif isinstance(event, yaml.NodeEvent):
            return self._node(event, mark)
        return True

    def _node(self, event: yaml.NodeEvent, mark: Mark) -> bool:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            return self._stop(mark, "不支持锚点和引用（& 与 *），请把内容写全")
        if getattr(event, "tag", None):
            return self._stop(mark, "不支持类型标记（!），请去掉")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, mark)
        return self._open(Map(mark) if isinstance(event, yaml.MappingStartEvent) else Seq(mark))

    def _open(self, container: Map | Seq) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            return self._stop(container.at, "层次太深，不像政策包")
        if self._waits_for_key():
            return self._stop(container.at, "键应是一个词")
        self._add(container, container.at)
        self.stack.append(container)
        self.keys.append(None)
        return True

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> bool:
        if not self._waits_for_key():
            self._add(_resolve(event), mark)
            return True
        top = self.stack[-1]
        assert isinstance(top, Map)
        earlier = top.marks.get(event.value)
        if earlier is not None:
            reason = f"“{event.value}”写了两次，前一次在第 {earlier.line} 行"
            self.problems.append(Problem(mark, reason))
        self.keys[-1] = (event.value, mark)
        return True

    def _waits_for_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1], Map) and self.keys[-1] is None

    def _add(self, value: Any, mark: Mark) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top, Seq):
            top.put(value, mark)
            return
        key = self.keys[-1]
        assert key is not None
        top.put(key[0], value, key[1])
        self.keys[-1] = None

    def _stop(self, mark: Mark, reason: str) -> bool:
        self.problems.append(Problem(mark, reason))
        return False


def _resolve(event: yaml.ScalarEvent) -> Any:
    """A plain scalar as null, true, false or number; quoted and all other text stays text."""
    value: str = event.value
    if event.style:
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INT.fullmatch(value):
        return int(value)
    return float(value) if _FLOAT.fullmatch(value) else value
