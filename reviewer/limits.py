"""Limits for reading strangers' files, in one place. Sizes in bytes, times in seconds.

The defaults come from measurements of real declarations with a wide margin (the largest real
ratio of a Word part is 130 : 1, a declaration has about 50,000 characters).
"""

from __future__ import annotations

import sys

from msgspec import Struct
from msgspec.structs import replace

MIB = 1 << 20
WORD = 9
"""Seconds that a Word file may take."""


class Limits(Struct, frozen=True):
    """What a file and the child that reads it may take.

    file_bytes: the file itself. entries, unpacked, part, ratio: of a Word package: number of zip
        entries, bytes of all of them unpacked, bytes of one part, unpacked : packed of a part
        (asked only of parts larger than ``ratio_floor``).
    tags: ``<`` signs in one XML part. paragraphs, characters: of the whole document.
    nesting: tables, controls and links inside one another.
    pages, pixels: of a PDF and of one rendered page.
    ocr: whether pages without text may be read by OCR; NeedsRecognition is raised otherwise, so that
        the caller can allow the child more (``with_ocr``).
    memory: address space of the child; memory_ocr: the same where OCR is needed.
    cpu, wall: seconds of the child; wall_ocr: the same where OCR is needed.
    written: bytes of one file that the child may write. result: bytes that it may send back.
    """

    file_bytes: int = 200 * MIB
    entries: int = 2_000
    unpacked: int = 500 * MIB
    part: int = 300 * MIB
    ratio: int = 200
    ratio_floor: int = MIB
    tags: int = 2_000_000
    paragraphs: int = 100_000
    characters: int = 3_000_000
    nesting: int = 60
    pages: int = 500
    pixels: int = 25_000_000
    ocr: bool = True
    memory: int = 2048 * MIB
    memory_ocr: int = 3072 * MIB
    cpu: int = 60
    wall: float = 60.0
    wall_ocr: float = 1800.0
    written: int = 500 * MIB
    result: int = 200 * MIB

    def of_kind(self, kind: str) -> Limits:
        """The limits for a file of this kind (see ``parsing.detect.kind``).

        A Word file is read in a fraction of a second or is hostile. It is processor time that tells:
        on a machine busy with other things a sound file may wait for a minute. Only where the
        system cannot limit that, it is the wall clock. A PDF is read for its text first; the guard
        runs the child again ``with_ocr`` where that was not enough.
        """
        if kind == "docx":
            wall = min(self.wall, WORD) if sys.platform == "win32" else self.wall
            return replace(self, wall=wall, cpu=min(self.cpu, WORD))
        if kind == "pdf":
            return replace(self, ocr=False)
        return self

    def with_ocr(self) -> Limits:
        """The same with the memory and time that OCR takes."""
        return replace(
            self, ocr=True, memory=self.memory_ocr, wall=self.wall_ocr, cpu=int(self.wall_ocr)
        )
