"""The zip: parts, content types and relationships, also in the odd forms that some editors write."""

from __future__ import annotations

import io
import zipfile

from . import shells
from .context import Context
from .drawing import png
from .xmlkit import Element, xml_bytes

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OPC = "application/vnd.openxmlformats-package"
_STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
    b"http://schemas.openxmlformats.org/drawingml/2006/picture": b"http://purl.oclc.org/ooxml/drawingml/picture",
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _word_parts(ctx: Context, document: Element) -> dict[str, tuple[Element, str, str, str]]:
    """Part name → (root, content type, relationship id, relationship type)."""
    parts = {
        "styles.xml": (shells.styles(ctx), "styles", "rId1", "styles"),
        "settings.xml": (shells.settings(ctx), "settings", "rId2", "settings"),
        "numbering.xml": (ctx.numbering.part(), "numbering", "rId3", "numbering"),
    }
    if ctx.opt.header:
        parts["header1.xml"] = (shells.header(ctx), "header", "rIdH", "header")
        parts["footer1.xml"] = (shells.footer(), "footer", "rIdF", "footer")
    if ctx.comments:
        from .xmlkit import add, el

        parts["comments.xml"] = (
            add(el("w:comments"), ctx.comments),
            "comments",
            "rIdC",
            "comments",
        )
    if ctx.footnotes:
        parts["footnotes.xml"] = (shells.footnotes(ctx), "footnotes", "rIdN", "footnotes")
    return parts


def _relationships(entries: list[tuple[str, str, str, bool]]) -> bytes:
    """A .rels part; entries are id, type, target, external."""
    lines = []
    for key, kind, target, outside in entries:
        mode = ' TargetMode="External"' if outside else ""
        lines.append(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/>')
    return f'{_DECLARATION}<Relationships xmlns="{_RELS}">{"".join(lines)}</Relationships>'.encode()


def _types(overrides: list[tuple[str, str]]) -> bytes:
    lines = [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides]
    defaults = (
        f'<Default Extension="rels" ContentType="{_OPC}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    )
    return f'{_DECLARATION}<Types xmlns="{_TYPES}">{defaults}{"".join(lines)}</Types>'.encode()


def _members(ctx: Context, document: Element) -> dict[str, bytes]:
    kind = ctx.opt.package
    folder = "Word" if kind == "case" else "word"
    main = f"{folder}/document2.xml" if kind == "document2" else f"{folder}/document.xml"
    parts = _word_parts(ctx, document)
    members = {main: xml_bytes(document)}
    overrides = [(main, f"{_WML}.document.main+xml")]
    links = [
        (key, f"{_REL}/{rel}", f"/{folder}/{name}" if kind == "absolute" else name, False)
        for name, (_, _, key, rel) in parts.items()
    ]
    links += [(key, f"{_REL}/hyperlink", target, True) for target, key in ctx.links.items()]
    for name, (root, content, _, _) in parts.items():
        members[f"{folder}/{name}"] = xml_bytes(root)
        overrides.append((f"{folder}/{name}", f"{_WML}.{content}+xml"))
    if ctx.pictures:
        members[f"{folder}/media/image1.png"] = png()
        links.append(("rIdP", f"{_REL}/image", "media/image1.png", False))
    base = main.rsplit("/", 1)[1]
    members[f"{folder}/_rels/{base}.rels"] = _relationships(links)
    members |= {"docProps/app.xml": shells.app_xml(ctx), "docProps/core.xml": shells.core_xml()}
    overrides.append(
        (
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        )
    )
    overrides.append(("docProps/core.xml", f"{_OPC}.core-properties+xml"))
    root_links = [
        (
            "rId1",
            f"{_REL}/officeDocument",
            f"/{main}" if kind == "absolute" else main.replace("Word/", "word/"),
            False,
        ),
        ("rId2", f"{_REL}/extended-properties", "docProps/app.xml", False),
        (
            "rId3",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
            False,
        ),
    ]
    if ctx.opt.producer == "wps":
        members["docProps/custom.xml"] = shells.custom_xml()
        overrides.append(
            (
                "docProps/custom.xml",
                "application/vnd.openxmlformats-officedocument.custom-properties+xml",
            )
        )
        root_links.append(("rId4", f"{_REL}/custom-properties", "docProps/custom.xml", False))
    members["_rels/.rels"] = _relationships(root_links)
    return {"[Content_Types].xml": _types(overrides)} | members


def _strict(content: bytes) -> bytes:
    for old, new in _STRICT.items():
        content = content.replace(old, new)
    return content


def assemble(ctx: Context, document: Element) -> bytes:
    """The whole package; zip times are fixed so that equal input gives equal bytes."""
    members = _members(ctx, document)
    if ctx.opt.strict:
        members = {
            name: _strict(data) if name.endswith((".xml", ".rels")) else data
            for name, data in members.items()
        }
    if ctx.opt.package == "bom":
        members = {
            name: b"\xef\xbb\xbf" + data
            if name.startswith("word/") and name.endswith(".xml")
            else data
            for name, data in members.items()
        }
    names = list(members)
    if ctx.opt.producer == "wps":  # WPS writes the content types near the end and adds folders
        names = [*names[1:], names[0]]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, (2026, 4, 1, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name])
    return out.getvalue()
