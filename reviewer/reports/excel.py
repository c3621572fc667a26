"""The report as an Excel workbook: 问题, 场景, 指标, 覆盖, 字数; filterable, formula-proof."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reviewer.model.clean import clean
from reviewer.model.review import Review
from reviewer.policy.schema import Policy
from reviewer.reports.material import Material
from reviewer.reports.places import group, spoken
from reviewer.reports.wording import METHODS, SEVERITIES, STATUSES

# Excel refuses cells of more than 32,767 UTF-16 units; a character may take two.
CELL_LIMIT = 16_000
# Words that colour their cell: (font, ground).
COLOURS = {
    **dict.fromkeys(("错误", "未见证据"), ("#9c1c14", "#fdecea")),
    **dict.fromkeys(("待核", "部分满足"), ("#7a4a00", "#fff4dc")),
    "提示": ("#1f4e79", "#e7f0f9"),
    "满足": ("#1c6e43", "#e4f4ea"),
    "已豁免": ("#5d6875", "#eceff3"),
}


class Sheet:
    """One worksheet: a header row that stays, a filter over all columns, wrapped cells.

    marks: formats by the words of COLOURS. It prints on landscape A4, the header on every page.
    """

    def __init__(
        self, sheet: Worksheet, head: Format, body: Format, marks: Mapping[str, Format]
    ) -> None:
        self.sheet, self.head, self.body, self.marks = sheet, head, body, marks
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def fill(
        self, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | float | None]]
    ) -> None:
        """Write the columns (title, width) and rows. Text is never read as a formula."""
        for place, (title, width) in enumerate(columns):
            self.sheet.set_column(place, place, width)
            self.sheet.write_string(0, place, title, self.head)
        last = 0
        for last, values in enumerate(rows, 1):
            for place, value in enumerate(values):
                self._cell(last, place, value)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)

    def _cell(self, row: int, column: int, value: str | float | None) -> None:
        if isinstance(value, (int, float)):
            self.sheet.write_number(row, column, value, self.body)
        else:
            text = clean(value or "")[:CELL_LIMIT]
            self.sheet.write_string(row, column, text, self.marks.get(text, self.body))


def write(material: Material) -> bytes:
    """The workbook's bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format(
        {"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "valign": "vcenter"}
    )
    body = book.add_format({"text_wrap": True, "valign": "top"})
    marks = {
        word: book.add_format(
            {"font_color": font, "bg_color": ground, "bold": True, "valign": "top"}
        )
        for word, (font, ground) in COLOURS.items()
    }
    for title, fill in _SHEETS.items():
        sheet = Sheet(book.add_worksheet(title), head, body, marks)
        fill(sheet, material.review, material.policy)
    book.close()
    return stream.getvalue()


def _findings(sheet: Sheet, review: Review, policy: Policy) -> None:
    columns = (
        ("序号", 6),
        ("级别", 8),
        ("所在部分", 22),
        ("位置", 26),
        ("页", 6),
        ("问题", 60),
        ("改法", 50),
        ("依据", 20),
        ("规则", 10),
        ("原文", 40),
        ("豁免理由", 20),
        ("编号", 15),
    )
    sheet.fill(
        columns,
        (
            (
                number,
                "已豁免" if item.waived else SEVERITIES[item.severity],
                group(item.subject),
                spoken(item.subject, policy),
                item.location.page,
                item.message,
                item.suggestion,
                item.basis,
                item.code,
                item.location.quote,
                item.waived,
                item.id,
            )
            for number, item in enumerate(review.findings, 1)
        ),
    )


def _entries(sheet: Sheet, review: Review, policy: Policy) -> None:
    columns = (
        ("位置", 22),
        ("原文", 50),
        ("写的环节", 12),
        ("写的场景", 22),
        ("实例", 36),
        ("对应场景号", 11),
        ("规范场景", 22),
        ("规范环节", 12),
        ("环节对", 8),
        ("名称对", 8),
        ("判断方式", 12),
        ("把握", 8),
        ("人工智能", 10),
        ("理由", 40),
    )
    sheet.fill(
        columns,
        (
            (
                spoken(item.at, policy),
                item.raw,
                item.stage_written,
                item.name_written,
                item.instance,
                item.scenario,
                item.name,
                item.stage,
                _yes(item.stage_ok),
                _yes(item.name_ok),
                METHODS[item.method],
                round(item.confidence, 2),
                _yes(item.ai),
                item.reason,
            )
            for item in review.scenarios
        ),
    )


def _kpis(sheet: Sheet, review: Review, policy: Policy) -> None:
    columns = (("指标", 50), ("必填", 8), ("建设前", 24), ("建成后", 24))
    rows = ((row.name, _yes(row.starred), row.before, row.after) for row in review.kpis)
    sheet.fill(columns, rows)


def _coverage(sheet: Sheet, review: Review, policy: Policy) -> None:
    columns = (
        ("等级", 10),
        ("条款", 16),
        ("要素条件", 50),
        ("判断", 10),
        ("得分", 8),
        ("还缺", 30),
        ("证据一", 60),
        ("证据一位置", 24),
        ("证据二", 60),
        ("证据二位置", 24),
    )
    sheet.fill(columns, _clauses(review, policy))


def _clauses(review: Review, policy: Policy) -> Iterable[Sequence[str | float | None]]:
    for tier in policy.tiers:
        coverage = review.coverage.get(tier.id)
        for clause in tier.clauses if coverage else ():
            judged = coverage.clauses[clause.id] if coverage else None
            if judged is None:
                continue
            quotes = [(e.text, spoken(e.subject, policy)) for e in judged.evidence[:2]]
            flat = [part for quote in quotes for part in quote]
            yield (
                tier.name,
                clause.id,
                clause.title,
                STATUSES[judged.status],
                round(judged.score, 2),
                "、".join(judged.missing),
                *flat,
            )


def _lengths(sheet: Sheet, review: Review, policy: Policy) -> None:
    columns = (("位置", 34), ("字数", 8), ("上限", 8), ("超出", 8))
    sheet.fill(
        columns,
        (
            (
                spoken(key if key.startswith("body:") else f"section:{key}", policy),
                section.count,
                section.limit,
                _over(section.count, section.limit),
            )
            for key, section in review.sections.items()
        ),
    )
    over = {"type": "cell", "criteria": ">", "value": 0, "format": sheet.marks["错误"]}
    sheet.sheet.conditional_format(1, 3, max(1, len(review.sections)), 3, over)


def _over(count: int, limit: int | None) -> int | None:
    return count - limit if limit and count > limit else None


def _yes(value: bool) -> str:
    return "是" if value else "否"


_SHEETS = {
    "问题": _findings,
    "场景": _entries,
    "指标": _kpis,
    "覆盖": _coverage,
    "字数": _lengths,
}
