"""Two experts blind to each other, their agreement, the chair's word, and the end of all changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.panel import kappa
from tests.api.bench import Bench, sample


def _panel(bench: Bench) -> tuple[str, str, list[str]]:
    made = bench.reviewed()
    place = f"/api/v1/declarations/{made['declaration']}"
    for who in ("expert", "second", "chair"):
        words = {"expert": bench.ids[who], "chair": who == "chair"}
        assert bench.as_("bureau").post(f"{place}/assignments", json=words).status_code == 201
    review = bench.as_("firm").get(f"/api/v1/drafts/{made['draft']}/review").json()
    return place, made["draft"], [finding["id"] for finding in review["findings"][:4]]


def _judge(bench: Bench, who: str, draft: str, finding: str, verdict: str, reason: str = "") -> int:
    words = {"verdict": verdict, "reason": reason}
    return bench.as_(who).put(f"/api/v1/drafts/{draft}/verdicts/{finding}", json=words).status_code


def test_blind_double_review(bench: Bench) -> None:
    place, draft, (one, two, three, four) = _panel(bench)
    for finding in (one, two):
        assert _judge(bench, "expert", draft, finding, "confirm") == 204
        assert _judge(bench, "second", draft, finding, "confirm") == 204
    assert _judge(bench, "expert", draft, three, "overrule", "附件里有证明") == 204
    assert _judge(bench, "second", draft, three, "confirm") == 204
    for who in ("expert", "second"):
        assert _judge(bench, who, draft, four, "waive", "已电话核实") == 204
    assert _judge(bench, "expert", draft, four, "waive") == 422, "a waiver needs a reason"

    seen = bench.as_("second").get(f"{place}/panel").json()
    assert len(seen["verdicts"]) == 1 and seen["agreement"] is None, "blind until both signed"
    assert "附件里有证明" not in bench.as_("second").get(f"/drafts/{draft}").text
    assert bench.as_("bureau").get(f"{place}/panel").json()["verdicts"] == {}
    assert _judge(bench, "chair", draft, three, "confirm") == 409, "the chair speaks last"

    scores = {"scores": {"能力成熟度": 12, "研发设计": 8.5}, "opinion": "总体可行"}
    assert bench.as_("expert").put(f"{place}/sheet", json=scores).status_code == 204
    over = {"scores": {"能力成熟度": 16}}
    assert bench.as_("expert").put(f"{place}/sheet", json=over).status_code == 422
    for who in ("expert", "second"):
        assert bench.as_(who).post(f"{place}/signature").status_code == 204
    assert _judge(bench, "expert", draft, one, "overrule", "改主意") == 409, "signed is signed"

    found = bench.as_("bureau").get(f"{place}/panel").json()
    assert found["agreement"]["judged"] == 4 and found["agreement"]["percent"] == 75.0
    assert found["agreement"]["kappa"] == pytest.approx(5 / 9, abs=0.001)
    assert found["open"] == [three]
    assert bench.as_("bureau").post(f"{place}/freeze").status_code == 409
    assert _judge(bench, "chair", draft, three, "overrule", "见附件，采纳甲专家意见") == 204
    assert bench.as_("chair").post(f"{place}/freeze").status_code == 204

    assert _judge(bench, "chair", draft, three, "confirm") == 409
    answer = bench.as_("firm").post(f"{place}/drafts", files={"file": ("a.docx", sample(1))})
    assert answer.status_code == 409, "frozen"
    assert bench.as_("firm").delete(place).status_code == 409
    assert bench.as_("firm").get(f"{place}/panel").json()["assignments"] == []
    page = bench.as_("firm").get(f"/drafts/{draft}").text
    assert "已签署归档" in page and "见附件，采纳甲专家意见" in page
    assert "一致率" in bench.as_("chair").get(place.removeprefix("/api/v1") + "/agreement").text
    with bench.working():
        report = bench.as_("firm").get(f"/api/v1/drafts/{draft}/report?format=json").json()
    waived = {f["id"] for f in report["findings"] if f["waived"]}
    assert waived == {three, four}


def test_a_correction_is_learned(bench: Bench) -> None:
    _, draft, _ = _panel(bench)
    review = bench.as_("expert").get(f"/api/v1/drafts/{draft}/review").json()
    entry = next(s for s in review["scenarios"] if s["method"] == "classifier")
    other = 1 if entry["scenario"] != 1 else 2
    place = f"/api/v1/drafts/{draft}/corrections"
    words = {"at": entry["at"], "scenario": other}
    assert bench.as_("firm").post(place, json=words).status_code == 403
    assert bench.as_("expert").post(place, json={**words, "scenario": 99}).status_code == 422
    assert bench.as_("expert").post(place, json=words).status_code == 202
    bench.work()
    review = bench.as_("expert").get(f"/api/v1/drafts/{draft}/review").json()
    now = next(s for s in review["scenarios"] if s["at"] == entry["at"])
    assert (now["scenario"], now["method"]) == (other, "alias")
    tried = bench.as_("rival").post("/api/v1/match", json={"entries": [entry["raw"]]}).json()
    assert tried[0]["scenario"] == other


def test_kappa_by_hand() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) == 0.0
    assert kappa([("a", "a")] * 3) == 1.0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_is_bounded_and_symmetric(pairs: list[tuple[str, str]]) -> None:
    value = kappa(pairs)
    assert -1.0 <= value <= 1.0
    assert value == pytest.approx(kappa([(b, a) for a, b in pairs]))
