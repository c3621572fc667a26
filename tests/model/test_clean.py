"""Cleaning of text and of names."""

from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.clean import clean, shown


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("智能工厂 100%", "智能工厂 100%"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("\ud800甲\udfff", "甲"),
        ("甲\ufffe\uffff", "甲"),
        ("\u202e甲\u2066乙\u200f", "甲乙"),
        ("智\u200b能\u200d工\u2060厂\ufeff", "智能工厂"),
        ("soft\u00adhyphen", "softhyphen"),
        ("☑\ufe0f", "☑"),
        ("葛\U000e0100", "葛"),
        ("甲\r\n乙\r丙\u2028丁\x0b戊", "甲\n乙\n丙\n丁\n戊"),
        ("\t\u3000 ", "\t\u3000 "),
        ("😀𠮷", "😀𠮷"),
        ("\uf0fe", "\uf0fe"),
        ("", ""),
    ],
)
def test_clean(text, cleaned):
    assert clean(text) == cleaned


@given(st.text(st.characters(codec=None)))
def test_what_is_cleaned_can_be_written_anywhere(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert json.loads(json.dumps(cleaned)) == cleaned
    with sqlite3.connect(":memory:") as base:
        assert base.execute("select ?", (cleaned,)).fetchone() == (cleaned,)
    assert not any(ord(c) < 32 and c not in "\t\n" for c in cleaned)


@given(st.text(st.characters(codec=None)))
def test_shown_names_are_one_short_printable_line(name):
    text = shown(name)
    assert text.isprintable() and len(text) <= 60


def test_shown_keeps_the_ending():
    assert shown("申报书.docx") == "申报书.docx"
    long = shown("很长的名字" * 30 + ".docx")
    assert long.startswith("很长") and long.endswith(".docx") and "…" in long
    assert shown("a\nb\x1b\u202e") == "a\\nb\\x1b\\u202e"
