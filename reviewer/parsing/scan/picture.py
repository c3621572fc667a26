"""A page's picture before it is read: colour, seals, tilt."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reviewer.parsing.rendering import Image
from reviewer.parsing.seals import has_seal, red_mask

_GREY_CHROMA = 14
_STEEPEST, _STEP, _FINE = 3.0, 0.5, 0.1
_SMALL_SIDE = 700


class Cleaned(NamedTuple):
    """grey: (h, w) upright, without seals. angle: degrees that it was turned by. seal, greyscale:
    whether a red seal was seen, and whether the page had no colour at all."""

    grey: Image
    angle: float
    seal: bool
    greyscale: bool


def clean_up(image: Image, dpi: float) -> Cleaned:
    """Take an (h, w, 3) RGB picture of a page."""
    red = red_mask(image)
    grey = without_seal(image, red)
    angle = tilt(grey)
    return Cleaned(turned(grey, angle), angle, has_seal(red, dpi), is_grey(image))


def without_seal(image: Image, red: Image) -> Image:
    """(h, w) grey, where red ink is as light as in red light; black text below it stays."""
    import cv2

    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
    if not red.any():
        return grey
    near = cv2.dilate(red, np.ones((3, 3), np.uint8)) > 0
    lifted = np.clip(image[:, :, 0].astype(np.int16) * 1.15 + 12, 0, 255).astype(np.uint8)
    return np.where(near, np.maximum(grey, lifted), grey).astype(np.uint8)


def is_grey(image: Image) -> bool:
    """Whether (nearly) no pixel has a colour."""
    sample = image[::4, ::4].astype(np.int16)
    chroma = sample.max(axis=2) - sample.min(axis=2)
    return bool(np.percentile(chroma, 99.9) < _GREY_CHROMA)


def tilt(grey: Image) -> float:
    """Degrees by which the picture must be turned (counter-clockwise) to stand upright."""
    import cv2

    scale = _SMALL_SIDE / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (255 - small).astype(np.uint8)
    ink[ink < 60] = 0

    def sharpness(angle: float) -> float:
        rows = turned(ink, angle, 0).sum(axis=1, dtype=np.float64)
        return float((np.diff(rows) ** 2).sum())

    best = 0.0
    for step, reach in ((_STEP, _STEEPEST), (_FINE, _STEP)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: sharpness(float(angle))))
    return round(best, 2)


def turned(picture: Image, angle: float, ground: int = 255) -> Image:
    """The picture turned about its middle, as large as before."""
    import cv2

    if abs(angle) < 0.05:
        return picture
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (wide, high), flags=cv2.INTER_CUBIC if ground else cv2.INTER_LINEAR,
                       borderMode=cv2.BORDER_CONSTANT, borderValue=ground), picture.dtype,
    )  # fmt: skip
