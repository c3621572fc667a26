"""The applicant's own Word file with a native comment at every finding.

Only the body, the comments, their relationship and content type are written; every other part is
copied packed as it is. The body keeps all that it had: marks are added, runs are split.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from reviewer.errors import UnsupportedFormat
from reviewer.model.review import Finding
from reviewer.reports.anchors import Anchors
from reviewer.reports.material import Material
from reviewer.reports.places import spoken
from reviewer.reports.word.archive import rewritten
from reviewer.reports.word.comments import Comments
from reviewer.reports.word.marks import Marked, Marks
from reviewer.reports.word.package import Original
from reviewer.reports.word.ranges import Ranges
from reviewer.reports.wording import SEVERITIES, lines, summary_lines

_PDF = "申报书是 PDF，不能加 Word 批注。请改用 --format pdf，在原页上加框和注释。"

__all__ = ["write"]


def write(material: Material, now: datetime | None = None) -> bytes:
    """The annotated .docx. now: the comments' date, the present moment where None.

    Raises UnsupportedFormat for other files than .docx and for those with macros, DamagedFile.
    """
    if material.review.document.kind in ("pdf", "scan"):
        raise UnsupportedFormat(_PDF)
    original = Original(material.original)
    comments = Comments(original.comments(), original.dialect, now or datetime.now(UTC))
    ranges = Ranges(original, material.document)
    marks = list(_marks(material, comments, ranges))
    Marks(original.dialect, ranges.letters).put(marks)
    return rewritten(material.original, original.parts(comments.root()))


def _marks(material: Material, comments: Comments, ranges: Ranges) -> Iterator[Marked]:
    """The marks of all comments: the summary first, then the findings in their order."""
    review, policy = material.review, material.policy
    words = [[(line, False)] for line in summary_lines(review, policy)]
    top = ranges.top(comments.add("审阅结论", words))
    if top is not None:
        yield top
    anchors = Anchors(policy, material.declaration, material.document)
    for finding in review.findings:
        number = comments.add(_title(finding, material), _words(finding))
        mark = ranges.mark(number, anchors.spans(finding))
        if mark is not None:
            yield mark
        elif top is not None:
            yield Marked(number, top.first, top.start, top.last, top.end)


def _title(finding: Finding, material: Material) -> str:
    kind = "已豁免" if finding.waived else SEVERITIES[finding.severity]
    return f"【{kind}】{spoken(finding.subject, material.policy)}（{finding.code}）"


def _words(finding: Finding) -> Iterator[list[tuple[str, bool]]]:
    for label, text in lines(finding):
        yield [(f"{label}：", True), (text, False)]
