"""Small PDFs written by hand, good and hostile."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def pdf(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A file of these objects, numbered from 1."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, root, start,
    )  # fmt: skip
    return bytes(out)


def stream(content: bytes, words: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, words = zlib.compress(content, 9), words + b" /Filter /FlateDecode"
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), words, content)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(
    content: bytes, *, box: str = "0 0 595 842", resources: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """A file of one page. Objects: 1 catalog, 2 pages, 3 page, 4 content, 5 Helvetica as /F, then more."""
    return pdf(
        [
            CATALOG,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R "
            b"/Resources << /Font << /F 5 0 R >> %b >> >>" % (box.encode(), resources),
            stream(content),
            FONT,
            *more,
        ]
    )


def text(words: str, x: float = 72, y: float = 700, size: float = 12) -> bytes:
    """Operators that show a line of Latin text."""
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n".encode()


def rules(xs: Sequence[float], ys: Sequence[float]) -> bytes:
    """Operators that draw a full grid."""
    across = "".join(f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys)
    down = "".join(f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs)
    return (across + down).encode()


def pages(contents: Sequence[bytes]) -> bytes:
    """A file of several A4 pages with Helvetica as /F."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * k) for k in range(count))
    objects = [CATALOG, b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count), FONT]
    for k, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * k)
        )
        objects.append(stream(content))
    return pdf(objects)


def many_pages(count: int) -> bytes:
    """As many pages as asked, all the same object."""
    kids = b"3 0 R " * count
    return pdf(
        [
            CATALOG,
            b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def cyclic() -> bytes:
    """A page tree that contains itself."""
    return pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"])


def fan_out(depth: int = 12, width: int = 12) -> bytes:
    """Forms that show forms that show forms: a few kilobytes, width ** depth texts."""
    names = b" ".join(b"/X%d 6 0 R" % k for k in range(width))
    shown = b" ".join(b"/X%d Do" % k for k in range(width))
    forms = []
    for level in range(depth):
        last = level == depth - 1
        inner = b"/F 5 0 R" if last else b""
        kids = b" ".join(b"/X%d %d 0 R" % (k, 7 + level) for k in range(width))
        resources = b"<< /Font << %b >> /XObject << %b >> >>" % (inner, b"" if last else kids)
        words = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources " + resources
        forms.append(stream(text("bomb") if last else shown, words))
    return page(shown, resources=b"/XObject << %b >>" % names, more=forms)


def picture_page(width: int = 400, height: int = 500) -> bytes:
    """A page of nothing but a white picture."""
    words = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % (
        width, height,
    )  # fmt: skip
    image = stream(b"\xff" * (width * height), words, packed=True)
    return page(b"q 595 0 0 842 0 0 cm /I Do Q", resources=b"/XObject << /I 6 0 R >>", more=[image])


def with_unicode(codes: Sequence[int]) -> bytes:
    """A line of text in a font that tells which characters (code points) its glyphs 1, 2 … are."""
    pairs = b"".join(
        b"<%04X> <%b>\n" % (k, chr(code).encode("utf-16-be").hex().encode())
        for k, code in enumerate(codes, 1)
    )
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%d beginbfchar\n%bendbfchar endcmap end end" % (len(codes), pairs)
    )
    return without_unicode(len(codes), stream(table))


def without_unicode(count: int = 300, table: bytes = b"") -> bytes:
    """Text in a font that does not tell which characters its glyphs are, but for a ``table``."""
    words = b"/ToUnicode 9 0 R" if table else b""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Lost /Encoding /Identity-H "
        b"/DescendantFonts [7 0 R] %b >>" % words
    )
    inner = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lost /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R >>"
    )
    about = (
        b"<< /Type /FontDescriptor /FontName /Lost /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200 "
        b"/CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 800] >>"
    )
    codes = b"".join(b"%04X" % (1 + k) for k in range(count))
    content = b"BT /L 12 Tf 72 700 Td <%b> Tj ET" % codes
    return pdf(
        [
            CATALOG,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /L 6 0 R >> >> >>",
            stream(content),
            FONT,
            font,
            inner,
            about,
            *([table] if table else []),
        ]
    )
