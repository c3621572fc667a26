"""PDFs with text: lines, paragraphs, tables, boxes, furniture."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from reviewer.model.document import Document, Paragraph, Table, paragraphs
from reviewer.parsing import read
from reviewer.parsing.pdf.content import Rect, Rule
from reviewer.parsing.pdf.footnotes import take_footnotes
from reviewer.parsing.pdf.layout import Page
from reviewer.parsing.pdf.lines import Line, Run
from tests.parsing import pdffile
from tests.parsing.pdffile import pages, rules, text

SAMPLE = Path(__file__).parents[2] / "corpus" / "samples" / "S04-food-advanced-weak.json"


def document(data: bytes) -> Document:
    return read(data, "x.pdf")


def words(data: bytes) -> list[str]:
    return [p.text for p in paragraphs(document(data).blocks)]


def table(data: bytes) -> Table:
    return next(block for block in document(data).blocks if isinstance(block, Table))


def cells(found: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in found.cells]


def test_places_and_kind():
    found = document(pdffile.page(text("Hello", 72, 700, 12)))
    assert (found.kind, found.pages, found.seals) == ("pdf", 1, ())
    paragraph = next(paragraphs(found.blocks))
    assert (paragraph.text, paragraph.size, paragraph.place.page) == ("Hello", 12.0, 1)
    (box,) = paragraph.place.boxes
    assert box.page == 1
    assert 70 < box.x0 < 74
    assert 125 < box.top < box.bottom < 150


def test_full_lines_make_one_paragraph():
    long = "word " * 16 + "word"
    data = pdffile.page(
        text(long, 72, 700) + text(long, 72, 684) + text("the end.", 72, 668)
        + text("Another begins indented.", 96, 652) + text(long, 72, 636)
    )  # fmt: skip
    assert words(data) == [
        f"{long} {long} the end.",
        "Another begins indented.",
        long,
    ]


def test_headings_of_another_size_stand_alone():
    long = "word " * 16 + "word"
    head = "Head " * 8 + "Heads"
    found = words(
        pdffile.page(text(head, 72, 720, 18) + text(long, 72, 690) + text("end", 72, 674))
    )
    assert found == [head, f"{long} end"]


def test_merged_cells():
    content = (
        b"72 700 m 372 700 l S 72 680 m 372 680 l S 172 660 m 372 660 l S 72 640 m 372 640 l S "
        b"72 640 m 72 700 l S 172 640 m 172 700 l S 272 640 m 272 680 l S 372 640 m 372 700 l S "
    )
    content += text("head", 80, 685) + text("wide", 180, 685) + text("side", 80, 655)
    content += text("a", 180, 665) + text("b", 280, 665) + text("c", 180, 645) + text("d", 280, 645)
    found = table(pdffile.page(content))
    assert (found.rows, found.cols) == (3, 3)
    assert cells(found) == [
        (0, 0, 1, 1, "head"), (0, 1, 1, 2, "wide"), (1, 0, 2, 1, "side"),
        (1, 1, 1, 1, "a"), (1, 2, 1, 1, "b"), (2, 1, 1, 1, "c"), (2, 2, 1, 1, "d"),
    ]  # fmt: skip


def test_table_in_a_cell():
    content = rules([72, 372], [600, 700]) + rules([100, 200, 300], [620, 640, 660])
    content += (
        text("outer", 80, 680) + text("in", 110, 645) + text("ner", 210, 645) + text("x", 110, 625)
    )
    (cell,) = table(pdffile.page(content)).cells
    assert isinstance(cell.blocks[0], Paragraph)
    inner = cell.blocks[1]
    assert isinstance(inner, Table)
    assert [c.text for c in inner.cells] == ["in", "ner", "x", ""]


def _two_pages(first: bytes, second: bytes) -> bytes:
    return pages([first, second])


def test_tables_over_pages_are_one_and_heads_are_dropped():
    def rows(top: float, *lines: tuple[str, str]) -> bytes:
        ys = [top - 20 * k for k in range(len(lines) + 1)]
        out = rules([72, 272, 522], ys[::-1])
        for y, (a, b) in zip(ys, lines, strict=False):
            out += text(a, 80, y - 14) + text(b, 280, y - 14)
        return out

    found = table(
        _two_pages(
            text("above", 72, 780) + rows(160, ("name", "value"), ("a", "1"), ("b", "2")),
            rows(780, ("name", "value"), ("c", "3"), ("d", "4")) + text("below", 72, 400),
        )
    )
    assert [c.text for c in found.cells] == [
        "name",
        "value",
        "a",
        "1",
        "b",
        "2",
        "c",
        "3",
        "d",
        "4",
    ]
    assert found.rows == 5


def test_a_cell_cut_by_the_page_is_one():
    line = "w" * 27
    first = rules([72, 272, 522], [100, 160]) + text("label", 80, 140)
    first += text(line, 277, 140) + text(line, 277, 120)
    second = (
        rules([72, 272, 522], [740, 780]) + text("rest of it.", 277, 760) + text("below", 72, 300)
    )
    (label, value) = table(_two_pages(text("top", 72, 780) + first, second)).cells
    assert label.text == "label"
    assert value.text.replace(" ", "") == line + line + "restofit."


def test_tables_with_text_between_stay_apart():
    first = rules([72, 272, 522], [100, 160]) + text("a", 80, 140)
    second = text("between", 72, 790) + rules([72, 272, 522], [700, 740]) + text("b", 80, 720)
    found = document(_two_pages(first, second)).blocks
    assert sum(isinstance(block, Table) for block in found) == 2


def test_headers_footers_and_page_numbers():
    contents = [
        text("The firm", 250, 810)
        + text(f"Body of page {'x' * k}", 72, 600)
        + text(f"- {k} -", 290, 30)
        for k in range(1, 5)
    ]
    found = document(pages(contents))
    assert [p.text for p in found.headers] == ["The firm"]
    assert [p.text for p in found.footers] == ["- 1 -", "- 2 -", "- 3 -", "- 4 -"]
    assert [p.text for p in paragraphs(found.blocks)] == [
        f"Body of page {'x' * k}" for k in range(1, 5)
    ]


def test_headings_at_the_top_of_pages_are_no_headers():
    contents = [text(f"Annex {k}", 72, 790) + text("Body", 72, 600) for k in range(1, 6)]
    assert document(pages(contents)).headers == ()


def test_footnotes_go_to_their_paragraph():
    content = (
        text("A claim", 72, 700)
        + b"BT /F 7 Tf 116 706 Td (1) Tj ET "
        + text("goes on here", 124, 700)
    )
    content += text("Next line of the body", 72, 660)
    content += b"72 120 m 200 120 l S " + b"BT /F 9 Tf 72 105 Td (1 The source of it) Tj ET "
    found = list(paragraphs(document(pdffile.page(content)).blocks))
    assert found[0].notes == ("The source of it",)
    assert "1" not in found[0].text
    assert len(found) == 2


def test_footnotes_with_circled_marks():
    def line(words: str, top: float, size: float = 12) -> Line:
        box = Rect(72, top, 72 + size * len(words), top + size)
        run = Run(words, box, size, False, (), size, False)
        return Line(words, 1, box, size, False, (), size, (run,))

    items = [line("甲", 100), line("乙", 130), line("①其一", 730, 9), line("②其二", 745, 9)]
    page = Page(1, 595, 842, [*items], loose=[Rule(722, 72, 200)])
    take_footnotes(page)
    assert [item.text for item in page.items if isinstance(item, Line)] == ["甲", "乙"]
    assert [item.notes for item in page.items if isinstance(item, Line)][-1] == ("其一", "其二")


def test_struck_words_are_no_text():
    content = text("kept", 72, 700) + text("gone", 120, 700) + b"119 704 m 146 704 l S "
    assert words(pdffile.page(content)) == ["kept"]


@pytest.mark.parametrize(
    ("drawing", "mark"),
    [
        (b"", "□"),
        (b"72 700 m 82 710 l 72 710 m 82 700 l S ", "☑"),
        (b"74 705 m 76 702 l 81 709 l S ", "☑"),
        (b"74 702 6 6 re f ", "☑"),
    ],
    ids=["empty", "cross", "tick", "filled"],
)
def test_drawn_boxes(drawing: bytes, mark: str):
    content = b"72 700 10 10 re S " + drawing + text("yes", 86, 701)
    assert words(pdffile.page(content)) == [f"{mark}yes"]


def test_turned_pages_read_as_shown():
    upright = pdffile.page(text("first", 72, 700) + text("second", 72, 650))
    turned = pdffile.page(
        b"0 1 -1 0 595 0 cm " + text("first", 72, 500) + text("second", 72, 450)
    ).replace(b"/Contents 4 0 R", b"/Contents 4 0 R /Rotate 90")
    assert words(upright) == words(turned) == ["first", "second"]


def test_red_seals_are_seen():
    ring = b"0.85 0.1 0.12 RG 6 w 300 400 110 110 re S 340 440 30 30 re S "
    found = document(pages([text("cover", 72, 700) + ring, text("promise", 72, 700)]))
    assert found.seals == (1,)


def test_drawn_seals_are_seen_on_any_page():
    ring = b"0.85 0.1 0.12 RG 6 w 300 400 110 110 re S 340 440 30 30 re S "
    contents = [text(f"page {k}", 72, 700) for k in range(7)]
    contents[6] += ring
    assert document(pages(contents)).seals == (7,)


def test_pages_without_anything_red_are_not_rendered(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> bool:
        raise AssertionError

    monkeypatch.setattr("reviewer.parsing.seals.shows_seal", fail)
    black = text("cover", 72, 700) + b"6 w 300 400 110 110 re S 0.9 0.9 0.9 rg 72 500 80 80 re f "
    assert document(pages([black])).seals == ()


def test_characters_beyond_the_basic_plane():
    found = words(pdffile.with_unicode([0x20BB7, ord("野"), 0x2F00, ord("屋")]))
    assert found == ["𠮷野一屋"]


def test_red_words_are_no_seal():
    red = b"0.85 0.1 0.12 rg " + text("A long heading in red", 72, 700, 30)
    assert document(pages([red])).seals == ()


def test_the_same_cells_as_pdfplumber():
    import pdfplumber

    from tests.generator.htmlview import render_html
    from tests.generator.pdfs import html_to_pdf

    data = html_to_pdf(render_html(json.loads(SAMPLE.read_text(encoding="utf-8")), 1))
    with pdfplumber.open(io.BytesIO(data), pages=[3, 4, 5]) as other:
        wanted = {
            "".join(cell.split())
            for page in other.pages
            for found in page.extract_tables()
            for row in found
            for cell in row
            if cell and cell.strip()
        }
    mine = document(data)
    whole = "".join("".join(p.text.split()) for p in paragraphs(mine.blocks))
    missing = {cell for cell in wanted if cell not in whole}
    assert len(missing) <= 0.02 * len(wanted), missing
