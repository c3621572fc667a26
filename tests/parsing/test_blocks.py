"""Paragraph properties, text boxes, pictures, notes, headers, tables of contents, captions."""

from __future__ import annotations

import pytest

from reviewer.model.document import Paragraph, Picture
from tests.parsing.package import (
    field,
    only,
    p,
    r,
    read_body,
    root,
    sdt,
    style,
    styled,
    t,
    tbl,
    tc,
    textbox,
    texts,
    tr,
    vml_textbox,
)

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + style("a", "Normal", attributes='w:default="1"')
    + style("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
    + style("2", "heading 2")
    + style("af", "章标题", '<w:basedOn w:val="1"/><w:pPr><w:jc w:val="center"/></w:pPr>')
    + style("body", "正文样式", '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
    + style("TOC1", "toc 1")
    + style("cap", "caption")
    + style("loop", "loop", '<w:basedOn w:val="loop"/><w:rPr><w:sz w:val="30"/></w:rPr>')
    + style("s", "强调", '<w:rPr><w:b/><w:sz w:val="44"/></w:rPr>', kind="character")
    + style("h", "隐藏", "<w:rPr><w:vanish/></w:rPr>", kind="character")
)


def paragraph(body: str) -> Paragraph:
    return only(read_body(body, styles=STYLES))


@pytest.mark.parametrize(
    ("key", "level"), [("1", 0), ("2", 1), ("af", 0), ("body", None), ("a", None), ("loop", None)]
)
def test_outline_level_by_style(key, level):
    assert paragraph(styled(key, "概述")).level == level


@pytest.mark.parametrize(
    ("key", "level"),
    [("Heading1", 0), ("Heading 3", 2), ("标题 2", 1), ("4", 3), ("Quote", None), ("12", None)],
)
def test_outline_level_by_the_id_of_an_unknown_style(key, level):
    assert only(read_body(styled(key, "概述"))).level == level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Heading 3", 2),
        ("标题 4", 3),
        ("二级标题", 1),
        ("标题一", 0),
        ("标题", None),
        ("正文标题1", None),
    ],
)
def test_outline_level_by_the_name_of_a_style(name, level):
    assert only(read_body(styled("x", "概述"), styles=style("x", name))).level == level


@pytest.mark.parametrize(
    ("name", "toc", "caption"),
    [
        ("toc 3", True, False),
        ("TOC Heading", True, False),
        ("目录 1", True, False),
        ("WPSOffice手动目录 2", True, False),
        ("table of figures", True, False),
        ("Caption", False, True),
        ("图题", False, True),
        ("正文", False, False),
    ],
)
def test_kinds_of_lines_by_the_name_of_a_style(name, toc, caption):
    found = only(read_body(styled("x", "概述"), styles=style("x", name)))
    assert (found.toc, found.caption) == (toc, caption)


def test_direct_outline_level():
    assert paragraph(p("概述", '<w:outlineLvl w:val="2"/>')).level == 2
    assert paragraph(p("概述", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')).level is None


def test_style_gives_name_bold_size_alignment():
    found = paragraph(styled("af", "概述"))
    assert (found.style, found.bold, found.size, found.centered) == ("章标题", True, 10.5, True)
    assert not paragraph(p("概述", '<w:pStyle w:val="af"/><w:jc w:val="left"/>')).centered
    assert paragraph(styled("loop", "概述")).size == 15.0


def test_character_style():
    strong = '<w:rStyle w:val="s"/>'
    assert paragraph(p(r("甲", strong))).size == 22.0
    assert paragraph(p(r("甲", strong))).bold
    assert not paragraph(styled("1", r("甲", strong))).bold  # toggles cancel each other
    assert paragraph(p(r("甲") + r("藏", '<w:rStyle w:val="h"/>'))).text == "甲"


def test_places():
    body = p("一") + tbl(tr(tc("二"), tc(p("三") + p("四")))) + p("五")
    found = read_body(body)
    first, middle, last = found.blocks
    cells = [b for c in middle.cells for b in c.blocks]
    assert [first.place.block, middle.place.block, last.place.block] == [0, 1, 5]
    assert [b.place.block for b in cells] == [2, 3, 4]
    assert [b.place.paragraph for b in (first, *cells, last)] == [0, 1, 2, 3, 4]
    assert {b.place.part for b in (first, *cells, last)} == {"word/document.xml"}


def test_ordinals_count_every_paragraph_of_the_part():
    skipped = "<w:del><w:p/></w:del>"
    alternate = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{textbox(p('框'))[5:-6]}</mc:Choice>"
        f"<mc:Fallback>{vml_textbox(p('框'))[5:-6]}</mc:Fallback></mc:AlternateContent>"
    )
    found = read_body(skipped + p(f"<w:r>{alternate}{t('甲')}</w:r>") + p("乙"))
    assert [(b.text, b.place.paragraph) for b in found.blocks] == [("甲", 1), ("框", 2), ("乙", 4)]


# Text boxes and pictures


@pytest.mark.parametrize("make", [textbox, vml_textbox])
def test_text_box_follows_its_paragraph(make):
    found = read_body(p(r("甲") + make(p("框一") + p("框二")) + r("丙")) + p("丁"))
    assert [(b.text, b.boxed) for b in found.blocks] == [
        ("甲丙", False), ("框一", True), ("框二", True), ("丁", False)
    ]  # fmt: skip


def test_text_box_in_both_writings_is_read_once():
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"{textbox(p('框'))[5:-6]}</mc:Choice><mc:Fallback>{vml_textbox(p('框'))[5:-6]}"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read_body(p(r("甲") + both))) == ["甲", "框"]


def test_text_boxes_in_groups_and_in_one_another():
    inner = p(r("外") + textbox(p("内")))
    group = (
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wpg:wgp>"
        + "".join(
            f"<wps:wsp><wps:txbx><w:txbxContent>{c}</w:txbxContent></wps:txbx></wps:wsp>"
            for c in (inner, p("二"))
        )
        + "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    assert texts(read_body(p(group))) == ["", "外", "内", "二"]


def test_table_in_a_text_box():
    found = read_body(p(textbox(tbl(tr(tc("格"))) + p())))
    assert found.blocks[1].cells[0].blocks[0].boxed


def test_fields_in_a_text_box_are_its_own():
    box = textbox(p(field("PAGE", r("2"))))
    assert texts(read_body(p(field("TITLE", r("题") + box) + r("尾")))) == ["题尾", "2"]


def picture(alt: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{alt}"/><a:graphic>'
        '<a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x.png"/></pic:nvPicPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_pictures():
    old = '<w:r><w:pict><v:shape alt="旧图"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'
    found = read_body(p(r("见图") + picture("厂区") + old))
    assert found.blocks[0].text == "见图"
    assert [(type(b), b.alt) for b in found.blocks[1:]] == [(Picture, "厂区"), (Picture, "旧图")]
    assert found.blocks[1].place.paragraph == 0


def test_drawn_words_are_read():
    watermark = '<w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
    assert texts(read_body(p(watermark))) == ["", "内部资料"]


def test_words_of_diagrams_and_charts():
    drawing = (
        "<w:r><w:drawing><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></w:drawing></w:r>"
    )
    diagram = drawing.format('<dgm:relIds r:dm="rId7"/>')
    chart = drawing.format('<c:chart r:id="rId8"/>')
    words = root(
        "x", "<a:p><a:r><a:t>车间层</a:t></a:r></a:p><a:p><a:r><a:t>管理层</a:t></a:r></a:p>"
    )
    found = read_body(
        p(diagram) + p(chart),
        data1=words,
        chart1=words,
        rels=(("rId7", "diagramData", "data1.xml"), ("rId8", "chart", "chart1.xml")),
    )
    assert texts(found) == ["", "车间层", "管理层", ""]
    assert found.blocks[-1].alt == "车间层 管理层"


# Notes, headers, footers


def note_part(kind: str, *notes: tuple[str, str]) -> str:
    separator = f'<w:{kind} w:type="separator" w:id="0">{p("—")}</w:{kind}>'
    rows = "".join(f'<w:{kind} w:id="{key}">{content}</w:{kind}>' for key, content in notes)
    return root(f"{kind}s", separator + rows)


def test_notes_are_attached():
    body = p(
        r("甲")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + r("乙")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>'
        + '<w:r><w:footnoteReference w:id="0"/></w:r>'
    )
    mark = "<w:r><w:footnoteRef/></w:r>"
    found = read_body(
        body,
        footnotes=note_part("footnote", ("2", p(mark + r("脚注一")) + p("第二段"))),
        endnotes=note_part("endnote", ("2", p("尾注"))),
    )
    assert only(found).text == "甲乙"
    assert only(found).notes == ("脚注一\n第二段", "尾注")


def test_dangling_note_is_named():
    found = read_body(p(r("甲") + '<w:r><w:footnoteReference w:id="9"/></w:r>'))
    assert only(found).notes == ()
    assert found.warnings == ("有脚注或尾注缺失，未能读取。",)


def test_headers_and_footers_apart_and_once():
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="h1"/>'
        '<w:headerReference w:type="default" r:id="h2"/>'
        '<w:headerReference w:type="even" r:id="h3"/>'
        '<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    )
    found = read_body(
        p("正文", section) + section,
        header1=root("hdr", p("秘密★1年")),
        header2=root("hdr", tbl(tr(tc("申报书"))) + p()),
        header3=root("hdr", p("申报书 ")),
        footer1=root("ftr", sdt(p(r("第") + field("PAGE", r("1")) + r("页")))),
        rels=(
            ("h1", "header", "header1.xml"),
            ("h2", "header", "header2.xml"),
            ("h3", "header", "header3.xml"),
            ("f1", "footer", "footer1.xml"),
        ),
    )
    assert texts(found) == ["正文"]
    assert [h.text for h in found.headers] == ["秘密★1年", "申报书"]
    assert [h.text for h in found.footers] == ["第1页"]
    assert found.headers[0].place.part == "word/header1.xml"
    assert len({h.place.block for h in (*found.blocks, *found.headers, *found.footers)}) == 4


def test_comments_are_no_text():
    body = '<w:commentRangeStart w:id="1"/>' + r("甲") + '<w:commentRangeEnd w:id="1"/>'
    body += '<w:r><w:commentReference w:id="1"/></w:r>'
    found = read_body(
        p(body), comments=root("comments", f'<w:comment w:id="1">{p("批注")}</w:comment>')
    )
    assert texts(found) == ["甲"]


# Tables of contents and captions


def test_toc_by_style_field_and_control():
    by_field = (
        p("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> toc\\o \\h</w:instrText></w:r>"
          "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + r("一、概述\t1"))
        + p(field("HYPERLINK \\l _Toc1", r("二、正文\t2")))
        + p("<w:r><w:fldChar w:fldCharType='end'/></w:r>" + r("正文开始"))
    )  # fmt: skip
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    by_control = sdt(p("目录") + p("三\t3"), gallery)
    found = read_body(by_field + by_control + styled("TOC1", "四\t4") + p("五"), styles=STYLES)
    assert [(b.text[:2], b.toc) for b in found.blocks] == [
        ("一、", True), ("二、", True), ("正文", False),
        ("目录", True), ("三\t", True), ("四\t", True), ("五", False),
    ]  # fmt: skip


def test_toc_field_without_end_takes_nothing_with_it():
    begin = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    )
    assert not any(b.toc for b in read_body(p(begin + r("目录\t1")) + p("正文")).blocks)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("图3-1 总体架构", True),
        ("图 1：厂区布局", True),
        ("表2-3设备清单", True),
        ("附表1 软件清单", True),
        ("续表2", True),
        ("Figure 2. Layout", True),
        ("图3-1为公司总体架构", False),
        ("表2给出了各项指标", False),
        ("图1和图2分别示意", False),
        ("表一 申报单位基本信息", False),
        ("图纸管理", False),
        (
            "图1 " + "系统由三层构成，" * 7,
            False,
        ),
        ("2 图示", False),
    ],
)
def test_caption_by_wording(text, caption):
    assert only(read_body(p(text))).caption is caption


def test_caption_by_style_and_sequence():
    assert paragraph(styled("cap", "总体架构")).caption
    assert only(
        read_body(p(r("图 ") + field("SEQ 图 \\* ARABIC", r("1")) + r("为总体架构")))
    ).caption
