"""Notes on PDF pages: the original stays, every finding has its box."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from reviewer.errors import DamagedFile, UnsupportedFormat
from reviewer.model.declaration import Span
from reviewer.model.document import Box, Document, Paragraph, Place
from reviewer.model.review import Finding
from reviewer.reports import Material
from reviewer.reports.boxes import boxes_of
from reviewer.reports.pdf import write
from tests.reports.build import POLICY, finding, review

PLACE = Place(0, 2, boxes=(Box(2, 100, 200, 300, 212), Box(2, 100, 214, 200, 226)))
TEXT = "甲" * 20 + "乙" * 10


def paper(rotate: int = 0, pages: int = 2, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        if rotate:
            page.rotate(rotate)
    if password:
        writer.encrypt("", password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def annotated(data: bytes, *found: Finding) -> bytes:
    document = Document("a.pdf", "0", "pdf", 2, (Paragraph(TEXT, PLACE),))
    return write(Material(review(document, found), POLICY, data, document))


def notes(data: bytes, page: int) -> list[dict[str, object]]:
    found = PdfReader(io.BytesIO(data)).pages[page].get("/Annots") or ()
    return [item.get_object() for item in found]


def test_the_box_encloses_the_lines_quoted() -> None:
    out = annotated(paper(), finding(TEXT, (Span(PLACE, 0, 30),)))
    box = notes(out, 1)[0]
    left, low, right, high = (float(v) for v in box["/Rect"])
    assert (left, high, low) == (98, 842 - 198, 842 - 228)
    assert 302 < right < 320
    assert "请改掉" in str(box["/Contents"])
    assert box["/T"] == "申报书审阅"


def test_the_original_is_a_prefix_and_opens() -> None:
    data = paper()
    out = annotated(data, finding(TEXT, (Span(PLACE, 0, 5),)))
    assert out.startswith(data)
    assert len(PdfReader(io.BytesIO(out)).pages) == 2


def test_summary_and_findings_without_a_place_stand_on_the_first_page() -> None:
    out = annotated(paper(), finding("", ()), finding("x", ()))
    first = notes(out, 0)
    assert "处错误" in str(first[0]["/Contents"])
    assert [note["/Subtype"] for note in first] == ["/Text", "/Square", "/Square"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages(rotate: int) -> None:
    box = notes(annotated(paper(rotate), finding(TEXT, (Span(PLACE, 0, 30),))), 1)[0]
    left, low, right, high = (float(v) for v in box["/Rect"])
    assert left < right
    assert low < high
    wide = right - left > high - low
    assert wide == (rotate in (0, 180))


def test_a_stretch_of_a_paragraph_covers_part_of_its_lines() -> None:
    boxes = boxes_of([Span(PLACE, 22, 30)], {0: TEXT})
    assert [box.top for box in boxes] == [214]
    assert 110 < boxes[0].x0 < 130
    assert boxes_of([Span(PLACE, 0, 0)], {0: TEXT}) == list(PLACE.boxes)


def test_existing_annotations_stay() -> None:
    once = annotated(paper(), finding(TEXT, (Span(PLACE, 0, 5),)))
    twice = annotated(once, finding(TEXT, (Span(PLACE, 0, 5),)))
    assert len(notes(twice, 1)) == 2


def test_hostile_words_are_notes_only() -> None:
    words = ") Tj ET /JavaScript (app.alert(1)) \x00\u202e" + "长" * 100_000
    out = annotated(paper(), finding(words, (Span(PLACE, 0, 5),)))
    assert b"/JavaScript" not in out
    assert len(out) < 60_000


def test_what_cannot_be_marked_is_refused_in_one_sentence() -> None:
    with pytest.raises(UnsupportedFormat, match="限制了修改"):
        annotated(paper(password="x"))
    with pytest.raises(DamagedFile, match="损坏"):
        annotated(b"%PDF-1.4\nnothing")
    word = Document("a.docx", "0", "docx", None, ())
    with pytest.raises(UnsupportedFormat, match="--format docx"):
        write(Material(review(word, []), POLICY, b"", word))
