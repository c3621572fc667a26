"""From the upload to the review, its reports and its history."""

from __future__ import annotations

import io

import pytest
from docx import Document
from sqlalchemy import func, select

from api.db.tables import Audit, Draft, Job
from tests.api.bench import Bench, sample


def test_a_review_comes_of_an_upload(bench: Bench) -> None:
    made = bench.upload()
    client = bench.as_("firm")
    assert client.get(made["status"]).json()["state"] == "queued"
    assert client.get(f"/api/v1/drafts/{made['draft']}/review").status_code == 409
    assert bench.work() == 1
    state = client.get(made["status"]).json()
    assert state["state"] == "done" and state["errors"] > 20 and state["tier"] == "advanced"
    review = client.get(f"/api/v1/drafts/{made['draft']}/review").json()
    assert review["schema_version"] == "1.0" and review["document"]["name"] == "申报书.docx"
    assert len(review["findings"]) == sum(review["summary"].values())


def test_the_page_marks_every_finding_that_has_a_place(bench: Bench) -> None:
    made = bench.reviewed()
    review = bench.as_("firm").get(f"/api/v1/drafts/{made['draft']}/review").json()
    page = bench.as_("firm").get(f"/drafts/{made['draft']}").text
    assert all(f'id="f-{finding["id"]}"' in page for finding in review["findings"])
    placed = [f for f in review["findings"] if f["location"]["spans"]]
    assert placed and all(f["id"] in page.split('class="right"')[0] for f in placed)


def test_an_idempotency_key_makes_one_upload_of_many(bench: Bench) -> None:
    files = {"file": ("a.docx", sample())}
    client = bench.as_("firm")
    words = {"files": files, "headers": {"Idempotency-Key": "once"}}
    first = client.post("/api/v1/declarations", **words)
    again = client.post("/api/v1/declarations", **words)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["known"] and again.json()["draft"] == first.json()["draft"]
    other = {"files": {"file": ("b.docx", sample(2))}, "headers": {"Idempotency-Key": "once"}}
    assert client.post("/api/v1/declarations", **other).status_code == 422
    assert bench.as_("rival").post("/api/v1/declarations", **words).status_code == 201


def test_a_redraft_tells_what_it_fixed(bench: Bench) -> None:
    made = bench.reviewed()
    place = f"/api/v1/declarations/{made['declaration']}"
    client = bench.as_("firm")
    answer = client.post(f"{place}/drafts", files={"file": ("改.docx", sample(1))})
    assert answer.status_code == 201
    bench.work()
    drafts = client.get(place).json()["drafts"]
    assert [draft["number"] for draft in drafts] == [2, 1]
    words = {"old": drafts[1]["id"], "new": drafts[0]["id"]}
    found = client.get(f"{place}/comparison", params=words).json()
    assert len(found["fixed"]) > 20
    assert "改好" in client.get(f"/declarations/{made['declaration']}").text
    assert client.get(f"/declarations/{made['declaration']}/comparison", params=words).is_success


def test_reports_are_made_by_a_worker(bench: Bench) -> None:
    made = bench.reviewed()
    client = bench.as_("firm")
    with bench.working():
        for form in ("html", "docx", "xlsx", "letter"):
            words = {"format": form}
            answer = client.get(f"/api/v1/drafts/{made['draft']}/report", params=words)
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-disposition"].startswith("attachment")
            if form in ("docx", "letter"):
                Document(io.BytesIO(answer.content))
        refused = client.get(f"/api/v1/drafts/{made['draft']}/report", params={"format": "pdf"})
    assert refused.status_code == 409 and "PDF" in refused.json()["detail"]


def test_a_stamped_pdf_is_kept_beside_the_word(bench: Bench) -> None:
    pdf = b"%PDF-1.4\n%%EOF"
    files = [("file", ("a.pdf", pdf)), ("file", ("a.docx", sample()))]
    made = bench.as_("firm").post("/api/v1/declarations", files=files).json()
    answer = bench.as_("firm").get(f"/api/v1/drafts/{made['draft']}/stamped")
    assert answer.content == pdf
    assert bench.as_("firm").get(f"/api/v1/drafts/{made['draft']}/original").content == sample()
    bench.work()
    review = bench.as_("firm").get(f"/api/v1/drafts/{made['draft']}/review").json()
    assert any("盖章 PDF 没有核对" in notice for notice in review["notices"])


def test_an_unreadable_file_fails_with_a_sentence(bench: Bench) -> None:
    made = bench.reviewed(data=sample()[:9000])
    state = bench.as_("firm").get(made["status"]).json()
    assert state["state"] == "failed" and "申报书.docx" in state["error"]
    page = bench.as_("firm").get(f"/drafts/{made['draft']}")
    assert page.status_code == 200 and "没能审阅" in page.text


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [("a.docx", b"", 422), ("a.exe", b"MZ\x90", 415), ("a.docx", b"hello", 415)],
)
def test_what_is_no_document_is_refused_at_once(
    bench: Bench, name: str, data: bytes, status: int
) -> None:
    answer = bench.as_("firm").post("/api/v1/declarations", files={"file": (name, data)})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status and "“" in answer.json()["detail"]


def test_deleting_leaves_nothing(bench: Bench) -> None:
    made = bench.reviewed()
    client = bench.as_("firm")
    assert client.delete(f"/api/v1/declarations/{made['declaration']}").status_code == 204
    assert client.get(made["status"]).status_code == 404
    with bench.service.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0
        assert session.scalar(select(func.count()).select_from(Job)) == 0
        assert session.scalar(select(Audit).where(Audit.action == "delete")) is not None
    left = [p for p in (bench.settings.data / "files").rglob("*") if p.is_file()]
    assert left == []


def test_reading_and_changing_are_audited_without_text(bench: Bench) -> None:
    made = bench.reviewed()
    bench.as_("admin").get(f"/drafts/{made['draft']}")
    lines = bench.as_("admin").get("/api/v1/audit").json()["items"]
    assert {"上传", "查看"} <= {line["action"] for line in lines}
    assert all("公司" not in str(line) for line in lines)
