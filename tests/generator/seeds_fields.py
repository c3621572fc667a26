"""Defects of the cover and 表一."""

from __future__ import annotations

import random
import re

from .draft import Draft
from .registry import defect, near_miss

_PLAIN = (
    "统一社会信用代码",
    "成立时间",
    "行业门类",
    "工厂地址",
    "法人代表姓名",
    "法人代表电话",
    "联系人姓名",
    "联系人电话",
    "联系人职务",
    "联系人手机",
    "联系人邮箱",
    "成熟度分数",
)
_YEARLY = ("资产总额", "资产负债率", "利润率")
_FACTORY = ("细分行业", "总集成方案供应商", "建设起止日期")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(body: str) -> str:
    """The 18th character that GB 32100-2015 wants after these seventeen."""
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


@defect("field-missing")
def empty_cell(draft: Draft, rng: random.Random) -> bool:
    part, key = rng.choice(
        [*(("company", key) for key in _PLAIN), *(("factory", key) for key in _FACTORY)]
    )
    if not draft.data[part][key] or not draft.free(f"field:{key}"):
        return False
    draft.data[part][key] = rng.choice(["", "", "/", "无"])
    draft.find("field-missing", f"field:{key}", f"{key}未填")
    return True


@defect("field-missing")
def empty_year(draft: Draft, rng: random.Random) -> bool:
    key = rng.choice(_YEARLY)
    if not draft.free(f"field:{key}"):
        return False
    year = rng.randrange(3)
    draft.data["company"][key][year] = rng.choice(["", "/"])
    draft.find("field-missing", f"field:{key}", f"{key}{2023 + year}年未填")
    return True


@defect("field-missing")
def no_integrator_contact(draft: Draft, rng: random.Random) -> bool:
    factory = draft.data["factory"]
    if "自建" in factory["总集成方案供应商"] or not draft.free(
        "field:总集成方案供应商", "field:总集成供应商联系人"
    ):
        return False
    factory["总集成供应商联系人"] = ""
    draft.find("field-missing", "field:总集成供应商联系人", "总集成方案供应商联系人及联系方式未填")
    return True


@defect("uscc-invalid")
def wrong_check(draft: Draft, rng: random.Random) -> bool:
    code = draft.data["company"]["统一社会信用代码"]
    if not draft.free("field:统一社会信用代码"):
        return False
    wrong = rng.choice([char for char in "0123456789ABCDEFGH" if char != code[-1]])
    draft.data["company"]["统一社会信用代码"] = code[:-1] + wrong
    draft.find("uscc-invalid", "field:统一社会信用代码", f"校验码应为{code[-1]}，写成{wrong}")
    return True


@defect("uscc-invalid")
def lookalike_or_short(draft: Draft, rng: random.Random) -> bool:
    code = draft.data["company"]["统一社会信用代码"]
    if not draft.free("field:统一社会信用代码"):
        return False
    at = code.find("0", 2)
    forms = [code[:8] + code[9:], code + "0"] + (
        [code[:at] + "O" + code[at + 1 :]] if at > 0 else []
    )
    swapped = code[:9] + code[10] + code[9] + code[11:]
    if swapped != code and check_character(swapped[:17]) != swapped[17]:
        forms.append(swapped)
    draft.data["company"]["统一社会信用代码"] = rng.choice(forms)
    draft.find("uscc-invalid", "field:统一社会信用代码", "位数、字符或校验码不对")
    return True


@defect("factory-name-suffix")
def factory_suffix(draft: Draft, rng: random.Random) -> bool:
    if not draft.free("field:工厂名称"):
        return False
    name = draft.data["factory"]["工厂名称"].removesuffix("智能工厂")
    ending = rng.choice(
        ["智能工厂建设项目", "智能化车间", "数字化工厂", "智能制造工厂", "智能工厂项目", "生产线"]
    )
    draft.data["factory"]["工厂名称"] = name + ending
    draft.find("factory-name-suffix", "field:工厂名称", f"以“{ending}”结尾")
    return True


@defect("size-class-mismatch")
def size_too_high(draft: Draft, rng: random.Random) -> bool:
    company = draft.data["company"]
    if not draft.free("field:企业类型", "field:主营业务收入"):
        return False
    kind, floor = rng.choice([("大型企业", 40000), ("中型企业", 2000)])
    company["企业类型"] = [kind]
    revenue = float(company["主营业务收入"][2])
    if revenue >= floor:
        company["主营业务收入"][2] = str(rng.choice([floor - 1, floor * 3 // 4]))
    draft.find("size-class-mismatch", "field:企业类型", f"{kind}要求营业收入不低于{floor}万元")
    return True


@near_miss
def size_at_floor(draft: Draft, rng: random.Random) -> bool:
    if not draft.free("field:企业类型", "field:主营业务收入"):
        return False
    kind, floor = rng.choice([("大型企业", "40000"), ("中型企业", "2000")])
    draft.data["company"]["企业类型"] = [kind]
    draft.data["company"]["主营业务收入"][2] = floor
    return True


@defect("checkbox-conflict")
def boxes_of_form(draft: Draft, rng: random.Random) -> bool:
    key, part, words = rng.choice(
        [
            ("企业性质", "company", ["地方国企", "民营企业"]),
            ("所属行业", "factory", ["原材料", "装备制造"]),
            ("企业性质", "company", []),
            ("企业类型", "company", []),
            ("所属行业", "factory", []),
        ]
    )
    if not draft.free(f"field:{key}"):
        return False
    draft.data[part][key] = list(words)
    draft.find("checkbox-conflict", f"field:{key}", f"{key}勾选{len(words)}项")
    return True


@defect("checkbox-conflict")
def no_answer_in_block(draft: Draft, rng: random.Random) -> bool:
    block = rng.choice(draft.blocks)
    if not draft.free(f"scene:{block.entry.scene}"):
        return False
    block.content["outstanding"] = ""
    draft.find_in("checkbox-conflict", block, "是否成效突出且具备推广价值没有选择")
    return True


_PAIR = re.compile(r"^(\d+)(\s*)(.+)$")


@defect("industry-code-mismatch")
def wrong_group_code(draft: Draft, rng: random.Random) -> bool:
    company = draft.data["company"]
    match = _PAIR.match(company["行业中类"])
    if not match or len(match[1]) != 3 or not draft.free("field:行业中类", "field:行业大类"):
        return False
    digit = rng.choice([char for char in "123456789" if char != match[1][-1]])
    company["行业中类"] = match[1][:2] + digit + match[2] + match[3]
    draft.find("industry-code-mismatch", "field:行业中类", "代码与名称不符")
    return True


@defect("industry-code-mismatch")
def group_outside_division(draft: Draft, rng: random.Random) -> bool:
    company = draft.data["company"]
    choices = [
        pair
        for pair in ("13 农副食品加工业", "34 通用设备制造业", "36 汽车制造业", "17 纺织业")
        if pair[:2] != company["行业中类"][:2]
    ]
    if not draft.free("field:行业中类", "field:行业大类"):
        return False
    company["行业大类"] = rng.choice(choices)
    draft.find("industry-code-mismatch", "field:行业中类", "中类不在大类之内")
    return True


@defect("industry-code-mismatch")
def wrong_division_name(draft: Draft, rng: random.Random) -> bool:
    company = draft.data["company"]
    match = _PAIR.match(company["行业大类"])
    if not match or not draft.free("field:行业中类", "field:行业大类"):
        return False
    name = rng.choice(
        [
            name
            for name in ("农副食品加工业", "专用设备制造业", "医药制造业", "金属制品业")
            if name != match[3]
        ]
    )
    company["行业大类"] = match[1] + match[2] + name
    draft.find("industry-code-mismatch", "field:行业大类", "大类代码与名称不符")
    return True


@defect("name-inconsistent")
def other_name_on_cover(draft: Draft, rng: random.Random) -> bool:
    name = draft.data["company"]["企业名称"]
    stem = name.removesuffix("有限公司").removesuffix("股份").removesuffix("责任")
    if not name.endswith("有限公司") or not draft.free("field:企业名称"):
        return False
    forms = [
        stem + "集团有限公司",
        stem + ("有限公司" if "股份" in name else "股份有限公司"),
        stem[:-2] + "科技有限公司",
    ]
    draft.data["cover"]["申报单位"] = rng.choice([form for form in forms if form != name])
    draft.find("name-inconsistent", "field:企业名称", "封面与表一的企业名称不同")
    return True


@defect("maturity-below-tier")
def low_maturity(draft: Draft, rng: random.Random) -> bool:
    level = {"先进级": "一级", "基础级": "一级", "卓越级": "二级", "领航级": "三级"}[
        draft.data.get("tier", "先进级")
    ]
    if not draft.free("field:成熟度等级", "field:成熟度分数"):
        return False
    draft.data["company"]["成熟度等级"] = [level]
    draft.data["company"]["成熟度分数"] = {"一级": "1.62", "二级": "2.31", "三级": "3.18"}[level]
    return True


@defect("accident-declared")
def accident(draft: Draft, rng: random.Random) -> bool:
    if not draft.free("field:安全环保事故"):
        return False
    draft.data["company"]["安全环保事故"] = ["是"]
    draft.data["accident_name"] = rng.choice(
        ["2024年8月12日较大火灾事故", "2023年有限空间较大中毒窒息事故"]
    )
    return True


@near_miss
def no_fax(draft: Draft, rng: random.Random) -> bool:
    if not draft.free("field:联系人传真"):
        return False
    draft.data["company"]["联系人传真"] = rng.choice(["", "/", "无"])
    return True


@near_miss
def self_built(draft: Draft, rng: random.Random) -> bool:
    if not draft.free("field:总集成方案供应商", "field:总集成供应商联系人"):
        return False
    draft.data["factory"]["总集成方案供应商"] = "自建"
    draft.data["factory"]["总集成供应商联系人"] = rng.choice(["", "/"])
    return True
