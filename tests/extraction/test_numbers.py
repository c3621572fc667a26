"""Leading numbers and labels."""

import pytest

from reviewer.extraction.numbers import chinese, leading
from reviewer.extraction.wording import Labels, split_label, whole_label

CASES = [
    ("3.3.2 场景", "dotted", (3, 3, 2), "场景"),
    ("３．３．２　场景", "dotted", (3, 3, 2), "场景"),
    ("3．3生产作业", "dotted", (3, 3), "生产作业"),
    ("3.1.N 场景名称", "dotted", (3, 1, 0), "场景名称"),
    ("3.3.1.2 描述", "dotted", (3, 3, 1, 2), "描述"),
    ("第三部分 重点", "chinese", (3,), "重点"),
    ("第3章 重点", "chinese", (3,), "重点"),
    ("三、重点", "chinese", (3,), "重点"),
    ("十二、其他", "chinese", (12,), "其他"),
    ("（三）生产", "bracketed", (3,), "生产"),
    ("(1)场景", "bracketed", (1,), "场景"),
    ("1）场景", "bracketed", (1,), "场景"),
    ("①场景", "bracketed", (1,), "场景"),
    ("⑴场景", "bracketed", (1,), "场景"),
    ("㈠场景", "bracketed", (1,), "场景"),
    ("1.场景", "digit", (1,), "场景"),
    ("1、场景", "digit", (1,), "场景"),
    ("1 场景", "digit", (1,), "场景"),
    ("  2.场景", "digit", (2,), "场景"),
    ("一、", "chinese", (1,), ""),
    ("3.1", "dotted", (3, 1), ""),
    ("二.1 背景", "dotted", (2, 1), "背景"),
    ("三.3.2 场景", "dotted", (3, 3, 2), "场景"),
]


@pytest.mark.parametrize(("text", "kind", "values", "rest"), CASES)
def test_leading(text, kind, values, rest):
    number = leading(text)
    assert (number.kind, number.values, text[number.end :]) == (kind, values, rest)


@pytest.mark.parametrize(
    "text", ["", " ", "2026年4月", "一是推进", "场景1", "二〇二六年", "3D检测", "（例：甲）"]
)
def test_no_number(text):
    assert leading(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十五", 15), ("二十", 20), ("九十九", 99)]
)
def test_chinese(text, value):
    assert chinese(text) == value


LABELS = Labels({"企业名称": 1, "资产总额": 2, "资产总额(万元)": 3, "e-mail": 4})

SPLITS = [
    ("企业名称：甲", 1, "甲"),
    ("企 业\n名 称 ：甲", 1, "甲"),
    ("*企业名称 甲", 1, "甲"),
    ("企业名称（盖章）：甲", 1, "甲"),
    ("企业名称（盖章）（公章）甲", 1, "甲"),
    ("资产总额（万元）：5", 3, "5"),
    ("资产总额（亿元）：5", 2, "5"),
    ("企业名称", 1, ""),
    ("E-mail：a@b", 4, "a@b"),
]


@pytest.mark.parametrize(("text", "what", "value"), SPLITS)
def test_split_label(text, what, value):
    found = split_label(text, LABELS)
    assert (found.what, text[found.value :]) == (what, value)


@pytest.mark.parametrize(
    "text", ["", "企业", "企业名称甲", "甲企业名称：乙", "：企业", "（企业名称）"]
)
def test_no_label(text):
    assert split_label(text, LABELS) is None


def test_whole_label():
    assert whole_label("企业名称（全称，与公章一致）", LABELS) == 1
    assert whole_label("企业名称：甲", LABELS) is None
    assert whole_label("企业名称" * 100, LABELS) is None
