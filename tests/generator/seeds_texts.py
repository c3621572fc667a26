"""Defects of narratives, dates, placeholders, proofs."""

from __future__ import annotations

import random
from typing import Any

from . import dates
from .draft import Block, Draft
from .registry import defect, near_miss
from .words import LIMITS, PART_LIMITS, count, padded

_PLACEHOLDER = "XXXX年XX月XX日至XXXX年XX月XX日"
_MARKS = ("机密★3年", "秘密★1年", "绝密★长期", "秘密★")
_GUIDANCE = (
    "（按照《智能工厂梯度培育要素条件（2025年版）》中先进级智能工厂的要素条件要求，"
    "详细阐述{}环节的匹配情况，不超过1500字。）"
)
_EXAMPLES = {
    "desc": "例：针对发动机壳体加工，搭建多台五轴机床+多台机器人组成柔性加工单元。",
    "pain": "例：解决复杂壳体加工效率低、质量不高等突出问题。",
    "result": "例：建设完成后，目前操作人员已从XX人减少至XX人，加工效率提升了XX%，产品不良品率降低XX%；",
}


class Slot:
    """A narrative that can be read and rewritten, with its subject and limit."""

    def __init__(self, holder: dict[str, Any], key: str, subject: str, limit: int) -> None:
        self.holder, self.key, self.subject, self.limit = holder, key, subject, limit

    @property
    def text(self) -> str:
        return str(self.holder.get(self.key, ""))

    @text.setter
    def text(self, words: str) -> None:
        self.holder[self.key] = words


def slots(draft: Draft) -> list[Slot]:
    """The narratives with a limit that stand outside scenario blocks."""
    data = draft.data
    out = [
        Slot(data["company"], "企业简介", "section:企业简介", 500),
        Slot(data["factory"], "项目简述", "section:项目简述", 500),
    ]
    out += [Slot(data["s2"], key, f"section:{key}", LIMITS[key]) for key in ("2.1", "2.2")]
    return out + [
        Slot(section, "intro", f"section:{key}", 1500) for key, section in data["s3"].items()
    ]


def _block(draft: Draft, rng: random.Random) -> Block | None:
    """A scenario block nobody has touched; it counts as touched from now on."""
    free = [block for block in draft.blocks if f"scene:{block.entry.scene}" not in draft.touched]
    if not free:
        return None
    block = rng.choice(free)
    draft.free(f"scene:{block.entry.scene}")
    return block


@defect("over-length")
def long_section(draft: Draft, rng: random.Random) -> bool:
    slot = rng.choice(slots(draft))
    if not slot.text or not draft.free(slot.subject):
        return False
    wanted = max(count(slot.text), slot.limit) + rng.choice([1, 1, 7, 40, 160])
    slot.text = padded(slot.text, wanted, rng)
    draft.find("over-length", slot.subject, f"{count(slot.text)}字，限{slot.limit}字")
    return True


@defect("over-length")
def long_part(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    if block is None:
        return False
    keys = [key for key in PART_LIMITS if block.content[key]]
    key = rng.choice(keys)
    block.content[key] = padded(block.content[key], PART_LIMITS[key] + rng.choice([1, 3, 25]), rng)
    draft.find_in(
        "over-length", block, f"{count(block.content[key])}字，限{PART_LIMITS[key]}字", f"/{key}"
    )
    return True


@near_miss
def text_at_limit(draft: Draft, rng: random.Random) -> bool:
    slot = rng.choice(slots(draft))
    if not slot.text or count(slot.text) > slot.limit or not draft.free(slot.subject):
        return False
    slot.text = padded(slot.text, slot.limit, rng)
    return True


@near_miss
def part_at_limit(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    if block is None:
        return False
    key = rng.choice(["desc", "pain", "tech", "result"])
    block.content[key] = padded(block.content[key], PART_LIMITS[key], rng)
    return True


@defect("missing-section")
def empty_section(draft: Draft, rng: random.Random) -> bool:
    key = rng.choice(["2.1", "7.1", "7.2", "7.3", "7.4", "7.3", "7.4"])
    holder = draft.data["s2" if key == "2.1" else "s7"]
    if not holder.get(key) or not draft.free(f"section:{key}", "part:" + key[0]):
        return False
    if rng.random() < 0.3:
        del holder[key]
    else:
        holder[key] = ""
    draft.find("missing-section", f"section:{key}", f"{key}为空")
    return True


@defect("missing-section")
def whole_part_missing(draft: Draft, rng: random.Random) -> bool:
    part = rng.choice(["s4", "s5", "s6", "s7", "s8"])
    names = [f"section:7.{n}" for n in range(1, 5)] if part == "s7" else [f"section:{part[1]}"]
    if part not in draft.data or not draft.free(*names, f"part:{part[1]}"):
        return False
    if part == "s7":
        draft.data["s7"] = dict.fromkeys(draft.data["s7"], "")
    elif part == "s8":
        draft.data["s8"] = []
    else:
        draft.data[part] = ""
        _loosen_all(draft)
    for name in names:
        draft.find("missing-section", name, "缺失或为空")
    return True


def _loosen_all(draft: Draft) -> None:
    for section in ("3.1", "3.2", "3.3", "3.4", "3.5"):
        draft.loosen(section)


@defect("missing-section")
def empty_summary(draft: Draft, rng: random.Random) -> bool:
    slot = rng.choice(slots(draft)[:2])
    if not draft.free(slot.subject):
        return False
    slot.text = ""
    draft.find("missing-section", slot.subject, "为空")
    return True


@defect("missing-section")
def empty_intro(draft: Draft, rng: random.Random) -> bool:
    section = rng.choice(list(draft.data["s3"]))
    if not draft.free(f"section:{section}"):
        return False
    draft.data["s3"][section]["intro"] = ""
    draft.loosen(section)
    draft.find("missing-section", f"section:{section}", "没有总述")
    return True


@defect("missing-section")
def empty_part(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    if block is None:
        return False
    key = rng.choice(["pain", "pain", "result", "tech"])
    block.content[key] = ""
    if key != "pain":
        draft.loosen(block.section)
    draft.find_in("missing-section", block, "该部分为空", f"/{key}")
    return True


@defect("field-missing")
def no_suppliers(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    if block is None:
        return False
    block.content["suppliers"] = []
    draft.find_in("field-missing", block, "场景解决方案供应商未填")
    return True


@defect("template-residue")
def guidance_left(draft: Draft, rng: random.Random) -> bool:
    from .annex7 import DIMENSION_NAMES

    section = rng.choice(list(draft.data["s3"]))
    if not draft.free(f"section:{section}"):
        return False
    holder = draft.data["s3"][section]
    holder["intro"] = _GUIDANCE.format(DIMENSION_NAMES[section]) + "\n" + holder["intro"]
    draft.find("template-residue", f"section:{section}", "保留了模板填写说明")
    return True


@defect("template-residue")
def example_left(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    if block is None:
        return False
    key = rng.choice(list(_EXAMPLES))
    limit = PART_LIMITS[key]
    if count(_EXAMPLES[key] + block.content[key]) > limit:
        key = "result"
    if count(_EXAMPLES[key] + block.content[key]) > PART_LIMITS[key]:
        block.content["period"] = _PLACEHOLDER
    else:
        block.content[key] = f"{_EXAMPLES[key]}\n{block.content[key]}"
    draft.find_in("template-residue", block, "保留了模板示例或占位符")
    return True


@defect("template-residue")
def placeholder_left(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    if block is None:
        return False
    key = rng.choice(["period", "invest"])
    block.content[key] = _PLACEHOLDER if key == "period" else "XXX"
    draft.find_in("template-residue", block, "保留了模板占位符")
    return True


@defect("template-residue")
def placeholder_in_form(draft: Draft, rng: random.Random) -> bool:
    if not draft.free("field:建设起止日期"):
        return False
    draft.data["factory"]["建设起止日期"] = _PLACEHOLDER
    draft.find("template-residue", "field:建设起止日期", "保留了模板占位符")
    return True


@defect("template-residue")
def limit_note_left(draft: Draft, rng: random.Random) -> bool:
    slot = rng.choice(slots(draft)[:3])
    note = {
        "section:企业简介": "（发展历程、主营业务、市场份额等方面基本情况，不超过500字。）",
        "section:项目简述": "（对项目当前智能化建设情况和成效进行简要描述，不超过500字。）",
    }.get(
        slot.subject,
        "（围绕智能工厂建设实施背景、基础条件、建设历程、核心产品等方面进行描述，不超过1000字。）",
    )
    if not slot.text or not draft.free(slot.subject):
        return False
    slot.text = f"{note}\n{slot.text}"
    draft.find("template-residue", slot.subject, "保留了模板填写说明")
    return True


@defect("confidential-marking")
def marked_section(draft: Draft, rng: random.Random) -> bool:
    slot = rng.choice(slots(draft)[2:])
    if not slot.text or count(slot.text) > slot.limit - 12 or not draft.free(slot.subject):
        return False
    mark = rng.choice(_MARKS)
    slot.text = f"{mark}\n{slot.text}" if rng.random() < 0.5 else f"{slot.text}\n（{mark}）"
    draft.find("confidential-marking", slot.subject, f"出现密级标志{mark}")
    return True


@defect("confidential-marking")
def marked_block(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    if block is None or count(block.content["tech"]) > 490:
        return False
    block.content["tech"] += f"（{rng.choice(_MARKS)}）"
    draft.find_in("confidential-marking", block, "出现密级标志")
    return True


@near_miss
def secrecy_talk(draft: Draft, rng: random.Random) -> bool:
    if not draft.data.get("s5") or not draft.free("section:5", "part:5"):
        return False
    draft.data["s5"] += "\n企业建立了商业秘密保护制度和保密承诺机制，申报材料经审查不涉及国家秘密。"
    return True


@defect("date-order")
def block_period(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    span = dates.period(block.content["period"]) if block else None
    today = _declared(draft)
    if block is None or span is None or today is None:
        return False
    start, end = span
    late = rng.choice([dates.shifted(today, 1), dates.shifted(today, 88)])
    wrong = (end, start) if rng.random() < 0.5 and end > start else (start, late)
    block.content["period"] = f"{dates.chinese(wrong[0])}至{dates.chinese(wrong[1])}"
    draft.find_in("date-order", block, "起止日期颠倒或晚于申报日期")
    return True


@defect("date-order")
def factory_period(draft: Draft, rng: random.Random) -> bool:
    span, today = dates.period(draft.data["factory"]["建设起止日期"]), _declared(draft)
    if span is None or today is None or not draft.free("field:建设起止日期"):
        return False
    late = dates.shifted(today, rng.choice([1, 45, 260]))
    wrong = (span[1], span[0]) if rng.random() < 0.5 and span[1] > span[0] else (span[0], late)
    draft.data["factory"]["建设起止日期"] = f"{dates.chinese(wrong[0])}至{dates.chinese(wrong[1])}"
    draft.find("date-order", "field:建设起止日期", "起止日期颠倒或晚于申报日期")
    return True


def _declared(draft: Draft) -> Any:
    return dates.parse(draft.data["cover"]["申报日期"]) or dates.parse(
        draft.data["commitment_date"]
    )


@near_miss
def months_only(draft: Draft, rng: random.Random) -> bool:
    block = _block(draft, rng)
    span = dates.period(block.content["period"]) if block else None
    today = _declared(draft)
    if block is None or span is None or today is None:
        return False
    end = today if rng.random() < 0.5 else span[1]
    block.content["period"] = f"{span[0].year}年{span[0].month}月至{end.year}年{end.month}月"
    return True


@near_miss
def ends_on_the_day(draft: Draft, rng: random.Random) -> bool:
    span, today = dates.period(draft.data["factory"]["建设起止日期"]), _declared(draft)
    if span is None or today is None or not draft.free("field:建设起止日期"):
        return False
    draft.data["factory"]["建设起止日期"] = f"{dates.chinese(span[0])}至{dates.chinese(today)}"
    return True


_PROOFS = {
    "营业执照": "企业营业执照复印件",
    "征信": "企业征信情况报告",
    "财务": "近三年财务情况佐证材料",
    "成熟度": "智能制造能力成熟度评估报告",
}


@defect("attachment-missing")
def proof_missing(draft: Draft, rng: random.Random) -> bool:
    word, name = rng.choice(list(_PROOFS.items()))
    lines = draft.data["s8"]
    if not draft.free("section:8", "part:8") or len([line for line in lines if word in line]) != 1:
        return False
    kept = [line.partition(".")[2] or line for line in lines if word not in line]
    draft.data["s8"] = [f"{n}.{line}" for n, line in enumerate(kept, 1)]
    draft.find("attachment-missing", f"attachment:{name}", f"第八部分未列{name}")
    return True


@near_miss
def proofs_shuffled(draft: Draft, rng: random.Random) -> bool:
    if not draft.free("section:8", "part:8"):
        return False
    lines = [line.partition(".")[2] or line for line in draft.data["s8"]]
    rng.shuffle(lines)
    draft.data["s8"] = [f"{n}.{line}" for n, line in enumerate(lines, 1)]
    return True


@near_miss
def target_for_2028(draft: Draft, rng: random.Random) -> bool:
    if not draft.data.get("s7", {}).get("7.1") or not draft.free("section:7.1", "part:7"):
        return False
    goals = [
        "关键设备联网率达到99.5%以上",
        "产品不良品率控制在0.05%以内",
        "设备综合利用率提高到96%",
    ]
    draft.data["s7"]["7.1"] += f"到2028年，{rng.choice(goals)}。"
    return True
