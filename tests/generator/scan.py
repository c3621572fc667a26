"""Scans: the pages of a PDF as tilted, noisy JPEGs, with the red round seal that the notice asks for."""

from __future__ import annotations

import io
import math
import random
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

_RED = (205, 30, 38)
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
_FONT_NAMES = (
    "NotoSerifCJK*",
    "NotoSansCJK*",
    "wqy*",
    "SourceHan*",
    "simsun*",
    "msyh*",
    "PingFang*",
)


def _font(size: int) -> ImageFont.FreeTypeFont | None:
    for folder in _FONTS:
        for name in _FONT_NAMES:
            for path in (
                sorted(Path(folder).rglob(f"{name}.tt[cf]")) if Path(folder).is_dir() else []
            ):
                return ImageFont.truetype(str(path), size)
    return None


def draw_seal(words: str, size: int, seed: int = 0) -> Image.Image:
    """A round seal on a transparent ground: ring, star, the firm's name along the upper arc."""
    rng = random.Random(f"seal{seed}")
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    width = max(2, size // 34)
    draw.ellipse((width, width, size - width, size - width), outline=(*_RED, 235), width=width)
    middle, radius = size / 2, size * 0.13
    points = []
    for corner in range(10):
        length = radius if corner % 2 == 0 else radius * 0.4
        angle = math.pi * corner / 5 - math.pi / 2
        points.append((middle + length * math.cos(angle), middle + length * math.sin(angle)))
    draw.polygon(points, fill=(*_RED, 235))
    font = _font(max(8, int(size * 0.105)))
    if font is not None:
        _arc(image, words, font, size)
    worn = Image.effect_noise((size, size), 90).point(lambda level: 255 if level > 60 else 120)
    image.putalpha(ImageChops.multiply(image.getchannel("A"), worn))
    return image.rotate(rng.uniform(-12, 12), Image.Resampling.BICUBIC)


def _arc(image: Image.Image, words: str, font: ImageFont.FreeTypeFont, size: int) -> None:
    middle, radius = size / 2, size * 0.39
    step = min(26.0, 250.0 / max(1, len(words)))
    cell = int(size * 0.14)
    for place, char in enumerate(words):
        angle = (place - (len(words) - 1) / 2) * step
        glyph = Image.new("RGBA", (cell, cell), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text(
            (cell / 2, cell / 2), char, font=font, fill=(*_RED, 235), anchor="mm"
        )
        turned = glyph.rotate(-angle, Image.Resampling.BICUBIC)
        x = middle + radius * math.sin(math.radians(angle)) - cell / 2
        y = middle - radius * math.cos(math.radians(angle)) - cell / 2
        image.alpha_composite(turned, (max(0, int(x)), max(0, int(y))))


def _spot(page: pypdfium2.PdfPage, words: str, right: float) -> tuple[float, float] | None:
    """Where these words stand, as shares of width and height, moved right by so much of the width."""
    text = page.get_textpage()
    found = text.search(words).get_next()
    if found is None:
        return None
    left, bottom, _, top = text.get_charbox(found[0])
    wide, high = page.get_size()
    return left / wide + right, 1 - (bottom + top) / 2 / high


def _seal_spots(document: pypdfium2.PdfDocument) -> dict[int, tuple[float, float]]:
    """Page → centre of the seal: over the applicant's name on the cover, over 公章 on the page of the promise."""
    spots = {0: _spot(document[0], "申报单位", 0.27) or (0.42, 0.44)}
    for number in range(min(5, len(document))):
        text = document[number].get_textpage().get_text_bounded()
        if "真实性及保密承诺" in text and "我单位承诺" in text:
            spots[number] = _spot(document[number], "章：", 0.05) or (0.72, 0.5)
    return spots


def _worn_page(image: Image.Image, rng: random.Random, grey: bool) -> Image.Image:
    """Tilted by up to 1.5 degrees, blurred a little, with the scanner's noise."""
    tilted = image.rotate(
        rng.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=(250, 250, 248)
    )
    soft = tilted.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.6)))
    noise = Image.effect_noise(soft.size, rng.uniform(8, 16)).convert("RGB")
    blended = ImageChops.subtract(
        ImageChops.add(soft, noise, scale=1, offset=-128), Image.new("RGB", soft.size, (4, 4, 6))
    )
    return blended.convert("L").convert("RGB") if grey else blended


def scan(
    pdf_bytes: bytes,
    dpi: int = 150,
    seed: int = 0,
    *,
    seal: bool = True,
    words: str = "样章有限公司",
    grey: bool = False,
) -> bytes:
    """An image-only PDF of the pages.

    Args:
        pdf_bytes: a PDF with text.
        dpi: of the scan.
        seed: decides tilt, noise and the seal's turn.
        seal: whether the cover and the page of the promise carry a red seal.
        words: the name on the seal.
        grey: scanned without colour.
    """
    rng = random.Random(f"scan{seed}")
    document = pypdfium2.PdfDocument(pdf_bytes)
    spots = _seal_spots(document) if seal else {}
    pages = []
    for number in range(len(document)):
        image = document[number].render(scale=dpi / 72).to_pil().convert("RGB")
        if number in spots:
            side = int(dpi * 1.65)
            stamp = draw_seal(words, side, seed)
            x, y = spots[number]
            at = (int(image.width * x - side / 2), int(image.height * y - side / 2))
            image.paste(stamp, at, stamp)
        worn = io.BytesIO()
        _worn_page(image, rng, grey).save(worn, "JPEG", quality=rng.randint(62, 80), dpi=(dpi, dpi))
        pages.append(Image.open(worn))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return out.getvalue()
