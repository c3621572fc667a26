"""Defects of scenario entries: the lists, the headings of part 三, and how they fit together.

Most seeders only change the entries; what follows from that (also the AI share) the oracle reckons.
"""

from __future__ import annotations

import copy
import random
from dataclasses import replace

from .annex7 import NAMES, RENAMES, STAGE_OF, STAGES, UNRECOGNIZED, WRONG_STAGES
from .draft import Block, Draft, Entry, home
from .oracle import TIERS
from .registry import defect, near_miss

_SWAPPED = ("desc", "pain", "tech", "result", "equipment", "software", "process", "technology")
_CANTEEN = {
    "heading": "",
    "suppliers": [["石家庄味源软件有限公司", "白露", "13900000999"]],
    "period": "",
    "invest": "1",
    "outstanding": "否",
    "ai": "否",
    "ai_desc": "",
    "desc": "在职工食堂安装刷脸终端和订餐小程序，职工提前一天订餐，就餐时刷脸扣款，菜品评价在手机上完成。",
    "pain": "解决职工排队时间长、剩菜多、饭卡丢失补办麻烦的问题。",
    "tech": "终端与人员名册对接，订餐截止后自动汇总份数发给厨房，月底按部门汇总餐补。",
    "result": "午餐平均排队时间由12分钟减少到3分钟，剩菜减少约三成。",
    "equipment": [],
    "software": [["新型软件", "订餐小程序", "V1.0", "石家庄味源软件有限公司"]],
    "process": [],
    "technology": [],
}
_AI_TEXT = (
    "采用机器学习方法对历史数据建模，训练样本来自近两年的生产记录，"
    "模型输出由人员确认后执行，每季度重新训练一次。"
)


def _entries(draft: Draft) -> list[tuple[str, Entry]]:
    out = [("main", entry) for entry in draft.main] + [("ai", entry) for entry in draft.ai]
    return out + [("body", block.entry) for block in draft.blocks]


def _pick(draft: Draft, rng: random.Random) -> tuple[str, Entry] | None:
    free = [
        item
        for item in _entries(draft)
        if f"scene:{item[1].scene}" not in draft.touched and item[1].scenario
    ]
    if not free:
        return None
    chosen = rng.choice(free)
    draft.free(f"scene:{chosen[1].scene}")
    return chosen


def _group(draft: Draft, entry: Entry, everywhere: bool) -> list[Entry]:
    """The entry alone, or the same scene at all its places."""
    return (
        [other for _, other in _entries(draft) if other.scene == entry.scene]
        if everywhere
        else [entry]
    )


@defect("stage-mismatch")
def wrong_stage(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None:
        return False
    entry = chosen[1]
    pool = (
        WRONG_STAGES
        if rng.random() < 0.25
        else tuple(stage for stage in STAGES if stage != entry.stage)
    )
    stage = rng.choice(pool)
    for other in _group(draft, entry, rng.random() < 0.3):
        other.stage = stage
    return True


@defect("scenario-renamed")
def renamed(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None or chosen[1].scenario is None:
        return False
    name = rng.choice(RENAMES[chosen[1].scenario])
    for other in _group(draft, chosen[1], rng.random() < 0.5):
        other.name = name
    return True


@defect("scenario-renamed")
def typo(draft: Draft, rng: random.Random) -> bool:
    """Two neighbouring characters swapped in the longest names."""
    chosen = _pick(draft, rng)
    if chosen is None or len(chosen[1].name) < 6:
        return False
    name = chosen[1].name
    at = rng.randrange(1, len(name) - 2)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if swapped in NAMES.values() or swapped == name:
        return False
    chosen[1].name = swapped
    return True


@defect("scenario-renamed")
def renamed_and_wrong_stage(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None or chosen[1].scenario is None:
        return False
    chosen[1].name = rng.choice(RENAMES[chosen[1].scenario])
    chosen[1].stage = rng.choice([stage for stage in STAGES if stage != chosen[1].stage])
    return True


@defect("scenario-format")
def no_instance(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None or _repeated(draft, chosen[1]):
        return False
    chosen[1].instance = ""
    return True


@defect("scenario-format")
def no_stage(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None:
        return False
    chosen[1].stage = ""
    return True


def _repeated(draft: Draft, entry: Entry) -> bool:
    """Whether the scenario occurs with several instances, so that the instance tells which is meant."""
    return len({other.scene for other in draft.main if other.scenario == entry.scenario}) > 1


@defect("scenario-duplicate")
def line_twice(draft: Draft, rng: random.Random) -> bool:
    entries = rng.choice([draft.main, draft.main, draft.ai])
    free = [entry for entry in entries if f"scene:{entry.scene}" not in draft.touched]
    if not free:
        return False
    entry = rng.choice(free)
    draft.free(f"scene:{entry.scene}")
    entries.insert(rng.randint(entries.index(entry) + 1, len(entries)), replace(entry))
    return True


@defect("scenario-unrecognized")
def foreign_entry(draft: Draft, rng: random.Random) -> bool:
    stage, name, instance = rng.choice(UNRECOGNIZED)
    if not draft.free(f"foreign:{name}"):
        return False
    scene = 1000 + len(draft.touched)
    draft.main.append(Entry(stage, name, instance, None, scene))
    draft.touched.add(f"scene:{scene}")
    return True


@defect("scenario-unrecognized")
def foreign_block(draft: Draft, rng: random.Random) -> bool:
    """Listed and described, and still none of the forty."""
    if not draft.free("foreign:block"):
        return False
    scene = 1500
    draft.touched.add(f"scene:{scene}")
    draft.main.append(Entry("生产管理", "智慧食堂就餐管理", "职工刷脸就餐与订餐", None, scene))
    content = copy.deepcopy(_CANTEEN) | {"period": draft.blocks[0].content["period"]}
    draft.blocks.append(
        Block(
            "3.4", Entry("生产管理", "智慧食堂就餐管理", "职工刷脸就餐与订餐", None, scene), content
        )
    )
    return True


def _remove(
    draft: Draft, scene: int, *, main: bool = False, ai: bool = False, body: bool = False
) -> None:
    if main:
        draft.main = [entry for entry in draft.main if entry.scene != scene]
    if ai:
        draft.ai = [entry for entry in draft.ai if entry.scene != scene]
    if body:
        draft.blocks = [block for block in draft.blocks if block.entry.scene != scene]


def _free_block(draft: Draft, rng: random.Random, **wanted: str) -> Block | None:
    free = [block for block in draft.blocks if f"scene:{block.entry.scene}" not in draft.touched]
    free = [
        block for block in free if all(block.content[key] == value for key, value in wanted.items())
    ]
    if not free:
        return None
    block = rng.choice(free)
    draft.free(f"scene:{block.entry.scene}")
    return block


@defect("scenario-not-described")
def block_gone(draft: Draft, rng: random.Random) -> bool:
    block = _free_block(draft, rng)
    if block is None:
        return False
    draft.loosen(block.section)
    _remove(draft, block.entry.scene, body=True)
    return True


@defect("scenario-not-listed")
def line_gone(draft: Draft, rng: random.Random) -> bool:
    block = _free_block(draft, rng)
    if block is None or len(draft.main) < 4:
        return False
    _remove(draft, block.entry.scene, main=True, ai=rng.random() < 0.4)
    return True


@defect("scenario-misplaced")
def wrong_section(draft: Draft, rng: random.Random) -> bool:
    block = _free_block(draft, rng)
    if block is None:
        return False
    block.section = rng.choice(
        [section for section in ("3.1", "3.2", "3.3", "3.4", "3.5") if section != home(block.entry)]
    )
    draft.blocks.remove(block)
    draft.blocks.append(block)
    return True


@defect("scenario-content-mismatch")
def texts_swapped(draft: Draft, rng: random.Random) -> bool:
    """Two blocks of different stages exchange all their texts; neither applies AI."""
    first = _free_block(draft, rng, ai="否")
    second = _free_block(draft, rng, ai="否")
    if first is None or second is None or home(first.entry) == home(second.entry):
        return False
    for key in _SWAPPED:
        first.content[key], second.content[key] = second.content[key], first.content[key]
    for block, other in ((first, second), (second, first)):
        draft.find_in("scenario-content-mismatch", block, f"内容是{other.entry.name}")
    return True


@defect("ai-list-mismatch")
def answer_flipped(draft: Draft, rng: random.Random) -> bool:
    block = _free_block(draft, rng)
    if block is None or block.content["ai"] not in {"是", "否"}:
        return False
    if block.content["ai"] == "是":
        block.content["ai"], block.content["ai_desc"] = "否", ""
    else:
        block.content["ai"], block.content["ai_desc"] = "是", _AI_TEXT
    draft.loosen(block.section)
    return True


@defect("ai-list-mismatch")
def ai_line_gone(draft: Draft, rng: random.Random) -> bool:
    block = _free_block(draft, rng, ai="是")
    if block is None:
        return False
    _remove(draft, block.entry.scene, ai=True)
    return True


@defect("ai-list-mismatch")
def ai_line_of_nothing(draft: Draft, rng: random.Random) -> bool:
    used = {entry.scenario for _, entry in _entries(draft)}
    unused = [number for number in NAMES if number not in used]
    if not unused or not draft.free("ai:foreign"):
        return False
    number = rng.choice(unused)
    scene = 2000 + number
    draft.touched.add(f"scene:{scene}")
    draft.ai.append(Entry(STAGE_OF[number], NAMES[number], "二期试点应用", number, scene))
    return True


@defect("ai-description-missing")
def no_ai_text(draft: Draft, rng: random.Random) -> bool:
    block = _free_block(draft, rng, ai="是")
    if block is None:
        return False
    block.content["ai_desc"] = ""
    draft.loosen(block.section)
    return True


@defect("ai-ratio-below-tier")
def too_little_ai(draft: Draft, rng: random.Random) -> bool:
    """AI leaves list and part 三 together until the share is under the tier's floor."""
    least = TIERS[draft.data.get("tier", "先进级")][3]
    scenes = [entry.scene for entry in draft.ai if f"scene:{entry.scene}" not in draft.touched]
    rng.shuffle(scenes)
    needed = next(
        (n for n in range(len(scenes) + 1) if len(draft.ai) - n < least * len(draft.main)), 0
    )
    if not needed:
        return False
    for scene in scenes[:needed]:
        draft.free(f"scene:{scene}")
        _remove(draft, scene, ai=True)
        for block in [block for block in draft.blocks if block.entry.scene == scene]:
            block.content["ai"], block.content["ai_desc"] = "否", ""
            draft.loosen(block.section)
    return True


@defect("investment-exceeds-total")
def total_too_small(draft: Draft, rng: random.Random) -> bool:
    amounts = [block.content["invest"] for block in draft.blocks]
    if not all(amount.isdigit() for amount in amounts) or not draft.free("field:建设总投资"):
        return False
    draft.data["factory"]["建设总投资"] = str(
        max(1, sum(map(int, amounts)) - rng.choice([1, 60, 400]))
    )
    return True


@defect("dimension-uncovered")
def dimension_empty(draft: Draft, rng: random.Random) -> bool:
    scenes = {
        entry.scene for _, entry in _entries(draft) if entry.scenario and home(entry) == "3.5"
    }
    if not scenes or len(draft.main) - len(scenes) < 5:
        return False
    if not draft.free("dimension:3.5", *(f"scene:{scene}" for scene in scenes)):
        return False
    for scene in scenes:
        _remove(draft, scene, main=True, ai=True, body=True)
    draft.loosen("3.5")
    return True


@near_miss
def other_separators(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None:
        return False
    chosen[1].separator = rng.choice(["—", "–", "－", " - ", "——", "／"])
    return True


@near_miss
def other_numbers(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None or chosen[0] == "body":
        return False
    chosen[1].number = rng.choice(["{}、", "{}．", "({})", "（{}）", "{}. "])
    return True


@near_miss
def full_width_digits(draft: Draft, rng: random.Random) -> bool:
    chosen = _pick(draft, rng)
    if chosen is None or not any("0" <= char <= "9" for char in chosen[1].instance):
        return False
    chosen[1].instance = "".join(
        chr(ord(char) + 0xFEE0) if "0" <= char <= "9" else char for char in chosen[1].instance
    )
    return True


@near_miss
def instance_reworded(draft: Draft, rng: random.Random) -> bool:
    block = _free_block(draft, rng)
    if block is None or _repeated(draft, block.entry):
        return False
    block.entry.instance += rng.choice(["应用", "系统", "建设"])
    return True


@near_miss
def untouched_template_line(draft: Draft, rng: random.Random) -> bool:
    if draft.extra_lines or not draft.free("list:extra"):
        return False
    draft.extra_lines.append("……")
    return True
