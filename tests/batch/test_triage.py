"""The triage page in a browser, and a batch of declarations together with a filled list."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from reviewer.batch import joins
from reviewer.batch.pool import LocalPool
from reviewer.batch.quotas import terms
from reviewer.batch.tables import excel
from reviewer.batch.task import outcome as real
from tests.batch.build import POLICY, StubRunner, many, outcome, put
from tests.batch.test_run import batch
from tests.batch.test_tables import GOOD, ONE

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class MixedRunner(StubRunner):
    """Tables by the street, declarations by the stub."""

    def run(self, tasks):
        for task in tasks:
            yield real(task) if task.case.sheet is not None else outcome(task)


def cells(path, sheet, column):
    lines = list(load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True))
    at = lines[0].index(column)
    return [line[at] for line in lines[1:]]


def test_applicants_are_joined_against_the_filed_list(tmp_path):
    rows = [GOOD, GOOD | {"企业名称": "唐山乙有限公司", "能力成熟度自评估得分": "1.0"}, GOOD]
    (tmp_path / "in").mkdir()
    (tmp_path / "in/名单.xlsx").write_bytes(excel.write(ONE, rows))
    put(tmp_path / "in/甲.docx", fields={"企业名称": GOOD["企业名称"]})
    put(tmp_path / "in/丙.docx", fields={"企业名称": "丙公司"})
    summary = batch(tmp_path / "in", tmp_path / "out", MixedRunner())
    assert (summary.reviewed, summary.rows) == (2, 3)
    book = tmp_path / "out/triage.xlsx"
    firms, filed = cells(book, "分诊", "企业名称"), cells(book, "分诊", "下一级备案")
    told = dict(zip(firms, filed, strict=True))
    assert told["丙公司"] == joins.UNKNOWN
    assert joins.FILED in filed
    gates = dict(zip(firms, cells(book, "分诊", "硬条件"), strict=True))
    assert gates["唐山乙有限公司"] == "未达到"
    assert cells(book, "分诊", "重复申报").count("是") == 2
    written = load_workbook(tmp_path / "out/annex1.xlsx")["附件1"]
    assert [written.cell(row, 2).value for row in (5, 6, 7)].count(GOOD["企业名称"]) == 2


def test_deadlines_count_from_the_day_of_the_batch():
    left = {term.route: term.days for term in terms(POLICY, "2026-04-09")}
    assert left["先进级申报材料线上提交"] == 1 and left["海外智能工厂培育名单报送"] < 0


@pytest.mark.chromium
def test_the_page_lists_sorts_and_loads_nothing(tmp_path):
    many(tmp_path / "in", 12)
    batch(tmp_path / "in", tmp_path / "out")
    page = (tmp_path / "out/triage.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    program = next(filter(None, map(shutil.which, BROWSERS)))
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
    ]
    address = (tmp_path / "out/triage.html").as_uri()
    done = subprocess.run([program, *flags, "--dump-dom", address], capture_output=True, check=True)
    dom = done.stdout.decode()
    assert dom.count("reports/") >= 12 and "共 12 份" in dom
    assert dom.count('aria-sort="ascending"') == 1


def test_a_pool_reviews_a_table_for_real(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/名单.xlsx").write_bytes(excel.write(ONE, [GOOD]))
    runner = LocalPool(POLICY.id, "2026-03-20", workers=1)
    assert batch(tmp_path / "in", tmp_path / "out", runner).rows == 1
