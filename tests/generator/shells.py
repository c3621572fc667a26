"""The parts around the body, as three producers write them: styles, settings, headers, properties."""

from __future__ import annotations

from .blocks import STYLE_IDS
from .context import Context
from .xmlkit import Element, add, el, text, val

_APPS = {
    "word": ("Microsoft Office Word", "16.0000"),
    "wps": ("WPS Office_11.1.0.11875_F1E327BC-269C-435d-A152-05C5408002CA", ""),
    "libreoffice": ("LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2", "15.0000"),
}
_SIZES = {1: 32, 2: 30, 3: 28, 4: 24}
_CUSTOM = {1: "申报书一级标题", 2: "申报书二级标题", 3: "申报书三级标题", 4: "申报书四级标题"}


def section_properties(ctx: Context, *, header: bool, landscape: bool = False) -> Element:
    """A ``w:sectPr`` for A4; the page header and footer only where wanted."""
    made = el("w:sectPr")
    if header and ctx.opt.header:
        made.append(el("w:headerReference", {"w:type": "default", "r:id": "rIdH"}))
        made.append(el("w:footerReference", {"w:type": "default", "r:id": "rIdF"}))
    wide, high = ("16838", "11906") if landscape else ("11906", "16838")
    size = {"w:w": wide, "w:h": high}
    made.append(el("w:pgSz", size | ({"w:orient": "landscape"} if landscape else {})))
    sides = dict.fromkeys(("w:top", "w:right", "w:bottom", "w:left"), "1418")
    made.append(el("w:pgMar", sides | {"w:header": "850", "w:footer": "992", "w:gutter": "0"}))
    return made


def _style(
    key: str,
    name: str,
    *,
    kind: str = "paragraph",
    default: bool = False,
    based: str = "",
    size: int = 0,
    outline: int = -1,
) -> Element:
    attrs = {"w:type": kind, "w:styleId": key} | ({"w:default": "1"} if default else {})
    made = el("w:style", attrs, val("w:name", name))
    if based:
        made.append(val("w:basedOn", based))
    if outline >= 0:
        made.append(el("w:pPr", None, el("w:keepNext"), val("w:outlineLvl", outline)))
    if size:
        fonts = el("w:rFonts", {"w:ascii": "黑体", "w:hAnsi": "黑体", "w:eastAsia": "黑体"})
        made.append(el("w:rPr", None, fonts, el("w:b"), val("w:sz", size), val("w:szCs", size)))
    return made


def _heading_styles(ctx: Context, normal: str) -> list[Element]:
    kind = ctx.opt.heading_style
    ids = STYLE_IDS[kind]
    if "1" not in ids:
        return []
    made = []
    for level in range(1, 5):
        if kind == "custom":
            hidden = _style(
                f"h{level}", f"heading {level}", based=normal, size=_SIZES[level], outline=level - 1
            )
            made += [
                hidden,
                _style(ids[str(level)], _CUSTOM[level], based=f"h{level}", outline=level - 1),
            ]
            made[-1].set(val("w:x", "").tag.replace("}x", "}customStyle"), "1")
        else:
            made.append(
                _style(
                    ids[str(level)],
                    f"heading {level}",
                    based=normal,
                    size=_SIZES[level],
                    outline=level - 1,
                )
            )
    return [*made, _style(ids["caption"], "caption", based=normal)]


def styles(ctx: Context) -> Element:
    """styles.xml with the ids that this producer gives."""
    normal = {"word": "a", "wps": "1", "libreoffice": "Normal"}[ctx.opt.producer]
    if ctx.opt.heading_style == "builtin":
        normal = "Normal"
    elif ctx.opt.heading_style == "wps":
        normal = "1"
    elif ctx.opt.heading_style == "cnword":
        normal = "a"
    fonts = el(
        "w:rFonts",
        {"w:ascii": "Times New Roman", "w:hAnsi": "Times New Roman", "w:eastAsia": "宋体"},
    )
    base = el(
        "w:docDefaults",
        None,
        el("w:rPrDefault", None, el("w:rPr", None, fonts, val("w:sz", 24), val("w:szCs", 24))),
    )
    toc = STYLE_IDS[ctx.opt.heading_style]["toc"]
    tocs = [_style(f"{toc}{level}", f"toc {level}", based=normal) for level in (1, 2, 3)]
    plain = _style(normal, "Normal", default=True)
    cells = _style("TableNormal", "Normal Table", kind="table", default=True)
    return add(el("w:styles"), [base, plain, cells, *_heading_styles(ctx, normal), *tocs])


def settings(ctx: Context) -> Element:
    """settings.xml."""
    made = el("w:settings", None, el("w:zoom", {"w:percent": "100"}))
    if ctx.opt.tracked:
        made.append(el("w:trackRevisions"))
    made.append(val("w:defaultTabStop", 420))
    return made


def header(ctx: Context) -> Element:
    """The page header: the firm's name."""
    words = el("w:r", None, text(f"{ctx.firm}智能工厂申报书"))
    return el("w:hdr", None, el("w:p", None, el("w:pPr", None, val("w:jc", "center")), words))


def footer() -> Element:
    """The page footer: — n —."""

    def piece(*children: Element) -> Element:
        return el("w:r", None, *children)

    number = el("w:fldSimple", {"w:instr": " PAGE "}, piece(text("1")))
    return el(
        "w:ftr",
        None,
        el(
            "w:p",
            None,
            el("w:pPr", None, val("w:jc", "center")),
            piece(text("— ")),
            number,
            piece(text(" —")),
        ),
    )


def footnotes(ctx: Context) -> Element:
    """footnotes.xml with the two separators Word wants."""
    made = el("w:footnotes")
    for key, kind, mark in (
        ("-1", "separator", "w:separator"),
        ("0", "continuationSeparator", "w:continuationSeparator"),
    ):
        made.append(
            el(
                "w:footnote",
                {"w:type": kind, "w:id": key},
                el("w:p", None, el("w:r", None, el(mark))),
            )
        )
    return add(made, ctx.footnotes)


def app_xml(ctx: Context) -> bytes:
    """docProps/app.xml, which names the producer."""
    name, version = _APPS[ctx.opt.producer]
    tail = f"<AppVersion>{version}</AppVersion>" if version else ""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{space}">'
        f"<Template>Normal.dotm</Template><Application>{name}</Application>{tail}</Properties>"
    ).encode()


def custom_xml() -> bytes:
    """docProps/custom.xml with WPS's build number."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{space}" xmlns:vt="{types}">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
        "<vt:lpwstr>2052-11.1.0.11875</vt:lpwstr></property></Properties>"
    ).encode()


def core_xml() -> bytes:
    """docProps/core.xml."""
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Administrator</dc:creator></cp:coreProperties>'
    )
