"""The annotated Word file: every comment at its place, everything else as it was."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from reviewer.errors import UnsupportedFormat
from reviewer.model.declaration import Span
from reviewer.model.document import Document, Paragraph, Place, paragraphs
from reviewer.parsing.docx.reader import read_docx
from reviewer.reports import Material
from reviewer.reports.word import write
from tests.generator.render import LAYOUTS, render_docx
from tests.reports.build import (
    POLICY,
    comments,
    finding,
    main_part,
    plain,
    ranges,
    review,
    sampled,
)

SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples").glob("*.json"))
NOW = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def package(body: str, extra: dict[str, bytes] | None = None) -> bytes:
    """A minimal .docx around the content of w:body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr(
            "word/document.xml", f"<w:document {_NS}><w:body>{body}</w:body></w:document>"
        )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return stream.getvalue()


def text_of(document: Document, span: Span) -> str:
    return next(p.text for p in paragraphs(document.blocks) if p.place == span.place)[
        span.start : span.end
    ]


def annotated(data: bytes, document: Document, found: list) -> bytes:  # type: ignore[type-arg]
    return write(Material(review(document, found), POLICY, data, document), NOW)


def marked(body: str, quote: str) -> bytes:
    """The body with a comment on the first occurrence of ``quote``."""
    data = package(body)
    document = read_docx(data, "a.docx")
    for paragraph in paragraphs(document.blocks):
        at = paragraph.text.find(quote)
        if at >= 0:
            span = Span(paragraph.place, at, at + len(quote))
            return annotated(data, document, [finding(quote, (span,))])
    raise AssertionError(quote)


def body_of(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(main_part(data)))


def assert_marks_are_where_the_schema_lets_them(root: etree._Element) -> None:
    """EG_RangeMarkupElements stand in paragraphs and run containers; pPr and rPr come first."""
    w = "{" + etree.QName(root).namespace + "}"
    allowed = {"p", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "sdtContent",
               "dir", "bdo"}  # fmt: skip
    for mark in root.iter(f"{w}commentRangeStart", f"{w}commentRangeEnd"):
        assert etree.QName(mark.getparent()).localname in allowed
    for name in ("pPr", "rPr"):
        for properties in root.iter(w + name):
            if etree.QName(properties.getparent()).localname in ("p", "r"):
                assert properties.getparent()[0] is properties


@pytest.mark.parametrize("layout", [*LAYOUTS, "mix"])
def test_every_comment_encloses_what_it_is_about(layout: str) -> None:
    seed = len(layout)
    declaration = json.loads(SAMPLES[seed % len(SAMPLES)].read_text(encoding="utf-8"))
    data = render_docx(declaration, layout, seed)
    document = read_docx(data, "a.docx")
    found = sampled(document, seed, share=0.2)
    out = annotated(data, document, found)
    enclosed = ranges(out)
    numbers = list(comments(out))[1:]
    boxed = {p.place for p in paragraphs(document.blocks) if p.boxed}
    for number, item in zip(numbers, found, strict=True):
        span = item.location.spans[0]
        expected, got = plain(text_of(document, span)), plain(enclosed[number])
        assert expected in got if span.place in boxed else expected == got
    assert_marks_are_where_the_schema_lets_them(body_of(out))


@pytest.mark.parametrize(
    "layout", ["template", "wps", "tracked", "controls", "textboxes", "strict"]
)
def test_without_the_marks_the_body_is_what_it_was(layout: str) -> None:
    declaration = json.loads(SAMPLES[0].read_text(encoding="utf-8"))
    data = render_docx(declaration, layout, 3)
    document = read_docx(data, "a.docx")
    out = annotated(data, document, sampled(document, 3, share=0.2))
    assert _shape(body_of(out), ours=set(comments(out))) == _shape(body_of(data), ours=set())
    before = [p.text for p in paragraphs(document.blocks)]
    assert [p.text for p in paragraphs(read_docx(out, "a.docx").blocks)] == before


@pytest.mark.parametrize("layout", ["template", "tracked", "strict"])
def test_all_other_parts_are_copied_packed_as_they_are(layout: str) -> None:
    declaration = json.loads(SAMPLES[1].read_text(encoding="utf-8"))
    data = render_docx(declaration, layout, 4)
    document = read_docx(data, "a.docx")
    out = annotated(data, document, sampled(document, 4))
    old, new = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, out))
    assert new.testzip() is None
    touched = {main_part(data), "[Content_Types].xml"}
    touched |= {n for n in new.namelist() if "comments" in n or n.endswith("document.xml.rels")}
    for name in set(old.namelist()) - touched:
        assert new.read(name) == old.read(name)
        assert new.getinfo(name).compress_size == old.getinfo(name).compress_size
    assert set(new.namelist()) - set(old.namelist()) <= touched


def test_ids_are_unique_and_complete() -> None:
    declaration = json.loads(SAMPLES[2].read_text(encoding="utf-8"))
    data = render_docx(declaration, "tracked", 5)
    document = read_docx(data, "a.docx")
    out = annotated(data, document, sampled(document, 5))
    root = body_of(out)
    every = sorted(comments(out) | comments(out, author="张三") | comments(out, author=""))
    assert len(every) == len(set(every))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [int(node.get(f"{W}id")) for node in root.iter(W + name)]
        assert len(ids) == len(set(ids))
        assert set(comments(out)) <= set(ids)


def test_the_package_knows_the_new_part() -> None:
    out = marked("<w:p><w:r><w:t>项目简述</w:t></w:r></w:p>", "简述")
    archive = zipfile.ZipFile(io.BytesIO(out))
    assert b'PartName="/word/comments.xml"' in archive.read("[Content_Types].xml")
    assert b'Target="comments.xml"' in archive.read("word/_rels/document.xml.rels")
    assert archive.namelist()[0] == "[Content_Types].xml"


def test_a_run_is_split_with_its_properties() -> None:
    out = marked(
        '<w:p><w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t>投资 800 万元整</w:t></w:r></w:p>',
        " 800 ",
    )
    runs = [r for r in body_of(out).iter(W + "r") if r.find(W + "t") is not None]
    assert [r.findtext(W + "t") for r in runs] == ["投资", " 800 ", "万元整"]
    assert all(r.find(f"{W}rPr/{W}b") is not None and r.get(f"{W}rsidR") == "00A1" for r in runs)
    assert runs[1].find(W + "t").get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


@pytest.mark.parametrize(
    ("body", "quote", "enclosed"),
    [
        ('<w:p><w:hyperlink w:anchor="x"><w:r><w:t>甲乙丙丁</w:t></w:r></w:hyperlink></w:p>', "乙丙", "乙丙"),
        ('<w:p><w:ins w:id="4" w:author="a"><w:r><w:t>甲乙丙</w:t></w:r></w:ins><w:r><w:t>丁戊</w:t></w:r></w:p>',
         "丙丁", "丙丁"),
        ('<w:p><w:r><w:t>甲</w:t></w:r><w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>'
         "<w:r><w:t>乙丙</w:t></w:r></w:p>", "甲乙", "甲乙"),
        ("<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>甲乙丙</w:t></w:r></w:sdtContent></w:sdt></w:p>",
         "乙", "乙"),
        ("<w:p><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>甲乙丙</w:t></w:r></w:sdtContent>"
         "</w:sdt><w:r><w:t>丁</w:t></w:r></w:p>", "乙", "甲乙丙"),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙丁</w:t></w:r></w:p>", "乙\n丙", "乙\n丙"),
        ("<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内层甲乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
         "<w:p/></w:tc></w:tr></w:tbl>", "甲乙", "甲乙"),
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第三章</w:t></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>所述</w:t></w:r></w:p>', "三章所", "三章所"),
        ('<w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t></w:r><w:r><w:t>否</w:t></w:r></w:p>',
         "☑是", "是"),
        ('<w:p><w:r><w:t>前</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t>'
         "</w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>后续</w:t></w:r></w:p>", "字后", "zi字后"),
        ('<w:p><w:moveTo w:id="3" w:author="x"><w:r><w:t>移来的字</w:t></w:r></w:moveTo></w:p>', "来的", "来的"),
        ('<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>'
         "<w:p><w:r><w:t>后半</w:t></w:r></w:p>", "半后", "半后"),
        ('<w:p><w:smartTag w:uri="u" w:element="e"><w:r><w:t>2026年</w:t></w:r></w:smartTag><w:r><w:t>4月</w:t></w:r>'
         "</w:p>", "年4", "年4"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲乙</w:t></w:r><w:r><w:t>甲乙丙</w:t></w:r></w:p>", "甲乙", "甲乙"),
        ("<w:p><w:r><w:t> 甲乙丙 </w:t></w:r></w:p>", "乙", "乙"),
    ],
)  # fmt: skip
def test_ranges_in_containers(body: str, quote: str, enclosed: str) -> None:
    out = marked(body, quote)
    assert ranges(out)[1] == enclosed


def test_the_copy_of_a_tracked_change_gets_an_id_of_its_own() -> None:
    change = '<w:rPrChange w:id="9" w:author="x"><w:rPr/></w:rPrChange>'
    out = marked(f"<w:p><w:r><w:rPr><w:b/>{change}</w:rPr><w:t>甲乙丙丁</w:t></w:r></w:p>", "乙丙")
    ids = [node.get(f"{W}id") for node in body_of(out).iter(W + "rPrChange")]
    assert len(ids) == len(set(ids)) == 3


def test_a_character_that_xml_forbids_does_not_hinder() -> None:
    data = package("<w:p><w:r><w:t>甲\x01乙</w:t></w:r></w:p>")
    document = read_docx(data, "a.docx")
    assert ranges(annotated(data, document, [finding("", ())]))[0] == "甲乙"


def test_a_check_box_field_is_enclosed_whole() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    out = marked(f"<w:p><w:r><w:t>推广：</w:t></w:r>{box}<w:r><w:t>是</w:t></w:r></w:p>", "☑")
    names = [etree.QName(node).localname for node in next(body_of(out).iter(W + "p"))]
    start, end = (
        len(names) - 1 - names[::-1].index(n) for n in ("commentRangeStart", "commentRangeEnd")
    )
    first = names.index("commentRangeEnd")
    assert names[start + 1 : first] == ["r", "r", "r"]
    assert end > first


def test_an_empty_cell_takes_a_comment() -> None:
    data = package(
        "<w:p><w:r><w:t>题目</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:pPr/></w:p></w:tc></w:tr></w:tbl>"
    )
    document = read_docx(data, "a.docx")
    out = annotated(
        data, document, [finding("", (Span(Place(2, None, "word/document.xml", 1), 0, 0),))]
    )
    cell = next(body_of(out).iter(W + "tc"))
    assert [etree.QName(n).localname for n in cell[0]] == [
        "pPr", "commentRangeStart", "commentRangeEnd", "r",
    ]  # fmt: skip


def test_text_boxes_are_marked_at_their_paragraph() -> None:
    box = (
        '<w:p><w:r><w:t>前</w:t></w:r><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        "</w:r></w:p>"
    )
    root = body_of(marked(box, "框内"))
    start = next(n for n in root.iter(W + "commentRangeStart") if n.get(f"{W}id") == "1")
    assert start.getparent().getparent().tag == W + "body"
    assert not list(start.iterancestors(W + "txbxContent"))


def test_what_has_no_place_stands_at_the_top() -> None:
    data = package("<w:p/><w:p><w:r><w:t>申报书</w:t></w:r></w:p>")
    document = read_docx(data, "a.docx")
    out = annotated(data, document, [finding("", ())])
    assert ranges(out) == {0: "申报书", 1: "申报书"}
    assert "审阅结论" in comments(out)[0]


def test_comments_that_are_there_stay() -> None:
    words = "<w:p><w:r><w:t>旧</w:t></w:r></w:p>"
    old = f'<w:comments {_NS}><w:comment w:id="7" w:author="张三">{words}</w:comment></w:comments>'
    data = package(
        '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id="7"/></w:p>',
        {
            "word/comments.xml": old.encode(),
            "word/_rels/document.xml.rels": _RELS.replace('officeDocument"', 'comments"')
            .replace("word/document.xml", "comments.xml")
            .encode(),
        },
    )
    document = read_docx(data, "a.docx")
    out = annotated(data, document, [])
    assert comments(out, author="张三") == {7: "旧"}
    assert list(comments(out)) == [8]


@pytest.mark.parametrize("name", ["word/vbaProject.bin"])
def test_macros_are_refused(name: str) -> None:
    data = package("<w:p/>", {name: b"x"})
    with pytest.raises(UnsupportedFormat, match="含有宏"):
        annotated(data, read_docx(data, "a.docx"), [])


def test_other_files_are_refused() -> None:
    empty = Document("a.doc", "", "doc", None, (Paragraph("甲", Place(0)),))
    with pytest.raises(UnsupportedFormat, match="另存为"):
        annotated(b"\xd0\xcf\x11\xe0", empty, [])


def test_hostile_words_are_inert() -> None:
    words = '=cmd|"/c calc"!A1 <w:p/> ]]> \x00\x1b\u202e &amp; ' + "长" * 100_000
    data = package("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
    out = annotated(data, read_docx(data, "a.docx"), [finding(words, ())])
    assert '=cmd|"/c calc"' in comments(out)[1]
    assert len(out) < 20_000


def test_pictures_are_copied_not_unpacked() -> None:
    picture = hashlib.shake_256(b"noise").digest(3_000_000)
    data = package("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", {"word/media/image1.png": picture})
    out = annotated(data, read_docx(data, "a.docx"), [])
    assert zipfile.ZipFile(io.BytesIO(out)).read("word/media/image1.png") == picture


def _shape(root: etree._Element, ours: set[int]) -> list[str]:
    """The body as a flat list: marks of ours left out, neighbouring halves of a run joined."""
    w = "{" + etree.QName(root).namespace + "}"
    for node in list(
        root.iter(f"{w}commentRangeStart", f"{w}commentRangeEnd", f"{w}commentReference")
    ):
        if int(node.get(f"{w}id")) in ours:
            gone = node.getparent() if node.tag == f"{w}commentReference" else node
            gone.getparent().remove(gone)
    for run in list(root.iter(f"{w}r")):
        _join(run, w)
    return [f"{n.tag} {n.text or ''}" for n in root.iter() if isinstance(n.tag, str)]


def _join(run: etree._Element, w: str) -> None:
    before = run.getprevious()
    if before is None or before.tag != run.tag or dict(before.attrib) != dict(run.attrib):
        return
    forms = [r.find(f"{w}rPr") for r in (before, run)]
    if len({b"" if f is None else etree.tostring(f, method="c14n") for f in forms}) != 1:
        return
    for item in list(run):
        if item.tag == f"{w}rPr":
            continue
        if item.tag == f"{w}t" and len(before) and before[-1].tag == f"{w}t":
            before[-1].text = (before[-1].text or "") + (item.text or "")
        else:
            before.append(item)
    run.getparent().remove(run)
