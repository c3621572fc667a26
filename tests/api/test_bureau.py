"""A bureau's batch: taken apart, ordered, copied texts, quotas, official tables; retention."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from sqlalchemy import func, select, update

from api import retention
from api.db.tables import Batch, Declaration, Draft
from tests.api.bench import Bench, sample, zipped


def _batch(bench: Bench, data: bytes, **words: object) -> dict:
    files = {"file": ("第一批.zip", data)}
    answer = bench.as_("bureau").post("/api/v1/batches", files=files, **words)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_batch_from_the_zip_to_the_tables(bench: Bench) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("县里/甲.docx", sample(1))
        made.writestr("县里/甲（盖章）.pdf", b"%PDF-1.4\n%%EOF")
        made.writestr("乙.docx", sample(4))
        made.writestr("丙.zip", zipped(抄=sample(1)))
        made.writestr("../../etc/说明.txt", "x")
    batch = _batch(bench, stream.getvalue())
    bench.work()
    client, place = bench.as_("bureau"), f"/api/v1/batches/{batch['id']}"
    found = client.get(place).json()
    assert (found["state"], found["total"], found["done"]) == ("done", 3, 3)
    assert len(found["failures"]) == 1 and "说明.txt" in next(iter(found["failures"]))
    rows = client.get(f"{place}/triage").json()["items"]
    assert [row["group"] for row in rows] == sorted(row["group"] for row in rows)
    assert all(row["reasons"] for row in rows)
    pairs = client.get(f"{place}/duplicates").json()
    assert len(pairs) == 1 and pairs[0]["share"] > 0.9
    passages = client.get(f"{place}/duplicates/{pairs[0]['id']}").json()
    assert passages[0]["first_text"] == passages[0]["second_text"]
    quotas = client.get(f"{place}/quotas").json()
    assert any(row["count"] == 3 and row["quota"] for row in quotas)
    with bench.working():
        answer = client.get(f"{place}/tables/附件3")
    assert answer.status_code == 200
    assert len(Document(io.BytesIO(answer.content)).tables[0].rows) >= 4
    page = client.get(f"/batches/{batch['id']}").text
    assert "本页不作任何否决" in page and rows[0]["enterprise"] in page
    assert client.get(f"/batches/{batch['id']}/duplicates/{pairs[0]['id']}").status_code == 200


def test_a_batch_killed_while_it_is_taken_apart_is_taken_apart_once(bench: Bench) -> None:
    from api import tasks
    from api.db.tables import Job

    batch = _batch(bench, zipped(甲=sample(4), 乙=sample(4)))
    with bench.service.database.write() as session:
        from api import jobs

        lost = jobs.take(session, 30)
    with bench.service.database.write() as session:
        session.execute(update(Job).values(lease=0))
    bench.work()
    work = tasks.Bench(bench.service.database, bench.service.storage, bench.settings, print)
    try:
        tasks.perform(work, lost)
        raise AssertionError
    except tasks.Lost:
        pass
    assert bench.as_("bureau").get(f"/api/v1/batches/{batch['id']}").json()["total"] == 2


def test_a_retried_batch_is_one(bench: Bench) -> None:
    headers = {"Idempotency-Key": "b1"}
    first = _batch(bench, zipped(甲=sample(4)), headers=headers)
    files = {"file": ("第一批.zip", zipped(甲=sample(4)))}
    again = bench.as_("bureau").post("/api/v1/batches", files=files, headers=headers)
    assert again.status_code == 200 and again.json()["id"] == first["id"]


def test_a_triage_is_filtered_sorted_and_paged(bench: Bench) -> None:
    batch = _batch(bench, zipped(甲=sample(1), 乙=sample(4), 丙=sample(2)))
    bench.work()
    client, place = bench.as_("bureau"), f"/api/v1/batches/{batch['id']}/triage"
    assert client.get(place, params={"tier": "basic"}).json()["total"] == 1
    rows = client.get(place, params={"sort": "-errors"}).json()["items"]
    assert [r["errors"] for r in rows] == sorted((r["errors"] for r in rows), reverse=True)
    page = client.get(place, params={"size": 2, "page": 2}).json()
    assert len(page["items"]) == 1 and page["total"] == 3
    assert client.get(place, params={"q": "100%_"}).json()["total"] == 0


def test_retention_deletes_for_good(bench: Bench) -> None:
    from msgspec.structs import replace

    bench.reviewed()
    kept = bench.reviewed()
    old = 40 * retention.DAY
    with bench.service.database.write() as session:
        words = {"created": Draft.created - old}
        session.execute(update(Draft).where(Draft.id != kept["draft"]).values(**words))
        session.execute(update(Declaration).values(created=Declaration.created - old))
        session.execute(update(Batch).values(created=Batch.created - old))
    settings = replace(bench.settings, retention=30)
    assert retention.purge(bench.service.database, bench.service.storage, settings) == 1
    with bench.service.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 1
    files = [p for p in (bench.settings.data / "files").rglob("*") if p.is_file()]
    assert len(files) == 1
    assert bench.as_("firm").get(kept["status"]).status_code == 200
