"""The Word file against the stamped PDF: what they say differently, OCR's noise apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.model.declaration import Declaration, Field, Text
from reviewer.model.folding import bare
from reviewer.rules import keys
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, rule

# What OCR and the eye take for one another.
_ALIKE = str.maketrans("OQDILZSB己已日口入末土千", "00011258巳巳曰囗人未士干")
_NUMBER = re.compile(
    r"(?m)^\s*(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,2}\s*[.．、)）](?!\d)|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．])"
)
_DIGIT = re.compile(r"\d")
_CONTEXT = 10  # characters shown on both sides of a difference
_LONG = 40  # beyond so many characters only the place of the difference is shown
_NOISE_SHARE = 0.02  # of a scanned text's characters may be misread, one at least


class _Difference(NamedTuple):
    """Both readings at the first difference, and how many there are."""

    word: str
    pdf: str
    places: int


@rule(
    "CO004",
    "word-pdf-mismatch",
    "{what}：Word 为“{word}”，盖章 PDF 为“{pdf}”{more}。",
    "请确认以哪一份为准，改正后重新生成并盖章。",
)
def word_pdf_mismatch(context: Context) -> Iterator[Hit]:
    """盖章 PDF 与 Word 内容不一致

    通知要求同时上传盖章的 PDF 和可编辑的 Word，两份应为同一内容。
    逐项比对字段、各部分文字、场景和指标；扫描识别的噪声不算差异。

    错误示例：
        Word 中“建设总投资”为 8600，PDF 中为 8900
    正确示例：
        两份文件均为 8600
    """
    stamped = context.stamped
    if stamped is None:
        return
    scanned = stamped.kind == "scan"
    for subject, what, word, pdf in _pairs(context.declaration, stamped):
        found = _difference(word.text, pdf.text, scanned=scanned)
        if found is None:
            continue
        more = f"，共 {found.places} 处不同" if found.places > 1 else ""
        values = {
            "what": what,
            "word": found.word or "（空）",
            "pdf": found.pdf or "（空）",
            "more": more,
        }
        yield Hit(subject, word, values, doubtful=scanned and pdf.doubt > 0)


def _pairs(word: Declaration, pdf: Declaration) -> Iterator[tuple[str, str, Text, Text]]:
    """Subject, its name, and both texts of everything that both can say."""
    yield from _fields(word, pdf)
    listed = {entry.at: entry.text for entry in pdf.entries}
    for entry in word.entries:
        yield entry.at, f"场景“{entry.raw}”", entry.text, listed.pop(entry.at, Text())
    for at, text in listed.items():
        yield at, "PDF 中多出的场景", Text(), text
    yield from _kpis(word, pdf)
    for section in word.sections.values():
        other = pdf.sections.get(section.id)
        yield (
            f"section:{section.id}",
            f"“{section.id}”的文字",
            section.text,
            other.text if other else Text(),
        )
    yield from _blocks(word, pdf)


def _fields(word: Declaration, pdf: Declaration) -> Iterator[tuple[str, str, Text, Text]]:
    lists = (keys.MAIN_LIST, keys.AI_LIST)  # their lines are entries, compared below
    for key, item in word.fields.items():
        if key not in lists and key not in word.sections:
            other = pdf.fields.get(key)
            yield f"field:{key}", f"“{key}”", _said(item), _said(other) if other else Text()


def _said(item: Field) -> Text:
    """What a field says: its values, with the place and doubt of the cell."""
    return Text("、".join(item.values), item.text.spans, item.text.doubt)


def _kpis(word: Declaration, pdf: Declaration) -> Iterator[tuple[str, str, Text, Text]]:
    rows = {bare(row.name or row.label): row for row in pdf.kpis}
    for row in word.kpis:
        name = row.name or row.label
        other = rows.get(bare(name))
        for what, mine, its in (
            ("建设前", row.before, other.before if other else Text()),
            ("建成后", row.after, other.after if other else Text()),
        ):
            yield f"kpi:{name}", f"指标“{name}”{what}", mine, its


def _blocks(word: Declaration, pdf: Declaration) -> Iterator[tuple[str, str, Text, Text]]:
    others = {block.at: block for block in pdf.blocks}
    for block in word.blocks:
        other = others.get(block.at)
        where = f"“{block.entry.raw}”"
        if other is None:
            yield block.at, f"场景描述{where}", block.entry.text, Text()
            continue
        yield block.at, f"场景标题{where}", block.entry.text, other.entry.text
        yield block.at, f"{where}的起止日期", block.period, other.period
        yield block.at, f"{where}的总投资", block.invest, other.invest
        for part, text in block.parts.items():
            yield f"{block.at}/{part}", f"{where}的文字", text, other.parts.get(part, Text())


def _difference(word: str, pdf: str, *, scanned: bool) -> _Difference | None:
    """Where two texts differ in what they say; None where they do not."""
    mine, its = _plain(word, scanned=scanned), _plain(pdf, scanned=scanned)
    if mine == its:
        return None
    if not mine or not its:
        return _Difference(_shown(word), _shown(pdf), 1)
    edits = [edit for edit in _edits(mine, its) if not _is_number(edit, its)]
    if not edits or (scanned and _is_noise(edits, mine, its)):
        return None
    if max(len(word), len(pdf)) <= _LONG:
        return _Difference(word.strip(), pdf.strip(), len(edits))
    first = edits[0]
    return _Difference(
        _around(mine, first[0], first[1]), _around(its, first[2], first[3]), len(edits)
    )


_Edit = tuple[int, int, int, int]


def _edits(mine: str, its: str) -> list[_Edit]:
    """Stretches [a, b) of one and [c, d) of the other that differ."""
    from rapidfuzz.distance import Levenshtein

    codes = Levenshtein.opcodes(mine, its)
    found: list[_Edit] = []
    for code in codes:
        if code.tag == "equal":
            continue
        if found and found[-1][1] == code.src_start and found[-1][3] == code.dest_start:
            found[-1] = (found[-1][0], code.src_end, found[-1][2], code.dest_end)
        else:
            found.append((code.src_start, code.src_end, code.dest_start, code.dest_end))
    return found


def _is_number(edit: _Edit, its: str) -> bool:
    """An automatic number is no text in Word, but text in a PDF."""
    start, end = edit[2], edit[3]
    return edit[0] == edit[1] and end - start <= 2 and start == 0 and its[start:end].isdigit()


def _is_noise(edits: list[_Edit], mine: str, its: str) -> bool:
    """Whether OCR may have misread that much; it hardly ever misreads a digit."""
    changed = 0
    for a, b, c, d in edits:
        one, two = mine[a:b], its[c:d]
        if _DIGIT.search(one) or _DIGIT.search(two):
            return False
        changed += max(b - a, d - c)
    return changed <= max(1, round(_NOISE_SHARE * len(mine)))


def _plain(text: str, *, scanned: bool) -> str:
    plain = bare(_NUMBER.sub("", text))
    return plain.translate(_ALIKE) if scanned else plain


def _around(text: str, start: int, end: int) -> str:
    head, tail = max(0, start - _CONTEXT), min(len(text), max(end, start + 1) + _CONTEXT)
    middle = text[head:tail] if tail - head <= 3 * _LONG else text[head : head + 3 * _LONG] + "…"
    return ("…" if head else "") + middle + ("…" if tail < len(text) else "")


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else line[:_LONG] + "…"
