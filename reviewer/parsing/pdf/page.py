"""One PDFium pass over a page: characters, drawn lines and squares, pictures, form fields."""

from __future__ import annotations

import ctypes as c
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reviewer.parsing.pdf import glyphs
from reviewer.parsing.pdf.content import Chars, Flags, Floats, PageContent, no_chars
from reviewer.parsing.pdf.drawing import draw
from reviewer.parsing.pdf.marks import marks
from reviewer.parsing.pdf.native import Native, address, native
from reviewer.parsing.pdf.turning import Turning
from reviewer.parsing.pdf.widgets import widgets

MOST_CHARS = 200_000  # on one page; a page set solid in 4-point type has 40,000
_ODD_SHARE, _SAMPLE = 0.3, 40
_LATIN_MARKS = [ord(char) for char in "§°±²³·×÷µ®©¥£«»¼½¾¹\u00a0\u00ad"]
_FILL_AND_STROKE = 2  # how bold is made of a font that has none
_ANGLE = 5.0


class _Formats(NamedTuple):
    """Of each text object: points, bold, number of its symbol font, set upright or at an angle."""

    sizes: Floats
    bold: Flags
    symbols: list[str]
    turned: Flags
    skewed: Flags


class RawPage:
    """An open page. Close it with ``close``."""

    def __init__(self, document: Any, index: int) -> None:
        self._native = native()
        raw = self._native.raw
        self.page = raw.FPDF_LoadPage(document.raw, index)
        self.number = index + 1
        self.ok = bool(self.page)
        self.turning = Turning.of(self.page, raw) if self.ok else Turning()

    def close(self) -> None:
        """Give PDFium's memory back."""
        if self.page:
            self._native.raw.FPDF_ClosePage(self.page)
            self.page = None

    def content(self) -> PageContent:
        """Everything on the page. A page that PDFium cannot load is empty."""
        width, height = self.turning.size
        if not self.ok:
            return PageContent(self.number, width, height, no_chars(), [], [], [])
        chars, skewed, unmapped = self._chars()
        drawing = draw(self._native, address(self.page), self.turning)
        chars = marks(chars, drawing)
        chars, stamped = widgets(self._native.raw, self.page, self.turning, chars)
        return PageContent(
            self.number,
            width,
            height,
            chars,
            drawing.across,
            drawing.down,
            drawing.pictures,
            skewed,
            drawn=len(drawing.strokes),
            unmapped=unmapped,
            stamped=stamped,
        )

    def _chars(self) -> tuple[Chars, tuple[str, ...], bool]:
        raw = self._native.raw
        textpage = raw.FPDFText_LoadPage(self.page)
        if not textpage:
            return no_chars(), (), False
        try:
            count = min(raw.FPDFText_CountChars(textpage), MOST_CHARS)
            if count <= 0:
                return no_chars(), (), False
            text = _Text(self._native, address(textpage), count, self.turning)
            return *text.chars(), text.unmapped()
        finally:
            raw.FPDFText_ClosePage(textpage)


class _Text:
    """The characters of one text page."""

    def __init__(self, lib: Native, textpage: int, count: int, turning: Turning) -> None:
        self._native, self._textpage, self._count = lib, textpage, count
        self._turning = turning
        self._codes = lib.codes_of(textpage, count)
        self._fonts: dict[int, tuple[bool, str]] = {}

    def chars(self) -> tuple[Chars, tuple[str, ...]]:
        codes = self._codes.copy()
        # PDFium marks a hyphen at the end of a line as one that may be dropped.
        codes[(codes == 2) | (codes == 0xFFFE)] = ord("-")
        boxes = self._turning.boxes(self._native.char_boxes(self._textpage, self._count))
        objects = list(map(self._native.text_object, repeat(self._textpage), range(self._count)))
        numbers = {where: number for number, where in enumerate(dict.fromkeys(objects))}
        formats = self._formats([where or 0 for where in numbers])
        of = np.array([numbers[where] for where in objects], np.intp)
        codes = _codes(self._seen(_text(codes), formats.symbols, of))
        skewed = formats.skewed[of]
        where = np.flatnonzero(self._kept(codes) & ~skewed)
        marks = _text(codes[skewed & (codes > 32)])
        of = of[where]
        chars = Chars(
            _text(codes[where]),
            boxes[where],
            formats.sizes[of],
            formats.bold[of],
            np.zeros(len(where), np.bool_),
            formats.turned[of],
        )
        return chars, (marks,) if marks else ()

    def _kept(self, codes: Any) -> Any:
        """Not line ends and the spaces that PDFium made up between words."""
        keep = codes > 32
        for k in np.flatnonzero(codes == 32):
            keep[k] = not self._native.generated(self._textpage, int(k))
        keep &= ~((codes >= 0x7F) & (codes < 0xA0)) & (codes != 0xAD)
        keep &= ~((codes >= 0x200B) & (codes <= 0x200F)) & (codes != 0xFEFF) & (codes != 0x2060)
        return keep

    def unmapped(self) -> bool:
        """Whether most characters have no known meaning (fonts without ToUnicode).

        PDFium says so of some; of others it gives the glyph's number in the font as the character,
        which makes Chinese text into controls and accented letters.
        """
        codes = self._codes
        codes = codes[(codes != 32) & (codes != 10) & (codes != 13)]
        guessed = (codes < 32) | ((codes >= 0x7F) & (codes < 0x250) & ~np.isin(codes, _LATIN_MARKS))
        if guessed.sum() > _ODD_SHARE * len(codes):
            return True
        sample = range(0, self._count, max(1, self._count // _SAMPLE))
        odd = sum(self._native.unmapped(self._textpage, k) == 1 for k in sample)
        return bool(odd > _ODD_SHARE * len(sample))

    def _seen(self, text: str, symbols: list[str], of: NDArray[np.intp]) -> str:
        if not any(symbols):
            return glyphs.seen(text, "")
        pairs = zip(text, of.tolist(), strict=True)
        return "".join(glyphs.seen(char, symbols[number]) for char, number in pairs)

    def _formats(self, objects: list[int]) -> _Formats:
        lib = self._native
        matrices = lib.matrices(objects)
        fonts = [self._named(lib.font(where) or 0 if where else 0) for where in objects]
        modes = np.array([lib.render_mode(where) if where else 0 for where in objects])
        angle = np.degrees(np.arctan2(matrices[:, 1], matrices[:, 0])) - self._turning.degrees
        off = np.abs((angle + 45) % 90 - 45)
        upright = np.abs((angle + 180) % 360 - 180) < 45
        return _Formats(
            lib.font_sizes(objects) * np.hypot(matrices[:, 2], matrices[:, 3]),
            np.array([bold for bold, _ in fonts]) | (modes == _FILL_AND_STROKE),
            [symbol for _, symbol in fonts],
            (off <= _ANGLE) & ~upright,
            off > _ANGLE,
        )

    def _named(self, font: int) -> tuple[bool, str]:
        if font not in self._fonts:
            buffer = c.create_string_buffer(128)
            if font:
                self._native.font_name(font, c.addressof(buffer), 128)
            name = buffer.value.decode("utf-8", "replace")
            self._fonts[font] = (glyphs.is_bold(name), glyphs.symbol_font(name))
        return self._fonts[font]


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _text(codes: NDArray[np.uint32]) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")
