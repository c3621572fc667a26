"""Findings without words of their own stand where the words should be."""

from __future__ import annotations

import pytest

from reviewer.model.document import paragraphs
from reviewer.reports import Material
from reviewer.reports.anchors import Anchors
from tests.reports.build import POLICY, finding
from tests.reports.reviewed import material

LAYOUTS = ("template", "wps", "textboxes", "paragraphs")


def place_of(made: Material, subject: str) -> int:
    anchors = Anchors(made.policy, made.declaration, made.document)
    spans = anchors.spans(finding("", (), subject))
    assert spans
    return spans[0].place.block


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_field_is_marked_beside_its_label(layout: str) -> None:
    made = material(3, layout)
    before, after = place_of(made, "field:联系人电话"), place_of(made, "field:资产总额")
    assert before < place_of(made, "field:联系人职务") < after


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_missing_kpi_is_marked_at_its_neighbour(layout: str) -> None:
    made = material(3, layout)
    assert place_of(made, "kpi:人均销售额") == place_of(made, "kpi:产品不良品率")


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("dimension:运营管理", "运营管理"),
        ("req:advanced.4.c", "生产管理"),
        ("attachment:企业征信情况报告", "证明材料"),
    ],
)
def test_what_a_section_lacks_is_marked_at_its_heading(subject: str, words: str) -> None:
    made = material(3)
    texts = (
        {p.place.block: p.text for p in paragraphs(made.document.blocks)} if made.document else {}
    )
    assert words in texts[place_of(made, subject)]


def test_without_a_declaration_nothing_is_guessed() -> None:
    assert Anchors(POLICY, None).spans(finding("", (), "field:企业名称")) == ()
