"""The OCR engine: rapidocr with the models of its wheel; nothing is ever downloaded."""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reviewer.errors import MissingProgram

_LONGEST_SIDE = 960  # of the picture that the detector sees
Image = NDArray[np.uint8]


class Word(NamedTuple):
    """One character as read. box: x0, top, x1, bottom in pixels. confidence: 0 to 1."""

    char: str
    box: tuple[float, float, float, float]
    confidence: float


class TextLine(NamedTuple):
    """A stretch of text on one line. box: x0, top, x1, bottom in pixels."""

    words: tuple[Word, ...]
    box: tuple[float, float, float, float]


def read_lines(image: Image) -> list[TextLine]:
    """All text on an upright (h, w, 3) image, top to bottom.

    Raises MissingProgram where the OCR packages are not installed.
    """
    found = _engine()(image, return_word_box=True, return_single_char_box=True)
    if found.boxes is None or found.word_results is None:
        return []
    lines = []
    for corners, text, score, words in zip(
        found.boxes, found.txts, found.scores, found.word_results, strict=True
    ):
        box = _around(np.asarray(corners))
        lines.append(TextLine(tuple(_words(text, float(score), words, box)), box))
    return lines


def _words(
    text: str, score: float, words: Any, box: tuple[float, float, float, float]
) -> list[Word]:
    """One Word a character; spread evenly where the engine gives no boxes."""
    own = [
        Word(char, _around(np.asarray(corners)), float(confidence))
        for char, confidence, corners in words
        if len(char) == 1
    ]
    if "".join(word.char for word in own) == text.replace(" ", ""):
        return own
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    step, upright = (wide / max(1, len(text)), True) if wide >= high or len(text) < 2 else (
        high / len(text), False
    )  # fmt: skip
    found = []
    for k, char in enumerate(text):
        where = (
            (x0 + k * step, top, x0 + (k + 1) * step, bottom)
            if upright
            else (x0, top + k * step, x1, top + (k + 1) * step)
        )
        if not char.isspace():
            found.append(Word(char, where, score))
    return found


def _around(corners: NDArray[Any]) -> tuple[float, float, float, float]:
    x, y = corners[:, 0], corners[:, 1]
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


@cache
def _engine() -> Any:
    try:
        from rapidocr import EngineType, RapidOCR
    except ImportError:
        raise MissingProgram(
            "这份 PDF 是扫描件，需要文字识别组件：请执行 pip install rapidocr onnxruntime 后再试。"
        ) from None
    openvino = importlib.util.find_spec("openvino") is not None
    kind = EngineType.OPENVINO if openvino else EngineType.ONNXRUNTIME
    return RapidOCR(
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
