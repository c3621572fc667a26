"""What OCR read, as characters of a page; check boxes judged from their pixels."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from reviewer.parsing.pdf.content import Chars, no_chars
from reviewer.parsing.scan.agree import UNREAD
from reviewer.parsing.scan.decoding import pitch as pitch_of
from reviewer.parsing.scan.engine import TextLine, Word
from reviewer.parsing.scan.ruling import Square

TICKED, EMPTY = "☑", "□"
_BOXES = "□☐☑☒■▣◻⬜"
_LIKE_BOX = set(_BOXES + "口囗日曰回国团区田目图因困白OoD0门囚冈网凶区冂")
_LIKE_TICK = set("√✓✔∨")
_TICK_READ = re.compile(r"^[VvYJ√✓✔∨/]$")
_OPTION = re.compile(r"[\u4e00-\u9fff]{1,6}[（(]√?[）)]")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
_SURE = 0.72
_SURELY_SOLID, _SURELY_EMPTY = 0.85, 0.03
_REACH = 0.9  # heights: how far before a line its first box may stand
_HAN = re.compile(r"[\u2e80-\u9fff）」』》”%]")
_FULL = {":": "：", ",": "，", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_ENOUGH = 5
_CLOSED = 0.32  # of the height: a space between words is wider
_HIGH = 0.72  # of a detected line's height is its text


def characters(lines: Sequence[TextLine], squares: Sequence[Square], dpi: float) -> Chars:
    """The characters in points. Low confidence marks them as doubtful."""
    words: list[Word] = []
    sizes: list[float] = []
    judged = [
        _judged(line, _own(line, lines, squares), _among_boxes(line, lines)) for line in lines
    ]
    judged = [_bracketed(own, judged) for own in judged]
    pitches = [_pitch(own) for own in judged]
    usual = statistics.median([pitch for pitch in pitches if pitch] or [0.0])
    for line, own, pitch in zip(lines, judged, pitches, strict=True):
        words += _closed(_punctuated(own))
        sizes += [pitch or _size(line, usual)] * len(own)
    if not words:
        return no_chars()
    scale = 72 / dpi
    none = np.zeros(len(words), np.bool_)
    return Chars(
        "".join(word.char for word in words),
        np.array([word.box for word in words], np.float32) * scale,
        np.array(sizes, np.float32) * scale,
        none,
        np.array([_doubtful(word) for word in words], np.bool_),
        none,
    )


def _doubtful(word: Word) -> bool:
    """Marks are misread all the time, and nothing rests on them."""
    return word.confidence < _SURE and (word.char.isalnum() or word.char == UNREAD)


def line_pitches(lines: Sequence[TextLine]) -> list[float]:
    """Pixels of one em for each line, by the page's usual one where its own does not tell."""
    own = [_pitch(line.words) for line in lines]
    usual = statistics.median([pitch for pitch in own if pitch] or [0.0])
    return [pitch or _size(line, usual) for line, pitch in zip(lines, own, strict=True)]


def _own(line: TextLine, lines: Sequence[TextLine], squares: Sequence[Square]) -> list[Square]:
    """The squares that stand in no other line."""
    others = [other.box for other in lines if other is not line]
    return [
        square
        for square in squares
        if _on(square, line)
        and not any(
            box[0] < (square.x0 + square.x1) / 2 < box[2]
            and box[1] < (square.top + square.bottom) / 2 < box[3]
            for box in others
        )
    ]


def _among_boxes(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether a check box was read at the beginning of another piece of the same row."""
    middle = (line.box[1] + line.box[3]) / 2
    return any(
        other is not line and other.words[0].char in _BOXES and other.box[1] < middle < other.box[3]
        for other in lines
    )


def _bracketed(words: list[Word], others: Sequence[list[Word]]) -> list[Word]:
    """A bracket for a remark left empty is closed far off, where OCR overlooks it: 是（事故名称：  ） □否."""
    text = "".join(word.char for word in words)
    if text.count("（") + text.count("(") <= text.count("）") + text.count(")"):
        return words
    x0, top, x1, bottom = words[-1].box
    behind = any(
        own
        and _is_option(own)
        and own[0].box[0] > x1
        and own[0].box[1] < (top + bottom) / 2 < own[0].box[3]
        for own in others
    )
    return [*words, Word("）", (x1, top, x1 + (x1 - x0), bottom), 0.9)] if behind else words


def _is_option(words: Sequence[Word]) -> bool:
    """Begins with a check box, or with a short word and brackets for a tick."""
    text = "".join(word.char for word in words)
    return text[0] in _BOXES + "[［" or _OPTION.match(text) is not None


def _pitch(words: Sequence[Word]) -> float:
    """Pixels of one em: how far full-width characters are apart; 0 where too few tell."""
    middles = [(word.box[0] + word.box[2]) / 2 for word in words]
    return pitch_of(middles, [bool(_WIDE.match(word.char)) for word in words], _ENOUGH)


def _size(line: TextLine, usual: float) -> float:
    """By the height of the line, which is less sure: the page's usual size where that is likely."""
    high = (line.box[3] - line.box[1]) * _HIGH
    return usual if usual and 0.6 * usual < high < 1.5 * usual else high


def _punctuated(words: Sequence[Word]) -> list[Word]:
    """Half-width marks beside Chinese characters are full-width ones: OCR takes one for the other."""
    found = list(words)
    chinese = any(_HAN.match(word.char) for word in words)
    for index, word in enumerate(words):
        full = _FULL.get(word.char)
        if full is None:
            continue
        before = words[index - 1].char if index else ""
        if _HAN.match(before) or (word.char in "()" and chinese):
            found[index] = word._replace(char=full)
    return found


def _closed(words: Sequence[Word]) -> list[Word]:
    """No gaps within Latin words and numbers: the engine's boxes there are narrower than the letters."""
    found = list(words)
    for index, (a, b) in enumerate(pairwise(words)):
        gap = b.box[0] - a.box[2]
        if a.char.isascii() and b.char.isascii() and 0 < gap < _CLOSED * (a.box[3] - a.box[1]):
            found[index] = a._replace(box=(a.box[0], a.box[1], b.box[0], a.box[3]))
    return found


def _judged(line: TextLine, squares: Sequence[Square], beside: bool = False) -> list[Word]:
    """The line's characters, each check box as ticked or empty as its pixels say.

    beside: there are boxes in other pieces of the row.
    """
    words = [word for k, word in enumerate(line.words) if not _is_underline(line.words, k)]
    near = [square for square in squares if _on(square, line)]
    boxes = {
        index: square for index, word in enumerate(words) if (square := _at(word, near)) is not None
    }
    likely = [index for index in boxes if words[index].char in _LIKE_BOX | _LIKE_TICK]
    certain = beside or any(word.char in _BOXES for word in words)
    certain |= sum(_is_clear(boxes[index]) and _begins(words, index) for index in likely) > 1
    seen: list[Square] = []
    for index in likely:
        word, square = words[index], boxes[index]
        if word.char in _BOXES or (certain and _begins(words, index)):
            mark = TICKED if square.ticked else EMPTY
            words[index] = Word(mark, word.box, max(word.confidence, 0.9))
            seen.append(square)
    words = _real(words, likely)
    for square in near:
        if (certain or _is_clear(square)) and _free(square, words, seen):
            words.append(_missed(square))
            seen.append(square)
    words.sort(key=lambda word: word.box[0])
    return [_tick(words, index) for index in range(len(words))]


def _is_underline(words: Sequence[Word], index: int) -> bool:
    """The beginning of a line to write on; in an address by e-mail a letter stands on both sides."""
    if words[index].char != "_":
        return False
    before, behind = words[index - 1 : index], words[index + 1 : index + 2]
    return not all(near and near[0].char.isascii() for near in (before, behind))


def _is_clear(square: Square) -> bool:
    """Solid or empty, as no character is but 口."""
    return square.ink > _SURELY_SOLID or square.ink < _SURELY_EMPTY


def _real(words: Sequence[Word], judged: Sequence[int]) -> list[Word]:
    """Without boxes that only OCR saw, right beside one that is there."""
    return [
        word
        for index, word in enumerate(words)
        if not (word.char in _BOXES and index not in judged and index + 1 in judged)
    ]


def _on(square: Square, line: TextLine) -> bool:
    middle = (square.top + square.bottom) / 2
    reach = (line.box[3] - line.box[1]) * _REACH
    return line.box[1] < middle < line.box[3] and line.box[0] - reach < square.x0 < line.box[2]


def _at(word: Word, near: Sequence[Square]) -> Square | None:
    """The square whose middle is the word's; OCR is less sure where solid ones stand."""
    x = (word.box[0] + word.box[2]) / 2
    reach = 1.2 if word.char in _BOXES else 0.6
    found = [
        square
        for square in near
        if abs((square.x0 + square.x1) / 2 - x) < reach * (square.x1 - square.x0)
    ]
    return min(found, key=lambda square: abs((square.x0 + square.x1) / 2 - x), default=None)


def _begins(words: Sequence[Word], index: int) -> bool:
    """Whether a gap or another box stands before it, as before an option."""
    if index == 0 or words[index - 1].char in _BOXES:
        return True
    before, here = words[index - 1].box, words[index].box
    return here[0] - before[2] > 0.25 * (here[3] - here[1])


def _free(square: Square, words: Sequence[Word], seen: Sequence[Square]) -> bool:
    """Whether nothing was read where the square stands, and no other square is the same box."""
    x, side = (square.x0 + square.x1) / 2, square.x1 - square.x0
    if any(abs((other.x0 + other.x1) / 2 - x) < side for other in seen):
        return False
    return not any(word.box[0] < x < word.box[2] for word in words)


def _missed(square: Square) -> Word:
    mark = TICKED if square.ticked else EMPTY
    return Word(mark, (square.x0, square.top, square.x1, square.bottom), 0.9)


def _tick(words: Sequence[Word], index: int) -> Word:
    """A lone V between brackets or beside Chinese words is a tick."""
    word = words[index]
    if not _TICK_READ.match(word.char) or word.char == "√":
        return word
    before = words[index - 1].char if index else ""
    behind = words[index + 1].char if index + 1 < len(words) else ""
    if before in "（([【" and behind in "）)]】" and before and behind:
        return Word("√", word.box, word.confidence)
    if word.char in _LIKE_TICK:
        return Word("√", word.box, word.confidence)
    return word
