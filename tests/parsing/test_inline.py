"""What stands inside paragraphs."""

from __future__ import annotations

import pytest

from tests.parsing.package import field, only, p, r, read_body, sdt, style, t, texts


def text_of(content: str, properties: str = "") -> str:
    return only(read_body(p(content, properties))).text


def test_runs_split_within_words_are_joined():
    body = r("智能") + '<w:proofErr w:type="spellStart"/>' + r("工") + r("厂", "<w:b/>")
    assert text_of(body) == "智能工厂"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<w:tab/>", "甲\t乙"),
        ("<w:br/>", "甲\n乙"),
        ("<w:cr/>", "甲\n乙"),
        ('<w:br w:type="page"/>', "甲\n乙"),
        ("<w:noBreakHyphen/>", "甲-乙"),
        ("<w:softHyphen/>", "甲乙"),
        ("<w:lastRenderedPageBreak/>", "甲乙"),
        ('<w:ptab w:alignment="right"/>', "甲\t乙"),
        ("<w:pgNum/>", "甲乙"),
        ("<w:unknownThing/>", "甲乙"),
    ],
)
def test_special_characters(markup, text):
    assert text_of(f"<w:r>{t('甲')}{markup}{t('乙')}</w:r>") == text


def test_page_break_at_either_end_is_no_line():
    page = '<w:br w:type="page"/>'
    assert text_of(f"<w:r>{page}{t('甲')}</w:r>") == "甲"
    assert text_of(f"<w:r>{t('甲')}{page}</w:r>") == "甲"


def test_white_space_of_text():
    assert text_of("<w:r><w:t>  甲  </w:t></w:r>") == "甲"
    assert text_of("<w:r>" + t("  甲  ") + "</w:r>") == "  甲  "
    assert text_of('<w:r><w:t xml:space="preserve">a\nb</w:t></w:r>') == "a b"
    assert text_of("<w:r><w:t>\u3000甲</w:t></w:r>") == "\u3000甲"


def test_invisible_characters_are_removed():
    assert text_of(r("智\u200b能\u00ad工\ufeff厂\u202e")) == "智能工厂"


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "FE", "☑"),
        ("Wingdings", "F0FD", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Wingdings", "F06F", "□"),
        ("Wingdings", "F0FC", "√"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "0052", "☑"),
        ("Wingdings 2", "F0A3", "□"),
        ("Wingdings 2", "F050", "√"),
        ("Symbol", "F0D6", "√"),
        ("Symbol", "F0B1", "±"),
        ("Symbol", "F06D", "μ"),
        ("Wingdings", "F081", "①"),
        ("MS Gothic", "2611", "☑"),
        ("宋体", "25A0", "■"),
        ("Wingdings", "F0C3", "•"),
        ("Wingdings", "no", ""),
    ],
)
def test_symbols(font, code, shown):
    assert text_of(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>') == shown


def test_text_set_in_a_symbol_font():
    fonts = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
    assert text_of(r("R", fonts) + r("大型企业 ") + r("£", fonts) + r("R&D")) == "☑大型企业 □R&D"


def test_text_in_a_symbol_font_by_style():
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    styles = style("tick", "勾", fonts, kind="character")
    found = read_body(p(r("þ", '<w:rStyle w:val="tick"/>') + r("是")), styles=styles)
    assert only(found).text == "☑是"


def test_a_symbol_font_for_other_scripts_changes_nothing():
    assert text_of(r("R是", '<w:rFonts w:eastAsia="Wingdings" w:cs="Wingdings"/>')) == "R是"


def test_private_use_codes_without_font():
    assert text_of(r("\uf0fe是 \uf0a8否")) == "☑是 □否"


def checkbox(state: str, glyph: str) -> str:
    inner = f"<w14:checkbox><w14:checked {state}/></w14:checkbox>"
    return sdt(r(glyph), inner)


@pytest.mark.parametrize(
    ("state", "glyph", "shown"),
    [
        ('w14:val="1"', "☒", "☑"),
        ('w14:val="1"', "☑", "☑"),
        ('w14:val="true"', "þ", "☑"),
        ("", "x", "☑"),
        ('w14:val="0"', "☐", "□"),
        ('w14:val="0"', "o", "□"),
        ('w14:val="0"', '<w:sym w:font="Wingdings" w:char="F0A8"/>', "□"),
        ('w14:val="1"', '<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('w14:val="1"', '<w:t xml:space="preserve"></w:t>', "☑"),
        ('w14:val="0"', "<w:tab/>", "□"),
    ],
)
def test_checkbox_control_is_one_character(state, glyph, shown):
    assert text_of(checkbox(state, glyph) + r("民营企业")) == f"{shown}民营企业"


def test_checkbox_control_around_a_paragraph():
    inner = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    assert texts(read_body(sdt(p("☒ 是"), inner) + p("□否"))) == ["☑ 是", "□否"]


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ('<w:default w:val="0"/>', "□"),
        ('<w:default w:val="1"/>', "☑"),
        ('<w:default w:val="0"/><w:checked/>', "☑"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "□"),
        ("<w:sizeAuto/>", "□"),
    ],
)
def test_legacy_form_checkbox(inner, shown):
    data = f"<w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData>"
    assert text_of(field(" FORMCHECKBOX ", begin=data) + r("是")) == f"{shown}是"
    with_result = field(" FORMCHECKBOX ", r("\uf0fe"), begin=data)
    assert text_of(with_result + r("是")) == f"{shown}是"


def test_legacy_drop_down_and_text_input():
    entries = '<w:listEntry w:val="二级"/><w:listEntry w:val="三级"/>'
    data = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert text_of(field(" FORMDROPDOWN ", begin=data)) == "三级"
    assert text_of(field(" FORMTEXT ", r("张三"))) == "张三"


@pytest.mark.parametrize(
    ("instruction", "result", "text"),
    [
        ("PAGE", r("3"), "3"),
        ('HYPERLINK "http://example.invalid"', r("主页"), "主页"),
        (r"eq \o\ac(□,√)", "", "☑"),
        (r"EQ \o\ac(○,12)", "", "⑫"),
        (r"EQ \f(1,2)", "", "1/2"),
        (r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(zhì),智)", "", "zhì智"),
        (r"SYMBOL 254 \f Wingdings \s 12", "", "☑"),
        ("MACROBUTTON NoMacro 请输入名称", "", "请输入名称"),
        ("DATE", "", ""),
    ],
)
def test_fields_show_their_result_and_never_their_instruction(instruction, result, text):
    assert text_of(r("甲") + field(instruction, result) + r("乙")) == f"甲{text}乙"


def test_field_nested_in_an_instruction():
    inner = field("PAGE", r("7"))
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f'{inner}<w:r><w:instrText> = 7 "a" "b"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("结果")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert text_of(outer) == "结果"


@pytest.mark.parametrize("kind", ["begin", "separate", "end"])
def test_unbalanced_field_marks_lose_nothing(kind):
    stray = f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    found = read_body(p(r("甲") + stray + r("乙")) + p("丙"))
    assert texts(found) == ["甲乙", "丙"]


def test_simple_field():
    assert text_of(f'<w:fldSimple w:instr=" PAGE ">{r("5")}</w:fldSimple>') == "5"


@pytest.mark.parametrize(
    "wrapper",
    ["hyperlink", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo", "someFutureWrapper"],
)
def test_wrappers_are_read_through(wrapper):
    assert text_of(f"{r('甲')}<w:{wrapper}>{r('乙')}</w:{wrapper}>{r('丙')}") == "甲乙丙"


def test_content_controls_are_read_with_their_placeholders():
    inner = sdt(r("单击此处输入文字。"), "<w:showingPlcHdr/>")
    assert text_of(r("名称：") + sdt(inner)) == "名称：单击此处输入文字。"


def test_tracked_changes_are_read_as_accepted():
    content = (
        r("甲")
        + f"<w:ins>{r('加')}</w:ins>"
        + "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{r('移出')}</w:moveFrom><w:moveTo>{r('移入')}</w:moveTo>"
        + f"<w:ins><w:del>{r('先加后删')}</w:del></w:ins>"
    )
    assert text_of(content) == "甲加移入"


def test_deleted_paragraph_mark_joins_paragraphs():
    gone = "<w:rPr><w:del/></w:rPr>"
    heading = '<w:pStyle w:val="Heading1"/>'
    found = read_body(p("甲", heading + gone) + p("乙") + p("丙", gone))
    assert texts(found) == ["甲乙", "丙"]
    first = found.blocks[0]
    assert first.style == "" and first.place.paragraph == 0


def test_wholly_deleted_paragraph_leaves_nothing():
    body = p("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>")
    found = read_body(body + p("新"))
    assert texts(found) == ["新"]
    assert found.blocks[0].place.paragraph == 1


def test_drop_cap_joins_its_paragraph():
    assert texts(read_body(p("本", '<w:framePr w:dropCap="drop"/>') + p("公司"))) == ["本公司"]


def test_hidden_text_is_dropped():
    hidden = "<w:vanish/>"
    assert text_of(r("甲") + r("藏", hidden) + r("<w:tab/>", hidden) + r("乙")) == "甲乙"
    assert text_of(r("甲", '<w:vanish w:val="0"/>')) == "甲"


def test_ruby_is_a_note_of_its_base():
    small = f"<w:rt>{r('zhì')}</w:rt>"
    found = only(
        read_body(p(f"<w:r><w:ruby>{small}<w:rubyBase>{r('智')}</w:rubyBase></w:ruby></w:r>"))
    )
    assert (found.text, found.notes) == ("智", ("zhì",))


def test_formulas_are_one_line():
    def m(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:fPr/><m:num>{m('联网数')}</m:num><m:den>{m('总数')}</m:den></m:f>"
    bracket = f"<m:d><m:dPr/><m:e>{m('a')}</m:e></m:d>"
    assert (
        text_of(f"<m:oMath>{m('率=')}{fraction}{m('×')}{bracket}</m:oMath>") == "率=联网数/总数×(a)"
    )
    alone = read_body(f"<m:oMathPara><m:oMath>{m('x')}</m:oMath></m:oMathPara>")
    assert texts(alone) == ["x"]


def test_deleted_parts_of_formulas():
    gone = "<w:del><m:r><m:t>旧</m:t></m:r></w:del>"
    assert text_of(f"<m:oMath>{gone}<m:r><m:t>新</m:t></m:r></m:oMath>") == "新"


def test_alternate_content_in_a_run():
    emoji = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w14:symEx/></mc:Choice>'
        f"<mc:Fallback>{t('☺')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text_of(emoji) == "☺"


def test_bold_and_size_of_runs():
    bold, big = "<w:b/>", '<w:sz w:val="32"/>'
    assert only(read_body(p(r("甲", bold + big) + r(" ") + r("乙", bold)))).bold
    mixed = only(read_body(p(r("甲", bold + big) + r("乙", '<w:b w:val="0"/>'))))
    assert (mixed.bold, mixed.size) == (False, 16.0)
    assert not only(read_body(p(""))).bold
