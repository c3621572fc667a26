"""triage.xlsx: the main table, quotas, deadlines, distributions, copied texts, missing files, tables."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format

from reviewer.batch.triage import distributions
from reviewer.batch.triage.sight import COLUMNS, ORDER_ONLY, Sight, firm, rows
from reviewer.model.clean import clean
from reviewer.policy.schema import Policy

_LONGEST = 32_000
_PASSAGES = 20_000
_ONE_PAGE, _A3, _A4 = 200, 8, 9
_EPOCH = datetime(2026, 1, 1)
Cell = object


class _Book:
    """A workbook whose cells are never formulas; the same bytes for the same content."""

    def __init__(self) -> None:
        self._stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._stream, options)
        self._book.set_properties({"created": _EPOCH})
        self._head: Format = self._book.add_format(
            {"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "text_wrap": True}
        )
        self._body: Format = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._note: Format = self._book.add_format({"italic": True, "font_color": "#555555"})

    def sheet(
        self,
        title: str,
        head: Sequence[tuple[str, int]],
        lines: Iterable[Sequence[Cell]],
        note: str = "",
    ) -> None:
        """A sheet with a filter over its columns (title, width). note: a line above."""
        sheet = self._book.add_worksheet(title)
        sheet.set_landscape()
        wide = sum(width for _, width in head) > _ONE_PAGE
        sheet.set_paper(_A3 if wide else _A4)
        if wide:
            sheet.repeat_columns(0, 2)  # order, state and firm on every page
        else:
            sheet.fit_to_pages(1, 0)
        top = 0
        if note:
            sheet.write_string(0, 0, note, self._note)
            top = 1
        for place, (name, width) in enumerate(head):
            sheet.set_column(place, place, width)
            sheet.write_string(top, place, name, self._head)
        last = top
        for last, line in enumerate(lines, top + 1):
            for place, value in enumerate(line):
                if isinstance(value, (int, float)):
                    sheet.write_number(last, place, value, self._body)
                elif value:
                    sheet.write_string(last, place, clean(str(value))[:_LONGEST], self._body)
        sheet.repeat_rows(top)
        sheet.freeze_panes(top + 1, 0)
        sheet.autofilter(top, 0, max(last, top + 1), len(head) - 1)

    def bytes(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._stream.getvalue()


def write(sight: Sight) -> bytes:
    """The workbook's bytes."""
    book = _Book()
    head = [(column.title, column.width) for column in COLUMNS]
    book.sheet("分诊", head, rows(sight), ORDER_ONLY)
    _quotas(book, sight)
    _terms(book, sight)
    _distributions(book, sight)
    _copies(book, sight)
    _clusters(book, sight)
    _lacking(book, sight)
    _tables(book, sight)
    book.sheet(
        "未能审阅",
        (("文件", 50), ("原因", 90)),
        ((f.shown, f.sentence) for f in sight.batch.failures),
    )
    return book.bytes()


def _quotas(book: _Book, sight: Sight) -> None:
    head = (
        ("地区", 12),
        ("等级", 10),
        ("本批推荐", 10),
        ("名额", 8),
        ("超出", 8),
        ("不占名额", 10),
    )
    lines = (
        (u.region or "未识别", sight.tier(u.tier), u.count, u.quota, len(u.over) or None, u.exempt)
        for u in sight.usages
    )
    book.sheet("名额", head, lines, "名额见附件2；不占名额的由 --exceptions 标注。")


def _terms(book: _Book, sight: Sight) -> None:
    head = (
        ("事项", 34),
        ("等级", 10),
        ("由谁办", 10),
        ("截止日期", 12),
        ("还剩天数", 10),
        ("依据", 20),
    )
    who = {"enterprise": "企业", "bureau": "主管部门"}
    lines = (
        (t.route, sight.tier(t.tier) if t.tier else "", who.get(t.by, ""), t.date, t.days, t.basis)
        for t in sight.terms
    )
    book.sheet("截止日期", head, lines, f"以 {sight.batch.day} 计，负数为已过期。")


def _distributions(book: _Book, sight: Sight) -> None:
    series = [
        *distributions.scores(sight),
        distributions.ai_share(sight),
        distributions.failed_rules(sight),
    ]
    lines = (
        (one.name, label, value)
        for one in series
        for label, value in zip(one.labels, one.values, strict=True)
    )
    book.sheet("分布", (("统计", 34), ("分组", 34), ("份数", 10)), lines)
    grid = distributions.scenarios(sight)
    head = [("场景", 28), *((column, 12) for column in grid.columns)]
    body = ((row, *counts) for row, counts in zip(grid.rows, grid.counts, strict=True))
    book.sheet("场景频次", head, body)


def _copies(book: _Book, sight: Sight) -> None:
    head = (
        ("序号", 6), ("文件甲", 34), ("文件乙", 34), ("往年", 6), ("相同字数", 10), ("相同比例", 10),
        ("位置甲", 20), ("文字甲", 60), ("位置乙", 20), ("文字乙", 60),
    )  # fmt: skip
    lines = [
        (
            number,
            pair.first.name,
            pair.second.name,
            "是" if pair.archived else "",
            pair.shared,
            f"{pair.share:.0%}",
            sight.spoken(passage.first),
            passage.first_text,
            sight.spoken(passage.second),
            passage.second_text,
        )
        for number, pair in enumerate(sight.pairs, 1)
        for passage in pair.passages
    ]
    note = "" if len(lines) <= _PASSAGES else f"只列前 {_PASSAGES} 段，全部见 duplicates.csv。"
    book.sheet("雷同文字", head, lines[:_PASSAGES], note)


def _clusters(book: _Book, sight: Sight) -> None:
    known = {record.key: record for record in sight.ordered}
    lines = (
        (
            number,
            len(keys),
            firm(known[key]) if key in known else "",
            known[key].shown if key in known else "（往年）",
        )
        for number, keys in enumerate(sight.clusters, 1)
        for key in keys
    )
    head = (("群组", 8), ("份数", 8), ("企业", 34), ("文件", 50))
    book.sheet("雷同群组", head, lines, "同一群组的申报书有成段相同的文字，可能出自同一代写方。")


def _lacking(book: _Book, sight: Sight) -> None:
    head = (("企业", 34), ("文件", 50), ("缺什么", 20))
    lines = ((firm(r), r.shown, r.lacking) for r in sight.ordered if r.lacking)
    book.sheet("缺件", head, lines, "通知要求同时上传盖章的 PDF 版和可编辑的 Word 版。")


def _tables(book: _Book, sight: Sight) -> None:
    head = (
        ("文件", 40), ("表", 8), ("行", 6), ("企业", 30), ("栏目", 26), ("级别", 8), ("问题", 60), ("改法", 50),
        ("原文", 40),
    )  # fmt: skip
    severities = {"error": "错误", "warning": "待核", "info": "提示"}
    lines = (
        (
            record.shown,
            record.row.table,
            record.row.number,
            firm(record),
            finding.column,
            severities[finding.severity],
            finding.message,
            finding.suggestion,
            finding.text,
        )
        for record in sight.batch.rows
        if record.row is not None
        for finding in record.row.findings
    )
    book.sheet("汇总表核对", head, lines, _source(sight.batch.policy))


def _source(policy: Policy) -> str:
    return f"收到的{'、'.join(table.id for table in policy.tables)}汇总表逐格核对的结果。"
