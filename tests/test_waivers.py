"""Waivers: read, applied, followed over drafts, reported when lost."""

from __future__ import annotations

import pytest

from reviewer.errors import UsageError
from reviewer.model.document import Document
from reviewer.model.review import Finding, Review
from reviewer.waivers import apply, read, snippet
from tests.reports.build import finding, review

_DOCUMENT = Document("a.docx", "0", "docx", None, ())


def reviewed(*findings: Finding) -> Review:
    return review(_DOCUMENT, findings)


def test_a_waived_finding_is_marked_and_not_counted() -> None:
    one, two = finding("甲乙丙", ()), finding("丁戊己", (), "section:2.2")
    text = (
        f"waivers:\n  - finding: {one.id}\n    reason: 已核实\n    by: 李某\n    date: 2026-04-02\n"
    )
    done = apply(reviewed(one, two), read(text.encode(), "w.yaml"))
    assert [f.waived for f in done.findings] == ["已核实（李某，2026-04-02）", ""]
    assert done.summary.errors == 1
    assert not done.notices


def test_it_follows_a_renumbered_entry() -> None:
    text = 'waivers: [{rule: ST002, subject: "list:main:2", quote: 2.生产作业-甲, reason: 可以}]'
    moved = finding("7.生产作业-甲", (), "list:main:7")
    assert apply(reviewed(moved), read(text.encode(), "w")).findings[0].waived == "可以"


def test_another_value_in_the_same_cell_is_not_waived_and_the_waiver_is_reported() -> None:
    text = "waivers: [{rule: template-residue, subject: 'field:企业名称', quote: XX公司, reason: 可以}]"
    done = apply(reviewed(finding("某某集团待定", (), "field:企业名称")), read(text.encode(), "w"))
    assert done.findings[0].waived == ""
    assert "对不上任何问题" in done.notices[0]


def test_the_snippet_of_a_finding_waives_it() -> None:
    one = finding("甲: '乙' #丙", ())
    text = "waivers:\n" + snippet(one).replace("reason: ''", "reason: 可以")
    assert apply(reviewed(one), read(text.encode(), "w")).findings[0].waived == "可以"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"waivers: [", "写法有误"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"waivers: [{finding: a}]", "缺少 reason"),
        (b"waivers: [{finding: a, reason: ' '}]", "没有写理由"),
        (b"waivers: [{rule: a, reason: b}]", "看不出"),
        (b"waivers: [{finding: a, reason: b, why: c}]", "不认识的项 why"),
        (b"- a", "结构不对"),
        (b"x" * 2_000_000, "1 MB"),
    ],
)
def test_bad_files_give_one_chinese_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read(data, "豁免.yaml")


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"waivers:\n", b"waivers: []"])
def test_empty_files_waive_nothing(data: bytes) -> None:
    assert read(data, "w") == ()
