"""Taking an entry apart: "1.生产作业-人机协同作业-多机协同的发动机壳体柔性加工与检测".

Known stage and scenario names are looked for first, because people separate the parts with
anything (dashes of every width, 一 used as a dash, colons, slashes, spaces, brackets) and an
instance may hold separators of its own; blind splitting comes only where nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from reviewer.matching.numbering import BREAK, break_labels, strip_loose_number, strip_number
from reviewer.model.folding import Folded, fold, folded
from reviewer.policy.schema import Policy

HARD = frozenset("-‐‑‒–—―−﹣⁃⸺⸻~～〜→⇒➔>:/|\\_＿·•・=丨" + BREAK)
SOFT = frozenset(",，;；、。. ")
QUOTES = frozenset("\"'“”‘’「」『』《》<>【】[]")
BRACKETS = frozenset("()")
DASH = "一"
_LONELY = re.compile(r"(?<=\s)一(?=\s)")
"""一 between blanks: a dash by any reading, and no number of anything."""
_SEPARATORS = HARD | SOFT | QUOTES
_STAGE_WORD = "环节"
_LONGEST_STAGE = 6
_LONGEST = 4000


class Parts(Struct, frozen=True):
    """The parts of an entry as written, trimmed; "" for a part that is not there."""

    number: str = ""
    stage: str = ""
    name: str = ""
    instance: str = ""


def parse_entry(raw: str, policy: Policy) -> tuple[str, str, str, str]:
    """(number, stage as written, name as written, instance); see ``EntryParser`` for many."""
    parts = EntryParser(policy).parse(raw)
    return parts.number, parts.stage, parts.name, parts.instance


class _Names:
    """Names to be found at a place of folded text, the longest first."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(filter(None, map(fold, names)))
        self._lengths = sorted({len(name) for name in self.names}, reverse=True)

    def at(self, text: str, start: int) -> int:
        """End of the longest name that begins at ``start``; ``start`` where none does."""
        for length in self._lengths:
            if text[start : start + length] in self.names and len(text) - start >= length:
                return start + length
        return start


class EntryParser:
    """Takes entries apart with the stage and scenario names of a policy."""

    def __init__(self, policy: Policy) -> None:
        self._official = _Names(stage.name for stage in policy.stages)
        self._stages = _Names(
            name
            for stage in policy.stages
            for name in (stage.name, stage.dimension, *stage.aliases)
        )
        self._scenarios = _Names(
            name
            for scenario in policy.scenarios
            for name in (scenario.name, *(alias.name for alias in scenario.aliases))
        )

    def is_stage(self, written: str) -> bool:
        """``written`` is one of the stages, their dimensions or other wordings of them."""
        return fold(written).removesuffix(_STAGE_WORD) in self._stages.names

    def parse(self, raw: str) -> Parts:
        """Never raises; a text of another kind comes back as a bare name."""
        number, rest = _strip(raw[:_LONGEST])
        if not number:
            loose, after = strip_loose_number(rest)
            if loose and self._official.at(fold(after[:20]), 0):
                number, rest = loose, after
        return _Reading(self._stages, self._scenarios, rest).parts(number)


def _strip(raw: str) -> tuple[str, str]:
    """Numbers and labels before the entry, which may alternate (3.3.1 场景名称：1.生产作业…)."""
    number, rest = "", break_labels(raw)
    for _ in range(3):
        found, rest = strip_number(rest.lstrip(BREAK + " \t\u3000"))
        number = found or number
        if not rest.startswith(BREAK):
            break
    return number, rest


class _Reading:
    """One entry under the knife: positions are those of the folded text."""

    def __init__(self, stages: _Names, scenarios: _Names, raw: str) -> None:
        self._stages, self._scenarios, self._raw = stages, scenarios, raw
        self._folded: Folded = folded(_LONELY.sub("-", raw))
        self._text = self._folded.text
        origin = self._folded.origin
        self._gaps = {
            index
            for index in range(1, len(origin))
            if raw[origin[index - 1] + 1 : origin[index]].strip("\u200b\ufeff\u00ad") != ""
        }

    def parts(self, number: str) -> Parts:
        start = self._skip(0)
        end = self._stage_end(start)
        if end > start:
            stage, name, instance = (start, end), *self._after_stage(self._skip(end))
        else:
            stage, name, instance = self._without_stage(start)
        return Parts(
            number=number,
            stage=self._slice(*stage),
            name=self._slice(*name),
            instance=_trim(self._slice(*instance)),
        )

    # --- what stands where -------------------------------------------------------------------

    def _stage_end(self, start: int) -> int:
        """End of a known stage at ``start`` that is bounded, else ``start``."""
        end = self._stages.at(self._text, start)
        if end == start:
            return start
        worded = end + len(_STAGE_WORD) if self._text.startswith(_STAGE_WORD, end) else end
        if self._bounded(worded):
            return worded
        return end if self._scenarios.at(self._text, end) > end else start

    def _name_end(self, start: int) -> int:
        """End of a known scenario name at ``start`` that is bounded, else ``start``."""
        end = self._scenarios.at(self._text, start)
        return end if end > start and self._bounded(end) else start

    def _bounded(self, end: int) -> bool:
        if end >= len(self._text) or end in self._gaps:
            return True
        char = self._text[end]
        return char in _SEPARATORS or char in BRACKETS or char == DASH

    def _skip(self, start: int, *, brackets: bool = True) -> int:
        """Past separators; 一 is one only where no other separator stands."""
        end = start
        while end < len(self._text) and (
            self._text[end] in _SEPARATORS or (brackets and self._text[end] in BRACKETS)
        ):
            end += 1
        if not self._text.startswith(DASH, end) or end + 1 >= len(self._text):
            return end
        labels = self._text[start:end].strip(BREAK) == ""
        alone = start > 0 and labels and end not in self._gaps
        return end + 1 if alone or self._scenarios.at(self._text, end + 1) > end + 1 else end

    # --- the cases ---------------------------------------------------------------------------

    def _after_stage(self, start: int) -> tuple[tuple[int, int], tuple[int, int]]:
        end = self._name_end(start)
        if end > start:
            return (start, end), (self._skip(end, brackets=False), len(self._text))
        cut = self._cut(start)
        if cut is None:
            return self._glued(start)
        return (start, cut), (self._skip(cut, brackets=False), len(self._text))

    def _without_stage(
        self, start: int
    ) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        end = self._name_end(start)
        if end > start:
            return self._name_first(start, end)
        found = self._name_within(start)
        if found is not None:
            return (start, self._back(found[0])), found, (self._skip(found[1]), len(self._text))
        cut = self._cut(start)
        if cut is None:
            return (start, start), *self._glued(start)
        second = self._skip(cut)
        third = self._cut(second, hard=True)
        if third is not None and cut - start <= _LONGEST_STAGE and not self._near(start, cut):
            rest = (self._skip(third, brackets=False), len(self._text))
            return (start, cut), (second, third), rest
        return (start, start), (start, cut), (self._skip(cut, brackets=False), len(self._text))

    def _name_first(
        self, start: int, end: int
    ) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        """The name stands first: the stage is missing, or stands after it (swapped)."""
        after = self._skip(end, brackets=False)
        stage_end = self._stage_end(after)
        if stage_end > after and self._cut(after) == stage_end:
            rest = self._skip(stage_end, brackets=False)
            return (after, stage_end), (start, end), (rest, len(self._text))
        return (start, start), (start, end), (after, len(self._text))

    def _name_within(self, start: int) -> tuple[int, int] | None:
        """A known name as the second part, behind something that is no known stage."""
        cut = self._cut(start)
        for begin in (cut, self._spaced(start)):
            if begin is None:
                continue
            second = self._skip(begin)
            end = self._name_end(second)
            if end > second:
                return second, end
        return None

    def _near(self, start: int, end: int) -> bool:
        """The first part looks like a scenario's name, so that the stage is what is missing."""
        word = self._text[start:end]
        letters = set(word)
        return any(
            len(letters & set(name)) >= max(3, len(name) - 1) for name in self._scenarios.names
        )

    def _glued(self, start: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """No separator left: a known name in front of the instance, or a name alone."""
        size = len(self._text)
        end = self._scenarios.at(self._text, start)
        if end > start and size - end >= 4:
            return (start, end), (end, size)
        return (start, size), (size, size)

    # --- places of separators ------------------------------------------------------------------

    def _cut(self, start: int, *, hard: bool = False) -> int | None:
        """Where the part that begins at ``start`` ends: at a hard separator, else at a softer one."""
        tests = [self._at_hard] if hard else [self._at_hard, self._at_gap, self._at_dash]
        for test in tests:
            for index in range(start + 1, len(self._text) - 1):
                if test(index):
                    return index
        return None

    def _spaced(self, start: int) -> int | None:
        return next((i for i in range(start + 1, len(self._text)) if i in self._gaps), None)

    def _at_hard(self, index: int) -> bool:
        return self._text[index] in HARD

    def _at_gap(self, index: int) -> bool:
        return index in self._gaps or self._text[index] in SOFT

    def _at_dash(self, index: int) -> bool:
        """一 used as a dash: the parts on both sides are longer than a word with 一 in it."""
        return (
            self._text[index] == DASH
            and index >= 4
            and self._text[index + 1] not in _AFTER_ONE
            and self._text[index - 1] not in _BEFORE_ONE
            and len(self._text) - index > 4
        )

    def _back(self, index: int) -> int:
        """Before the separators that end at ``index``."""
        while index and (
            self._text[index - 1] in _SEPARATORS or self._text[index - 1] in BRACKETS | {DASH}
        ):
            index -= 1
        return index

    def _slice(self, start: int, end: int) -> str:
        if end <= start:
            return ""
        first, last = self._folded.span(start, end)
        return self._raw[first:last].strip(BREAK + " \t\r\n\u3000")


_AFTER_ONE = frozenset("体码键站物人张套线机个次条种类般致些定起直流级期批号企网图表卡单屏")
"""What follows 一 in a word (一体化, 一码, 一键, 一站式 …): there it is no dash."""
_BEFORE_ONE = frozenset("统唯单第万同逐合归之进十")


def _trim(instance: str) -> str:
    """The instance without closing marks of a list line and without brackets around the whole."""
    text = instance.strip(" \t\r\n\u3000").rstrip("；;。，,、")
    if text[-1:] in "”’」』》】" and not set(text) & set("“‘「『《【"):
        text = text[:-1].rstrip()
    inner = text[1:-1]
    if (
        text[:1] in '（(“"【「'
        and text[-1:] in '）)”"】」'
        and not set(inner) & set("（(）)“”【】「」")
    ):
        return inner.strip()
    return text
