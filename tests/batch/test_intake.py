"""What is found: folders, zips in zips, Chinese names in GBK, nothing extracted by its name."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from reviewer.batch import places
from reviewer.batch.archives import MOST_ENTRIES
from reviewer.batch.intake import DEPTH, find
from reviewer.errors import UsageError
from reviewer.limits import Limits

LIMITS = Limits()
WORD, PDF = b"{\\rtf1 word}", b"%PDF-1.7 x"


def names(found):
    return [item.shown for item in found.items]


def refused(found):
    return {failure.shown: failure.sentence for failure in found.failures}


def zipped(entries, *, gbk=False) -> bytes:
    """A zip; with ``gbk`` as Windows makes them: names in GBK, no UTF-8 flag."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name if not gbk else _ascii(name)), data)
    raw = stream.getvalue()
    if gbk:
        for name, _ in entries:
            raw = raw.replace(_ascii(name).encode(), name.encode("gb18030"))
    return raw


def _ascii(name: str) -> str:
    """A stand-in of the very length that the name has in GBK."""
    return f"{abs(hash(name)):x}".rjust(40, "z")[-len(name.encode("gb18030")) :]


def test_folders_are_walked_in_order_and_hidden_files_left(tmp_path):
    for name in ("b/二.rtf", "a/一.rtf", "a/~$一.rtf", ".x/三.rtf", "__MACOSX/四.rtf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(WORD)
    assert names(find([str(tmp_path)], LIMITS)) == ["a/一.rtf", "b/二.rtf"]


def test_the_output_folder_is_not_input(tmp_path):
    (tmp_path / "in.rtf").write_bytes(WORD)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/x.pdf").write_bytes(PDF)
    assert names(find([str(tmp_path)], LIMITS, leave=tmp_path / "out")) == ["in.rtf"]


def test_zip_names_in_gbk_and_utf8(tmp_path):
    (tmp_path / "旧.zip").write_bytes(zipped([("保定/申报书甲.rtf", WORD)], gbk=True))
    (tmp_path / "新.zip").write_bytes(zipped([("唐山/申报书乙.pdf", PDF)]))
    found = find([str(tmp_path)], LIMITS)
    assert names(found) == ["新.zip/唐山/申报书乙.pdf", "旧.zip/保定/申报书甲.rtf"]
    assert [places.read(i.ref, i.name, LIMITS) for i in found.items] == [PDF, WORD]


def test_nested_zips_and_office_files_within(tmp_path):
    docx = zipped([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")])
    inner = zipped([("甲.rtf", WORD), ("乙.docx", docx), ("丙", docx)])
    (tmp_path / "外.zip").write_bytes(zipped([("内.zip", inner), ("丁.pdf", PDF)]))
    found = find([str(tmp_path)], LIMITS)
    assert names(found) == [
        "外.zip/丁.pdf",
        "外.zip/内.zip/丙",
        "外.zip/内.zip/乙.docx",
        "外.zip/内.zip/甲.rtf",
    ]
    assert [places.read(i.ref, i.name, LIMITS) for i in found.items] == [PDF, docx, docx, WORD]


def test_too_deep_a_zip_is_one_sentence(tmp_path):
    data = zipped([("甲.rtf", WORD)])
    for level in range(DEPTH + 1):
        data = zipped([(f"{level}.zip", data)])
    (tmp_path / "深.zip").write_bytes(data)
    found = find([str(tmp_path)], LIMITS)
    assert not found.items
    assert "套得太深" in next(iter(refused(found).values()))


def test_names_never_lead_out_of_the_archive(tmp_path):
    entries = [("../../etc/甲.rtf", WORD), ("C:\\win\\乙.rtf", WORD), ("甲\x1b[31m.rtf", WORD)]
    (tmp_path / "x.zip").write_bytes(zipped(entries))
    found = find([str(tmp_path)], LIMITS)
    assert all(".." not in name and "\x1b" not in name for name in names(found))
    assert len(found.items) == 3
    assert list(tmp_path.iterdir()) == [tmp_path / "x.zip"]


def test_same_names_in_one_zip_are_kept_apart(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        (tmp_path / "x.zip").write_bytes(zipped([("甲.rtf", WORD), ("甲.rtf", WORD + b"2")]))
    found = find([str(tmp_path)], LIMITS)
    assert [places.read(i.ref, i.name, LIMITS) for i in found.items] == [WORD, WORD + b"2"]


def test_refusals_are_sentences(tmp_path):
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07")
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "d.rtf").symlink_to(tmp_path / "b.jpg")
    told = refused(find([str(tmp_path)], LIMITS))
    assert set(told) == {"a.rar", "b.jpg", "c.zip", "d.rtf"}
    assert "zip" in told["a.rar"] and "损坏" in told["c.zip"] and "链接" in told["d.rtf"]


def test_encrypted_entries_are_told(tmp_path):
    data = bytearray(zipped([("密.rtf", WORD)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    (tmp_path / "x.zip").write_bytes(bytes(data))
    assert "密码" in refused(find([str(tmp_path)], LIMITS))["x.zip/密.rtf"]


def test_too_many_entries_are_refused_before_they_are_listed(tmp_path):
    data = bytearray(zipped([("甲.rtf", WORD)]))
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, at + 8, MOST_ENTRIES + 1, MOST_ENTRIES + 1)
    (tmp_path / "x.zip").write_bytes(bytes(data))
    assert "分成几个" in refused(find([str(tmp_path)], LIMITS))["x.zip"]


def test_overlapping_entries_are_refused(tmp_path):
    data = bytearray(zipped([("甲.rtf", WORD), ("乙.rtf", WORD)]))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    (tmp_path / "x.zip").write_bytes(bytes(data))
    assert "重叠" in refused(find([str(tmp_path)], LIMITS))["x.zip"]


def test_an_inner_zip_that_unpacks_too_large_is_refused(tmp_path):
    inner = zipped([("甲.rtf", WORD)]) + bytes(3_000_000)
    (tmp_path / "x.zip").write_bytes(zipped([("内.zip", inner)]))
    found = find([str(tmp_path)], Limits(unpacked=1_000_000))
    assert "异常庞大" in refused(found)["x.zip/内.zip"]


def test_nothing_found_and_nothing_there(tmp_path):
    with pytest.raises(UsageError, match="没有可审阅的文件"):
        find([str(tmp_path)], LIMITS)
    with pytest.raises(UsageError, match="找不到"):
        find([str(tmp_path / "absent")], LIMITS)


def test_a_file_given_twice_counts_once_and_same_names_are_told_apart(tmp_path):
    for folder in ("甲", "乙"):
        (tmp_path / folder / "材料").mkdir(parents=True)
        (tmp_path / folder / "材料/申报书.rtf").write_bytes(WORD)
    paths = [tmp_path / "甲/材料", tmp_path / "乙/材料", tmp_path / "甲/材料/申报书.rtf"]
    found = find(list(map(str, paths)), LIMITS)
    assert names(found) == ["材料/申报书.rtf", "材料（2）/申报书.rtf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_a_sentence(tmp_path):
    (tmp_path / "甲.rtf").write_bytes(WORD)
    (tmp_path / "甲.rtf").chmod(0)
    assert "权限" in refused(find([str(tmp_path)], LIMITS))["甲.rtf"]


def test_urls_are_read_through_fsspec(tmp_path):
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe_file("/in/甲/申报书.rtf", WORD)
    system.pipe_file("/in/乙.zip", zipped([("乙.pdf", PDF)]))
    found = find(["memory://in"], LIMITS)
    assert names(found) == ["乙.zip/乙.pdf", "甲/申报书.rtf"]
    assert [places.read(i.ref, i.name, LIMITS) for i in found.items] == [PDF, WORD]


def test_an_unreachable_url_is_a_sentence():
    with pytest.raises(UsageError, match="打不开"):
        find(["nosuch://in"], LIMITS)


def test_whole_file_limit(tmp_path):
    (tmp_path / "甲.rtf").write_bytes(WORD * 10)
    (item,) = find([str(tmp_path)], LIMITS).items
    with pytest.raises(Exception, match="上限"):
        places.read(item.ref, item.name, Limits(file_bytes=20))
    assert Path(item.ref.place).exists()
