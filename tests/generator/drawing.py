"""Pictures and text boxes, as Word 2010 and later write them: DrawingML with a VML fallback."""

from __future__ import annotations

import struct
import zlib

from .context import Context
from .inline import copies
from .xmlkit import Element, add, el

_EMU = 12700
_TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SHAPE_URI = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def png(width: int = 240, height: int = 90) -> bytes:
    """A small grey picture with a darker frame, made without any library."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            edge = (
                x < 2 or y < 2 or x >= width - 2 or y >= height - 2 or (x // 40 + y // 30) % 2 == 0
            )
            rows.append(150 if edge else 225)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(rows)))
        + chunk(b"IEND", b"")
    )


def _extent(width: int, height: int) -> dict[str, str]:
    return {"cx": str(width * _EMU), "cy": str(height * _EMU)}


def _transform(width: int, height: int) -> Element:
    return el(
        "a:xfrm", None, el("a:off", {"x": "0", "y": "0"}), el("a:ext", _extent(width, height))
    )


def _rectangle() -> Element:
    return el("a:prstGeom", {"prst": "rect"}, el("a:avLst"))


def picture(number: int, key: int) -> Element:
    """An inline drawing of the file's one picture (relationship ``rIdP``)."""
    fill = el(
        "pic:blipFill",
        None,
        el("a:blip", {"r:embed": "rIdP"}),
        el("a:stretch", None, el("a:fillRect")),
    )
    names = el(
        "pic:nvPicPr",
        None,
        el("pic:cNvPr", {"id": str(key), "name": f"图片 {number}"}),
        el("pic:cNvPicPr"),
    )
    shape = el(
        "pic:pic", None, names, fill, el("pic:spPr", None, _transform(300, 110), _rectangle())
    )
    data = el("a:graphic", None, el("a:graphicData", {"uri": _TABLE_URI}, shape))
    properties = el("wp:docPr", {"id": str(key), "name": f"图片 {number}", "descr": "系统架构图"})
    inline = el(
        "wp:inline",
        {"distT": "0", "distB": "0", "distL": "0", "distR": "0"},
        el("wp:extent", _extent(300, 110)),
        properties,
        data,
    )
    return el("w:drawing", None, inline)


def textbox(ctx: Context, blocks: list[Element], width: int, height: int) -> Element:
    """A run with a text box (in line with the text); sizes in points. Readers must take one of the two branches."""
    key = str(ctx.next_id())
    content = add(el("w:txbxContent"), blocks)
    properties = el("wps:spPr", None, _transform(width, height), _rectangle(), el("a:noFill"))
    shape = el(
        "wps:wsp",
        None,
        el("wps:cNvSpPr", {"txBox": "1"}),
        properties,
        el("wps:txbx", None, content),
        el("wps:bodyPr"),
    )
    data = el("a:graphic", None, el("a:graphicData", {"uri": _SHAPE_URI}, shape))
    names = el("wp:docPr", {"id": key, "name": f"文本框 {key}"})
    inline = el(
        "wp:inline",
        {"distT": "0", "distB": "0", "distL": "0", "distR": "0"},
        el("wp:extent", _extent(width, height)),
        names,
        data,
    )
    choice = el("mc:Choice", {"Requires": "wps"}, el("w:drawing", None, inline))
    again = add(el("w:txbxContent"), copies(blocks))
    style = f"width:{width}pt;height:{height}pt;mso-position-horizontal-relative:char"
    vml = el(
        "v:shape",
        {"id": f"_x0000_s{key}", "type": "#_x0000_t202", "style": style},
        el("v:textbox", None, again),
    )
    fallback = el("mc:Fallback", None, el("w:pict", None, vml))
    return el("w:r", None, el("mc:AlternateContent", None, choice, fallback))
