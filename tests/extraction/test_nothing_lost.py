"""Every visible character is in a value, a section, a list or loose, unless the form printed it."""

import re

import pytest

from reviewer.extraction import extract
from reviewer.extraction.numbers import leading
from reviewer.extraction.vocabulary import vocabulary
from reviewer.model.declaration import Declaration, Text
from reviewer.model.document import paragraphs
from reviewer.policy.labels import fold
from tests.extraction import (
    test_appendix,
    test_blocks,
    test_dimensions,
    test_form,
    test_kpis,
    test_lists,
    test_outline,
)
from tests.extraction.build import POLICY, P, T, document

DOCUMENTS = {
    **{f"form {name}": case[0] for name, case in test_form.CASES.items()},
    **{f"story {name}": blocks for name, blocks in test_form.STORIES.items()},
    **{f"list {name}": case[0] for name, case in test_lists.CASES.items()},
    **{f"kpi {name}": case[0] for name, case in test_kpis.CASES.items()},
    **{f"outline {name}": blocks for name, blocks in test_outline.TWO.items()},
    **{f"dimensions {name}": blocks for name, blocks in test_dimensions.DIMENSIONS.items()},
    **{f"unchaptered {name}": blocks for name, blocks in test_dimensions.UNCHAPTERED.items()},
    **{
        f"typed list {name}": ["九、相关附件", f"附件5 {test_appendix.TITLE}", *case[0]]
        for name, case in test_appendix.TYPED.items()
    },
    **{
        f"block {name}": [*test_blocks.CHAPTER, *blocks]
        for name, blocks in test_blocks.TABLES.items()
    },
    "remarks everywhere": [
        "内部资料甲",
        "申报单位：甲公司 乙处",
        "真实性及保密承诺",
        "机密★丙",
        "一、申报单位和工厂基本信息",
        "填表说明丁",
        T(["企业名称", "甲公司"], ["无此一栏", "戊"], ["己", "庚"]),
        "表后的话辛",
        "三、重点环节智能化建设情况",
        "总起壬",
        "3.3 生产作业",
        "3.3.1 场景名称：生产作业-在线智能检测-甲",
        "块内的话癸",
        "（5）采用的技术方案",
        T(["子", "丑"], ["寅", "卯"]),
        "七、后续实施计划",
        "辰",
        "八、相关证明材料",
        T(["序号", "名称"], ["1", "巳"]),
        "九、相关附件",
        "午",
        "附件1",
        "项目已突破的关键技术清单（选填）",
        T(["序号", "技术名称", "关键参数", "备注"], ["1", "未", "申", "酉"]),
        T(["戌", "亥"]),
    ],
}


def texts(declaration: Declaration) -> list[Text]:
    found = [text for _, text in declaration.texts()]
    found += [section.heading for section in declaration.sections.values()]
    return [*found, declaration.commitment_date, declaration.tier_text]


def printed() -> set[str]:
    """Words of the form: labels, titles, heads of columns, folded."""
    words = vocabulary(POLICY)
    template = POLICY.template
    found = {*words.fields, *words.groups, *words.parts, *words.values, *words.resources}
    found |= {*words.titles, *words.kpis, *words.headings, *words.guidance}
    for group in template.words:
        found |= words.words(group)
    for spec in template.lists:
        found |= {fold(column) for column in spec.columns} | {fold(spec.title)}
    for columns in template.block.tables.values():
        found |= {fold(column) for column in columns}
    for section in template.sections:
        found |= {fold(title) for title in section.titles}
    return found


PRINTED = printed()
PARTING = re.compile(r"[\s：:，,；;。→_]+")
REMARK = re.compile(r"[（(][^（()）]*[)）]")


def is_printed(text: str, labels: set[str]) -> bool:
    """A label of the form, a stretch of one that runs over several lines, a number, a unit."""
    number = leading(text)
    rest = (text[number.end :] if number else text).rstrip("0123456789.…·\t ")
    key = fold(rest).strip("*★＊()%/")
    return not key or key.isdigit() or any(key in label for label in labels)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_character_has_a_home(name):
    given = document(*DOCUMENTS[name])
    declaration = extract(given, POLICY)
    covered: dict[int, list[tuple[int, int]]] = {}
    for text in texts(declaration):
        for span in text.spans:
            covered.setdefault(span.place.block, []).append((span.start, span.end))
    labels = PRINTED | {fold(field.label) for field in declaration.fields.values()}
    labels |= {fold(row.label) for row in declaration.kpis}
    for paragraph in paragraphs(given.blocks):
        if paragraph.toc:
            continue
        spans = covered.get(paragraph.place.block, [])
        left = "".join(
            char
            for index, char in enumerate(paragraph.text)
            if not any(start <= index < end for start, end in spans)
        )
        for word in PARTING.split(REMARK.sub(" ", left)):
            assert is_printed(word, labels), (word, paragraph.text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_spans_make_the_texts(name):
    given = document(*DOCUMENTS[name])
    by_block = {p.place.block: p.text for p in paragraphs(given.blocks)}
    for text in texts(extract(given, POLICY)):
        if text.spans:
            stretches = [by_block[s.place.block][s.start : s.end] for s in text.spans]
            assert text.text == "\n".join(stretches)


SUBJECTS = {
    "内部资料甲": "section:cover",
    "机密★丙": "section:commitment",
    "戊": "field:企业名称",
    "表后的话辛": "field:企业名称",
    "总起壬": "section:3",
    "块内的话癸": "body:3.3.1",
    "卯": "body:3.3.1",
    "辰": "section:7",
    "巳": "section:8",
    "午": "section:9",
    "未": "section:9.1",
    "亥": "section:9",
}


@pytest.mark.parametrize("word", SUBJECTS)
def test_where_a_remark_belongs(word):
    declaration = extract(document(*DOCUMENTS["remarks everywhere"]), POLICY)
    assert SUBJECTS[word] in {s for s, text in declaration.texts() if word in text.text}


def test_page_headers_belong_to_the_cover():
    header = document(P("绝密★")).blocks[0]
    declaration = extract(document("甲", headers=(header,)), POLICY)
    assert ("section:cover", "绝密★") in [(s, t.text) for s, t in declaration.loose]
