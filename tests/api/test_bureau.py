"""A bureau's batch: taken apart, ordered, copied texts, quotas, official tables; retention."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from msgspec.structs import replace
from openpyxl import Workbook
from sqlalchemy import func, select, update

from api import retention
from api.db.tables import Batch, Declaration, Draft
from reviewer.batch.tables import excel, word
from reviewer.policy.load import load
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


def _rows(*firms: str, **cells: str) -> list[dict[str, str]]:
    usual = {
        "工厂名称": "甲轴承智能工厂",
        "能力成熟度自评估得分": "2.15",
        "所属行业": "装备制造",
        "细分行业": "轴承",
        "企业性质": "民营企业",
        "企业类型": "中型企业",
        "行业中类": "345 轴承、齿轮和传动部件制造",
        "行业小类": "3451 滚动轴承制造",
        "智能制造典型场景实例(罗列)": "1.生产作业-在线智能检测-套圈外观检测",
    }
    return [{**usual, "企业名称": firm, **cells} for firm in firms]


def _table(number: int, form: str, rows: list[dict[str, str]]) -> bytes:
    spec = next(t for t in load("hebei-2026").tables if t.id == f"附件{number}")
    return (word if form == "docx" else excel).write(spec, rows)


def _several(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("_", "."), data)
    return stream.getvalue()


def test_filled_tables_are_taken_in_with_the_declarations(bench: Bench) -> None:
    firms = ("保定甲轴承有限公司", "保定乙轴承有限公司")
    data = _several(
        申报书_docx=sample(4),
        附件1_xlsx=_table(1, "xlsx", _rows(*firms)),
        附件一_docx=_table(1, "docx", _rows("保定丙轴承有限公司", 所属行业="渔业")),
        通讯录_xlsx=_other(),
    )
    batch = _batch(bench, data)
    bench.work()
    client, place = bench.as_("bureau"), f"/api/v1/batches/{batch['id']}"
    found = client.get(place).json()
    assert (found["total"], found["done"], found["failed"], found["rows"]) == (2, 1, 1, 3)
    rows = client.get(f"{place}/rows").json()["items"]
    assert {row["enterprise"] for row in rows} == {*firms, "保定丙轴承有限公司"}
    worst = rows[-1]
    assert worst["enterprise"].startswith("保定丙")
    assert {f["column"] for f in worst["findings"]} == {"所属行业"}
    quotas = {(row["region"], row["tier"]): row for row in client.get(f"{place}/quotas").json()}
    assert quotas["保定市", "基础级"]["count"] == 3
    with bench.working():
        answer = client.get(f"{place}/tables/附件1", params={"format": "docx"})
    written = Document(io.BytesIO(answer.content)).tables[0]
    assert len(written.rows) == 2 + 3 or len(written.rows) == 1 + 3
    page = client.get(f"/batches/{batch['id']}/rows").text
    assert all(firm in page for firm in firms) and "所属行业" in page
    # What belongs to the batch goes with it, files included.
    with bench.service.database.write() as session:
        session.execute(update(Batch).values(created=Batch.created - 40 * retention.DAY))
        session.execute(update(Draft).values(created=Draft.created - 40 * retention.DAY))
        session.execute(update(Declaration).values(created=0))
    retention.purge(
        bench.service.database, bench.service.storage, replace(bench.settings, retention=30)
    )
    kept = [p for p in (bench.settings.data / "files").rglob("*") if p.is_file()]
    assert kept == []


def _other() -> bytes:
    book = Workbook()
    book.active.append(["姓名", "电话"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_marks_free_quotas_and_tell_of_too_many_nominees(bench: Bench) -> None:
    firm = "保定甲轴承有限公司"
    rows = _table(1, "xlsx", _rows(firm, "保定乙轴承有限公司"))
    batch = _batch(bench, _several(附件1_xlsx=rows))
    bench.work()
    client, place = bench.as_("bureau"), f"/api/v1/batches/{batch['id']}"
    words = {"firms": [firm], "mark": "exempt", "reason": ""}
    assert client.post(f"{place}/marks", json=words).status_code == 422
    words["reason"] = "中央企业集团渠道申报"
    made = client.post(f"{place}/marks", json=words).json()
    assert made["exempt"] == {firm: words["reason"]} and made["job"]
    bench.work()
    assert client.get(f"/api/v1/jobs/{made['job']}").json()["state"] == "done"
    (used,) = client.get(f"{place}/quotas").json()
    assert (used["count"], used["exempt"]) == (1, 1)
    reasons = [row["reasons"] for row in client.get(f"{place}/rows").json()["items"]]
    assert sum("不占名额" in "".join(said) for said in reasons) == 1
    both = {"firms": [firm, "保定乙轴承有限公司"], "mark": "nominee"}
    assert client.post(f"{place}/marks", json=both).json()["exempt"] == {}
    bench.work()
    page = client.get(f"/batches/{batch['id']}").text
    assert "通知只推荐 1 家" in page
    client.post(f"{place}/marks", json={"firms": both["firms"], "mark": ""})
    assert client.get(f"{place}/marks").json()["nominees"] == []


def test_a_batch_kept_from_earlier_years_is_compared_with(bench: Bench) -> None:
    old = _batch(bench, zipped(旧=sample(1)))
    bench.work()
    first = _batch(bench, zipped(新=sample(1)))
    bench.work()
    client = bench.as_("bureau")
    assert client.get(f"/api/v1/batches/{first['id']}/duplicates").json() == []
    words = {"archived": True, "name": "2025 年"}
    changed = client.patch(f"/api/v1/batches/{old['id']}", json=words).json()
    assert changed["archived"] and changed["name"] == "2025 年"
    late = _batch(bench, zipped(新=sample(1)))
    bench.work()
    (pair,) = client.get(f"/api/v1/batches/{late['id']}/duplicates").json()
    assert pair["archived"] and pair["same"] and pair["share"] > 0.9
    assert "往年" in client.get(f"/batches/{late['id']}/duplicates").text
    page = client.get(f"/batches/{late['id']}/duplicates/{pair['id']}")
    assert page.status_code == 200
    row = client.get(f"/api/v1/batches/{late['id']}/triage").json()["items"][0]
    review = client.get(f"/api/v1/drafts/{row['draft']}/review").json()
    assert any(f["rule"] == "near-duplicate" for f in review["findings"])
    assert review["summary"]["warnings"] == row["warnings"]


def test_what_the_batch_found_is_in_every_report(bench: Bench) -> None:
    batch = _batch(bench, zipped(甲=sample(1), 乙=sample(1)))
    bench.work()
    client = bench.as_("bureau")
    row = client.get(f"/api/v1/batches/{batch['id']}/triage").json()["items"][0]
    place = f"/api/v1/drafts/{row['draft']}"
    found = client.get(f"{place}/review").json()
    rules = {f["rule"] for f in found["findings"]}
    assert {"near-duplicate", "duplicate-enterprise"} <= rules
    with bench.working():
        made = client.get(f"{place}/report", params={"format": "json"}).json()
    assert made["summary"] == found["summary"]
    page = client.get(f"/drafts/{row['draft']}").text
    assert all(f'id="f-{f["id"]}"' in page for f in found["findings"])


def test_a_batch_whose_last_file_cannot_be_read_ends(bench: Bench) -> None:
    batch = _batch(bench, _several(甲_docx=sample(1), 乙_docx=b"PK\x03\x04 broken"))
    bench.work()
    found = bench.as_("bureau").get(f"/api/v1/batches/{batch['id']}").json()
    assert (found["state"], found["done"], found["failed"]) == ("done", 1, 1)
