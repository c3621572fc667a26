"""Hostile and broken files: one clear Chinese sentence each, within the limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from reviewer import guard
from reviewer.errors import (
    DamagedFile,
    FileTooLarge,
    UnreadableFile,
)
from reviewer.limits import MIB, Limits
from reviewer.model.document import Document, Table
from reviewer.parsing import read
from tests.parsing.package import (
    DECLARATION,
    TYPES,
    document,
    docx,
    only,
    p,
    pack,
    parts,
    r,
    read_body,
    root,
    sdt,
    style,
    table,
    tbl,
    tc,
    textbox,
    texts,
    tr,
)
from tests.parsing.refused import refused

# Zip bombs


def stored(name: str, packed: bytes, size: int, crc: int) -> tuple[bytes, bytes]:
    """Local record and directory record (without offset) of a deflated entry."""
    head = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 33, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + head + name.encode() + packed
    return local, b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHI", 0, 0, 0, 0)


def zip_of(entries: list[tuple[str, bytes, int, int]], offsets: list[int] | None = None) -> bytes:
    """A zip made byte by byte, so that it can lie."""
    body, directory = b"", b""
    for index, (name, packed, size, crc) in enumerate(entries):
        local, central = stored(name, packed, size, crc)
        at = offsets[index] if offsets else len(body)
        directory += central + struct.pack("<I", at) + name.encode()
        body += local
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def deflated(data: bytes) -> tuple[bytes, int, int]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(), len(data), zlib.crc32(data)


def test_a_bomb_of_the_real_shape():
    """A gigabyte of spaces in a document part of one megabyte, told before it is unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = piece * 1024 + packer.flush()
    entries = [
        ("[Content_Types].xml", *deflated(TYPES.encode())),
        ("word/document.xml", packed, 1024 * MIB, 0),
    ]
    refused(zip_of(entries), FileTooLarge, "压缩炸弹")


def test_a_bomb_that_lies_about_its_size():
    """The directory promises little; no more than that is ever unpacked."""
    packed, _, _ = deflated(b"<" + b" " * (30 * MIB))
    entries = [
        ("[Content_Types].xml", *deflated(TYPES.encode())),
        ("word/document.xml", packed, 1000, 0),
    ]
    refused(zip_of(entries), DamagedFile, "已损坏")


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(part=1000), "压缩炸弹"),
        (Limits(unpacked=1000), "压缩炸弹"),
        (Limits(ratio_floor=100, ratio=2), "压缩炸弹"),
        (Limits(entries=2), "超过 2 个"),
        (Limits(tags=10), "元素过多"),
        (Limits(paragraphs=3), "段落超过 3 个"),
    ],
)
def test_every_limit(limits, words):
    refused(docx(p("智能工厂" * 100) * 4), FileTooLarge, words, limits)


def test_length_limit():
    refused(docx(p("智能工厂" * 3000)), FileTooLarge, "正文超过 1 万字", Limits(characters=10_000))


def test_overlapping_entries():
    data = document(p("甲")).encode()
    entries = [(f"word/part{n}.xml", *deflated(data)) for n in range(50)]
    entries.insert(0, ("[Content_Types].xml", *deflated(TYPES.encode())))
    first = len(stored(entries[0][0], entries[0][1], 0, 0)[0])
    refused(zip_of(entries, [0] + [first] * 50), DamagedFile, "相互重叠")


def test_thousands_of_entries_are_refused_by_their_number():
    empty = deflated(b"")
    entries = [("[Content_Types].xml", *deflated(TYPES.encode()))]
    entries += [(f"word/{n}", *empty) for n in range(3000)]
    refused(zip_of(entries), FileTooLarge, "超过 2000 个")


def test_a_directory_that_understates_its_entries():
    data = bytearray(docx(p("甲")))
    at = data.rfind(b"PK\x05\x06")
    data[at + 8 : at + 12] = struct.pack("<HH", 1, 1)
    assert texts(read(bytes(data), "x.docx")) == ["甲"]


# XML


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE d>",
    ],
)
def test_doctype_is_refused(doctype, codec):
    files = parts()
    text = document(p("甲")).replace(DECLARATION, DECLARATION.replace("UTF-8", codec) + doctype)
    files["word/document.xml"] = text.encode(codec)
    refused(pack(files), DamagedFile, "DOCTYPE")


def test_doctype_in_a_secondary_part_is_not_read():
    found = read_body(p("甲"), styles="<!DOCTYPE s>")
    assert texts(found) == ["甲"]
    assert "DOCTYPE" in found.warnings[0]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: tbl(tr(tc(inner + p()))),
        lambda inner: sdt(inner),
        lambda inner: p(textbox(inner)),
    ],
)
def test_deep_nesting(wrap):
    body = p("底")
    for _ in range(1000):
        body = wrap(body)
    refused(docx(body), FileTooLarge, "嵌套过深")


@pytest.mark.parametrize("depth", [59, 70])
def test_nesting_up_to_the_limit(depth):
    """Deep, but within what libxml2 takes: never a RecursionError."""
    inner = r("底")
    for _ in range(depth):
        inner = f"<w:ins>{inner}</w:ins>"
    data = docx(p(inner))
    if depth < Limits().nesting:
        assert texts(read(data, "x.docx")) == ["底"]
    else:
        refused(data, FileTooLarge, "嵌套过深")


def test_deep_but_legal_tables_survive_the_way_home():
    body = p("底")
    for _ in range(50):
        body = tbl(tr(tc(body + p())))
    found = guard.run(read, docx(body), "x.docx", result=Document)
    assert isinstance(found.blocks[0], Table)


def test_huge_span():
    assert table(read_body(tbl(tr(tc("甲", '<w:gridSpan w:val="2147483648"/>'))))).cols == 63


def test_twenty_thousand_merged_rows():
    first = tr(tc("标", '<w:vMerge w:val="restart"/>'), tc("x"))
    body = tbl(first, *[tr(tc("", "<w:vMerge/>"), tc("x"))] * 20_000)
    found = table(read(pack(parts(body), zipfile.ZIP_STORED), "x.docx"))
    assert (found.rows, found.cells[0].rowspan, len(found.cells)) == (20_001, 20_001, 20_002)


def test_a_million_paragraphs():
    """Told by the packing, else by the number of tags, else by the number of paragraphs."""
    files = parts(p("段") * 1_000_000)
    refused(pack(files), FileTooLarge, "压缩炸弹")
    refused(pack(files, zipfile.ZIP_STORED), FileTooLarge, "元素过多")
    files = parts("<w:p/>" * 1_000_000)
    refused(pack(files, zipfile.ZIP_STORED), FileTooLarge, "段落超过")


def test_a_row_of_ten_thousand_cells():
    assert table(read_body(tbl(tr(*[tc("x")] * 10_000)))).cols == 10_000


def test_a_very_long_text():
    long = pack(parts(p("长" * 1_000_000)), zipfile.ZIP_STORED)
    assert len(texts(read(long, "x.docx"))[0]) == 1_000_000
    too_long = pack(parts(p("长" * 4_000_000)), zipfile.ZIP_STORED)
    refused(too_long, FileTooLarge, "过长")


def test_fields_nested_beyond_reason_are_no_fields():
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end"))
    assert texts(read_body(p(begin * 3000 + r("甲") + end * 3000 + r("乙"))))[0].endswith("乙")


def test_what_is_repeated_counts_each_time():
    """A note that is referred to from everywhere, a style's name of a million characters."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = root("footnotes", f'<w:footnote w:id="2">{p("注" * 1000)}</w:footnote>')
    data = pack(parts(p(note) * 200, footnotes=notes), zipfile.ZIP_STORED)
    refused(data, FileTooLarge, "正文超过", Limits(characters=100_000))
    long = style("s", "长" * 100_000)
    assert len(only(read_body(p("甲", '<w:pStyle w:val="s"/>'), styles=long)).style) == 100


def test_quadratic_traps_end():
    """Thousands of open fields, controls side by side, styles based on one another."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(read_body(p(begin * 5000 + r("甲")))) == ["甲"]
    assert texts(read_body(p(sdt(r("甲")) * 5000))) == ["甲" * 5000]
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(5000)
    )
    assert read_body(p("甲", '<w:pStyle w:val="s0"/>'), styles=chain).blocks[0].level is None


# Dangling, truncated, other kinds


def test_dangling_relationships():
    body = p("甲") + '<w:sectPr><w:headerReference r:id="rId9"/></w:sectPr>'
    found = read_body(body, rels=(("rId9", "header", "NULL"), ("rId8", "image", "media/gone.png")))
    assert texts(found) == ["甲"]
    assert found.warnings == ("有页眉或页脚缺失，未能读取。",)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_truncated(share):
    data = docx(p("".join(chr(0x4E00 + n * 7 % 20000) for n in range(5000))))
    refused(data[: int(len(data) * share)], DamagedFile, "不完整")


def test_truncated_xml():
    files = parts()
    files["word/document.xml"] = document(p("甲"))[:-30]
    refused(pack(files), DamagedFile, "已损坏")


def test_wrong_checksum():
    data = docx(p("甲"))
    at = data.find(b"word/document.xml")
    broken = bytearray(data)
    for offset in range(at + 30, at + 40):
        broken[offset] ^= 0xFF
    with pytest.raises(UnreadableFile):
        read(bytes(broken), "x.docx")


def test_without_main_part():
    files = parts()
    del files["word/document.xml"]
    refused(pack(files), DamagedFile, "缺少正文部件")


def test_main_part_of_another_kind():
    files = parts()
    files["word/document.xml"] = f"{DECLARATION}<workbook/>"
    refused(pack(files), DamagedFile, "不是 Word 正文")


def test_without_body():
    files = parts()
    files["word/document.xml"] = document("").replace("w:body", "w:other")
    refused(pack(files), DamagedFile, "没有正文")


def test_names_are_shown_escaped_and_shortened():
    with pytest.raises(UnreadableFile) as caught:
        read(b"", "申报\x1b[31m书\u202e\n" + "很长" * 100 + ".docx")
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert "\\x1b" in sentence and ".docx”" in sentence and len(sentence) < 120


@pytest.mark.parametrize("seed", range(60))
def test_damage_anywhere_gives_a_document_or_one_sentence(seed):
    import random

    chance = random.Random(seed)
    files = parts(
        p("甲") + tbl(tr(tc("乙"), tc("丙"))) + p(r("丁") + textbox(p("戊"))),
        styles="<w:style/>",
        numbering="<w:num/>",
    )
    data = bytearray(pack(files, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))))
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(data))
        data[at : at + chance.choice((0, 1, 4))] = chance.randbytes(chance.choice((0, 1, 2)))
    try:
        assert isinstance(read(bytes(data), "x.docx"), Document)
    except UnreadableFile as error:
        assert str(error).startswith("无法读取“x.docx”：")


def test_bytes_after_and_before_the_zip():
    data = docx(p("甲"))
    assert texts(read(data + b"\0" * 100, "x.docx")) == ["甲"]
    assert io.BytesIO(data).read() == data
