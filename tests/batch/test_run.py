"""A whole batch: outputs, resume after any interruption, one clear sentence for what goes wrong."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reviewer.batch import workspace
from reviewer.batch.options import Options
from reviewer.batch.run import run
from reviewer.errors import UsageError
from tests.batch.build import StubRunner, many, put
from tests.batch.words import sentences

DAY = "2026-03-20"


def batch(source: Path, out: Path, runner=None, **words):
    paths = words.pop("paths", (str(source),))
    options = Options(
        paths=tuple(map(str, paths)), out=str(out), day=words.pop("day", DAY), **words
    )
    return run(options, runner=runner or StubRunner())


def tree(folder: Path) -> dict[str, str]:
    """Every file of the output but the state, with its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and workspace.STATE not in path.parts
    }


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def report(out: Path, name: str):
    return json.loads((out / f"reports/{name}.json").read_bytes())


def rules(out: Path, name: str) -> list[str]:
    return [finding["rule"] for finding in report(out, name)["findings"]]


def test_everything_is_written(tmp_path):
    many(tmp_path / "in", 20)
    (tmp_path / "in/坏.docx").write_bytes(b"{\\rtf nothing")
    summary = batch(tmp_path / "in", tmp_path / "out")
    assert (summary.reviewed, summary.failed, summary.pairs) == (20, 1, 2)
    assert {name for name in tree(tmp_path / "out") if "/" not in name} == {
        "triage.xlsx", "triage.html", "annex1.docx", "annex1.xlsx", "annex3.docx", "annex3.xlsx",
        "duplicates.csv", "failures.csv",
    }  # fmt: skip
    assert rows(tmp_path / "out/failures.csv") == [{"文件": "坏.docx", "原因": "看不出是申报书。"}]
    found = rows(tmp_path / "out/duplicates.csv")
    assert {(row["文件甲"], row["文件乙"]) for row in found} == {
        ("甲008.docx", "甲009.docx"),
        ("甲018.docx", "甲019.docx"),
    }
    assert "near-duplicate" in rules(tmp_path / "out", "甲009")
    assert report(tmp_path / "out", "甲009")["summary"]["warnings"] == 2  # and the quota


def test_the_workbook_lists_all_in_order(tmp_path):
    many(tmp_path / "in", 20)
    batch(tmp_path / "in", tmp_path / "out")
    sheet = load_workbook(tmp_path / "out/triage.xlsx")["分诊"]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    order = [line[0] for line in lines[1:]]
    assert order == list(range(1, 21))
    place = lines[0].index("准备情况")
    groups = [line[place] for line in lines[1:]]
    assert groups == sorted(groups, key=["可上报", "小改后可上报", "需补正", "硬条件未达到"].index)


@pytest.mark.parametrize("at", range(0, 21, 4))
def test_stopped_anywhere_and_resumed_it_is_the_same(tmp_path, at):
    many(tmp_path / "in", 20)
    batch(tmp_path / "in", tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        batch(tmp_path / "in", tmp_path / "out", StubRunner(dies_after=min(at, 19)))
    again = StubRunner()
    batch(tmp_path / "in", tmp_path / "out", again, resume=True, day="2026-05-01")
    assert len(again.seen) == 20 - min(at, 19)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_stopped_while_finishing_and_resumed_it_is_the_same(tmp_path, monkeypatch):
    many(tmp_path / "in", 20)
    batch(tmp_path / "in", tmp_path / "whole")
    write, count = workspace.Workspace.write, iter(range(1000))

    def dying(self, name, data):
        if next(count) == 21:
            raise KeyboardInterrupt
        write(self, name, data)

    monkeypatch.setattr(workspace.Workspace, "write", dying)
    with pytest.raises(KeyboardInterrupt):
        batch(tmp_path / "in", tmp_path / "out")
    monkeypatch.undo()
    batch(tmp_path / "in", tmp_path / "out", resume=True)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_a_resumed_run_that_is_done_reviews_nothing_and_changes_nothing(tmp_path):
    many(tmp_path / "in", 12)
    batch(tmp_path / "in", tmp_path / "out")
    before, again = tree(tmp_path / "out"), StubRunner()
    batch(tmp_path / "in", tmp_path / "out", again, resume=True)
    assert again.seen == [] and tree(tmp_path / "out") == before


def test_a_torn_journal_line_and_a_damaged_report_are_done_again(tmp_path):
    many(tmp_path / "in", 12)
    batch(tmp_path / "in", tmp_path / "out")
    before = tree(tmp_path / "out")
    journal = tmp_path / "out" / workspace.STATE / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"key": "torn')
    (tmp_path / "out/reports/甲001.json").write_bytes(b"{}")
    (tmp_path / "out/reports/.part-left").write_bytes(b"half")
    again = StubRunner()
    batch(tmp_path / "in", tmp_path / "out", again, resume=True)
    assert again.seen == ["甲001.docx"] and tree(tmp_path / "out") == before


def test_changed_and_new_files_are_reviewed_on_resume_and_gone_ones_leave(tmp_path):
    many(tmp_path / "in", 5)
    batch(tmp_path / "in", tmp_path / "out")
    put(tmp_path / "in/甲001.docx", fields={"企业名称": "改名公司"})
    put(tmp_path / "in/新.docx", fields={"企业名称": "新公司"})
    (tmp_path / "in/甲002.docx").unlink()
    again = StubRunner()
    batch(tmp_path / "in", tmp_path / "out", again, resume=True)
    assert again.seen == ["新.docx", "甲001.docx"]
    assert report(tmp_path / "out", "甲001")["fields"]["企业名称"] == "改名公司"
    assert not (tmp_path / "out/reports/甲002.json").exists()


def test_word_and_pdf_are_one_declaration(tmp_path):
    firm = {"企业名称": "甲公司", "工厂名称": "甲智能工厂"}
    put(tmp_path / "in/甲.docx", fields=firm)
    put(tmp_path / "in/甲-盖章.pdf", role="pdf", fields=firm)
    put(tmp_path / "in/乙.docx", fields={"企业名称": "乙公司", "工厂名称": "乙智能工厂"})
    summary = batch(tmp_path / "in", tmp_path / "out")
    assert summary.reviewed == 2
    sheet = load_workbook(tmp_path / "out/triage.xlsx")["缺件"]
    assert [line[0] for line in sheet.iter_rows(min_row=3, values_only=True)] == ["乙公司"]


def test_halves_under_other_names_are_joined_by_content(tmp_path):
    firm = {
        "企业名称": "甲公司",
        "工厂名称": "甲智能工厂",
        "统一社会信用代码": "91130609791384206G",
    }
    other = {"企业名称": "乙公司", "工厂名称": "乙智能工厂"}
    put(tmp_path / "in/a/材料一.docx", fields=firm)
    put(tmp_path / "in/b/0001.pdf", role="pdf", fields=firm)
    put(tmp_path / "in/a/材料二.docx", fields=other)
    out = tmp_path / "out"
    assert batch(tmp_path / "in", out).reviewed == 2
    assert sorted(p.name for p in (out / "reports").iterdir()) == ["材料一.json", "材料二.json"]
    before, again = tree(out), StubRunner()
    batch(tmp_path / "in", out, again, resume=True)
    assert again.seen == [] and tree(out) == before


def test_a_wrong_pair_is_parted(tmp_path):
    put(tmp_path / "in/x/申报书.docx", fields={"企业名称": "甲轴承公司", "工厂名称": "甲智能工厂"})
    put(
        tmp_path / "in/x/扫描.pdf",
        role="pdf",
        fields={"企业名称": "唐山水泥厂", "工厂名称": "唐山工厂"},
    )
    assert batch(tmp_path / "in", tmp_path / "out").reviewed == 2
    sheet = load_workbook(tmp_path / "out/triage.xlsx")["缺件"]
    assert len(list(sheet.iter_rows(min_row=3))) == 2


def test_one_enterprise_twice_and_quota(tmp_path):
    code = "91130609791384206G"
    for number in range(12):
        firm = {"企业名称": f"企业{number}", "统一社会信用代码": code if number < 2 else ""}
        put(tmp_path / f"in/{number:02}.docx", fields=firm, score=90 - number)
    batch(tmp_path / "in", tmp_path / "out")
    twice = [n for n in range(12) if "duplicate-enterprise" in rules(tmp_path / "out", f"{n:02}")]
    over = [n for n in range(12) if "quota-exceeded" in rules(tmp_path / "out", f"{n:02}")]
    assert twice == [0, 1] and over == [10, 11]


def test_marked_enterprises_use_no_quota(tmp_path):
    for number in range(12):
        put(
            tmp_path / f"in/{number:02}.docx",
            fields={"企业名称": f"企业{number}"},
            score=90 - number,
        )
    marks = tmp_path / "marks.yaml"
    marks.write_text(
        "不占名额:\n  - {企业: 企业0, 理由: 央企集团渠道}\n领航推荐: [企业1]\n", encoding="utf-8"
    )
    batch(tmp_path / "in", tmp_path / "out", exceptions=str(marks))
    assert not any("quota-exceeded" in rules(tmp_path / "out", f"{n:02}") for n in range(12))
    marks.write_text("别的: 1", encoding="utf-8")
    with pytest.raises(UsageError, match="只认"):
        batch(tmp_path / "in", tmp_path / "out2", exceptions=str(marks))


def test_archive_of_earlier_years(tmp_path):
    text = "".join(sentences(__import__("random").Random(1), 1500))
    put(tmp_path / "old/旧.docx", fields={"企业名称": "旧公司"}, texts={"2.1": text})
    put(tmp_path / "new/新.docx", fields={"企业名称": "新公司"}, texts={"2.1": text})
    archive = str(tmp_path / "archive")
    assert batch(tmp_path / "old", tmp_path / "out1", archive=archive).pairs == 0
    for _ in range(2):
        batch(tmp_path / "new", tmp_path / "out2", archive=archive, resume=True)
        (found,) = rows(tmp_path / "out2/duplicates.csv")
        assert (found["文件甲"], found["文件乙"], found["乙为往年"]) == ("新.docx", "旧.docx", "是")


def test_hostile_names_and_texts_stay_inert(tmp_path):
    bad = '=HYPERLINK("http://x")<script>alert(1)</script>\x00\x1b[31m'
    put(
        tmp_path / "in/甲.docx",
        fields={"企业名称": bad, "工厂名称": "</script><b>"},
        texts={"2.1": bad * 60},
    )
    put(tmp_path / "in/乙.docx", fields={"企业名称": "+1"}, texts={"2.1": bad * 60})
    batch(tmp_path / "in", tmp_path / "out")
    page = (tmp_path / "out/triage.html").read_text(encoding="utf-8")
    assert page.count("<script") == 2 and "<b>" not in page.split("<main>")[1].split("雷同")[0]
    book = load_workbook(tmp_path / "out/triage.xlsx")
    kinds = {c.data_type for sheet in book for line in sheet.iter_rows() for c in line}
    assert "f" not in kinds
    text = (tmp_path / "out/duplicates.csv").read_text(encoding="utf-8-sig")
    assert not any(
        cell.startswith(("=", "+")) for line in csv.reader(io.StringIO(text)) for cell in line
    )


# --- one clear sentence ---------------------------------------------------------------------------


def test_an_earlier_batch_is_not_overwritten(tmp_path):
    many(tmp_path / "in", 3)
    batch(tmp_path / "in", tmp_path / "out")
    before = tree(tmp_path / "out")
    with pytest.raises(UsageError, match="--resume"):
        batch(tmp_path / "in", tmp_path / "out")
    with pytest.raises(UsageError, match="另一版程序、政策包或 --tier"):
        batch(tmp_path / "in", tmp_path / "out", resume=True, tier="basic")
    assert tree(tmp_path / "out") == before


def test_two_runs_into_one_folder(tmp_path):
    many(tmp_path / "in", 3)
    with (
        workspace.Workspace(tmp_path / "out", resume=False),
        pytest.raises(UsageError, match="另一个批量审阅正在写"),
    ):
        batch(tmp_path / "in", tmp_path / "out")
    assert batch(tmp_path / "in", tmp_path / "out").reviewed == 3


def test_an_empty_folder(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="没有可审阅的文件"):
        batch(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_output_is_a_file(tmp_path):
    many(tmp_path / "in", 1)
    (tmp_path / "out").write_text("x")
    with pytest.raises(UsageError, match="不是文件夹"):
        batch(tmp_path / "in", tmp_path / "out")


@pytest.mark.parametrize("number, words", [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限")])
def test_a_full_disk_loses_nothing(tmp_path, monkeypatch, number, words):
    many(tmp_path / "in", 8)
    write, count = workspace.write_whole, iter(range(1000))

    def full(path, data):
        if next(count) == 5:
            raise OSError(number, "x")
        write(path, data)

    monkeypatch.setattr(workspace, "write_whole", full)
    with pytest.raises(UsageError, match=words):
        batch(tmp_path / "in", tmp_path / "out")
    monkeypatch.undo()
    again = StubRunner()
    batch(tmp_path / "in", tmp_path / "out", again, resume=True)
    assert len(again.seen) == 3


def test_output_behind_a_url(tmp_path, monkeypatch):
    import fsspec

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    many(tmp_path / "in", 3)
    options = Options(paths=(str(tmp_path / "in"),), out="memory://out", day=DAY)
    run(options, runner=StubRunner())
    system = fsspec.filesystem("memory")
    assert system.exists("/out/triage.html") and len(system.ls("/out/reports")) == 3
    with pytest.raises(UsageError, match="写不进去"):
        run(
            Options(paths=(str(tmp_path / "in"),), out="nosuch://out", day=DAY), runner=StubRunner()
        )


def test_the_pdf_is_reviewed_where_the_word_of_its_pair_cannot_be(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/甲.docx").write_bytes(b"{\\rtf nothing")
    put(tmp_path / "in/甲.pdf", role="pdf", fields={"企业名称": "甲公司"})
    summary = batch(tmp_path / "in", tmp_path / "out")
    assert (summary.reviewed, summary.failed) == (1, 1)
    again = StubRunner()
    batch(tmp_path / "in", tmp_path / "out", again, resume=True)
    assert again.seen == []


def test_a_run_that_failed_before_its_first_case_can_be_repeated(tmp_path):
    many(tmp_path / "in", 3)
    with pytest.raises(UsageError):
        batch(tmp_path / "in", tmp_path / "out", StubRunner(dies_after=0, error=UsageError))
    assert batch(tmp_path / "in", tmp_path / "out").reviewed == 3
