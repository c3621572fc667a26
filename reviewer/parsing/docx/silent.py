"""Elements that show nothing on paper, with all that is in them."""

from reviewer.parsing.docx.names import DEL, MOVE_FROM, TBL_PR, TC_PR, TR_PR, M, W

# Children of paragraphs, runs and wrappers inside them.
SILENT_INLINE = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "del", "moveFrom", "proofErr", "bookmarkStart", "bookmarkEnd", "sdtPr",
        "sdtEndPr", "customXmlPr", "smartTagPr", "commentRangeStart", "commentRangeEnd", "permStart",
        "permEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "fldData",
        "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "subDoc", "dirPr", "bdoPr",
        "delText", "delInstrText", "lastRenderedPageBreak", "softHyphen", "annotationRef",
        "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentReference",
        "pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong",
    )
) | {M + "oMathParaPr"}  # fmt: skip

# Children of bodies, cells, tables and rows.
SILENT_BLOCK = frozenset({
    DEL, MOVE_FROM, TBL_PR, TR_PR, TC_PR, W + "tblGrid", W + "tblPrEx", W + "sectPr", W + "sdtPr",
    W + "sdtEndPr", W + "bookmarkStart", W + "bookmarkEnd", W + "proofErr", W + "customXmlPr",
    W + "smartTagPr",
})  # fmt: skip
