"""Two drafts: fixed, still there, new."""

from __future__ import annotations

import copy
import json

from reviewer.model.review import Review
from reviewer.reports.comparison import compare, headline, text
from reviewer.reports.html import comparison_page
from tests.generator.render import render_docx
from tests.reports.build import POLICY
from tests.reports.reviewed import SAMPLES, reviewer
from tests.reports.test_formats import Page


def reviewed(declaration: dict, layout: str = "template", seed: int = 1) -> Review:  # type: ignore[type-arg]
    return reviewer().review(render_docx(declaration, layout, seed), "申报书.docx")


def sample(number: int = 3) -> dict:  # type: ignore[type-arg]
    return json.loads(SAMPLES[number].read_text(encoding="utf-8"))


def test_the_same_draft_in_another_layout_changes_nothing() -> None:
    same = compare(reviewed(sample()), reviewed(sample(), "blocktables", 7))
    assert not [f for f in same.fixed if f.rule.startswith("scenario")]
    assert not [f for f in same.added if f.rule.startswith("scenario")]


def test_a_mended_a_moved_and_a_new_defect() -> None:
    old = sample()
    new = copy.deepcopy(old)
    new["company"]["联系人邮箱"] = ""
    lines = new["factory"]["场景清单"]
    lines.insert(0, lines.pop())
    before, after = reviewed(old), reviewed(new)
    found = compare(before, after)
    assert "field:联系人邮箱" in [f.subject for f in found.added]
    listed = {f.rule for f in before.findings if f.subject.startswith("list:main")}
    assert listed <= {old_one.rule for old_one, _ in found.kept}
    assert [f.subject for f in compare(after, before).fixed] == [f.subject for f in found.added]


def test_text_and_page_hold_every_finding_once() -> None:
    old = sample()
    new = copy.deepcopy(old)
    new["company"]["联系人邮箱"] = ""
    found = compare(reviewed(old), reviewed(new))
    shown = text(found, POLICY).decode()
    assert headline(found) in shown
    page = Page(comparison_page(found, POLICY))
    total = len(found.fixed) + len(found.kept) + len(found.added) + len(found.waived)
    assert page.tags.count("article") == total
    assert "script" not in page.tags
