"""Is everything there, and is nothing of the template left: the whole form's completeness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.model.declaration import Declaration, ScenarioBlock, Text
from reviewer.model.folding import bare, fold
from reviewer.policy.schema import SectionSpec
from reviewer.rules.context import Context
from reviewer.rules.places import cut
from reviewer.rules.registry import Hit, Wording, rule

_CHOICE = "choice"


@rule(
    "ST001",
    "missing-section",
    "“{title}”没有内容。",
    "请按模板要求补写“{title}”{limit}。",
    severity="error",
    cases={
        "absent": Wording(
            "没有找到“{title}”这一部分。", "请按模板补上“{title}”的标题和内容{limit}。"
        ),
        "part": Wording(
            "场景“{scenario}”的“{title}”没有内容。", "请补写“{title}”{limit}，最好写出数据。"
        ),
    },
)
def missing_section(context: Context) -> Iterator[Hit]:
    """必备部分缺失或为空

    模板各部分的叙述，以及每个场景的（3）至（6），都要有内容。只留模板提示语的，按“模板残留”报，不重复报缺失。
    申报等级不要求覆盖的方面，只作提醒。

    错误示例：
        七、后续实施计划
        （四）推广应用计划
        （下面空白）
    正确示例：
        （四）推广应用计划
        总结三个成熟方案，三年内向同行业推广不少于 10 家……
    """
    for spec in context.policy.template.sections:
        if spec.narrative and spec.required:
            yield from _section(context, spec)
    for block in context.blocks:
        yield from _parts(context, block)


def _section(context: Context, spec: SectionSpec) -> Iterator[Hit]:
    section = context.declaration.sections.get(spec.id)
    texts = [section.text.text] if section else []
    if spec.id == "8":
        texts += [proof.text for proof in context.declaration.proofs]
    if not context.missing("\n".join(texts)):
        return
    optional = bool(spec.dimension) and spec.dimension not in context.tier.required
    heading = section.heading if section else Text()
    yield Hit(
        f"section:{spec.id}",
        heading,
        {"title": context.titles[spec.id], "limit": _limit(spec.limit)},
        "" if section and section.found else "absent",
        severity="warning" if optional else None,
    )


def _limit(limit: int | None) -> str:
    return f"（不超过{limit}字）" if limit else ""


def _parts(context: Context, block: ScenarioBlock) -> Iterator[Hit]:
    for part in context.policy.template.block.parts:
        if not part.text:
            continue
        text = block.parts.get(part.id, Text())
        if context.missing(text.text):
            values = {
                "scenario": _name(context, block),
                "title": f"（{part.number}）{part.labels[0]}",
                "limit": _limit(part.limit),
            }
            yield Hit(f"{block.at}/{part.id}", block.entry.text, values, "part")


def _name(context: Context, block: ScenarioBlock) -> str:
    match = context.matches.get(block.at)
    return (match and (match.instance or match.name)) or block.entry.raw or block.at


@rule(
    "ST002",
    "template-residue",
    "这里还留着模板的文字：“{found}”{more}。",
    "请删去提示语和示例，把占位符换成本企业的实际内容。",
    severity="error",
)
def template_residue(context: Context) -> Iterator[Hit]:
    """模板提示语、示例或占位符没有清除

    “XXXX年XX月XX日”“XXX万元”“例：……”“（……不超过1500字。）”等是模板的提示，应换成实际内容或删去。
    标签和表头自带的说明（可填写多个、选填、300字以内）不算。

    错误示例：
        起止日期：XXXX年XX月XX日至XXXX年XX月XX日
    正确示例：
        起止日期：2023年6月1日至2024年1月31日
    """
    found: dict[str, list[Text]] = {}
    for subject, text in _answers(context):
        for start, end in context.residue.find(text.text):
            if not _is_head(context, subject, text.text, start, end):
                found.setdefault(subject, []).append(cut(text, start, end))
    for subject, pieces in found.items():
        others = len(pieces) - 1
        values = {
            "found": pieces[0].text.strip().replace("\n", " ")[:60],
            "more": f"等 {others + 1} 处" if others else "",
        }
        yield Hit(subject, pieces[0], values)


def _is_head(context: Context, subject: str, text: str, start: int, end: int) -> bool:
    """A list of entries typed as a table has the entry's form as a column head, beside 序号."""
    spec = context.specs.get(subject.removeprefix("field:"))
    if spec is None or spec.kind != "entries":
        return False
    ordinals = set(map(fold, context.policy.template.words.get("ordinal", ())))
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    if bare(before + after) or any(char.isdigit() for char in text[start:end]):
        return False
    return any(fold(line) in ordinals for line in text.split("\n"))


def _answers(context: Context) -> Iterator[tuple[str, Text]]:
    """Texts where answers belong; labels and heads of tables are not among them."""
    declaration = context.declaration
    for item in declaration.fields.values():
        spec = context.specs.get(item.key)
        if spec is not None and spec.kind != _CHOICE and item.key not in declaration.sections:
            yield _holder(context, f"field:{item.key}"), item.text
    for section in declaration.sections.values():
        yield f"section:{section.id}", section.text
    for block in declaration.blocks:
        for text in _block_answers(block):
            yield block.at, text
    for row in declaration.kpis:
        yield f"kpi:{row.name or row.label}", row.before
        yield f"kpi:{row.name or row.label}", row.after
    yield from declaration.loose


def _block_answers(block: ScenarioBlock) -> Iterator[Text]:
    yield block.entry.text if block.entry.text else Text(block.entry.raw)
    yield block.period
    yield block.invest
    yield from block.parts.values()
    for rows in (block.suppliers, block.equipment, block.software, block.process, block.technology):
        yield from (row.text for row in rows)


@rule(
    "ST003",
    "confidential-marking",
    "这里有密级标志“{found}”，申报材料不得涉及国家秘密和商业秘密。",
    "请核实该内容是否涉密；涉密内容不得申报，不涉密的删去标志。",
    severity="error",
)
def confidential_marking(context: Context) -> Iterator[Hit]:
    """出现密级标志

    申报单位应确保材料不涉及国家秘密、商业秘密。“秘密★”“机密★10年”“密级：秘密”等标志一律指出；
    “不涉及国家秘密”之类的承诺不算。

    错误示例：
        机密★长期
    正确示例：
        （无密级标志）
    """
    compiled = (re.compile(p, re.MULTILINE) for p in context.policy.template.markings)
    patterns = [pattern for pattern in compiled if pattern.search(context.whole)]
    told = set[str]()
    for place, text in context.declaration.texts():
        subject = _holder(context, place)
        hit = next(filter(None, (pattern.search(text.text) for pattern in patterns)), None)
        if hit is None or subject in told:
            continue
        told.add(subject)
        piece = cut(text, *hit.span())
        yield Hit(subject, piece, {"found": piece.text.strip()})


def _holder(context: Context, subject: str) -> str:
    """The section or whole block that holds a text: a cover's cell is section:cover."""
    if not subject.startswith("field:"):
        return subject
    key = subject.removeprefix("field:")
    spec = context.specs.get(key)
    if spec is not None and spec.part == "cover":
        return "section:cover"
    return f"section:{key}" if key in context.declaration.sections else subject


@rule(
    "ST004",
    "seal-missing",
    "{page}上没有看到单位公章。",
    "请在{page}加盖公章后重新扫描成 PDF。",
    cases={
        "grey": Wording(
            "这份扫描件是黑白或灰度的，无法辨认{page}是否盖章。", "请以彩色重新扫描，以便核对公章。"
        )
    },
)
def seal_missing(context: Context) -> Iterator[Hit]:
    """盖章 PDF 的封面或承诺页没有红章

    上传的 PDF 应加盖单位公章。只核对 PDF；黑白或灰度扫描看不出红章，只作提示。

    错误示例：
        封面“申报单位（盖章）”处空白
    正确示例：
        封面和承诺页均盖有公章
    """
    declaration = context.stamped or context.declaration
    if declaration.seals is None:
        return
    for subject, words, text in _sealed_pages(context, declaration):
        page = text.spans[0].place.page if text.spans else None
        if page is None or page in declaration.seals:
            continue
        grey = declaration.greyscale
        yield Hit(
            subject,
            # Beside a Word file the place is in the other file.
            text if context.stamped is None else Text(text.text),
            {"page": words},
            "grey" if grey else "",
            severity="info" if grey else None,
        )


def _sealed_pages(context: Context, declaration: Declaration) -> Iterator[tuple[str, str, Text]]:
    covers = {key for key, spec in context.specs.items() if spec.part == "cover"}
    cover = next(
        (
            item.text
            for item in declaration.fields.values()
            if item.text.spans and item.key in covers
        ),
        Text(),
    )
    yield "section:cover", "封面", cover
    loose = (text for subject, text in declaration.loose if subject == "section:commitment")
    commitment = declaration.commitment_date
    yield "section:commitment", "承诺页", commitment if commitment.spans else next(loose, Text())


@rule(
    "ST005",
    "tier-unstated",
    "申报书没有写明申报哪一级，本次按“{tier}”审阅。",
    "请在封面标题写明申报等级；如按其他等级审阅，请用 --tier 指定。",
    severity="info",
)
def tier_unstated(context: Context) -> Iterator[Hit]:
    """没有写明申报等级

    封面标题里看不出申报基础级、先进级、卓越级还是领航级时，按政策包的默认等级审阅，并在此说明。

    错误示例：
        智能工厂申报书
    正确示例：
        河北省先进级智能工厂申报书
    """
    if context.declaration.tier is None and not context.tier_given:
        yield Hit("section:cover", context.declaration.tier_text, {"tier": context.tier.name})
