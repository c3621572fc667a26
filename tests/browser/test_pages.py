"""What people do, in a real browser, and whether everybody can use the pages (axe)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.api.bench import sample, zipped
from tests.browser.conftest import Site

pytestmark = pytest.mark.chromium
_DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name));
  const zone = document.querySelector('.zone');
  for (const kind of ['dragenter', 'dragover', 'drop'])
    zone.dispatchEvent(new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: data}));
}"""


def _drop(page: Page, name: str, data: bytes) -> None:
    page.evaluate(_DROP, [name, list(data)])


def _usable(page: Page) -> None:
    """No serious barrier, and nothing wider than the window."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    grave = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert grave == [], [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in grave]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 1, page.url


def test_a_newcomer_drops_a_file_and_sees_the_marked_review(own: Site) -> None:
    page = own.page()
    page.goto("/")
    _usable(page)
    _drop(page, "申报书.docx", sample())
    page.wait_for_url("**/drafts/*")
    expect(page.locator(".finding").first).to_be_visible(timeout=60_000)
    assert page.locator("mark.m").count() > 20
    _usable(page)


def test_marks_and_findings_point_to_each_other(own: Site) -> None:
    page = own.page()
    page.goto(_reviewed(own, ""))
    go = page.locator(".finding .go").nth(4)
    key = page.locator(".finding", has=page.locator(".go")).nth(4).get_attribute("data-f")
    go.click()
    mark = page.locator(f'.left .m.on[data-f~="{key}"]').first
    expect(mark).to_be_in_viewport()
    other = page.locator(".left mark.m").nth(10)
    other.scroll_into_view_if_needed()
    other.click()
    expect(page.locator(".finding.on")).to_be_in_viewport()
    page.locator("[name=severity][value=error]").uncheck()
    expect(page.locator(".finding.is-error").first).to_be_hidden()
    for tab in ("coverage", "scenarios", "lengths", "kpis"):
        page.locator(f"#tab-{tab}").click()
        expect(page.locator(f"#{tab}")).to_be_visible()
        _usable(page)
    page.locator("#tab-coverage").press("ArrowRight")


def test_a_redraft_tells_what_it_fixed(own: Site, tmp_path: Path) -> None:
    page = own.page()
    page.goto(_reviewed(own, ""))
    page.get_by_role("link", name="传新一稿").click()
    better = tmp_path / "改好.docx"
    better.write_bytes(sample(1))
    page.set_input_files("input[type=file]", better)
    page.wait_for_url("**/drafts/*")
    page.locator(".head .who a").first.click()
    page.get_by_text("与上一稿相比：改好").click()
    expect(page.locator("h1")).to_contain_text("改好")
    _usable(page)


def test_downloads(own: Site) -> None:
    page = own.page()
    page.goto(_reviewed(own, ""))
    page.get_by_text("下载", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="补正通知书").click()
    assert waiting.value.suggested_filename.endswith("补正通知书.docx")


def test_upload_review_confirm_letter_by_their_roles(site: Site) -> None:
    firm = site.page("firm")
    _drop(firm, "申报书.docx", sample())
    firm.wait_for_url("**/drafts/*")
    place = firm.url.removeprefix(site.place)
    bureau = site.page("bureau")
    bureau.goto(place)
    bureau.locator(".head .who a").first.click()
    for expert in ("expert", "second"):
        bureau.select_option("[name=expert]", label=expert)
        bureau.get_by_role("button", name="分配", exact=True).click()
        expect(bureau.locator(".plainlist b", has_text=expert)).to_be_visible()
    _usable(bureau)
    for login, verdict in (("expert", "confirm"), ("second", "overrule")):
        page = site.page(login)
        page.goto("/panel")
        _usable(page)
        page.locator("tbody th a").first.click()
        card = page.locator(".finding").first
        card.locator(f"[value={verdict}]").check()
        card.locator("[name=reason]").fill("附件已说明")
        card.get_by_role("button", name="保存").click()
        expect(card.locator(".judge.saved")).to_be_visible()
        page.locator("#tab-sheet").click()
        page.locator("[data-score]").first.fill("12")
        page.get_by_role("button", name="保存评分").click()
        expect(page.locator("#toast")).to_have_text("已保存")
        _usable(page)
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="签署我的意见").click()
        page.wait_for_load_state()
        expect(page.locator("#sheet .verdict")).to_contain_text("签署")
    bureau.goto(place.replace("/drafts/", "/drafts/"))
    bureau.locator(".head .who a").first.click()
    bureau.get_by_role("link", name="一致性与合议").click()
    expect(bureau.get_by_text("待合议").first).to_be_visible()
    expect(bureau.locator(".tiles")).to_contain_text("0.0%")
    _usable(bureau)


def test_batch_triage_assign(site: Site, tmp_path: Path) -> None:
    page = site.page("bureau")
    file = tmp_path / "第一批.zip"
    file.write_bytes(zipped(甲=sample(1), 乙=sample(4)))
    page.goto("/batches")
    _usable(page)
    page.set_input_files("input[type=file]", file)
    page.wait_for_url(re.compile(r"/batches/\w+$"))
    expect(page.locator(".stand")).to_have_count(2)
    expect(page.locator(".going-on")).to_have_count(0)
    _usable(page)
    page.locator("[data-all]").check()
    page.fill("[name=reason]", "通过验收的揭榜单位")
    page.get_by_role("button", name="标注", exact=True).click()
    expect(page.get_by_text("不占名额：通过验收的揭榜单位").first).to_be_visible()
    page.locator("[data-all]").check()
    page.select_option(".assign [name=expert]", label="chair")
    page.locator(".assign").get_by_role("button", name="分配").click()
    expect(page.locator("[data-assign] output")).to_contain_text("已分配 2 份")
    expert = site.page("chair")
    expert.goto("/panel")
    expect(expert.locator("tbody tr")).to_have_count(2)


@pytest.mark.parametrize(
    "place",
    [
        "/policy",
        "/policy?q=检测",
        "/scenarios/24",
        "/rules?q=SC",
        "/match?entries=生产作业-在线检测",
        "/admin/users",
        "/admin/audit",
        "/account",
        "/declarations",
        "/nowhere",
    ],
)
def test_pages_for_administrators_are_usable(site: Site, place: str) -> None:
    page = site.page("admin")
    page.goto(place)
    _usable(page)


def test_on_a_phone(site: Site) -> None:
    place = _reviewed(site, "firm")
    page = site.page("firm", phone=True)
    for path in ("/", "/declarations", place, "/policy"):
        page.goto(path)
        _usable(page)
    page.goto(place)
    page.locator(".finding .go").first.click()
    expect(page.locator(".left")).to_be_visible()
    expect(page.locator(".right")).to_be_hidden()


def test_a_wrong_password_is_told(site: Site) -> None:
    page = site.page()
    page.goto("/login")
    _usable(page)
    page.fill("[name=login]", "firm")
    page.fill("[name=password]", "wrong password")
    page.click("button[type=submit]")
    expect(page.get_by_role("alert")).to_contain_text("密码不对")


def _reviewed(site: Site, login: str) -> str:
    """The page of a reviewed sample."""
    from api.accounts import LOCAL_USER

    made = site.bench.upload(login or LOCAL_USER)
    client = site.bench.as_(login or LOCAL_USER)
    with client.stream("GET", made["events"]) as stream:
        assert any('"done"' in line for line in stream.iter_lines())
    return f"/drafts/{made['draft']}"
