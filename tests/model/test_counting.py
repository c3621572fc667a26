"""字数: one case a line, the count written by hand from the contract's wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.counting import count

CASES = [
    ("", 0),
    (" \t\n　", 0),
    ("智能工厂", 4),
    ("智能工厂。", 5),
    ("智 能\n工厂", 4),
    ("MES", 1),
    ("MES ERP", 2),
    ("MES与ERP", 3),
    ("71.5%", 1),
    ("由71.5%提高到96.8%，", 7),
    ("ＭＥＳ系统", 3),
    ("２０２５年", 2),
    ("ＡＢ12", 1),
    ("P·O 42.5", 4),
    ("“底座”", 4),
    ("——", 2),
    ("……", 2),
    ("±2毫米", 4),
    ("5μm", 1),
    ("万m³", 2),
    ("CO₂排放", 3),
    ("A\u200bB", 1),
    ("A\u00adB", 1),
    ("\ufeff", 0),
    ("①", 1),
    ("25℃", 2),
    ("a/b-c", 1),
    ("http://x.cn/a?b=1", 1),
    ("，。；", 3),
    ("（A）", 3),
    ("かなカナ", 4),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_count(text, expected):
    assert count(text) == expected


@given(st.text())
def test_white_space_around_changes_nothing(text):
    assert count(f" {text}\n") == count(text)


@given(st.text(), st.text())
def test_lines_add_up(first, second):
    assert count(f"{first}\n{second}") == count(first) + count(second)
