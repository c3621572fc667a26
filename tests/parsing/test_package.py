"""Packages of careless producers are read; what cannot be read is named."""

from __future__ import annotations

import zipfile

import pytest

from reviewer.errors import DamagedFile, EncryptedFile
from reviewer.parsing import read
from tests.parsing.package import (
    NAMESPACES,
    ROOT_RELS,
    TYPES,
    XMLNS,
    document,
    docx,
    numbered,
    p,
    pack,
    parts,
    r,
    read_body,
    relationships,
    style,
    styled,
    texts,
)

STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "drawingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "officeDocument/math",
}


def read_parts(files: dict[str, str | bytes]):
    return read(pack(files), "测试.docx")


def test_document_knows_its_file():
    data = docx(p("甲"))
    found = read(data, "申报书.docx")
    assert (found.name, found.kind, found.pages, len(found.sha256)) == (
        "申报书.docx",
        "docx",
        None,
        64,
    )


def test_strict_ooxml():
    files = parts(styled("h", r("甲")), styles=style("h", "heading 1"))
    for name, content in files.items():
        assert isinstance(content, str)
        for transitional, strict in STRICT.items():
            content = content.replace(transitional, f"http://purl.oclc.org/ooxml/{strict}")
        files[name] = content
    found = read_parts(files)
    assert [(b.text, b.level) for b in found.blocks] == [("甲", 0)]


def test_strict_addresses_in_the_text_stay():
    address = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert texts(read_body(p(address))) == [address]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_byte_order_marks(codec):
    files = parts()
    text = document(p("智能工厂")).replace("UTF-8", "UTF-16" if "16" in codec else "UTF-8")
    files["word/document.xml"] = text.encode(codec)
    assert texts(read_parts(files)) == ["智能工厂"]


def test_blank_space_before_the_declaration():
    files = parts()
    files["word/document.xml"] = "\n " + document(p("甲"))
    assert texts(read_parts(files)) == ["甲"]


@pytest.mark.parametrize(
    "rename",
    [
        lambda name: name.upper(),
        lambda name: "/" + name,
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("document", "Document"),
    ],
)
def test_names_of_parts(rename):
    files = parts(styled("h", "甲"), styles=style("h", "heading 1"))
    assert read_parts({rename(n): c for n, c in files.items()}).blocks[0].level == 0


def test_main_part_in_another_place():
    files = parts(p("甲"))
    files["app/正文.xml"] = files.pop("word/document.xml")
    files["_rels/.rels"] = relationships(("x", "officeDocument", "/app/%E6%AD%A3%E6%96%87.xml"))
    assert texts(read_parts(files)) == ["甲"]


@pytest.mark.parametrize(
    "rels",
    [
        None,
        "",
        "no xml at all",
        relationships(("rId1", "officeDocument", "word/gone.xml")),
        relationships(("rId1", "officeDocument", "NULL")),
        relationships(),
        ROOT_RELS.replace("Target=", "Ziel="),
    ],
)
def test_root_relationships_that_lead_nowhere(rels):
    files = parts(p("甲"))
    if rels is None:
        del files["_rels/.rels"]
    else:
        files["_rels/.rels"] = rels
    assert texts(read_parts(files)) == ["甲"]


def test_styles_and_numbering_without_relationship_or_absent():
    files = parts(styled("h", "甲") + numbered(1, 0, "乙"), styles=style("h", "heading 1"))
    del files["word/_rels/document.xml.rels"]
    assert read_parts(files).blocks[0].level == 0
    del files["word/styles.xml"]
    found = read_parts(files)
    assert texts(found) == ["甲", "乙"]
    assert found.warnings == ()


def test_broken_secondary_parts_are_named():
    section = '<w:sectPr><w:headerReference r:id="h"/><w:footerReference r:id="gone"/></w:sectPr>'
    found = read_body(
        p("甲") + section,
        styles="<broken",
        header1="<w:hdr",
        rels=(("h", "header", "header1.xml"),),
    )
    assert texts(found) == ["甲"]
    assert len(found.warnings) == 3
    assert "样式表" in found.warnings[0] and "word/header1.xml" in found.warnings[1]


def test_forbidden_characters_are_skipped_with_a_warning():
    files = parts()
    whole = document(p("甲乙"))
    for bad in ("\x0b", "&#27;", "\ufffe", "\x00"):
        files["word/document.xml"] = whole.replace("甲", "甲" + bad)
        found = read_parts(files)
        assert texts(found)[0].replace("\ufffd", "") == "甲乙"
        assert "XML 不允许的字符" in found.warnings[0]


def test_undeclared_prefix():
    files = parts()
    files["word/document.xml"] = document(p(r("甲") + "<wx:hint/>" + r("乙")))
    assert texts(read_parts(files)) == ["甲乙"]


def test_duplicate_parts():
    import io

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts(p("甲")).items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", document(p("甲")))
    assert texts(read(target.getvalue(), "x.docx")) == ["甲"]
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("Word/Document.xml", document(p("另一份")))
    with pytest.raises(DamagedFile, match="出现了两次"):
        read(target.getvalue(), "x.docx")


def test_macro_documents_are_read():
    files = parts(p("甲"))
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    files["[Content_Types].xml"] = TYPES.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", main
    )
    files["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    assert texts(read_parts(files)) == ["甲"]


def test_embedded_chunks_are_named():
    found = read_body(p("甲") + '<w:altChunk r:id="x"/>')
    assert "外部文档片段" in found.warnings[0]


def test_zip_with_password():
    data = bytearray(docx(p("甲")))
    at = 0
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    with pytest.raises(EncryptedFile, match="密码"):
        read(bytes(data), "x.docx")


def test_default_namespace_and_other_prefixes():
    files = parts()
    uri = NAMESPACES["w"]
    files["word/document.xml"] = (
        f'<document xmlns="{uri}"><body><p><r><t>甲</t></r></p></body></document>'
    )
    assert texts(read_parts(files)) == ["甲"]
    assert XMLNS
