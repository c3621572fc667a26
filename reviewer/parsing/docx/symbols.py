"""Symbol fonts: which character stands on the paper for a code in Wingdings, Symbol and the like.

A box with a tick or cross in it is ``☑``, an empty box ``□``, a tick alone ``√``: the fonts'
pictures are form elements here, not characters (a typed ``☒`` or ``■`` stays as typed).
"""

from __future__ import annotations

import re

from lxml import etree

from reviewer.model.clean import ODD
from reviewer.parsing.docx.names import SYM_CHAR, SYM_FONT, W

TICKED, EMPTY, TICK = "☑", "□", "√"
TICKED_GLYPHS = frozenset("☑☒✓✔√✗✘✕✖■●◉🗹🗷🗵⊠🗸")
EMPTY_GLYPHS = frozenset("□☐○◯▢◻⬜❑❒◇")

# Adobe's encoding of the Symbol font, 0x20–0x7E and 0xA0–0xFE.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
    "\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_SYMBOL = {0x20 + i: c for i, c in enumerate(_SYMBOL_LOW)} | {
    0xA0 + i: c for i, c in enumerate(_SYMBOL_HIGH)
}
_WINGDINGS = {
    0x20: " ", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: EMPTY, 0x70: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x78: TICKED, 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: EMPTY, 0xAB: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: TICK, 0xFD: TICKED,
    0xFE: TICKED,
} | {0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)} | {
    0x8B + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)
}  # fmt: skip
_WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: TICK, 0x51: TICKED, 0x52: TICKED, 0x53: TICKED, 0x54: TICKED,
    0x55: "×", 0x56: "⊗", 0x97: "●", 0x98: "●", 0x99: "○", 0x9A: "○", 0xA1: "■", 0xA2: "■",
    0xA3: EMPTY, 0xA4: EMPTY, 0xA5: EMPTY,
}  # fmt: skip
_WEBDINGS = {0x20: " ", 0x61: TICK, 0x63: EMPTY, 0x67: "■", 0x6E: "●", 0x72: "✗"}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {0x20: " ", 0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓"},
    "webdings": _WEBDINGS,
    "marlett": {0x61: TICK, 0x62: TICK},
}
_UNKNOWN = "•"  # something stands there, and it is no box
# Codes that tell themselves what they are where no font is named.
_GUESSED = {0xFE: TICKED, 0xFD: TICKED, 0x52: TICKED, 0xA8: EMPTY, 0x6F: EMPTY, 0xA3: EMPTY,
            0xFC: TICK, 0x50: TICK, 0xB7: "•"}  # fmt: skip
_PRIVATE = range(0xF020, 0xF100)
# Text that ``clean`` or ``guessed`` may change; in one look, for most text is neither.
SUSPECT = re.compile(f"{ODD.pattern[:-1]}\uf020-\uf0ff]")


def symbol_font(fonts: etree._Element) -> str:
    """The symbol font that a ``w:rFonts`` sets for half-width characters, "" for other fonts."""
    for attribute in ("ascii", "hAnsi"):
        name = (fonts.get(W + attribute) or "").strip().lower()
        if name in _FONTS:
            return name
    return ""


def symbol(element: etree._Element) -> str:
    """The character that a ``w:sym`` shows, "" where it names none."""
    font = (element.get(SYM_FONT) or "").strip().lower()
    try:
        code = int(element.get(SYM_CHAR) or "", 16)
    except ValueError:
        return ""
    return character(code, font)


def character(code: int, font: str) -> str:
    """The character for a code in a font (any name, lower case)."""
    low = code - 0xF000 if code in _PRIVATE else code
    table = _FONTS.get(font)
    if table is not None and 0x20 <= low < 0x100:
        return table.get(low, _UNKNOWN)
    if low != code:
        return _GUESSED.get(low, _UNKNOWN)
    return chr(code) if 0x20 <= code < 0x110000 else ""


def mapped(text: str, font: str) -> str:
    """Text set in a symbol font as it is seen; characters beyond the font's codes stay."""
    return "".join(
        character(ord(c), font) if ord(c) < 0x100 or ord(c) in _PRIVATE else c for c in text
    )


def guessed(text: str) -> str:
    """Text with private-use codes of an unnamed symbol font replaced by what they mostly are."""
    return "".join(_GUESSED.get(ord(c) - 0xF000, c) if ord(c) in _PRIVATE else c for c in text)


def box(text: str, ticked: bool) -> str:
    """What a check-box control shows, as one ``☑`` or ``□`` plus any text beside its glyph.

    The glyph on the paper decides; where it is none that is known, the control's state does.
    """
    for at, glyph in enumerate(text):
        if glyph in TICKED_GLYPHS or glyph in EMPTY_GLYPHS:
            state = TICKED if glyph in TICKED_GLYPHS else EMPTY
            return text[:at] + state + text[at + 1 :]
    rest = text if len(text) > 1 else ""
    return (TICKED if ticked else EMPTY) + rest
