"""Small Word packages made by hand, for the tests of the reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from reviewer.limits import Limits
from reviewer.model.document import Block, Document, Paragraph, Table
from reviewer.parsing import read

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

TYPES = (
    f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)


def relationships(*items: tuple[str, str, str]) -> str:
    """A .rels part of (id, kind, target)."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for key, kind, target in items
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


ROOT_RELS = relationships(("rId1", "officeDocument", "word/document.xml"))


def root(tag: str, content: str, attributes: str = "") -> str:
    """A part whose root is ``w:tag``."""
    return f"{DECLARATION}<w:{tag} {XMLNS} {attributes}>{content}</w:{tag}>"


def document(body: str) -> str:
    """The main part."""
    return root("document", f"<w:body>{body}</w:body>")


def parts(
    body: str = "",
    *,
    styles: str | None = None,
    numbering: str | None = None,
    rels: tuple[tuple[str, str, str], ...] = (),
    **more: str,
) -> dict[str, str | bytes]:
    """The parts of a package. more: further parts of the word folder by name without ".xml"."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELS,
        "word/document.xml": document(body),
    }
    links = list(rels)
    for kind, content in (("styles", styles), ("numbering", numbering)):
        if content is not None:
            found[f"word/{kind}.xml"] = root(kind, content)
            links.append((f"rId_{kind}", kind, f"{kind}.xml"))
    for name, content in more.items():
        found[f"word/{name}.xml"] = content
        if name in ("footnotes", "endnotes"):
            links.append((f"rId_{name}", name, f"{name}.xml"))
    if links:
        found["word/_rels/document.xml.rels"] = relationships(*links)
    return found


def pack(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: str = "", **more: object) -> bytes:
    """A Word file with this body; the rest as in ``parts``."""
    return pack(parts(body, **more))  # type: ignore[arg-type]


def read_body(body: str, limits: Limits | None = None, **more: object) -> Document:
    """The Document of a Word file with this body."""
    return read(docx(body, **more), "测试.docx", limits)


def texts(found: Document) -> list[str]:
    """The texts of the top-level paragraphs."""
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]


def only(found: Document) -> Paragraph:
    """The only block, a paragraph."""
    (block,) = found.blocks
    assert isinstance(block, Paragraph)
    return block


def table(found: Document) -> Table:
    """The first top-level table."""
    return next(block for block in found.blocks if isinstance(block, Table))


def grid(found: Table) -> list[tuple[int, int, int, int, str]]:
    """(row, col, rowspan, colspan, text) of every cell."""
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in found.cells]


def every(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks, those in cells included."""
    for block in blocks:
        yield block
        if isinstance(block, Table):
            for cell in block.cells:
                yield from every(cell.blocks)


# Pieces of markup


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """A run: of text, or of markup where ``content`` begins with "<"."""
    inner = content if content.startswith("<") else t(content)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def p(content: str = "", properties: str = "") -> str:
    """A paragraph: of text, or of markup where ``content`` begins with "<"."""
    inner = content if content.startswith("<") or not content else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def styled(style: str, content: str) -> str:
    return p(content, f'<w:pStyle w:val="{style}"/>')


def numbered(num: int, level: int, content: str) -> str:
    return p(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def tc(content: str = "", properties: str = "") -> str:
    inner = content if content.startswith("<w:") else p(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inner = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{inner}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(instruction: str, result: str = "", begin: str = "") -> str:
    """A complex field; result: runs, "" for a field without stored result."""
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>{separate}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def style(
    key: str, name: str, content: str = "", *, kind: str = "paragraph", attributes: str = ""
) -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}" {attributes}>'
        f'<w:name w:val="{name}"/>{content}</w:style>'
    )


def textbox(content: str) -> str:
    """A DrawingML text box in a run."""
    return (
        '<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="文本框 1"/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def vml_textbox(content: str) -> str:
    """A VML text box in a run."""
    return (
        "<w:r><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
