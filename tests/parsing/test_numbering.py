"""Automatic numbers as Word prints them."""

from __future__ import annotations

import pytest

from reviewer.model.document import paragraphs
from reviewer.parsing.docx.numerals import numeral
from tests.parsing.package import numbered, p, read_body, style, styled, tbl, tc, tr


def level(at: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def start(at: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def labels(body: str, numbering: str, styles: str | None = None) -> list[str]:
    found = read_body(body, numbering=numbering, styles=styles)
    return [item.number for item in paragraphs(found.blocks)]


CHAPTERS = abstract(
    0,
    level(0, "%1、", "chineseCountingThousand"),
    level(1, "（%2）", "chineseCounting"),
    level(2, "%1.%2.%3", "decimal", more="<w:isLgl/>"),
    level(3, "%4）"),
)


def test_levels_and_restarts():
    body = "".join(numbered(1, at, "x") for at in (0, 1, 1, 2, 3, 3, 2, 3, 0, 1, 2))
    assert labels(body, CHAPTERS + num(1, 0)) == [
        "一、", "（一）", "（二）", "1.2.1", "1）", "2）", "1.2.2", "1）", "二、", "（一）", "2.1.1",
    ]  # fmt: skip


def test_plain_paragraphs_do_not_count_and_numbers_go_on():
    body = numbered(1, 0, "x") + p("y") + tbl(tr(tc(numbered(1, 0, "x")))) + numbered(1, 0, "x")
    assert labels(body, CHAPTERS + num(1, 0)) == ["一、", "", "二、", "三、"]


def test_lists_of_one_definition_count_together_until_overridden():
    numbering = CHAPTERS + num(1, 0) + num(2, 0) + num(3, 0, start(0, 5))
    body = "".join(numbered(key, 0, "x") for key in (1, 2, 3, 3, 1))
    assert labels(body, numbering) == ["一、", "二、", "五、", "六、", "七、"]


def test_override_of_a_level():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1章", "upperRoman", 4)}</w:lvlOverride>'
    assert labels(numbered(1, 0, "x"), CHAPTERS + num(1, 0, override)) == ["第IV章"]


def test_level_that_never_restarts():
    numbering = abstract(0, level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>'))
    body = "".join(numbered(1, at, "x") for at in (0, 1, 1, 0, 1))
    assert labels(body, numbering + num(1, 0)) == ["1.", "1)", "2)", "2.", "3)"]


def test_level_that_restarts_after_the_first_only():
    more = '<w:lvlRestart w:val="1"/>'
    numbering = abstract(0, level(0, "%1."), level(1, "%2)"), level(2, "%3-", more=more)) + num(
        1, 0
    )
    body = "".join(numbered(1, at, "x") for at in (0, 1, 2, 1, 2, 0, 2))
    assert labels(body, numbering) == ["1.", "1)", "1-", "2)", "2-", "2.", "1-"]


def test_skipped_levels_count_as_begun():
    numbering = abstract(0, level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2.%3")) + num(1, 0)
    body = "".join(numbered(1, at, "x") for at in (1, 1, 0, 2, 2, 1))
    assert labels(body, numbering) == ["1.1", "1.2", "2.", "2.1.1", "2.1.2", "2.2"]


def test_a_level_without_start_begins_at_zero():
    bare = '<w:lvl w:ilvl="0"><w:lvlText w:val="%1)"/></w:lvl>'
    assert labels(numbered(1, 0, "x") * 2, abstract(0, bare) + num(1, 0)) == ["0)", "1)"]


def test_numbers_of_bullet_levels_are_not_printed():
    numbering = abstract(0, level(0, "%1."), level(1, "-", "bullet"), level(2, "%1.%2%3")) + num(
        1, 0
    )
    assert labels(numbered(1, 0, "x") + numbered(1, 2, "x"), numbering) == ["1.", "1.1"]


def test_bullets_and_static_texts():
    numbering = abstract(0, level(0, "\uf06c", "bullet"), level(1, "附件：", "none")) + num(1, 0)
    assert labels(numbered(1, 0, "x") + numbered(1, 1, "x"), numbering) == ["", "附件："]


def test_numbering_by_style():
    styles = style(
        "h1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    ) + style(
        "h2",
        "heading 2",
        '<w:basedOn w:val="h1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>',
    )
    numbering = abstract(0, level(0, "%1"), level(1, "%1.%2")) + num(1, 0)
    body = styled("h1", "x") + styled("h2", "x")
    off = p("x", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert labels(body + off + styled("h2", "x"), numbering, styles) == ["1", "1.1", "", "1.2"]


def test_level_linked_to_a_style():
    styles = style("h2", "heading 2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    linked = level(1, "%1.%2", more='<w:pStyle w:val="h2"/>')
    numbering = abstract(0, level(0, "%1"), linked) + num(1, 0)
    assert labels(styled("h2", "x"), numbering, styles) == ["1.1"]


def test_numbering_style():
    styles = style(
        "ls", "列表", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering"
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="ls"/></w:abstractNum>'
        + abstract(1, level(0, "(%1)"))
        + num(1, 0)
        + num(2, 1)
    )
    assert labels(numbered(1, 0, "x") + numbered(2, 0, "x"), numbering, styles) == ["(1)", "(2)"]


def test_format_in_alternate_content():
    wrapped = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>'
    )
    assert labels(numbered(1, 0, "x"), abstract(0, wrapped) + num(1, 0)) == ["01."]


@pytest.mark.parametrize(
    "numbering",
    ["", num(1, 7), abstract(0) + num(1, 0), '<w:abstractNum w:abstractNumId="x"/><w:num/>'],
)
def test_broken_definitions_give_no_number_or_nothing_worse(numbering):
    assert labels(numbered(1, 0, "x"), numbering) == [""]


def test_cyclic_numbering_styles():
    styles = style(
        "ls", "l", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering"
    )
    numbering = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="ls"/></w:abstractNum>'
    assert labels(numbered(1, 0, "x"), numbering + num(1, 0), styles) == [""]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {10: "１０"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        ("chineseCountingThousand", {101: "一百零一", 110: "一百一十", 1010: "一千零一十"}),
        ("japaneseCounting", {3: "三", 12: "十二"}),
        ("ideographDigital", {10: "一〇", 21: "二一"}),
        ("chineseLegalSimplified", {10: "壹拾", 25: "贰拾伍"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {2: "⒉"}),
        ("ideographEnclosedCircle", {2: "㊁"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA"}),
        ("lowerLetter", {2: "b"}),
        ("upperRoman", {4: "IV", 19: "XIX"}),
        ("lowerRoman", {9: "ix"}),
        ("ordinal", {1: "1st", 2: "2nd", 13: "13th", 22: "22nd"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {1: ""}),
        ("someFutureFormat", {5: "5"}),
        ("chineseCounting", {0: "0", 123456: "123456"}),
    ],
)
def test_numerals(form, numbers):
    assert {n: numeral(n, form) for n in numbers} == numbers
