"""The invariant of Text: its text is its spans' stretches joined by newlines."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from reviewer.extraction.texts import Piece, build
from reviewer.model.document import Paragraph, Place

LETTERS = st.text(alphabet="厂数 \n\t　a1。", max_size=12)


@st.composite
def pieces(draw):
    found = []
    for block, text in enumerate(draw(st.lists(LETTERS, max_size=5))):
        paragraph = Paragraph(text, Place(block), doubt=((0, len(text) // 2),) if text else ())
        points = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
        found += [Piece(paragraph, a, b) for a, b in itertools.pairwise(points)]
    return found


@given(pieces())
def test_spans_make_the_text(given_pieces):
    text = build(given_pieces)
    paragraphs = {piece.paragraph.place: piece.paragraph for piece in given_pieces}
    stretches = [paragraphs[s.place].text[s.start : s.end] for s in text.spans]
    assert text.text == "\n".join(stretches)
    if text.spans:
        lengths = sum(span.end - span.start for span in text.spans)
        assert len(text.text) == lengths + len(text.spans) - 1
    assert all(stretch == stretch.strip() and stretch for stretch in stretches)
    assert 0.0 <= text.doubt <= 1.0


@given(pieces())
def test_nothing_visible_is_lost(given_pieces):
    squeezed = "".join("".join(piece.text for piece in given_pieces).split())
    assert "".join(build(given_pieces).text.split()) == squeezed


def test_lines_of_one_paragraph_stay_as_written():
    paragraph = Paragraph("甲 \n 乙", Place(3))
    text = build([Piece(paragraph, 0, 2), Piece(paragraph, 3, 5)])
    assert text.text == "甲 \n 乙"
    assert len(text.spans) == 1


def test_doubt_is_the_share_of_doubtful_characters():
    paragraph = Paragraph("一二三四", Place(0), doubt=((1, 2),))
    assert build([Piece(paragraph, 0, 4)]).doubt == 0.25
