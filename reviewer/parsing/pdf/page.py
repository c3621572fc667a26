"""One PDFium pass over a page: characters, drawn lines and squares, pictures, form fields."""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np

from reviewer.parsing.pdf import glyphs
from reviewer.parsing.pdf.content import Chars, Flags, Floats, PageContent, no_chars
from reviewer.parsing.pdf.drawing import draw
from reviewer.parsing.pdf.marks import marks
from reviewer.parsing.pdf.native import Codes, Native, Pointer, address, native
from reviewer.parsing.pdf.turning import Turning
from reviewer.parsing.pdf.widgets import widgets

MOST_CHARS = 200_000  # on one page; a page set solid in 4-point type has 40,000
_ODD_SHARE, _SAMPLE = 0.3, 40
_FILL_AND_STROKE = 2  # how bold is made of a font that has none
_ANGLE = 5.0


def _table(size: int, *codes: Iterable[int]) -> Flags:
    """(size,) true at these; the last stands for all codes from there on."""
    table = np.zeros(size, np.bool_)
    table[list(chain(*codes))] = True
    return table


# Spaces are looked at one by one.
_UNSEEN = _table(0x2062, range(33), range(0x7F, 0xA0), [0xAD], range(0x200B, 0x2010), [0x2060])
_LATIN_MARKS = {ord(char) for char in "§°±²³·×÷µ®©¥£«»¼½¾¹\u00a0\u00ad"}
_GUESSED = _table(0x251, {*range(32), *range(0x7F, 0x250)} - _LATIN_MARKS - {10, 13})


class _Layer(NamedTuple):
    """The text of a page. skewed: what is set at an angle. unmapped: most of it is guessed.

    objects: addresses of the text objects that show it.
    """

    chars: Chars
    skewed: tuple[str, ...] = ()
    unmapped: bool = False
    objects: frozenset[int] = frozenset()


class _Formats(NamedTuple):
    """Of each text object: points, bold, name of its symbol font, set upright or at an angle.

    symbols: empty where there is none.
    """

    sizes: Floats
    bold: Flags
    symbols: list[str]
    turned: Flags
    skewed: Flags


class RawPage:
    """An open page. Close it with ``close``. shown: pypdfium2's page, None for a broken one."""

    def __init__(self, document: Any, index: int) -> None:
        from pypdfium2 import PdfiumError

        self._native = native()
        self.number = index + 1
        try:
            self.shown = document[index]
        except PdfiumError:
            self.shown = None
        self.ok = self.shown is not None
        self.page = self.shown.raw if self.ok else None
        self.turning = Turning.of(self.page, self._native.raw) if self.ok else Turning()

    def close(self) -> None:
        """Give PDFium's memory back."""
        if self.shown is not None:
            self.shown.close()
            self.shown = self.page = None

    def content(self) -> PageContent:
        """Everything on the page. A page that PDFium cannot load is empty."""
        width, height = self.turning.size
        if not self.ok:
            return PageContent(self.number, width, height, no_chars(), [], [], [])
        layer = self._layer()
        drawing = draw(self._native, address(self.page), self.turning, layer.objects)
        chars = marks(layer.chars, drawing)
        chars, stamped = widgets(self._native.raw, self.page, self.turning, chars)
        return PageContent(
            self.number,
            width,
            height,
            chars,
            drawing.across,
            drawing.down,
            drawing.pictures,
            layer.skewed,
            drawn=len(drawing.strokes),
            unmapped=layer.unmapped,
            stamped=stamped,
            red=drawing.red,
        )

    def _layer(self) -> _Layer:
        raw = self._native.raw
        textpage = raw.FPDFText_LoadPage(self.page)
        if not textpage:
            return _Layer(no_chars())
        try:
            count = min(raw.FPDFText_CountChars(textpage), MOST_CHARS)
            if count <= 0:
                return _Layer(no_chars())
            where = Pointer(address(textpage))
            return _Text(self._native, where, count, self.turning).layer()
        finally:
            raw.FPDFText_ClosePage(textpage)


class _Text:
    """The characters of one text page."""

    def __init__(self, lib: Native, textpage: Pointer, count: int, turning: Turning) -> None:
        self._native, self._textpage, self._count = lib, textpage, count
        self._turning = turning
        self._codes = lib.codes_of(textpage, count)
        of = lib.text_objects(textpage, count)
        begins = np.empty(count, np.bool_)
        begins[0] = True
        np.not_equal(of[1:], of[:-1], out=begins[1:])
        self._objects: list[int] = of[begins].tolist()
        self._of = np.cumsum(begins) - 1

    def layer(self) -> _Layer:
        """All of them."""
        codes = self._codes.copy()
        # PDFium marks a hyphen at the end of a line as one that may be dropped.
        codes[(codes == 2) | (codes == 0xFFFE)] = ord("-")
        boxes = self._turning.boxes(self._native.char_boxes(self._textpage, self._count))
        formats = self._formats([Pointer(where) for where in self._objects])
        codes = self._seen(codes, formats.symbols)
        keep = self._kept(codes)
        askew = ""
        if formats.skewed.any():
            off = formats.skewed[self._of]
            askew = _text(codes[off & (codes > 32)])
            keep &= ~off
        where = np.flatnonzero(keep)
        of = self._of[where]
        chars = Chars(
            _text(codes[where]),
            boxes[where],
            formats.sizes[of],
            formats.bold[of],
            np.zeros(len(where), np.bool_),
            formats.turned[of],
        )
        skewed = (askew,) if askew else ()
        return _Layer(chars, skewed, self._unmapped(), frozenset(self._objects))

    def _kept(self, codes: Codes) -> Flags:
        """Not line ends and the spaces that PDFium made up between words."""
        keep: Flags = ~_UNSEEN[np.minimum(codes, len(_UNSEEN) - 1)] & (codes != 0xFEFF)
        spaces = np.flatnonzero(codes == 32)
        made_up = map(self._native.generated, repeat(self._textpage), spaces.tolist())
        keep[spaces] = [not made for made in made_up]
        return keep

    def _unmapped(self) -> bool:
        """Whether most characters have no known meaning (fonts without ToUnicode).

        PDFium says so of some; of others it gives the glyph's number in the font as the character,
        which makes Chinese text into controls and accented letters.
        """
        guessed = _GUESSED[np.minimum(self._codes, len(_GUESSED) - 1)]
        codes = self._codes
        blank = (codes == 32) | (codes == 10) | (codes == 13)
        if guessed.sum() > _ODD_SHARE * (self._count - blank.sum()):
            return True
        sample = range(0, self._count, max(1, self._count // _SAMPLE))
        odd = list(map(self._native.unmapped, repeat(self._textpage), sample)).count(1)
        return bool(odd > _ODD_SHARE * len(sample))

    def _seen(self, codes: Codes, symbols: list[str]) -> Codes:
        found = _codes(glyphs.seen(_text(codes), ""))
        if not symbols:
            return found
        found = found.copy()
        odd = np.array([bool(symbol) for symbol in symbols])
        for k in np.flatnonzero(odd[self._of]).tolist():
            found[k] = ord(glyphs.seen(chr(codes[k]), symbols[self._of[k]]))
        return found

    def _formats(self, objects: list[Pointer]) -> _Formats:
        lib = self._native
        matrices = lib.matrices(objects)
        addresses = list(map(lib.font, objects))
        fonts = {where: self._named(where) for where in set(addresses)}
        modes = np.fromiter(map(lib.render_mode, objects), np.int64, len(objects))
        bold = modes == _FILL_AND_STROKE
        if any(is_bold for is_bold, _ in fonts.values()):
            bold |= np.array([fonts[where][0] for where in addresses])
        symbols = any(symbol for _, symbol in fonts.values())
        return _Formats(
            lib.font_sizes(objects) * np.hypot(matrices[:, 2], matrices[:, 3]),
            bold,
            [fonts[where][1] for where in addresses] if symbols else [],
            *self._angles(matrices),
        )

    def _angles(self, matrices: Floats) -> tuple[Flags, Flags]:
        """Which objects are set upright or downright, and which at an angle."""
        along, across = matrices[:, 0], matrices[:, 1]
        if not self._turning.degrees and not across.any() and along.min() >= 0:
            none = np.zeros(len(matrices), np.bool_)  # as nearly always
            return none, none
        angle = np.degrees(np.arctan2(across, along)) - self._turning.degrees
        off = np.abs((angle + 45) % 90 - 45)
        upright = np.abs((angle + 180) % 360 - 180) < 45
        return (off <= _ANGLE) & ~upright, off > _ANGLE

    def _named(self, font: int | None) -> tuple[bool, str]:
        """Whether a font is bold, and which symbol font it is."""
        if not font:
            return False, ""
        buffer = c.create_string_buffer(128)
        self._native.font_name(font, c.addressof(buffer), 128)
        return _told(buffer.value.decode("utf-8", "replace"))


@lru_cache(256)
def _told(name: str) -> tuple[bool, str]:
    return glyphs.is_bold(name), glyphs.symbol_font(name)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")
