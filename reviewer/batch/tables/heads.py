"""What stands in the heads and under the notice's tables, for Word and Excel alike."""

from __future__ import annotations

from reviewer.policy.schema import SummaryTable

WIDTHS = {
    "序号": 4,
    "企业名称": 14,
    "工厂名称": 14,
    "行业中类": 13,
    "行业小类": 13,
    "海外智能工厂简介": 34,
    "联系电话(手机)": 13,
    "企业联系人及联系方式": 13,
}
"""Relative widths of columns; scenario lists and others follow below."""
_LONG, _USUAL = 30, 9
NARROW_HEAD = 4


def head(table: SummaryTable, column: str) -> tuple[str, str]:
    """What stands in a column's head, and the number of its note ("" for none)."""
    return table.heads.get(column, column), note(table, column)


def note(table: SummaryTable, column: str) -> str:
    """The number of the note that a column, or the title (""), refers to."""
    return str(table.marks[column]) if column in table.marks else ""


def width(column: str) -> int:
    """A column's share of the page."""
    return WIDTHS.get(column, _LONG if "罗列" in column else _USUAL)


def blank_rows(filled: int) -> int:
    """Empty rows that the notice's table has where nothing is filled in."""
    return 3 if not filled else 0
