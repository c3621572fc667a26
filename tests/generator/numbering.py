"""numbering.xml: the numbers that Word counts itself and that stand nowhere in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from .xmlkit import Element, add, el, val

HEADINGS, CN_PAREN, ENTRIES, LABELS, BULLETS = 1, 2, 3, 4, 5
"""Abstract numberings: 一、/2.1/3.1.1 · （一） · 1. · （1） · a bullet."""


def _level(
    index: int, fmt: str, pattern: str, *, legal: bool = False, suffix: str = "nothing"
) -> Element:
    indent = el("w:pPr", None, el("w:ind", {"w:left": "0", "w:firstLine": "0"}))
    return el(
        "w:lvl",
        {"w:ilvl": str(index)},
        val("w:start", 1),
        val("w:numFmt", fmt),
        el("w:isLgl") if legal else None,
        val("w:suff", suffix),
        val("w:lvlText", pattern),
        val("w:lvlJc", "left"),
        indent,
    )


def _abstract(number: int, *levels: Element) -> Element:
    kind = "multilevel" if len(levels) > 1 else "singleLevel"
    return add(
        el("w:abstractNum", {"w:abstractNumId": str(number)}, val("w:multiLevelType", kind)), levels
    )


def _abstracts(label_pattern: str) -> list[Element]:
    return [
        _abstract(
            HEADINGS,
            _level(0, "chineseCounting", "%1、"),
            _level(1, "decimal", "%1.%2", legal=True, suffix="space"),
            _level(2, "decimal", "%1.%2.%3", legal=True, suffix="space"),
            _level(3, "decimal", "（%4）"),
        ),
        _abstract(CN_PAREN, _level(0, "chineseCountingThousand", "（%1）")),
        _abstract(ENTRIES, _level(0, "decimal", "%1.")),
        _abstract(LABELS, _level(0, "decimal", label_pattern)),
        _abstract(BULLETS, _level(0, "bullet", "●")),
    ]


@dataclass
class Numbering:
    """The ``w:num`` elements handed out so far."""

    nums: list[tuple[int, bool]] = field(default_factory=lambda: [(HEADINGS, False)])
    parents: dict[str, int] = field(default_factory=dict)

    def restart(self, abstract: int) -> int:
        """A new list of this kind that starts again at 1; the returned id goes into ``w:numId``."""
        self.nums.append((abstract, True))
        return len(self.nums)

    def under(self, parent: str) -> int:
        """The list that counts 3.1, 3.2 … under 3: the parent's number is typed into its pattern."""
        if parent not in self.parents:
            self.nums.append((BULLETS + len(self.parents) + 1, False))
            self.parents[parent] = len(self.nums)
        return self.parents[parent]

    def part(self) -> Element:
        """The whole numbering.xml."""
        root = add(el("w:numbering"), _abstracts("（%1）"))
        for number, parent in enumerate(self.parents, BULLETS + 1):
            root.append(_abstract(number, _level(0, "decimal", f"{parent}.%1", suffix="space")))
        for number, (abstract, fresh) in enumerate(self.nums, 1):
            override = (
                el("w:lvlOverride", {"w:ilvl": "0"}, val("w:startOverride", 1)) if fresh else None
            )
            root.append(
                el("w:num", {"w:numId": str(number)}, val("w:abstractNumId", abstract), override)
            )
        return root


def num_pr(num_id: int, level: int = 0) -> Element:
    """The ``w:numPr`` of a paragraph in that list."""
    return el("w:numPr", None, val("w:ilvl", level), val("w:numId", num_id))
