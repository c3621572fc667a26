"""Boxes with notes on the pages of the applicant's own PDF.

The original bytes stay as they are: the annotations are appended as an incremental update. Each
finding is one square annotation with the finding's words as its note and its number beside it;
a note on the first page holds the summary.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reviewer.errors import DamagedFile, UnsupportedFormat
from reviewer.model.clean import clean
from reviewer.model.document import Box, Document, paragraphs
from reviewer.model.review import Finding
from reviewer.reports.anchors import Anchors
from reviewer.reports.boxes import boxes_of
from reviewer.reports.material import Material
from reviewer.reports.places import spoken
from reviewer.reports.wording import AUTHOR, SEVERITIES, lines, summary_lines

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

_WORD = "申报书不是 PDF。请用 --format docx，在 Word 原文上加批注。"
_LOCKED = "这份 PDF 限制了修改，无法在原页上加注释。请去掉限制后再试，或改用 --format html。"
_BROKEN = "这份 PDF 的内部结构有损坏，无法在原页上加注释。请重新导出后再试，或改用 --format html。"
_COLOURS = {"error": (0.75, 0.1, 0.1), "warning": (0.85, 0.5, 0.0), "info": (0.1, 0.4, 0.7)}
_WAIVED = (0.45, 0.48, 0.52)
_MARGIN = 2.0
_PRINTED = 4
_LONGEST = 2000


def write(material: Material) -> bytes:
    """The annotated PDF.

    Raises UnsupportedFormat for files that are no PDF or must not be changed, DamagedFile.
    """
    from pypdf import PdfWriter
    from pypdf.errors import PyPdfError

    if material.review.document.kind not in ("pdf", "scan"):
        raise UnsupportedFormat(_WORD)
    try:
        writer = PdfWriter(io.BytesIO(material.original), incremental=True)
        if writer._reader is not None and writer._reader.is_encrypted:
            raise UnsupportedFormat(_LOCKED)
        _annotate(writer, material)
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, KeyError, IndexError, ValueError, TypeError, RecursionError):
        raise DamagedFile(_BROKEN) from None
    return out.getvalue()


def _annotate(writer: PdfWriter, material: Material) -> None:
    by_page: dict[int, list[Any]] = defaultdict(list)
    summary = "\n".join(summary_lines(material.review, material.policy))
    by_page[0].append(_Note(Box(1, 18, 18, 38, 38), summary, _COLOURS["info"], "审阅结论"))
    for note in _notes(material):
        by_page[min(note.box.page, len(writer.pages)) - 1].append(note)
    for number, notes in by_page.items():
        _place(writer, writer.pages[number], notes)


class _Note:
    """One annotation to be: the box as shown on the page, its words, colour and label."""

    def __init__(
        self,
        box: Box,
        words: str,
        colour: tuple[float, float, float],
        subject: str,
        label: str = "",
    ) -> None:
        self.box = box
        self.words = words
        self.colour = colour
        self.subject = subject
        self.label = label


def _notes(material: Material) -> Iterator[_Note]:
    texts = _texts(material.document)
    anchors = Anchors(material.policy, material.declaration, material.document)
    homeless = 0
    for number, finding in enumerate(material.review.findings, 1):
        colour = _WAIVED if finding.waived else _COLOURS[finding.severity]
        found = boxes_of(anchors.spans(finding), texts)
        if not found:
            found = [Box(1, 18, 44 + 24 * homeless, 38, 62 + 24 * homeless)]
            homeless += 1
        words, subject = _words(finding, material), spoken(finding.subject, material.policy)
        yield _Note(_around(found, _flag(str(number))), words, colour, subject, str(number))


def _texts(document: Document | None) -> dict[int, str]:
    found = paragraphs(document.blocks) if document is not None else ()
    return {paragraph.place.block: paragraph.text for paragraph in found}


def _flag(label: str) -> float:
    """Width of the flag that holds a finding's number."""
    return 4.2 * len(label) + 4


def _around(boxes: Sequence[Box], flag: float) -> Box:
    """The rectangle around the boxes of the first page among them, the flag at its right."""
    page = boxes[0].page
    here = [box for box in boxes if box.page == page]
    return Box(
        page,
        min(box.x0 for box in here) - _MARGIN,
        min(box.top for box in here) - _MARGIN,
        max(box.x1 for box in here) + _MARGIN + flag,
        max(box.bottom for box in here) + _MARGIN,
    )


def _words(finding: Finding, material: Material) -> str:
    kind = "已豁免" if finding.waived else SEVERITIES[finding.severity]
    head = f"【{kind}】{spoken(finding.subject, material.policy)}（{finding.code}）"
    return clean("\n".join([head, *(f"{label}：{text}" for label, text in lines(finding))]))


def _place(writer: PdfWriter, page: PageObject, notes: Sequence[_Note]) -> None:
    from pypdf.generic import ArrayObject, NameObject

    made = [writer._add_object(_annotation(writer, page, note)) for note in notes]
    old = page.get("/Annots")
    kept = old.get_object() if old is not None else ()
    page[NameObject("/Annots")] = ArrayObject([*(kept or ()), *made])


def _annotation(writer: PdfWriter, page: PageObject, note: _Note) -> Any:
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    x0, y0, x1, y1 = _on_paper(page, note.box)
    made = DictionaryObject()
    made[NameObject("/Type")] = NameObject("/Annot")
    made[NameObject("/Subtype")] = NameObject("/Square" if note.label else "/Text")
    made[NameObject("/Rect")] = ArrayObject([FloatObject(round(v, 2)) for v in (x0, y0, x1, y1)])
    made[NameObject("/C")] = ArrayObject([FloatObject(part) for part in note.colour])
    made[NameObject("/Contents")] = TextStringObject(note.words[:_LONGEST])
    made[NameObject("/T")] = TextStringObject(AUTHOR)
    made[NameObject("/Subj")] = TextStringObject(note.subject)
    made[NameObject("/F")] = NumberObject(_PRINTED)
    made[NameObject("/P")] = page.indirect_reference or page
    if note.label:
        appearance = DictionaryObject()
        appearance[NameObject("/N")] = writer._add_object(
            _drawing(x1 - x0, y1 - y0, note.colour, note.label)
        )
        made[NameObject("/AP")] = appearance
    else:
        made[NameObject("/Name")] = NameObject("/Comment")
    return made


def _drawing(width: float, height: float, colour: tuple[float, float, float], label: str) -> Any:
    """The appearance: a frame and the number in a small flag beside its upper right corner."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        StreamObject,
    )

    red, green, blue = colour
    flag = _flag(label)
    stream = StreamObject()
    stream.set_data(
        (
            f"{red} {green} {blue} RG 1 w 0.5 0.5 {width - flag - 1:.2f} {height - 1:.2f} re S "
            f"{red} {green} {blue} rg {width - flag:.2f} {height - 8:.2f} {flag:.2f} 8 re f "
            f"1 g BT /F 6.5 Tf {width - flag + 2:.2f} {height - 6.5:.2f} Td ({label}) Tj ET"
        ).encode("ascii")
    )
    font = DictionaryObject()
    for key, value in (
        ("/Type", "/Font"),
        ("/Subtype", "/Type1"),
        ("/BaseFont", "/Helvetica-Bold"),
    ):
        font[NameObject(key)] = NameObject(value)
    fonts, resources = DictionaryObject(), DictionaryObject()
    fonts[NameObject("/F")] = font
    resources[NameObject("/Font")] = fonts
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject([FloatObject(v) for v in (0, 0, width, height)])
    stream[NameObject("/Resources")] = resources
    return stream


def _on_paper(page: PageObject, box: Box) -> tuple[float, float, float, float]:
    """A box as shown (origin top left of the page as turned and cropped) in page space."""
    crop = page.cropbox
    left, low, right, high = (float(v) for v in (crop.left, crop.bottom, crop.right, crop.top))
    turn = int(page.get("/Rotate", 0) or 0) % 360
    corners = [(box.x0, box.top), (box.x1, box.bottom)]
    turned: Mapping[int, Callable[[float, float], tuple[float, float]]] = {
        0: lambda x, y: (left + x, high - y),
        90: lambda x, y: (left + y, low + x),
        180: lambda x, y: (right - x, low + y),
        270: lambda x, y: (right - y, high - x),
    }
    turning = turned.get(turn, turned[0])
    points = [turning(x, y) for x, y in corners]
    xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
    return xs[0], ys[0], xs[1], ys[1]
