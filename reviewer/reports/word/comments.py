"""``w:comment`` elements: author, and paragraphs that look the same whatever the file's styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from lxml import etree

from reviewer.model.clean import clean
from reviewer.reports.word.names import Dialect
from reviewer.reports.wording import AUTHOR

_INITIALS = "审阅"
# More words than a reader can use in a balloon; a quoted cell may be of any length.
_LONGEST = 2000
# The default style of a declaration is often large and indented; a balloon is not.
_LAYOUT = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
_SIZE = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
_MARK = f"<w:r><w:rPr>{_SIZE}</w:rPr><w:annotationRef/></w:r>"


class Comments:
    """The comments part, to which comments are added behind those that are there.

    They are written as text and parsed once: ten times as quick as building elements.
    """

    def __init__(self, root: etree._Element, dialect: Dialect, now: datetime) -> None:
        self._root = root
        self._ns = dialect.ns
        self._date = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        values = (item.get(dialect("id")) or "" for item in root)
        self._next = max((int(v) for v in values if v.isdecimal()), default=-1) + 1
        self._added: list[str] = []

    def add(self, title: str, paragraphs: Iterable[Sequence[tuple[str, bool]]]) -> int:
        """Add a comment of a bold title and paragraphs of (text, bold) runs; its id."""
        number = self._next
        self._next += 1
        head = _MARK + _run(title, bold=True)
        bodies = [head, *("".join(_run(t, bold=b) for t, b in runs) for runs in paragraphs)]
        self._added.append(
            f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date="{self._date}"'
            f' w:initials="{_INITIALS}">'
            + "".join(f"<w:p>{_LAYOUT}{body}</w:p>" for body in bodies)
            + "</w:comment>"
        )
        return number

    def root(self) -> etree._Element:
        """The root of the part with all comments."""
        added = f'<w:comments xmlns:w="{self._ns}">{"".join(self._added)}</w:comments>'
        self._added.clear()
        self._root.extend(list(etree.fromstring(added)))
        return self._root


def _run(text: str, *, bold: bool) -> str:
    words = clean(text).replace("\n", " ")
    if len(words) > _LONGEST:
        words = words[:_LONGEST] + "…"
    form = f"<w:rPr>{'<w:b/>' if bold else ''}{_SIZE}</w:rPr>"
    return f'<w:r>{form}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
