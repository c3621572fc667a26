"""Hostile and broken PDFs end in one clear Chinese sentence, within their limits."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from reviewer import guard
from reviewer.errors import (
    DamagedFile,
    EncryptedFile,
    FileTooLarge,
    NeedsRecognition,
    ReviewerError,
    UnreadableFile,
)
from reviewer.limits import Limits
from reviewer.model.document import Document, paragraphs
from reviewer.parsing import read
from reviewer.parsing.pdf.page import RawPage
from reviewer.parsing.pdf.reader import opened
from reviewer.parsing.pdf.usable import needs_ocr
from tests.parsing import pdffile

SENTENCE = re.compile(r"^无法读取“[^”]+”：[^。]+；[^。]+。$")
TIGHT = Limits(memory=700 << 20, cpu=6, wall=12.0, ocr=False)


def refused(data: bytes, kind: type[ReviewerError], limits: Limits = TIGHT) -> str:
    """The sentence that the guarded child ends with."""
    with pytest.raises(kind) as caught:
        guard.run(read, data, "坏.pdf", limits, result=Document, limits=limits, name="坏.pdf")
    return str(caught.value)


def lines(data: bytes) -> list[str]:
    document = guard.run(read, data, "x.pdf", TIGHT, result=Document, limits=TIGHT, name="x.pdf")
    return [p.text for p in paragraphs(document.blocks)]


@pytest.mark.parametrize(
    ("data", "kind", "word"),
    [
        (b"%PDF-1.7\n" + b"garbage " * 500, DamagedFile, "损坏"),
        (b"%PDF-1.7\n%%EOF", DamagedFile, "损坏"),
        (pdffile.pdf([pdffile.CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"]), DamagedFile, "PDF"),
        (pdffile.cyclic(), UnreadableFile, "PDF"),
        (pdffile.many_pages(100_000), FileTooLarge, "100000 页"),
        (pdffile.page(b""), DamagedFile, "没有可以识别的文字"),
        (b"plain words, no PDF at all", UnreadableFile, "纯文本"),
    ],
    ids=["garbage", "nothing", "no-pages", "cyclic", "100000-pages", "blank", "not-pdf"],
)  # fmt: skip
def test_one_sentence(data: bytes, kind: type[ReviewerError], word: str):
    sentence = refused(data, kind)
    assert SENTENCE.match(sentence), sentence
    assert word in sentence


def test_encrypted():
    writer = pypdf.PdfWriter(io.BytesIO(pdffile.page(pdffile.text("secret"))))
    writer.encrypt("word", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "解除密码" in refused(out.getvalue(), EncryptedFile)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_truncated_is_read_or_refused(share: float):
    data = pdffile.pages([pdffile.text(f"page {k}") for k in range(20)])
    try:
        assert lines(data[: int(share * len(data))])
    except UnreadableFile as error:
        assert SENTENCE.match(str(error))


def test_form_fan_out_ends_within_limits():
    sentence = refused(pdffile.fan_out(), ReviewerError)
    assert sentence.startswith("无法读取“坏.pdf”：")


def test_flate_bomb_ends_within_limits():
    bomb = pdffile.stream(b" " * (250 << 20), packed=True)
    objects = [
        pdffile.CATALOG,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        bomb,
    ]
    assert "无法读取" in refused(pdffile.pdf(objects), ReviewerError)


def test_huge_page_is_read():
    data = pdffile.page(pdffile.text("far away", 100_000, 150_000, 900), box="0 0 200000 200000")
    assert lines(data) == ["far away"]


def test_many_characters_on_a_page_are_refused_or_read():
    data = pdffile.page(b"".join(pdffile.text("x" * 90, 20, 800 - k % 780, 4) for k in range(2500)))
    assert lines(data)


def test_pictures_need_recognition():
    with pytest.raises(NeedsRecognition):
        read(pdffile.picture_page(), "x.pdf", Limits(ocr=False))


def test_fonts_without_unicode_need_recognition():
    with opened(pdffile.without_unicode(), Limits()) as document:
        page = RawPage(document, 0)
        content = page.content()
        page.close()
    assert needs_ocr(content)


def test_blank_picture_is_refused_after_recognition():
    with pytest.raises(DamagedFile, match="没有可以识别的文字"):
        read(pdffile.picture_page(), "x.pdf", Limits())
