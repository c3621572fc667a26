"""``read_pdf``: a PDF's bytes as a Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reviewer.errors import EncryptedFile
from reviewer.limits import Limits
from reviewer.model.clean import clean
from reviewer.model.document import Document
from reviewer.parsing.pdf.assembly import Assembled
from reviewer.parsing.pdf.content import PageContent
from reviewer.parsing.pdf.glyphs import is_junk
from reviewer.parsing.pdf.layout import Page, lay_out
from reviewer.parsing.pdf.native import native
from reviewer.parsing.pdf.page import RawPage
from reviewer.parsing.trouble import Trouble, damaged, naming, too_large

_AGAIN = "请重新导出或重新扫描为 PDF 再试，或改交 Word 格式（.docx）"
_PASSWORD, _SECURITY = 4, 5


def read_pdf(data: bytes, name: str, limits: Limits | None = None) -> Document:
    """Read a PDF.

    Raises DamagedFile, EncryptedFile or FileTooLarge with one Chinese sentence.
    """
    limits = limits or Limits()
    with naming(name), opened(data, limits) as document:
        pages = [_page(document, index) for index in range(len(document))]
        assembled = Assembled(pages)
        return Document(
            name=clean(name),
            sha256=hashlib.sha256(data).hexdigest(),
            kind="pdf",
            pages=len(pages),
            blocks=assembled.blocks,
            headers=assembled.headers,
            footers=assembled.footers,
        )


def _page(document: Any, index: int) -> Page:
    return lay_out(_content(document, index))


def _content(document: Any, index: int) -> PageContent:
    page = RawPage(document, index)
    try:
        return page.content()
    finally:
        page.close()


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Any]:
    """The document open in PDFium; its page count within the limit."""
    import pypdfium2

    native()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(getattr(error, "err_code", None)) from None
    try:
        pages = len(document)
        if pages == 0:
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


__all__ = ["is_junk", "opened", "read_pdf"]
