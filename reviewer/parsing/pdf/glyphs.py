"""Which character a PDF's code stands for: symbol fonts, private codes, radicals, junk."""

from __future__ import annotations

import re
import unicodedata

from reviewer.parsing.docx.symbols import guessed, mapped

_SYMBOL_FONTS = ("wingdings 3", "wingdings 2", "wingdings", "webdings", "marlett", "symbol")
_BOLD = re.compile(r"bold|heavy|black|[-,](?:b|bd|db|demi)(?:$|[^a-z])|粗", re.IGNORECASE)
# Fonts share one glyph between a character and its radical or compatibility form; the PDF may name
# either.
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)")
_MUCH = 0.2
_RADICALS = {
    "⺠": "民", "⺟": "母", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门",
    "⻘": "青", "⻚": "页", "⻛": "风", "⻜": "飞", "⻢": "马", "⻥": "鱼", "⻨": "麦", "⻩": "黄", "⻬": "齐",
    "⻮": "齿", "⻰": "龙", "⻳": "龟", "⺁": "厂", "⺆": "冂", "⺈": "刀", "⺌": "小", "⺍": "小", "⺎": "兀",
    "⺒": "巳", "⺓": "幺", "⺗": "心", "⺝": "月", "⺞": "歺", "⺩": "王", "⺫": "目", "⺮": "竹", "⺳": "网",
    "⺶": "羊", "⺷": "羊", "⺼": "月", "⻁": "虎", "⻂": "衣", "⻈": "讠", "⻌": "辶", "⻍": "辶", "⻎": "辶",
    "⻏": "邑", "⻑": "長", "⻗": "雨", "⻝": "食", "⻟": "食", "⻠": "饣", "⻤": "鬼", "⻦": "鸟", "⻧": "卤",
}  # fmt: skip


def symbol_font(name: str) -> str:
    """The symbol font (name as Word knows it) behind a PDF font's name, "" for others."""
    plain = name.rpartition("+")[2].lower().replace("-", " ").replace("_", " ")
    plain = re.sub(r"wingdings ?(\d)", r"wingdings \1", plain)
    plain = plain.replace("symbolmt", "symbol")
    return next((font for font in _SYMBOL_FONTS if re.match(rf"{font}\b", plain)), "")


def is_bold(name: str) -> bool:
    """Whether a font's name says that it is bold."""
    return _BOLD.search(name) is not None


def seen(text: str, font: str) -> str:
    """Text set in a font as it is seen; as long as before."""
    if font:
        text = mapped(text, font)
    elif _PRIVATE.search(text):
        text = guessed(text)
    if _COMPATIBLE.search(text):
        text = "".join(_plain(char) for char in text)
    return text


def _plain(char: str) -> str:
    if not _COMPATIBLE.match(char):
        return char
    plain = _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def junk_share(text: str) -> float:
    """The share of characters that are no text: controls, private codes, (cid:n)."""
    plain = "".join(text.split())
    found = sum(len(match.group()) for match in _JUNK.finditer(plain))
    return found / len(plain) if found else 0.0


def is_junk(text: str) -> bool:
    """Whether a text layer is too damaged to be used."""
    return junk_share(text) > _MUCH
