"""Word and PDF brought together by name, and report names that every file system takes."""

from __future__ import annotations

import pytest

from reviewer.batch.intake import Item
from reviewer.batch.pairing import pair, report_names, stem
from reviewer.batch.places import Ref


def items(*names):
    roles = {".docx": "word", ".doc": "word", ".pdf": "pdf", ".xlsx": "sheet"}
    return [Item(Ref(n), n, roles[n[n.rfind(".") :]], "m") for n in names]


def shown(cases):
    return [tuple(item.shown for item in case.items) for case in cases]


@pytest.mark.parametrize(
    "word, pdf",
    [
        ("甲公司申报书.docx", "甲公司申报书.pdf"),
        ("甲公司申报书（可编辑版）.docx", "甲公司申报书（盖章扫描件）.pdf"),
        ("甲公司申报书-终稿.docx", "甲公司申报书_盖章版.pdf"),
        ("甲公司申报书 (1).docx", "甲公司申报书PDF版.pdf"),
        ("word版/甲公司申报书.docx", "pdf版/甲公司申报书.pdf"),
        ("甲公司/申报书.docx", "甲公司/扫描0001.pdf"),
    ],
)
def test_pairs_by_name(word, pdf):
    assert shown(pair(items(word, pdf))) == [(word, pdf)]


def test_what_is_not_clear_stays_apart():
    files = (
        "保定/申报书.docx",
        "唐山/申报书.pdf",
        "唐山/申报书.docx",
        "保定/申报书.pdf",
        "廊坊/申报书.docx",
    )
    assert shown(pair(items(*files))) == [
        ("保定/申报书.docx", "保定/申报书.pdf"),
        ("唐山/申报书.docx", "唐山/申报书.pdf"),
        ("廊坊/申报书.docx",),
    ]
    assert len(pair(items("a/甲.docx", "a/乙.docx", "a/丙.pdf"))) == 3


def test_keys_do_not_depend_on_order():
    files = items("甲.docx", "乙.docx", "甲.pdf", "表.xlsx")
    assert [c.key for c in pair(files)] == [c.key for c in pair(files[::-1])]


def test_stems_that_are_all_form_keep_something():
    assert stem("扫描件.pdf") and stem("盖章版.pdf") != stem("终稿.pdf")


def test_report_names_are_unique_and_safe():
    cases = pair(
        items("a/申报书.docx", "b/申报书.docx", "乙:*?.docx", "con.docx", "长" * 200 + ".docx")
    )
    names = report_names(cases, {})
    assert len(set(names.values())) == 5
    assert all(
        len(name.encode()) < 200 and not set(name) & set('<>:"/\\|?*') for name in names.values()
    )
    assert "con" not in names.values()


def test_report_names_given_before_are_kept():
    (case,) = pair(items("a/申报书.docx"))
    assert report_names([case], {case.key: "申报书-旧"}) == {case.key: "申报书-旧"}
