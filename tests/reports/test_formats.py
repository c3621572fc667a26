"""Every format: every finding once, hostile words inert."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from html.parser import HTMLParser

import msgspec
import openpyxl
import pytest
from lxml import etree

from reviewer.errors import UsageError
from reviewer.reports import FORMATS, Material, render
from reviewer.reports import json as report_json
from reviewer.reports.html import style_hash
from tests.reports.build import comments
from tests.reports.reviewed import SAMPLES, hostile, material

_VOID = {"meta", "input", "br", "img", "link", "hr"}
_FORBIDDEN = {"script", "img", "link", "iframe", "object", "embed", "form", "base"}


class Page(HTMLParser):
    """Tags, attributes and text of a page; asserts that it is well formed."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(page.decode())
        assert not self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture(params=range(len(SAMPLES)))
def sample(request: pytest.FixtureRequest) -> Material:
    return material(request.param)


def workbook(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_html_holds_every_finding_once(sample: Material) -> None:
    page = Page(render("html", sample))
    assert page.tags.count("article") == len(sample.review.findings) + len(sample.review.coverage)
    for finding in sample.review.findings:
        assert finding.message in page.text
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_html_needs_nothing_from_outside(sample: Material) -> None:
    data = render("html", sample)
    page = Page(data)
    assert not _FORBIDDEN & set(page.tags)
    names = {name for name, _ in page.attributes}
    assert not names & {"src", "style", "srcset"}
    assert not [name for name in names if name.startswith("on")]
    assert all(value.startswith("#") for name, value in page.attributes if name == "href")
    assert f"style-src {style_hash()}" in unescape(data.decode())
    assert b"http://" not in data


def test_html_shows_all_clauses_scenarios_and_gauges(sample: Material) -> None:
    page = Page(render("html", sample))
    for scenario in sample.policy.scenarios:
        assert scenario.name in page.text
    for coverage in sample.review.coverage.values():
        for clause in coverage.clauses.values():
            assert all(evidence.text in page.text for evidence in clause.evidence[:3])
    limited = [s for s in sample.review.sections.values() if s.limit and s.count]
    assert sum(v.startswith("gauge") for n, v in page.attributes if n == "class") >= len(limited)


def test_excel_holds_every_finding_entry_kpi_clause_and_length(sample: Material) -> None:
    book = workbook(render("xlsx", sample))
    assert book.sheetnames == ["问题", "场景", "指标", "覆盖", "字数"]
    review = sample.review
    sizes = [sheet.max_row - 1 for sheet in book]
    clauses = sum(len(tier.clauses) for tier in review.coverage.values())
    expected = [
        len(review.findings),
        len(review.scenarios),
        len(review.kpis),
        clauses,
        len(review.sections),
    ]
    assert sizes == expected
    assert all(sheet.auto_filter.ref and sheet.freeze_panes == "A2" for sheet in book)
    messages = [row[5].value for row in book["问题"].iter_rows(min_row=2)]
    assert messages == [finding.message for finding in review.findings]


def test_word_comments_hold_every_finding_once(sample: Material) -> None:
    words = list(comments(render("docx", sample)).values())
    assert len(words) == len(sample.review.findings) + 1
    for finding, comment in zip(sample.review.findings, words[1:], strict=True):
        assert finding.message.replace("\n", " ") in comment
        assert finding.suggestion.replace("\n", " ") in comment


def test_the_letter_lists_what_must_be_mended_and_nothing_waived() -> None:
    made = material()
    first, *rest = made.review.findings
    waived = msgspec.structs.replace(first, waived="已核实")
    review = msgspec.structs.replace(made.review, findings=(waived, *rest))
    text = letter_text(render("letter", msgspec.structs.replace(made, review=review)))
    for finding in rest:
        assert (" ".join(finding.message.split()) in text) == (finding.severity != "info")
    assert str(made.review.fields["企业名称"]) in text
    assert "{" not in text


def test_a_letter_with_nothing_to_mend_says_so() -> None:
    made = material()
    review = msgspec.structs.replace(made.review, findings=())
    text = letter_text(render("letter", msgspec.structs.replace(made, review=review)))
    assert "没有发现需要补正的事项" in text
    assert "0 处" not in text


def test_the_text_report_holds_every_finding(sample: Material) -> None:
    text = re.sub(r"\s", "", render("text", sample).decode())
    for finding in sample.review.findings:
        assert re.sub(r"\s", "", finding.message) in text


def test_json_comes_back_whole(sample: Material) -> None:
    assert report_json.decode(render("json", sample)) == sample.review


@pytest.mark.parametrize("template", [b"no zip", b"PK\x03\x04"])
def test_a_template_that_is_no_word_file_is_told(template: bytes) -> None:
    with pytest.raises(UsageError, match="模板"):
        render("letter", msgspec.structs.replace(material(), template=template))


def test_hostile_words_in_html() -> None:
    data = render("html", hostile())
    page = Page(data)
    assert not _FORBIDDEN & set(page.tags)
    assert "<script>alert(1)</script>" in page.text
    assert not set(data.decode()) & set("\x00\x07\x1b\u202e")


def test_hostile_words_in_excel() -> None:
    data = render("xlsx", hostile())
    for sheet in workbook(data):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        assert b"<f>" not in archive.read(name)
        assert b"<hyperlink" not in archive.read(name)


def test_hostile_words_in_word_and_letter() -> None:
    for form in ("docx", "letter"):
        archive = zipfile.ZipFile(io.BytesIO(render(form, hostile())))
        for name in archive.namelist():
            if name.endswith(".xml"):
                etree.fromstring(archive.read(name))
    assert "{{7*7}}" in letter_text(render("letter", hostile()))


def test_hostile_words_in_text_and_json() -> None:
    text = render("text", hostile()).decode()
    assert not set(text) & set("\x00\x07\x1b\u202e")
    json.loads(render("json", hostile()))


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"pdf"}))
def test_cells_of_100_000_characters(form: str) -> None:
    made = material()
    finding = made.review.findings[0]
    long = "长𠮷" * 50_000
    where = msgspec.structs.replace(finding.location, quote=long)
    grown = msgspec.structs.replace(finding, message=long, location=where, waived="")
    review = msgspec.structs.replace(made.review, findings=(grown,), fields={"企业名称": long})
    assert len(render(form, msgspec.structs.replace(made, review=review))) > 1000


def letter_text(data: bytes) -> str:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "".join(root.itertext("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
