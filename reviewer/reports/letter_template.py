"""Makes the template of the 补正通知书, in the style of official documents (GB/T 9704).

``python -m reviewer.reports.letter_template [FILE]`` writes it anew; people edit it in Word.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reviewer.reports.letter import TEMPLATE

_BODY, _TITLE, _HEAD, _SUB = "仿宋", "宋体", "黑体", "楷体"
_SIZE = 16
_LINES = (
    ("title", "关于{{ tier }}智能工厂申报材料的补正通知书"),
    ("number", "〔{{ year }}〕　　号"),
    ("flush", "{{ unit }}："),
    ("body", "你单位报送的{% if factory %}“{{ factory }}”{% endif %}{{ tier }}智能工厂申报书收悉。经对照"
             "《{{ policy }}》审查，{% if errors or warnings %}申报材料"
             "{% if errors %}有 {{ errors }} 处需要补正{% endif %}{% if errors and warnings %}，另{% endif %}"
             "{% if warnings %}有 {{ warnings }} 处需要核实说明{% endif %}。请逐项修改，于　　年　　月　　日前"
             "将修改后的申报书（Word 版和盖章 PDF 版）重新报送。{% else %}没有发现需要补正的事项。{% endif %}"),
    ("tag", "{%p if mend %}"),
    ("head", "一、需要补正的事项"),
    ("tag", "{%p for part in mend %}"),
    ("sub", "{{ part.number }}{{ part.title }}"),
    ("tag", "{%p for item in part['items'] %}"),
    ("body", "{{ item.number }}．{{ item.place }}。{{ item.message }}{{ item.suggestion }}"
             "{% if item.basis %}（依据：{{ item.basis }}）{% endif %}"),
    ("tag", "{%p endfor %}"),
    ("tag", "{%p endfor %}"),
    ("tag", "{%p endif %}"),
    ("tag", "{%p if check %}"),
    ("head", "{% if mend %}二{% else %}一{% endif %}、需要核实说明的事项"),
    ("tag", "{%p for part in check %}"),
    ("sub", "{{ part.number }}{{ part.title }}"),
    ("tag", "{%p for item in part['items'] %}"),
    ("body", "{{ item.number }}．{{ item.place }}。{{ item.message }}{{ item.suggestion }}"
             "{% if item.basis %}（依据：{{ item.basis }}）{% endif %}"),
    ("tag", "{%p endfor %}"),
    ("tag", "{%p endfor %}"),
    ("tag", "{%p endif %}"),
    ("body", "特此通知。"),
    ("body", "联系人：　　　　　　联系电话："),
    ("gap", ""),
    ("sign", "{{ sender }}"),
    ("sign", "　　年　　月　　日"),
)  # fmt: skip


def build() -> Paper:
    """The template as a Word document."""
    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    for kind, text in _LINES:
        _line(paper, kind, text)
    return paper


def _line(paper: Paper, kind: str, text: str) -> None:
    paragraph = paper.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    font, size, bold = _BODY, _SIZE, False
    if kind == "title":
        font, size, bold = _TITLE, 22, True
        layout.line_spacing, layout.space_after = Pt(36), Pt(6)
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind == "number":
        layout.alignment, layout.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(22)
    elif kind == "sign":
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        layout.right_indent = Pt(2 * _SIZE)
    elif kind in ("body", "head", "sub"):
        layout.first_line_indent = Pt(2 * _SIZE)
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        font = {"head": _HEAD, "sub": _SUB}.get(kind, _BODY)
        layout.keep_with_next = kind != "body"
    _run(paragraph, text, font, size, bold=bold)


def _run(paragraph: Paragraph, text: str, font: str, size: float, *, bold: bool) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks are full-width in Chinese


if __name__ == "__main__":
    build().save(str(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATE))
