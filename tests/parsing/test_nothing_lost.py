"""Property: every visible character of the XML is in the Document, once, and no other is."""

from __future__ import annotations

from collections import Counter
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.model.document import Block, Document, Paragraph, Table
from tests.parsing.package import (
    document,
    p,
    r,
    read_body,
    root,
    sdt,
    tbl,
    tc,
    textbox,
    tr,
    vml_textbox,
)
from tests.parsing.visible import shown

# A node is (kind, children); texts are given their characters when the tree is rendered.
Node = tuple[str, tuple["Node", ...]]

LEAVES = ("run", "bold", "hidden", "tab", "break", "split", "footnote", "endnote", "formula")
WRAPPERS = ("ins", "del", "moveTo", "moveFrom", "hyperlink", "smartTag", "customXml", "sdt", "field",
            "simple", "box", "vml", "both", "unknown")  # fmt: skip
BLOCKS = ("para", "para", "para", "joined", "sdt", "customXml", "table", "alternate", "ins")


def nodes(
    kinds: tuple[str, ...], inner: st.SearchStrategy[Node], most: int = 3
) -> st.SearchStrategy[Node]:
    return st.tuples(st.sampled_from(kinds), st.lists(inner, max_size=most).map(tuple))


leaf = st.tuples(st.sampled_from(LEAVES), st.just(()))
inline = st.recursive(leaf, lambda inner: nodes(WRAPPERS, inner), max_leaves=6)
paragraph = nodes(("para", "joined"), inline)
block = st.recursive(paragraph, lambda inner: nodes(BLOCKS, inner), max_leaves=8)


class Renderer:
    """Renders trees to markup; every piece of text is two characters that no other has."""

    def __init__(self) -> None:
        self._next = count(0x4E00)
        self.notes: dict[tuple[str, str], str] = {}

    def text(self) -> str:
        return chr(next(self._next)) + chr(next(self._next))

    def inline(self, node: Node) -> str:
        kind, children = node
        if kind in LEAVES:
            return self.leaf(kind)
        if kind in ("box", "vml", "both"):
            return self.box(kind, self.blocks(children))
        inner = "".join(map(self.inline, children))
        if kind == "sdt":
            return sdt(inner)
        if kind == "field":
            begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>'
                                    for k in ("begin", "separate", "end"))  # fmt: skip
            code = f"<w:r><w:instrText>{self.text()}</w:instrText></w:r>{r(self.text())}"
            return begin + code + separate + inner + end
        if kind == "simple":
            return f'<w:fldSimple w:instr="{self.text()}">{inner}</w:fldSimple>'
        if kind in ("para", "joined"):
            return inner
        return f"<w:{kind}>{inner}</w:{kind}>"

    def leaf(self, kind: str) -> str:
        if kind in ("tab", "break"):
            return f"<w:r><w:{'tab' if kind == 'tab' else 'br'}/></w:r>"
        if kind in ("footnote", "endnote"):
            key = str(len(self.notes) + 2)
            self.notes[f"{kind}s", key] = self.text()
            return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'
        if kind == "formula":
            return f"<m:oMath><m:r><m:t>{self.text()}</m:t></m:r></m:oMath>"
        if kind == "split":
            return r(self.text()) + '<w:proofErr w:type="x"/>' + r(self.text())
        return r(self.text(), {"bold": "<w:b/>", "hidden": "<w:vanish/>"}.get(kind, ""))

    def box(self, kind: str, content: str) -> str:
        if kind == "box":
            return textbox(content)
        if kind == "vml":
            return vml_textbox(content)
        choice, fallback = textbox(content)[5:-6], vml_textbox(content)[5:-6]
        return (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
        )

    def blocks(self, children: tuple[Node, ...]) -> str:
        return "".join(map(self.block, children))

    def block(self, node: Node) -> str:
        kind, children = node
        if kind in LEAVES or (kind in WRAPPERS and kind not in BLOCKS):
            return p(self.inline(node))
        if kind in ("para", "joined"):
            mark = "<w:rPr><w:del/></w:rPr>" if kind == "joined" else ""
            return p(
                "".join(self.inline(c) for c in children if c[0] not in ("table", "alternate")),
                mark,
            )
        if kind == "table":
            return self.table(children)
        inner = self.blocks(children)
        if kind == "sdt":
            return sdt(inner)
        if kind == "alternate":
            return (
                f"<mc:AlternateContent><mc:Choice>{inner}</mc:Choice>"
                "<mc:Fallback/></mc:AlternateContent>"
            )
        return f"<w:{kind}>{inner}</w:{kind}>"

    def table(self, children: tuple[Node, ...]) -> str:
        properties = ("", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>")
        cells = [tc(self.block(c) + p(), properties[i % 4]) for i, c in enumerate(children)]
        below = [tc(p(self.inline(("run", ()))), properties[-1 - i]) for i in range(len(children))]
        gone = tr(tc(p(r(self.text()))), properties="<w:del/>")
        return tbl(tr(*cells), gone, sdt(tr(*below)))


def characters(found: Document) -> str:
    """All characters of a Document without white space."""
    text = "".join(_characters((*found.blocks, *found.headers, *found.footers)))
    return "".join(text.split())


def _characters(blocks: tuple[Block, ...]) -> list[str]:
    pieces: list[str] = []
    for item in blocks:
        if isinstance(item, Paragraph):
            pieces += [item.text, *item.notes]
        elif isinstance(item, Table):
            for cell in item.cells:
                pieces += _characters(cell.blocks)
    return pieces


def places(found: Document) -> list[tuple[str, int]]:
    def walk(blocks: tuple[Block, ...]) -> list[tuple[str, int]]:
        seen = []
        for item in blocks:
            if isinstance(item, Paragraph):
                seen.append((item.text, item.place.paragraph))
            elif isinstance(item, Table):
                for cell in item.cells:
                    seen += walk(cell.blocks)
        return seen

    return walk(found.blocks)


@given(st.lists(block, max_size=5), st.lists(paragraph, max_size=2))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_visible_character_is_read_once(body, header):
    renderer = Renderer()
    section = '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>'
    markup = "".join(map(renderer.block, body))
    head = root("hdr", "".join(map(renderer.block, header)))
    more = {
        kind: root(
            kind,
            "".join(
                f'<w:{kind[:-1]} w:id="{key}">{p(text)}</w:{kind[:-1]}>'
                for (of, key), text in renderer.notes.items()
                if of == kind
            ),
        )
        for kind in ("footnotes", "endnotes")
    }
    found = read_body(
        markup + section, header1=head, rels=(("h", "header", "header1.xml"),), **more
    )
    expected = shown(document(markup), renderer.notes) + shown(head, renderer.notes)
    assert Counter(characters(found)) == Counter(expected)
    assert len({block.place.block for block in found.blocks}) == len(found.blocks)


flat = st.recursive(
    st.tuples(st.sampled_from(("run", "bold", "split", "tab", "hidden")), st.just(())),
    lambda inner: nodes(("ins", "del", "hyperlink", "sdt", "field", "unknown"), inner),
    max_leaves=6,
)


@given(st.lists(nodes(("para", "joined"), flat), max_size=6))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_reading_order_is_document_order(body):
    renderer = Renderer()
    markup = "".join(map(renderer.block, body))
    assert characters(read_body(markup)) == shown(document(markup), {})
