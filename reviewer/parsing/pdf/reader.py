"""``read_pdf``: a PDF's bytes as a Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reviewer import guard
from reviewer.errors import EncryptedFile, NeedsRecognition
from reviewer.limits import Limits
from reviewer.model.clean import clean
from reviewer.model.document import Document
from reviewer.parsing import seals
from reviewer.parsing.pdf.assembly import Assembled
from reviewer.parsing.pdf.content import PageContent
from reviewer.parsing.pdf.grid import Grid
from reviewer.parsing.pdf.layout import Page, lay_out
from reviewer.parsing.pdf.page import RawPage
from reviewer.parsing.pdf.usable import needs_ocr
from reviewer.parsing.trouble import Trouble, damaged, naming, too_large

_AGAIN = "请重新导出或重新扫描为 PDF 再试，或改交 Word 格式（.docx）"
_PASSWORD, _SECURITY = 4, 5
_MOST_NAMED = 8
_MOST_LOOKS = 40  # for seals


def read_pdf(data: bytes, name: str, limits: Limits | None = None) -> Document:
    """Read a PDF: text where it has any, OCR for the other pages.

    Raises DamagedFile, EncryptedFile, FileTooLarge or MissingProgram with one Chinese sentence, and
    NeedsRecognition where OCR is needed and ``limits.ocr`` is off.
    """
    limits = limits or Limits()
    with naming(name), opened(data, limits) as document:
        return _Reading(data, name, limits, document).document()


class _Reading:
    """One reading of one file."""

    def __init__(self, data: bytes, name: str, limits: Limits, document: Any) -> None:
        self._data, self._name, self._limits, self._pdf = data, name, limits, document
        self._warnings: list[str] = []
        self._seals: list[int] = []
        self._unread: list[int] = []
        self._looks = _MOST_LOOKS

    def document(self) -> Document:
        """The whole document."""
        contents = self._contents()
        greyscale = False
        if self._unread:
            contents, greyscale = self._recognized(contents, self._unread)
        assembled = Assembled([self._page(content) for content in contents])
        self._check_pages(contents)
        return Document(
            name=clean(self._name),
            sha256=hashlib.sha256(self._data).hexdigest(),
            kind="scan" if self._unread else "pdf",
            pages=len(contents),
            blocks=assembled.blocks,
            headers=assembled.headers,
            footers=assembled.footers,
            seals=tuple(sorted(self._seals)),
            greyscale=greyscale,
            warnings=tuple(self._warnings),
        )

    def _contents(self) -> list[PageContent]:
        contents, broken, total = [], [], 0
        for index in range(len(self._pdf)):
            page = RawPage(self._pdf, index)
            try:
                contents.append(page.content())
                self._look_at(page, contents[-1])
                if not page.ok:
                    broken.append(page.number)
            finally:
                page.close()
            total += len(contents[-1].chars.text)
            if total > self._limits.characters:
                raise too_large("PDF 中的文字异常多", "请只提交申报书本身的 PDF")
        if len(broken) == len(contents):
            raise damaged("PDF 的页面都无法打开", _AGAIN)
        if broken:
            self._warnings.append(f"{_pages(broken)}已损坏，未能读取，请核对。")
        return contents

    def _look_at(self, page: RawPage, content: PageContent) -> None:
        """Note whether a page must be read by OCR, which finds its seal too, or shows a seal."""
        if needs_ocr(content):
            self._unread.append(page.number)
        elif self._looks and seals.likely(content):
            self._looks -= 1
            if seals.shows_seal(page.shown, self._limits):
                self._seals.append(page.number)

    def _recognized(
        self, contents: list[PageContent], unread: list[int]
    ) -> tuple[list[PageContent], bool]:
        """The contents with OCR's in place of the unreadable, and whether these are all grey."""
        if not (self._limits.ocr and guard.may_recognize()):
            raise NeedsRecognition(f"“{self._name}”中有扫描页，需要文字识别。")
        from reviewer.parsing.scan import read_pages

        junk = [
            content.number
            for content in contents
            if content.number in unread and content.chars.text
        ]
        if junk:
            self._warnings.append(f"{_pages(junk)}的文字无法直接取用，已改用文字识别，请核对。")
        found = read_pages(self._data, unread, self._limits, guard.report_progress)
        contents = [
            found[content.number].content(content.number) if content.number in found else content
            for content in contents
        ]
        self._seals += [number for number, reading in found.items() if reading.seal]
        return contents, all(reading.greyscale for reading in found.values())

    def _page(self, content: PageContent) -> Page:
        return lay_out(content, None if content.ocr else self._second)

    def _second(self, content: PageContent) -> list[Grid] | None:
        from reviewer.parsing.pdf.fallback import tables

        return tables(self._data, content.number)

    def _check_pages(self, contents: Sequence[PageContent]) -> None:
        """Say which pages gave no text at all; a document without any cannot be reviewed."""
        blank = [c.number for c in contents if not c.chars.text.strip()]
        if len(blank) == len(contents):
            raise damaged("PDF 中没有可以识别的文字", _AGAIN)


def _pages(numbers: Sequence[int]) -> str:
    named = "、".join(map(str, numbers[:_MOST_NAMED]))
    return f"第 {named} 页" + ("等" if len(numbers) > _MOST_NAMED else "")


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Any]:
    """The document open in PDFium; its page count within the limit."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(getattr(error, "err_code", None)) from None
    try:
        pages = len(document)
        if pages <= 0:
            raise damaged("PDF 中没有任何页面", _AGAIN)
        if pages > limits.pages:
            raise too_large(
                f"PDF 有 {pages} 页，超过 {limits.pages} 页的上限", "请只提交申报书本身的 PDF"
            )
        yield document
    finally:
        document.close()


def _refusal(code: int | None) -> Trouble:
    if code in (_PASSWORD, _SECURITY):
        return Trouble(EncryptedFile, "PDF 设有打开密码或加密保护", "请先解除密码再试")
    return damaged("PDF 已损坏或不完整", _AGAIN)
