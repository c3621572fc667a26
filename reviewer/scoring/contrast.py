"""Whether a sentence that owns to a lack sets it apart from what it shows."""

from __future__ import annotations

import re

from reviewer.model.assertion import Status
from reviewer.model.cues import BUILT
from reviewer.scoring.reading import Reading

_CONTRAST = (
    "剩下",
    "却",
    "倒是",
    "至于",
    "唯独",
    "但",
    "不过",
    "只是",
    "可是",
    "然而",
    "除",
    "其余",
    "；",
)

# Something built, or a system by its Latin letters.
_BUILDS = re.compile(rf"{BUILT.pattern}|(?<![a-z])(?!pdf|ppt|of)[a-z]{{2,4}}(?![a-z])")


def contrasts(text: str) -> bool:
    """The sentence sets two things apart by a word for it."""
    return any(word in text[:-1] for word in _CONTRAST)


def apart(reading: Reading, number: int) -> bool:
    """A sentence that owns to a lack shows something itself only where it sets the two apart, by
    a word of contrast or by a part of its own that tells of something built."""
    if contrasts(reading.sentences[number].text):
        return True
    return any(
        reading.part_status[part] == int(Status.ASSERTED)
        and _BUILDS.search(reading.text[reading.part_start[part] : reading.part_end[part]])
        for part in range(reading.first_part[number], reading.first_part[number + 1])
    )
