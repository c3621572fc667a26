"""What all stories of one document share: styles, numbering, notes, counters, limits."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from lxml import etree

from reviewer.limits import Limits
from reviewer.model.clean import clean
from reviewer.parsing.docx.names import A
from reviewer.parsing.docx.numbering import Numbering
from reviewer.parsing.docx.package import Package
from reviewer.parsing.docx.styles import Styles
from reviewer.parsing.trouble import too_large

_MOST_RELATED = 500


class Book:
    """Shared state of one reading. exact: a style may hide text or set a symbol font.

    numbers: the blocks' numbers in reading order. characters: read so far.
    """

    def __init__(
        self,
        package: Package,
        styles: Styles,
        numbering: Numbering,
        limits: Limits,
        *,
        exact: bool,
        note: Callable[[str, str], str],
    ) -> None:
        self.package = package
        self.styles = styles
        self.numbering = numbering
        self.limits = limits
        self.exact = exact
        self.note = note
        self.warn = package.warn
        self.numbers = count()
        self.characters = 0
        self._related: dict[str, list[str]] = {}

    def check_length(self) -> None:
        """Raise Trouble where more characters were read than the limit allows."""
        if self.characters > self.limits.characters:
            most = self.limits.characters // 10_000
            raise too_large(f"正文超过 {most} 万字，不像一份申报书", "请删去多余内容后再试")

    def related_text(self, part: str, relation: str) -> list[str]:
        """The words in a chart or diagram that a part refers to, a string a paragraph."""
        found = self.package.relations(part).get(relation)
        if found is None or not self.package.has(found.target):
            return []
        if found.target not in self._related:
            root = self.package.xml(found.target)
            self._related[found.target] = [] if root is None else _drawn(root)
        words = self._related[found.target]
        self.characters += sum(map(len, words))
        return words


def _drawn(root: etree._Element) -> list[str]:
    words: list[str] = []
    for paragraph in root.iter(A + "p"):
        text = clean("".join(item.text or "" for item in paragraph.iter(A + "t"))).strip()
        if text and len(words) < _MOST_RELATED:
            words.append(text)
    return words
