"""Running the rules: order, identity, places, crashes, doubt, switching off."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.declaration import Span, Text
from reviewer.model.document import Place
from reviewer.rules import catalogue, registry, run
from reviewer.rules.context import Context
from reviewer.rules.places import cut, quote
from reviewer.rules.registry import Hit
from tests.rules.build import POLICY, base, context

# Slugs that the published contract of the report names.
_NAMES = """
missing-section template-residue field-missing uscc-invalid factory-name-suffix size-class-mismatch checkbox-conflict
industry-code-mismatch date-order maturity-below-tier accident-declared over-length scenario-format stage-mismatch
scenario-renamed scenario-unrecognized scenario-duplicate scenario-misplaced scenario-not-described scenario-not-listed
scenario-content-mismatch ai-list-mismatch ai-description-missing ai-ratio-mismatch ai-ratio-below-tier
ai-model-count-mismatch kpi-missing kpi-out-of-range kpi-direction kpi-unit kpi-text-conflict investment-exceeds-total
name-inconsistent dimension-uncovered requirement-uncovered confidential-marking attachment-missing word-pdf-mismatch
seal-missing near-duplicate duplicate-enterprise quota-exceeded
"""
CONTRACT = frozenset(_NAMES.split())


def broken(data: dict) -> dict:
    data["s7"]["7.4"] = ""
    data["company"]["联系人邮箱"] = ""
    data["factory"]["场景清单"][4] = "5.生产作业-车间智能排产-压铸与机加联动排产"
    data["kpis"][12][2] = "/"
    del data["s8"][1]
    return data


def test_the_clean_declaration_has_no_finding() -> None:
    assert run(context(base())) == ((), True)


def test_every_rule_of_the_contract_is_registered_and_set_in_the_policy() -> None:
    known = {rule.slug for rule in registry.rules()}
    assert known >= CONTRACT
    assert known == set(POLICY.rules)


def test_codes_are_family_letters_and_three_digits() -> None:
    for rule in registry.rules():
        assert rule.code[:2].isalpha() and rule.code[:2].isupper() and rule.code[2:].isdigit()
        assert len(rule.code) == 5
        assert rule.code[:2] in catalogue.FAMILIES


def test_a_code_is_taken_once() -> None:
    registry.rules()
    with pytest.raises(ValueError, match="twice"):
        registry.declare("SC002", "another", "页", "话")


def test_document_order_and_places() -> None:
    findings, _ = run(context(broken(base())))
    assert {finding.subject for finding in findings} == {
        "field:联系人邮箱",
        "list:main:5",
        "kpi:订单准时达成率",
        "section:7.4",
        "attachment:企业征信情况报告",
    }
    blocks = [finding.location.block for finding in findings if finding.location.block is not None]
    assert blocks == sorted(blocks)
    assert (
        findings[0].subject == "field:联系人邮箱"
    )  # without a place of its own: by the form's order
    listed = next(finding for finding in findings if finding.subject == "list:main:5")
    assert listed.location.quote == "5.生产作业-车间智能排产-压铸与机加联动排产"
    assert listed.location.block == listed.location.spans[0].place.block


def test_identity_survives_moved_blocks() -> None:
    first, _ = run(context(broken(base())))
    moved = broken(base())
    moved["company"]["企业简介"] += "\n又一段。\n再一段。"
    second, _ = run(context(moved))
    assert {finding.id for finding in first} == {finding.id for finding in second}
    assert len({finding.id for finding in first}) == len(first)


def test_a_rule_that_crashes_hurts_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(_: Context) -> Iterator[Hit]:
        yield Hit("section:4", Text("秘而不宣的原文"))
        raise ZeroDivisionError

    rules = [
        msgspec.structs.replace(r, check=crash) if r.slug == "kpi-missing" else r
        for r in registry.rules()
    ]
    monkeypatch.setattr(registry, "rules", lambda: tuple(rules))
    findings, complete = run(context(broken(base())))
    assert not complete
    internal = [finding for finding in findings if finding.rule == "internal"]
    assert len(internal) == 1
    assert "kpi-missing" in internal[0].message
    assert {"field-missing", "missing-section", "stage-mismatch"} <= {
        finding.rule for finding in findings
    }
    assert "秘而不宣的原文" not in caplog.text


def test_a_rule_switched_off_is_not_asked() -> None:
    setting = msgspec.structs.replace(POLICY.rules["field-missing"], off=True)
    policy = msgspec.structs.replace(POLICY, rules={**POLICY.rules, "field-missing": setting})
    made = context(broken(base()))
    off = Context(policy, made.declaration, made.matches, made.sentences, {}, made.tier, made.today)
    findings, _ = run(off)
    assert "field-missing" not in {finding.rule for finding in findings}


def test_doubtful_reading_softens_and_says_so() -> None:
    data = base()
    data |= {"kind": "scan", "doubt": {"kpi:关键设备联网率": 0.4}}
    data["kpis"][1][2] = "103%"
    (finding,), _ = run(context(data))
    assert (finding.severity, finding.doubtful) == ("warning", True)
    assert "请人工核对" in finding.message


def test_every_page_has_a_wrong_and_a_right_example() -> None:
    for rule in registry.rules():
        wrong, _, right = rule.page.partition("正确示例：")
        assert "错误示例：" in wrong, rule.slug
        assert right.strip(), rule.slug
        assert rule.title and len(rule.title) <= 30, rule.slug


def test_pages_by_code_and_slug() -> None:
    assert catalogue.page("sc002", POLICY) == catalogue.page("stage-mismatch", POLICY)
    assert "附件7" in catalogue.page("SC002", POLICY)
    assert all(rule.slug in catalogue.listing(POLICY) for rule in registry.rules())


def test_an_unknown_rule_is_one_clear_sentence() -> None:
    from reviewer.errors import UsageError

    with pytest.raises(UsageError, match="没有规则“XX999”"):
        catalogue.page("XX999", POLICY)


def test_the_catalogue_in_docs_is_current() -> None:
    assert catalogue.main(["--check"]) == 0


LINES = st.lists(st.text("甲乙丙AB1 ", min_size=1, max_size=8), min_size=1, max_size=4)


@given(LINES, st.data())
def test_cut_keeps_text_and_spans_together(lines: list[str], data: st.DataObject) -> None:
    spans = tuple(Span(Place(block), 5, 5 + len(line)) for block, line in enumerate(lines))
    text = Text("\n".join(lines), spans)
    start = data.draw(st.integers(0, len(text.text)))
    end = data.draw(st.integers(start, len(text.text)))
    piece = cut(text, start, end)
    pieces = [lines[s.place.block][s.start - 5 : s.end - 5] for s in piece.spans]
    assert "\n".join(pieces) == piece.text or not piece.spans
    assert piece.text.replace("\n", "") == text.text[start:end].replace("\n", "")


def test_quotes_are_one_short_line() -> None:
    assert quote("甲\n 乙") == "甲 乙"
    assert len(quote("字" * 200)) == 80
