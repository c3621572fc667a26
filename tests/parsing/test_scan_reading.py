"""Recognition: characters from the model's answer, wanting ones supplied, pages any way round, mixed files."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from reviewer.limits import Limits
from reviewer.model.document import paragraphs
from reviewer.parsing import read
from reviewer.parsing.scan.agree import UNREAD, agreed, with_gaps
from reviewer.parsing.scan.brackets import with_ticks
from reviewer.parsing.scan.characters import characters
from reviewer.parsing.scan.decoding import Glyph, decode, pitch, spread
from reviewer.parsing.scan.engine import TextLine, Word
from reviewer.parsing.scan.ruling import Square, dark, rules, squares
from reviewer.parsing.scan.slash import with_slashes

DPI = 150.0
EM = 22


def line(text: str, x: float = 100, top: float = 100, unsure: str = "") -> TextLine:
    """Characters 22 pixels apart; a blank is a place where nothing was read."""
    words = tuple(
        Word(char, (x + EM * k, top, x + EM * k + 20, top + 30), 0.5 if char in unsure else 0.99)
        for k, char in enumerate(text)
        if char != " "
    )
    return TextLine(words, (x, top, x + EM * len(text), top + 30))


def text_of(lines: list[TextLine]) -> str:
    return "".join(word.char for one in lines for word in one.words)


def test_steps_become_characters_with_their_places():
    steps = np.full((10, 4), 0.01, np.float32)
    for place, kind in enumerate((0, 1, 1, 0, 1, 2, 0, 3, 0, 0)):
        steps[place, kind] = 0.9
    found = decode(steps, ["", "甲", "乙", " "], 1.25)
    assert [glyph.char for glyph in found] == ["甲", "甲", "乙"]
    assert [round(glyph.at, 3) for glyph in found] == [0.25, 0.562, 0.688]
    assert found[0].confidence == pytest.approx(0.9)


def test_full_width_characters_stand_evenly():
    glyphs = [
        Glyph(char, at, 1.0)
        for char, at in zip("甲乙丙丁戊", (0.1, 0.31, 0.49, 0.71, 0.89), strict=True)
    ]
    boxes = [box for _, box, _ in spread(glyphs, (0, 0, 100, 20), down=False)]
    middles = [(x0 + x1) / 2 for x0, _, x1, _ in boxes]
    assert np.diff(middles) == pytest.approx([20, 20, 20, 20], abs=1.2)
    assert all(b[0] - a[2] < 3 for a, b in pairwise(boxes))
    upright = [box for _, box, _ in spread(glyphs, (0, 0, 20, 100), down=True)]
    assert all(box[0] == 0 and box[2] == 20 for box in upright)


def test_the_pitch_leaves_spaces_out():
    assert pitch([0, 20, 40, 80, 100], [True] * 5, 3) == 20
    assert pitch([0, 20], [True, True], 3) == 0


def test_a_character_under_the_seal_is_supplied_from_elsewhere():
    ink = np.zeros((200, 600), np.uint8)
    ink[105:125, 124:140] = 1
    cover = with_gaps(line("廊 市稷芃食品"), ink, EM)
    assert text_of([cover]) == f"廊{UNREAD}市稷芃食品"
    pages = agreed([[cover], [line("河北廊坊市稷芃食品")]])
    assert text_of(pages[0]) == "廊坊市稷芃食品"
    assert characters(pages[0], [], DPI).doubt.tolist()[:3] == [False, True, False]


def test_a_space_is_no_unread_character():
    assert text_of([with_gaps(line("名 称"), np.zeros((200, 600), np.uint8), EM)]) == "名称"


def test_labels_set_wide_lack_nothing():
    ink = np.ones((200, 600), np.uint8)  # the table's rules run through the frame
    assert text_of([with_gaps(line("姓 名"), ink, EM)]) == "姓名"
    assert text_of([with_gaps(line("所 属 行 业"), ink, EM)]) == "所属行业"


def test_a_tick_between_brackets_is_seen():
    ink = np.zeros((200, 600), np.uint8)
    ink[105:125, 150:155] = 1
    assert text_of([with_ticks(line("否（ ）"), ink, EM)]) == "否（√）"
    assert text_of([with_ticks(line("否（ ）", top=150), ink, EM)]) == "否（）"


def test_a_slash_within_the_frame_of_a_lone_character():
    image = Image.new("L", (300, 200), 0)
    ImageDraw.Draw(image).line([(106, 125), (114, 103)], fill=1, width=2)
    box = (98.0, 95.0, 146.0, 133.0)
    lone = TextLine((Word("人", (110.0, 95.0, 140.0, 133.0), 1.0),), box)
    found = with_slashes([lone], np.asarray(image), DPI)
    assert [one.words[0].char for one in found] == ["人", "/"]
    assert found[1].box[2] <= 110


def test_the_leg_of_a_headings_first_character_is_no_slash():
    image = Image.new("L", (400, 200), 0)
    ImageDraw.Draw(image).line([(106, 125), (114, 103)], fill=1, width=2)
    heading = line("八、相关证明材料")._replace(box=(98.0, 95.0, 380.0, 133.0))
    found = with_slashes([heading], np.asarray(image), DPI)
    assert [one.words[0].char for one in found] == ["八"]


def test_a_thick_frame_is_one_box_and_no_tick():
    ink = np.zeros((80, 80), np.uint8)
    ink[20:40, 20:40] = 1
    ink[23:37, 23:37] = 0
    found = squares(ink, DPI)
    assert len(found) == 1 and not found[0].ticked


def test_an_unsure_character_follows_the_sure_ones():
    pages = agreed(
        [[line("样例骊整汽车", unsure="整")], [line("样例骊鏊汽车")], [line("样例骊鏊汽车")]]
    )
    assert text_of(pages[0]) == "样例骊鏊汽车"
    assert text_of(agreed([[line("样例骊整汽车")], [line("样例骊鏊汽车")]])[0]) == "样例骊整汽车"


def test_an_overlooked_slash_is_found():
    image = Image.new("L", (300, 200), 0)
    draw = ImageDraw.Draw(image)
    draw.line((206, 128, 214, 108), fill=1, width=2)
    draw.line((250, 128, 250, 108), fill=1, width=2)
    draw.line((110, 128, 118, 108), fill=1, width=2)  # part of a character that was read
    found = with_slashes([line("元")], np.asarray(image), DPI)
    assert [text_of([one]) for one in found] == ["元", "/"]
    assert found[1].box[0] == pytest.approx(206, abs=3)


def test_a_thin_line_with_gaps_is_a_line():
    image = Image.new("L", (1240, 400), 255)
    draw = ImageDraw.Draw(image)
    for x in range(100, 1100, 40):
        draw.line((x, 200, x + 35, 200), fill=0, width=2)
    across, _ = rules(dark(np.asarray(image)), DPI)
    assert max(rule.end - rule.start for rule in across) > 440


def test_a_box_read_as_a_character_beside_other_boxes():
    own = [Square(100, 105, 120, 125, 0.0), Square(400, 105, 420, 125, 0.5)]
    found = characters([line("□是"), line("冈否", x=400)], own, DPI).text
    assert found == "□是☑否"
    assert characters([line("冈否", x=400)], own[1:], DPI).text == "冈否"


def test_a_line_to_write_on_is_no_character():
    assert characters([line("项目名称_")], [], DPI).text == "项目名称"
    assert characters([line("a_b@c")], [], DPI).text == "a_b@c"


def test_text_pages_and_scans_any_way_round_in_one_file(tmp_path, monkeypatch):
    import pypdfium2

    from tests.generator.pdfs import html_to_pdf
    from tests.generator.scan import scan

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    lines = (
        "建设背景：企业原有设备联网率不足",
        "现已完成车间网络改造并接入系统",
        "产品不良品率由百分之二下降",
    )
    pages = "".join(
        f'<p style="margin-top: {2 + 3 * k}cm; page-break-after: always">{text}<br>{text[::-1]}</p>'
        for k, text in enumerate(lines)
    )
    texts = html_to_pdf(f"<p>{'有文字的一页写着工厂的基本情况。' * 4}</p>")
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(pypdfium2.PdfDocument(texts))
    scanned = pypdfium2.PdfDocument(scan(html_to_pdf(pages), seed=4, seal=False))
    for number, quarter in enumerate((0, 90, 180)):
        picture = scanned[number].render(scale=DPI / 72).to_pil()
        out = io.BytesIO()
        picture.rotate(quarter, expand=True).save(out, "PDF", resolution=DPI)
        mixed.import_pages(pypdfium2.PdfDocument(out.getvalue()))
    whole = io.BytesIO()
    mixed.save(whole)
    found = read(whole.getvalue(), "混合.pdf", Limits())
    assert (found.kind, found.pages) == ("scan", 4)
    by_page: dict[int, str] = {}
    for one in paragraphs(found.blocks):
        by_page[one.place.page] = by_page.get(one.place.page, "") + one.text
    assert "有文字的一页" in by_page[1]
    for number, text in enumerate(lines, 2):
        assert text in by_page.get(number, ""), (by_page, found.headers, found.footers)
