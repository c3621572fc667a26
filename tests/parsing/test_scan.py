"""Scans: pictures made straight, lines and boxes found, characters judged; one page read wholly."""

from __future__ import annotations

import stat

import numpy as np
import pytest
from PIL import Image, ImageDraw

from reviewer.limits import Limits
from reviewer.model.document import Table, paragraphs
from reviewer.parsing import read
from reviewer.parsing.scan import cache
from reviewer.parsing.scan.characters import characters
from reviewer.parsing.scan.engine import TextLine, Word
from reviewer.parsing.scan.picture import is_grey, tilt, turned, without_seal
from reviewer.parsing.scan.ruling import Square, dark, rules, squares
from reviewer.parsing.scan.slash import leans
from reviewer.parsing.seals import has_seal, red_mask

DPI = 150.0


def sheet(colour: str = "white") -> Image.Image:
    return Image.new("RGB", (900, 1200), colour)


def grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L"))


def test_tilt_is_found():
    image = sheet()
    draw = ImageDraw.Draw(image)
    for y in range(100, 1100, 40):
        draw.rectangle((100, y, 800, y + 14), fill="black")
    slanted = turned(grey(image), 1.3)
    assert tilt(slanted) == pytest.approx(-1.3, abs=0.15)


def test_ruling_lines():
    image = sheet()
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 200, 700, 500), outline="black", width=2)
    draw.line((300, 200, 300, 500), fill="black", width=2)
    draw.text((120, 220), "words", fill="black")
    across, down = rules(dark(grey(image)), DPI)
    assert sorted(round(rule.at * DPI / 72 / 10) for rule in across) == [20, 50]
    assert sorted(round(rule.at * DPI / 72 / 10) for rule in down) == [10, 30, 70]


@pytest.mark.parametrize(
    ("mark", "ticked"),
    [("", False), ("cross", True), ("tick", True), ("solid", True)],
)
def test_boxes_by_their_pixels(mark: str, ticked: bool):
    image = sheet()
    draw = ImageDraw.Draw(image)
    draw.rectangle(
        (200, 300, 222, 322), outline="black", width=2, fill="black" if mark == "solid" else None
    )
    if mark == "cross":
        draw.line((200, 300, 222, 322), fill="black", width=2)
        draw.line((222, 300, 200, 322), fill="black", width=2)
    if mark == "tick":
        draw.line((204, 311, 210, 318, 220, 303), fill="black", width=3)
    found = squares(dark(grey(image)), DPI)
    assert found
    assert any(square.ticked for square in found) is ticked


def _line(text: str, x: float = 100, confidence: float = 1.0) -> TextLine:
    words = tuple(
        Word(char, (x + 22 * k, 100, x + 22 * k + 20, 130), confidence)
        for k, char in enumerate(text)
    )
    return TextLine(words, (x, 100, x + 22 * len(text), 130))


def test_pixels_decide_on_a_box_that_was_read():
    square = Square(100, 105, 120, 125, 0.6)
    assert characters([_line("□是")], [square], DPI).text == "☑是"
    assert characters([_line("☑是")], [square._replace(ink=0.0)], DPI).text == "□是"


def test_a_solid_box_that_was_not_read_is_added():
    square = Square(75, 105, 95, 125, 1.0)
    assert characters([_line("中型企业")], [square], DPI).text == "☑中型企业"


def test_characters_that_look_like_boxes_stay():
    square = Square(122, 105, 142, 125, 0.02)
    assert characters([_line("出口额")], [square], DPI).text == "出口额"


def test_two_days_are_no_boxes():
    own = [Square(144, 105, 164, 125, 0.3), Square(232, 105, 252, 125, 0.3)]
    assert characters([_line("5月日至6月日")], own, DPI).text == "5月日至6月日"


def test_doubt_and_marks():
    found = characters([_line("金额:5", confidence=0.4)], [], DPI)
    assert found.text == "金额：5"
    assert found.doubt.tolist() == [True, True, False, True]
    assert characters([_line("（V）")], [], DPI).text == "（√）"


def test_a_slash_leans_and_a_one_does_not():
    image = Image.new("L", (40, 40), 0)
    ImageDraw.Draw(image).line((8, 34, 30, 6), fill=1, width=3)
    assert leans(np.asarray(image))
    image = Image.new("L", (40, 40), 0)
    ImageDraw.Draw(image).line((20, 34, 20, 6), fill=1, width=3)
    assert not leans(np.asarray(image))


def test_seals_and_their_removal():
    from tests.generator.scan import draw_seal

    image = sheet()
    ImageDraw.Draw(image).text((300, 300), "text below", fill="black")
    stamp = draw_seal("样章有限公司", 250)
    image.paste(stamp, (200, 200), stamp)
    pixels = np.asarray(image)
    red = red_mask(pixels)
    assert has_seal(red, DPI)
    assert not is_grey(pixels)
    cleaned = without_seal(pixels, red)
    assert np.median(cleaned[red > 0]) > 200
    assert cleaned[300:312, 300:360].min() < 80
    plain = np.asarray(sheet())
    assert not has_seal(red_mask(plain), DPI)
    assert is_grey(plain)


def test_cache_is_private_and_can_be_switched_off(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.delenv("REVIEWER_NO_CACHE", raising=False)
    monkeypatch.setattr("reviewer.parsing.scan.cache.sys.platform", "linux")
    cache.store("key", b"data")
    assert cache.load("key") == b"data"
    (file,) = (tmp_path / "declaration-reviewer" / "ocr").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setattr("reviewer.parsing.scan.cache._MOST_BYTES", 1)
    cache.trim()
    assert cache.load("key") is None
    monkeypatch.setenv("REVIEWER_NO_CACHE", "1")
    cache.store("key", b"data")
    assert cache.load("key") is None


def test_one_page_from_picture_to_document(tmp_path, monkeypatch):
    from tests.generator.pdfs import html_to_pdf
    from tests.generator.scan import scan

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    page = (
        "<style>table {border-collapse: collapse} td {border: 1px solid black; padding: 6px; width: 6cm}</style>"
        "<h2>申报单位：</h2><table><tr><td>企业名称</td><td>保定样例有限公司</td></tr>"
        "<tr><td>建设总投资（万元）</td><td>8600</td></tr></table>"
    )
    data = scan(html_to_pdf(page), seed=2, words="样章")
    found = read(data, "扫描.pdf", Limits())
    assert (found.kind, found.pages, found.seals) == ("scan", 1, (1,))
    assert not found.greyscale
    table = next(block for block in found.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells] == [
        "企业名称",
        "保定样例有限公司",
        "建设总投资（万元）",
        "8600",
    ]
    assert any("申报单位" in p.text for p in paragraphs(found.blocks))
    assert read(data, "扫描.pdf", Limits()) == found
