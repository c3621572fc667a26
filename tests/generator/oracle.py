"""What a perfect reviewer says of the scenario entries and gates, reckoned from what the draft knows of them.

Written from the contract alone; it shares nothing with the reviewer's rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .annex7 import DIMENSION_NAMES, STAGES
from .draft import SECTIONS, Block, Draft, Entry, home, write_back

Found = tuple[str, str, str]
_LEVELS = {"一级": 1, "二级": 2, "三级": 3, "四级": 4, "五级": 5}
TIERS: dict[str, tuple[str, int, tuple[str, ...], float]] = {
    "基础级": ("basic", 2, ("3.3",), 0.0),
    "先进级": ("advanced", 2, ("3.3", "3.4", "3.5"), 0.0),
    "卓越级": ("excellent", 3, SECTIONS, 0.2),
    "领航级": ("leading", 4, SECTIONS, 0.6),
}
"""Tier → key, maturity floor, dimensions that need a recognized scenario, least AI share."""
RATIO, MODELS = "应用人工智能技术场景比例", "工厂应用人工智能模型数量"


def _of_entry(entry: Entry, at: str) -> Iterator[Found]:
    if not entry.complete:
        yield "scenario-format", at, "环节、场景、实例三者缺一"
    if entry.stage and not entry.stage_ok:
        yield "stage-mismatch", at, f"环节写成了{entry.stage}"
    if entry.scenario is None:
        yield "scenario-unrecognized", at, f"{entry.name}不属于40个典型场景"
    elif not entry.name_ok:
        yield "scenario-renamed", at, f"{entry.name}不是规范名称"


def _places(draft: Draft) -> Iterator[tuple[str, Entry]]:
    for n, entry in enumerate(draft.main, 1):
        yield f"list:main:{n}", entry
    for n, entry in enumerate(draft.ai, 1):
        yield f"list:ai:{n}", entry
    for section in SECTIONS:
        for block in draft.blocks_of(section):
            yield draft.place(block), block.entry


def _lists(draft: Draft) -> Iterator[Found]:
    described = {block.entry.scene for block in draft.blocks}
    listed = {entry.scene for entry in draft.main}
    for n, entry in enumerate(draft.main, 1):
        if entry.scene not in described:
            yield "scenario-not-described", f"list:main:{n}", "第三部分没有对应的场景描述"
    for name, entries in (("main", draft.main), ("ai", draft.ai)):
        for n, entry in enumerate(entries):
            if any(other.scene == entry.scene for other in entries[:n]):
                yield "scenario-duplicate", f"list:{name}:{n + 1}", "与前面一条重复"
    for block in draft.blocks:
        if block.entry.scene not in listed:
            yield "scenario-not-listed", draft.place(block), "有描述，未列入场景清单"
        if block.entry.scenario is not None and home(block.entry) != block.section:
            yield "scenario-misplaced", draft.place(block), f"应在{home(block.entry)}"


def _ai(draft: Draft) -> Iterator[Found]:
    listed = {entry.scene for entry in draft.main}
    answers = {block.entry.scene: block.content["ai"] for block in draft.blocks}
    for n, entry in enumerate(draft.ai, 1):
        if entry.scene not in listed or answers.get(entry.scene) == "否":
            yield "ai-list-mismatch", f"list:ai:{n}", "人工智能清单与场景清单或正文不符"
    in_ai = {entry.scene for entry in draft.ai}
    for block in draft.blocks:
        if block.content["ai"] == "是" and block.entry.scene not in in_ai:
            yield "ai-list-mismatch", draft.place(block), "正文选是，未列入人工智能清单"
        if block.content["ai"] == "是" and not block.content["ai_desc"].strip():
            yield "ai-description-missing", draft.place(block), "选是而没有描述"


def kpi_value(draft: Draft, name: str) -> float | None:
    """The number in 建成后, or None where there is none."""
    for label, _, after in draft.data["kpis"]:
        if label.lstrip("*") == name:
            match = re.search(r"\d+(?:\.\d+)?", after)
            return float(match[0]) if match else None
    return None


def _figures(draft: Draft) -> Iterator[Found]:
    share, said = ai_share(draft), kpi_value(draft, RATIO)
    if said is not None and abs(said - share * 100) > 1:
        yield "ai-ratio-mismatch", f"kpi:{RATIO}", f"填{said}%，应为{share:.1%}"
    models = [row for row in draft.data.get("s9", {}).get("附件6", []) if row[0].strip()]
    number = kpi_value(draft, MODELS)
    if models and number is not None and number != len(models):
        yield "ai-model-count-mismatch", f"kpi:{MODELS}", f"填{number:g}个，附件6有{len(models)}个"
    total = _money(draft.data["factory"]["建设总投资"])
    spent = [_money(block.content["invest"]) or 0 for block in draft.blocks]
    if total is not None and sum(spent) > total:
        yield (
            "investment-exceeds-total",
            "field:建设总投资",
            f"各场景合计{sum(spent):g}万元，总投资{total:g}万元",
        )


def _money(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text.strip()) else None


def ai_share(draft: Draft) -> float:
    """Lines of the AI list over lines of the main list."""
    return len(draft.ai) / len(draft.main) if draft.main else 0.0


def covered(draft: Draft) -> set[str]:
    """The 3.x sections whose dimension has a recognized scenario, listed or described."""
    entries = [*draft.main, *(block.entry for block in draft.blocks)]
    return {home(entry) for entry in entries if entry.scenario is not None}


def eligible(draft: Draft) -> dict[str, bool]:
    """The hard gates of every tier."""
    company = draft.data["company"]
    level = max((_LEVELS.get(word, 0) for word in company["成熟度等级"]), default=0)
    safe = "是" not in company["安全环保事故"]
    share, have = ai_share(draft), covered(draft)
    return {
        key: level >= floor and safe and have >= set(needed) and share >= least - 1e-9
        for key, floor, needed, least in TIERS.values()
    }


def _gates(draft: Draft) -> Iterator[Found]:
    _, floor, needed, least = TIERS[draft.data.get("tier", "先进级")]
    for section in needed:
        if section not in covered(draft):
            name = DIMENSION_NAMES[section]
            yield "dimension-uncovered", f"dimension:{name}", f"{name}没有场景"
    if ai_share(draft) < least - 1e-9:
        yield "ai-ratio-below-tier", f"kpi:{RATIO}", f"人工智能场景占比低于{least:.0%}"
    level = max((_LEVELS.get(word, 0) for word in draft.data["company"]["成熟度等级"]), default=0)
    if level and level < floor:
        yield "maturity-below-tier", "field:成熟度等级", "成熟度低于要求"
    if "是" in draft.data["company"]["安全环保事故"]:
        yield "accident-declared", "field:安全环保事故", "申报了较大及以上事故"


def relational(draft: Draft) -> list[dict[str, str]]:
    """All findings that follow from the entries, the figures about them, and the gates."""
    found: list[Found] = [item for at, entry in _places(draft) for item in _of_entry(entry, at)]
    found += [*_lists(draft), *_ai(draft), *_figures(draft), *_gates(draft)]
    return [{"rule": rule, "subject": subject, "note": note} for rule, subject, note in found]


def _subject(draft: Draft, written: str) -> str:
    """A finding's subject with the block's number filled in."""
    if not written.startswith("@"):
        return written
    key, slash, part = written[1:].partition("/")
    block: Block = next(block for block in draft.blocks if str(id(block)) == key)
    return draft.place(block) + slash + part


def close(draft: Draft) -> dict[str, Any]:
    """The declaration with its gold brought up to date."""
    write_back(draft)
    gold = draft.data["gold"]
    gold["scenarios"] = [
        {"at": at, "scenario": entry.scenario, "stage_ok": entry.stage_ok, "name_ok": entry.name_ok}
        for at, entry in _places(draft)
    ]
    direct = [item | {"subject": _subject(draft, item["subject"])} for item in draft.findings]
    gold["findings"] = direct + relational(draft)
    gold["eligible"] = eligible(draft)
    gold["open"] = draft.open
    gold["seeded"] = draft.applied
    return draft.data


__all__ = ["STAGES", "ai_share", "close", "covered", "eligible", "kpi_value", "relational"]
