"""A page's picture before it is read: colour, seals, tilt."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reviewer.parsing.scan.engine import Image

_RED = (105, 45)  # a red pixel: its red is so high, and so much above green and blue
_GREY_CHROMA = 14
_STEEPEST, _STEP, _FINE = 3.0, 0.5, 0.1
_SMALL_SIDE = 700
_SEAL_CM = (2.2, 7.0)
_SEAL_INK = (0.04, 0.75)  # share of red pixels in the seal's square
_ROUND = 1.5


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


def red_mask(image: Image) -> Image:
    """(h, w) 1 where a pixel is red ink."""
    red = image[:, :, 0].astype(np.int16)
    rest = np.maximum(image[:, :, 1], image[:, :, 2]).astype(np.int16)
    return ((red > _RED[0]) & (red - rest > _RED[1])).astype(np.uint8)


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


def has_seal(red: Image, dpi: float) -> bool:
    """Whether red ink makes a shape of a seal's size, about as high as wide."""
    import cv2

    if int(red.sum()) < (dpi * 0.25) ** 2:
        return False
    side = max(3, int(dpi * 0.06))
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least, most = (cm / 2.54 * dpi for cm in _SEAL_CM)
    for x, y, wide, high, _ in stats[1:count]:
        if not (least < wide < most and least < high < most):
            continue
        if max(wide, high) > _ROUND * min(wide, high):
            continue
        ink = float(red[y : y + high, x : x + wide].mean())
        if _SEAL_INK[0] < ink < _SEAL_INK[1]:
            return True
    return False


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
