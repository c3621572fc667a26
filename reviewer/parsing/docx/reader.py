"""``read_docx``: the package as a Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lxml import etree

from reviewer.limits import Limits
from reviewer.model.clean import clean, shown
from reviewer.model.document import Document, Paragraph, paragraphs
from reviewer.parsing.docx.book import Book
from reviewer.parsing.docx.names import REL_ID, W
from reviewer.parsing.docx.numbering import Numbering
from reviewer.parsing.docx.package import Package
from reviewer.parsing.docx.part import FOOTER, HEADER, Part, needs_formats, part
from reviewer.parsing.docx.safexml import parse
from reviewer.parsing.docx.story import Story
from reviewer.parsing.docx.styles import Styles
from reviewer.parsing.trouble import Trouble, damaged, naming

_BODY = W + "body"
_NOTE_TAGS = {"footnotes": W + "footnote", "endnotes": W + "endnote"}
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, name: str, limits: Limits | None = None) -> Document:
    """Read a Word document (.docx, .docm, .dotx; transitional or Strict OOXML).

    Hidden text (``w:vanish``) and deletions are not on paper and are dropped; text of placeholders
    is on paper and stays. Headers and footers of all kinds (first, even, default) are read, each
    text once, whether or not the sections' settings show them at present.

    Raises DamagedFile, EncryptedFile or FileTooLarge with one Chinese sentence.
    """
    with naming(name):
        reading = _Reading(data, limits or Limits())
        try:
            return reading.document(data, name)
        finally:
            reading.close()


class _Reading:
    """One reading of one package."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._package = Package(data, limits)
        self._main = self._main_part()
        self._notes: dict[str, tuple[Part, dict[str, etree._Element]] | None] = {}
        self._note_texts: dict[tuple[str, str], str] = {}
        styles, exact = self._styles()
        numbering = self._related_root("numbering")
        self._book = Book(
            self._package,
            styles,
            Numbering(numbering, styles),
            limits,
            exact=exact,
            note=self._note,
        )

    def document(self, data: bytes, name: str) -> Document:
        """The whole document."""
        body = next(self._main.root.iterchildren(_BODY), None)
        if body is None:
            raise damaged("其中没有正文")
        blocks = tuple(Story(self._book, self._main).blocks(body))
        headers, footers = self._furniture(HEADER), self._furniture(FOOTER)
        self._book.check_length()
        return Document(
            name=clean(name.replace("\\", "/").rpartition("/")[2]),
            sha256=hashlib.sha256(data).hexdigest(),
            kind="docx",
            pages=None,
            blocks=blocks,
            headers=headers,
            footers=footers,
            warnings=tuple(self._package.warnings),
        )

    def close(self) -> None:
        """Let go of what refers back here, so that the trees are freed now: what comes after a
        reading uses their memory again, and the collector waits while a review is made."""
        self._book.note = _no_note

    def _main_part(self) -> Part:
        key = self._package.main()
        name = self._package.name(key)
        data = self._package.read(key)
        root, recovered = parse(data, shown(name), self._limits)
        if root.tag != W + "document":
            raise damaged("其中的正文部件不是 Word 正文")
        if recovered:
            self._package.warn("正文中含有 XML 不允许的字符，已略去，请核对相应文字。")
        return part(key, name, root, data, self._limits)

    def _styles(self) -> tuple[Styles, bool]:
        key = self._package.related(self._main.key, "styles")
        if key is None:
            return Styles(None), False
        try:
            data = self._package.read(key)
            root, _ = parse(data, shown(self._package.name(key)), self._limits)
        except Trouble as trouble:
            self._package.warn(f"样式表未能读取（{trouble.what}），标题级别可能不准。")
            return Styles(None), False
        return Styles(root), needs_formats(root, data)

    def _related_root(self, kind: str) -> etree._Element | None:
        key = self._package.related(self._main.key, kind)
        return None if key is None else self._package.xml(key)

    def _read_part(self, key: str) -> Part | None:
        """A secondary part with text; None with a warning where it cannot be read."""
        name = self._package.name(key)
        try:
            data = self._package.read(key)
            root, _ = parse(data, shown(name), self._limits)
        except Trouble as trouble:
            self._package.warn(f"部件 {shown(name)} 未能读取：{trouble.what}。")
            return None
        return part(key, name, root, data, self._limits)

    # Headers and footers

    def _furniture(self, tag: str) -> tuple[Paragraph, ...]:
        """The paragraphs of all headers or footers, each text once."""
        found: dict[tuple[str, ...], Paragraph] = {}
        for key in self._referenced(tag):
            source = self._read_part(key)
            if source is not None:
                for paragraph in paragraphs(tuple(Story(self._book, source).blocks(source.root))):
                    words = (paragraph.number, paragraph.text.strip(), *paragraph.notes)
                    if any(words):
                        found.setdefault(words, paragraph)
        return tuple(found.values())

    def _referenced(self, tag: str) -> Iterator[str]:
        relations = self._package.relations(self._main.key)
        seen: set[str] = set()
        for reference in self._main.furniture:
            if reference.tag != tag:
                continue
            relation = relations.get(reference.get(REL_ID) or "")
            if relation is None or not self._package.has(relation.target):
                self._package.warn("有页眉或页脚缺失，未能读取。")
            elif relation.target not in seen:
                seen.add(relation.target)
                yield relation.target

    # Notes

    def _note(self, kind: str, note_id: str) -> str:
        """The text of a footnote or endnote, "" for separators and dangling references."""
        key = (kind, note_id)
        if key not in self._note_texts:
            self._note_texts[key] = ""  # a note that refers to itself ends here
            self._note_texts[key] = self._read_note(kind, note_id)
        return self._note_texts[key]

    def _read_note(self, kind: str, note_id: str) -> str:
        if kind not in self._notes:
            self._notes[kind] = self._load_notes(kind)
        loaded = self._notes[kind]
        if loaded is None or note_id not in loaded[1]:
            self._package.warn("有脚注或尾注缺失，未能读取。")
            return ""
        source, elements = loaded
        blocks = tuple(Story(self._book, source).blocks(elements[note_id]))
        return "\n".join(p.text for p in paragraphs(blocks) if p.text).strip()

    def _load_notes(self, kind: str) -> tuple[Part, dict[str, etree._Element]] | None:
        key = self._package.related(self._main.key, kind)
        source = None if key is None else self._read_part(key)
        if source is None:
            return None
        notes: dict[str, etree._Element] = {}
        for element in source.root.iterchildren(_NOTE_TAGS[kind]):
            if element.get(W + "type") not in _NO_NOTES:
                notes.setdefault(element.get(W + "id") or "", element)
        return source, notes


def _no_note(kind: str, note_id: str) -> str:
    """Stands in for the notes of a reading that is over."""
    return ""
