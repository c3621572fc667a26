"""The generator itself: files that open, texts that arrive whole, answers that follow from the seeds."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import docx
import pytest
from lxml import etree

from tests.generator import LAYOUTS, render_docx, seed_defects
from tests.generator.defects import DEFECTS, NEAR_MISSES, seed_rule
from tests.generator.draft import PARTS
from tests.generator.htmlview import render_html
from tests.generator.minimal import minimal_declaration
from tests.generator.options import LAYOUTS as OPTIONS
from tests.generator.pdfs import to_doc, to_pdf
from tests.generator.registry import Seeder
from tests.generator.visible import squeezed, visible_text
from tests.generator.words import count, padded

MIXES = [("mix", seed) for seed in range(16)]
ALL = [*((layout, 0) for layout in LAYOUTS), *MIXES]
SEEDERS = [(rule, seeder) for rule, seeders in DEFECTS.items() for seeder in seeders]


@pytest.fixture(scope="module")
def clean() -> dict[str, Any]:
    return minimal_declaration()


def narratives(declaration: dict[str, Any]) -> list[str]:
    out = [
        declaration["company"]["企业简介"],
        declaration["factory"]["项目简述"],
        *declaration["s2"].values(),
    ]
    out += [declaration["s4"], declaration["s5"], declaration["s6"], *declaration["s7"].values()]
    for section in declaration["s3"].values():
        out.append(section["intro"])
        out += [scenario[part] for scenario in section["scenarios"] for part in PARTS]
    return [line for text in out for line in text.split("\n") if line]


@pytest.mark.parametrize(("layout", "seed"), ALL)
def test_every_layout_is_well_formed_and_whole(
    clean: dict[str, Any], layout: str, seed: int
) -> None:
    made = render_docx(clean, layout, seed)
    if layout != "strict":  # which python-docx cannot read
        assert docx.Document(io.BytesIO(made)).element.body is not None
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    seen = squeezed(visible_text(made))
    for line in narratives(clean):
        assert seen.count(squeezed(line)) >= 1, line
    for value in ("保定砺泉泵业有限公司", clean["company"]["统一社会信用代码"], "93.8%"):
        assert value in seen


def test_same_seed_gives_the_same_bytes(clean: dict[str, Any]) -> None:
    assert render_docx(clean, "mix", 7) == render_docx(clean, "mix", 7)
    assert render_docx(clean, "tracked", 1) != render_docx(clean, "tracked", 2)


def test_text_box_content_stands_once(clean: dict[str, Any]) -> None:
    seen = squeezed(visible_text(render_docx(clean, "textboxes", 0)))
    assert seen.count(clean["cover"]["项目名称"]) == 1


def test_unknown_layout_is_named(clean: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="unknown layout 'A'"):
        render_docx(clean, "A", 0)


def test_every_value_of_every_choice_occurs_in_some_layout() -> None:
    boxes = {options.boxes for options in OPTIONS.values()}
    assert len(boxes) >= 13
    assert {options.form for options in OPTIONS.values()} >= {
        "merged",
        "split",
        "split_label",
        "nested",
        "pairs",
        "paragraphs",
    }


def test_html_holds_every_narrative(clean: dict[str, Any]) -> None:
    page = squeezed(render_html(clean, 0))
    assert all(squeezed(line) in page for line in narratives(clean))


@pytest.mark.libreoffice
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_libreoffice_opens_every_layout(clean: dict[str, Any], layout: str) -> None:
    assert to_pdf(render_docx(clean, layout, 0)).startswith(b"%PDF")


@pytest.mark.libreoffice
def test_libreoffice_saves_a_binary_doc(clean: dict[str, Any]) -> None:
    assert to_doc(render_docx(clean, "template", 0)).startswith(b"\xd0\xcf\x11\xe0")


@pytest.mark.parametrize(
    ("rule", "seeder"), SEEDERS, ids=lambda item: getattr(item, "__name__", item)
)
def test_every_seeder_gives_its_rule(clean: dict[str, Any], rule: str, seeder: Seeder) -> None:
    tried = [seed_rule(clean, seeder, random.Random(seed)) for seed in range(3)]
    done = [made for made in tried if made is not None]
    if not done:
        pytest.skip("the minimal declaration gives this seeder nothing to work on")
    for made in done:
        assert rule in {finding["rule"] for finding in made["gold"]["findings"]}
    render_docx(done[0], "mix", 1)
    assert clean == minimal_declaration()


@pytest.mark.parametrize("seeder", NEAR_MISSES, ids=lambda seeder: seeder.__name__)
def test_near_misses_give_nothing(clean: dict[str, Any], seeder: Seeder) -> None:
    for seed in range(4):
        made = seed_rule(clean, seeder, random.Random(seed))
        assert made is None or made["gold"]["findings"] == []


@pytest.mark.parametrize("seed", range(20))
def test_many_defects_do_not_collide(clean: dict[str, Any], seed: int) -> None:
    made = seed_defects(clean, random.Random(seed), 10)
    found = [(finding["rule"], finding["subject"]) for finding in made["gold"]["findings"]]
    assert len(found) == len(set(found))
    assert len(made["gold"]["seeded"]) >= 10
    listed = {item["at"] for item in made["gold"]["scenarios"]}
    lines = [line for line in made["factory"]["场景清单"] if line != "……"]
    assert {f"list:main:{n}" for n in range(1, len(lines) + 1)} <= listed


def test_excellent_tier_needs_its_share_of_ai(clean: dict[str, Any]) -> None:
    better = minimal_declaration()
    better["tier"], better["company"]["成熟度等级"] = "卓越级", ["三级"]
    made = seed_rule(better, DEFECTS["ai-ratio-below-tier"][0], random.Random(0))
    assert made is not None
    found = {finding["rule"] for finding in made["gold"]["findings"]}
    assert found == {"ai-ratio-below-tier", "ai-ratio-mismatch"}
    assert made["gold"]["eligible"]["excellent"] is False


def test_a_declaration_with_findings_is_refused(clean: dict[str, Any]) -> None:
    spoilt = seed_defects(clean, random.Random(1), 3)
    with pytest.raises(ValueError, match="not clean"):
        seed_defects(spoilt, random.Random(1), 3)


def test_padding_is_exact() -> None:
    for wanted in range(1, 120):
        assert count(padded("智能", max(2, wanted), random.Random(wanted))) == max(2, wanted)
    assert count("使用 Adobe Photoshop 打开图片") == 8


def test_scan_is_images_with_a_red_seal_where_asked() -> None:
    import pypdfium2 as pdfium
    from PIL import Image

    from tests.generator.scan import scan

    page = io.BytesIO()
    Image.new("RGB", (620, 877), "white").save(page, "PDF", resolution=75)

    def red(**options: Any) -> int:
        made = pdfium.PdfDocument(scan(page.getvalue(), 75, 1, **options))
        assert made[0].get_textpage().get_text_bounded() == ""
        shown = made[0].render(scale=1).to_pil().convert("RGB").tobytes()
        return sum(
            r > 150 and g < 110 and b < 110 for r, g, b in zip(*[iter(shown)] * 3, strict=True)
        )

    assert red(seal=True) > 200
    assert red(seal=True, grey=True) == red(seal=False) == 0
