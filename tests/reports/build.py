"""Reviews made by hand, and comment ranges read back apart from the code that writes them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterable

from lxml import etree

from reviewer.model.declaration import Span
from reviewer.model.document import Document, paragraphs
from reviewer.model.review import (
    DocumentInfo,
    Finding,
    Location,
    Review,
    Summary,
    Tool,
    finding_id,
)
from reviewer.policy.load import load

POLICY = load("hebei-2026")
BOXES = "□☐☑☒■√✔✓✗✘×●○◉◻◼▢"
WORDS = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
         "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip


def review(document: Document, findings: Iterable[Finding]) -> Review:
    """A review with these findings and nothing else."""
    found = tuple(findings)
    return Review(
        schema_version="1.0",
        tool=Tool("reviewer", "0", POLICY.id, POLICY.version, "none"),
        document=DocumentInfo(document.name, document.sha256, document.kind, document.pages),
        tier="advanced",
        fields={},
        sections={},
        scenarios=(),
        kpis=(),
        coverage={},
        findings=found,
        summary=Summary(len(found), 0, 0),
    )


def finding(quote: str, spans: tuple[Span, ...], subject: str = "section:2.1") -> Finding:
    place = spans[0].place if spans else None
    return Finding(
        rule="template-residue",
        code="ST002",
        severity="error",
        subject=subject,
        message=f"这里写着“{quote[:20]}”。",
        suggestion="请改掉。",
        basis="附件5",
        location=Location(None, place.block if place else None, quote[:80], spans),
        id=finding_id("template-residue", subject, quote),
    )


def sampled(document: Document, seed: int, share: float = 0.3) -> list[Finding]:
    """A finding on a random stretch of a share of all paragraphs, some of them twice."""
    rng = random.Random(seed)
    found = []
    for paragraph in paragraphs(document.blocks):
        text = paragraph.text
        if not text.strip() or rng.random() > share:
            continue
        for _ in range(rng.choice((1, 1, 2))):
            start = rng.randrange(len(text))
            end = rng.randint(start + 1, len(text))
            found.append(finding(text[start:end], (Span(paragraph.place, start, end),)))
    return found


def main_part(data: bytes) -> str:
    """The name of the body, wherever the package puts it."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return next(n for n in archive.namelist() if b":document " in archive.read(n)[:4000])


def ranges(data: bytes) -> dict[int, str]:
    """Comment id → the text of the body between its marks, tracked deletions left out."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(main_part(data)))
    w = "{" + next(ns for ns in WORDS if ns == etree.QName(root).namespace) + "}"
    opened: dict[int, list[str]] = {}
    closed: dict[int, str] = {}
    skipped = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node.tag in (f"{w}del", f"{w}moveFrom"):
            skipped += 1 if event == "start" else -1
        if event != "start" or skipped:
            continue
        if node.tag == f"{w}commentRangeStart":
            opened[int(node.get(f"{w}id"))] = []
        elif node.tag == f"{w}commentRangeEnd":
            number = int(node.get(f"{w}id"))
            closed[number] = "".join(opened.pop(number))
        elif node.tag == f"{w}t":
            for pieces in opened.values():
                pieces.append(node.text or "")
        elif node.tag in (f"{w}br", f"{w}cr"):
            for pieces in opened.values():
                pieces.append("\n")
        elif node.tag == f"{w}noBreakHyphen":
            for pieces in opened.values():
                pieces.append("-")
        elif node.tag == f"{w}tab" and node.getparent().tag == f"{w}r":
            for pieces in opened.values():
                pieces.append("\t")
    assert not opened
    return closed


def comments(data: bytes, author: str = "申报书审阅") -> dict[int, str]:
    """Comment id → its words, of the comments by ``author``, in the order of the part."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    name = next(n for n in archive.namelist() if re.search(r"(^|/)comments\d*\.xml$", n))
    root = etree.fromstring(archive.read(name))
    w = "{" + etree.QName(root).namespace + "}"
    return {
        int(item.get(f"{w}id")): "".join(t.text or "" for t in item.iter(f"{w}t"))
        for item in root
        if item.get(f"{w}author") == author
    }


def plain(text: str) -> str:
    """``text`` without what fonts, fields and controls draw (boxes) and without white space."""
    return "".join(c for c in text if not c.isspace() and c.isprintable() and c not in BOXES)
