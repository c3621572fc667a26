"""The OCR models: rapidocr's detector and recognizer with the weights of its wheel; nothing is downloaded.

The detector is used as it is. Lines are recognized one at a time here rather than by rapidocr's own
pipeline, which pads each to the widest of six and to 320 pixels at least: nearly all the time goes
into recognition and is proportional to the width, so this halves it at the same accuracy.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reviewer.errors import MissingProgram
from reviewer.parsing.rendering import Image
from reviewer.parsing.scan.decoding import Box, Glyph, decode, spread

_LONGEST_SIDE = 960  # of an A4 page's picture that the detector sees; larger pages get more
_A4_SIDE, _MOST_SIDE = 1754, 1920  # pixels at 150 dpi
_HIGH = 48  # pixels: what the recognizer was trained for
_SQUEEZE = 0.72  # of a long line's natural width; narrower costs characters
_SHORT = 520  # pixels: values of the form, which are worth their full width
_SURE = 0.8  # a long line with a less certain character is looked at again
_STEP = 32  # widths are rounded up to it, since every new one is compiled
_LEAST_SCORE = 0.5
_TALL, _VERY_TALL = 1.5, 3.0  # height by width: may be set down the page; surely is


class Word(NamedTuple):
    """One character as read. box: x0, top, x1, bottom in pixels. confidence: 0 to 1."""

    char: str
    box: Box
    confidence: float


class TextLine(NamedTuple):
    """A stretch of text on one line. box: x0, top, x1, bottom in pixels."""

    words: tuple[Word, ...]
    box: Box


class _Models(NamedTuple):
    """detector: image → boxes of lines. session: (1, 3, 48, w) → (1, steps, alphabet)."""

    detector: Any
    session: Any
    alphabet: list[str]


def read_lines(image: Image) -> tuple[list[TextLine], float]:
    """All text on an upright (h, w, 3) image, top to bottom, and about how many characters make no sense.

    Raises MissingProgram where the OCR packages are not installed.
    """
    models = _models()
    longest = max(image.shape[:2])
    models.detector.limit_side_len = min(_MOST_SIDE, _LONGEST_SIDE * max(1.0, longest / _A4_SIDE))
    found = models.detector(image).boxes
    lines, unread = [], 0.0
    for corners in () if found is None else map(np.asarray, found):
        line = _line(models, image, corners)
        if line is not None:
            lines.append(line)
            continue
        sides = np.ptp(corners, axis=0)
        unread += float(sides.max() / max(1.0, sides.min()))
    return lines, unread


def _line(models: _Models, image: Image, corners: NDArray[Any]) -> TextLine | None:
    """What stands between these corners of an upright picture; None where nothing can be made of it."""
    x0, top = (max(0, int(value)) for value in np.floor(corners.min(axis=0)))
    x1, bottom = (int(value) for value in np.ceil(corners.max(axis=0)))
    crop = image[top:bottom, x0:x1]
    if min(crop.shape[:2]) < 2:
        return None
    high, wide = crop.shape[:2]
    box = (float(x0), float(top), float(x0 + wide), float(top + high))
    readings = []
    if high < _VERY_TALL * wide:
        readings.append((_upright(models, crop), False))
    if high >= _TALL * wide:
        readings.append((_glyphs(models, np.rot90(crop)), True))
    glyphs, down = max(readings, key=lambda reading: _score(reading[0]))
    if _score(glyphs) < _LEAST_SCORE:
        return None
    words = [Word(*glyph) for glyph in spread(glyphs, box, down=down)]
    return TextLine(tuple(words), box) if words else None


def _score(glyphs: list[Glyph]) -> float:
    return float(np.mean([glyph.confidence for glyph in glyphs])) if glyphs else 0.0


def _upright(models: _Models, crop: Image) -> list[Glyph]:
    """A short line at its full width, a long one narrower at first."""
    high, wide = crop.shape[:2]
    if _HIGH * wide / high <= _SHORT:
        return _glyphs(models, crop, 1.0)
    first = _glyphs(models, crop, _SQUEEZE)
    if all(glyph.confidence >= _SURE for glyph in first if glyph.char.isalnum()):
        return first
    return max(first, _glyphs(models, crop, 1.0), key=_score)


def _glyphs(models: _Models, crop: Image, squeeze: float = 1.0) -> list[Glyph]:
    import cv2

    high, wide = crop.shape[:2]
    own = max(8, round(_HIGH * wide / high * squeeze))
    width = -(-own // _STEP) * _STEP
    small = cv2.resize(np.ascontiguousarray(crop), (own, _HIGH))
    given = np.zeros((1, 3, _HIGH, width), np.float32)
    given[0, :, :, :own] = small.transpose(2, 0, 1) / 127.5 - 1
    return decode(np.asarray(models.session(given))[0], models.alphabet, width / own)


@cache
def _models() -> _Models:
    try:
        from rapidocr import EngineType, RapidOCR
    except ImportError:
        raise MissingProgram(
            "这份 PDF 是扫描件，需要文字识别组件：请执行 pip install rapidocr onnxruntime 后再试。"
        ) from None
    openvino = importlib.util.find_spec("openvino") is not None
    kind = EngineType.OPENVINO if openvino else EngineType.ONNXRUNTIME
    engine: Any = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.engine_type": kind,
            "Rec.engine_type": kind,
            "Cls.engine_type": kind,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST_SIDE,
            # One process a core reads pages; threads inside of each would only get in their way.
            "EngineConfig.openvino.inference_num_threads": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    # Newer releases load each model at its first use.
    detector = engine.text_det or engine._load_det_model()
    recognizer = engine.text_rec or engine._load_rec_model()
    return _Models(detector, recognizer.session, list(recognizer.postprocess_op.character))
