"""Names and texts of strangers come out inert: in pages, headers and answers."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from tests.api.bench import SAMPLES, Bench, sample
from tests.generator import render_docx

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
NAMES = [
    f"{EVIL}.docx",
    "../../../etc/passwd.docx",
    "C:\\Windows\\x.docx",
    "a\r\nSet-Cookie: x=1.docx",
    "\u202excod.exe.docx",
    "甲" * 400 + ".docx",
    "'; DROP TABLE drafts; --.docx",
]


class _Scripts(HTMLParser):
    """Collects what could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = dict(attrs)
        if tag == "script" and not (words.get("src") or "").startswith("/static/"):
            self.found.append(tag)
        self.found += [
            f"{tag} {name}" for name in words if name.startswith("on") or name == "style"
        ]
        if (words.get("href") or "").lower().startswith("javascript:"):
            self.found.append(f"{tag} href")


def _inert(page: str) -> bool:
    parser = _Scripts()
    parser.feed(page)
    return parser.found == []


@pytest.mark.parametrize("name", NAMES)
def test_names_are_inert(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3")
    files = {"file": (name, sample()[:5000])}
    answer = bench.as_("firm").post("/api/v1/declarations", files=files)
    assert answer.status_code == 201
    made = answer.json()
    bench.work()
    client = bench.as_("firm")
    for place in ("/", "/declarations", f"/drafts/{made['draft']}"):
        assert _inert(client.get(place).text)
    original = client.get(f"/api/v1/drafts/{made['draft']}/original")
    assert "set-cookie" not in original.headers
    assert original.headers["content-disposition"].startswith("attachment; filename=")
    kept = client.get(made["status"]).json()["name"]
    assert len(kept) <= 120 and "/" not in kept and "\\W" not in kept and kept.isprintable()
    bench.close()


def test_texts_are_inert(bench: Bench) -> None:
    (file,) = SAMPLES.glob("S04-*.json")
    declaration = msgspec.json.decode(file.read_bytes())
    for part in ("企业名称", "企业简介", "统一社会信用代码"):
        declaration["company"][part] = EVIL + str(declaration["company"][part])
    declaration["factory"]["工厂名称"] = EVIL
    declaration["factory"]["场景清单"][0] = f"生产作业-{EVIL}-甲"
    made = bench.reviewed(data=render_docx(declaration, "plain", 1))
    client = bench.as_("bureau")
    assert EVIL in json.dumps(
        client.get(f"/api/v1/drafts/{made['draft']}/review").json(), ensure_ascii=False
    ).replace('\\"', '"')
    places = ["/declarations", f"/drafts/{made['draft']}", f"/declarations/{made['declaration']}"]
    for place in places:
        page = client.get(place)
        assert page.status_code == 200 and _inert(page.text)


def test_search_words_are_inert(bench: Bench) -> None:
    client = bench.as_("admin")
    for place in ("/declarations?q=", "/policy?q=", "/rules?q=", "/match?entries=", "/login?next="):
        page = client.get(place + EVIL.replace("#", "%23"))
        assert page.status_code == 200 and _inert(page.text)
    assert client.get("/declarations?q=%00").status_code == 200
