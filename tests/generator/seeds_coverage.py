"""A clause loses its evidence: every sentence that speaks of it goes, only a plan stays."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from .draft import PARTS, Draft
from .registry import defect
from .words import padded


@dataclass(frozen=True)
class Topic:
    """What a clause of the advanced tier is about: words, scenarios that are evidence of it, and a plan for it."""

    clause: str
    words: str
    scenarios: frozenset[int]
    plan: str


TOPICS = (
    Topic(
        "advanced.5.c",
        "供应链|供应商|采购|供方|来料|到货|外协",
        frozenset({37, 38, 39, 40, 8, 19}),
        "2027年启动供应链协同平台建设，逐步开展供应商数字化管理。",
    ),
    Topic(
        "advanced.1.b",
        "仿真|模拟|孪生|虚拟|布局|路径|节拍",
        frozenset({1, 3, 5, 7}),
        "2027年引入仿真软件，对工艺路线、产线布局和物流路径开展仿真。",
    ),
)
_SENTENCE = re.compile(r"[^。\n]*[。\n]?")


def _without(text: str, words: str, least: int = 40) -> str:
    """The text less its sentences about the topic; what loses too much is filled up with nothing."""
    kept = "".join(
        sentence for sentence in _SENTENCE.findall(text) if not re.search(words, sentence)
    ).strip("\n")
    return kept if len(kept) >= least or kept == text else padded(kept, least, random.Random(text))


def _scrubbed(draft: Draft, topic: Topic) -> dict[tuple[str, ...], str]:
    """The new texts by place."""
    data, out = draft.data, {}
    places: list[tuple[str, ...]] = [
        ("company", "企业简介"),
        ("factory", "项目简述"),
        ("s2", "2.1"),
        ("s2", "2.2"),
    ]
    places += [(key,) for key in ("s4", "s5", "s6") if data.get(key)]
    places += [("s3", section, "intro") for section in data["s3"]]
    for place in places:
        holder = data
        for key in place[:-1]:
            holder = holder[key]
        if not holder.get(place[-1]):
            continue
        out[place] = _without(holder[place[-1]], topic.words)
    return out


@defect("requirement-uncovered")
def clause_without_evidence(draft: Draft, rng: random.Random) -> bool:
    topic = rng.choice(TOPICS)
    if (
        draft.data.get("tier") != "先进级"
        or draft.touched
        or topic.clause not in draft.data["gold"]["coverage"]
    ):
        return False
    gone = {entry.scene for entry in draft.main if entry.scenario in topic.scenarios}
    texts = _scrubbed(draft, topic)
    left = [block for block in draft.blocks if block.entry.scene not in gone]
    parts = [
        (block, key, _without(block.content[key], topic.words))
        for block in left
        for key in PARTS
        if block.content[key]
    ]
    if len(left) < 3 or len(draft.main) - len(gone) < 4:
        return False
    draft.main = [entry for entry in draft.main if entry.scene not in gone]
    draft.ai = [entry for entry in draft.ai if entry.scene not in gone]
    draft.blocks = left
    for block, key, text in parts:
        block.content[key] = text
    _store(draft, texts)
    _strike_rows(draft, topic)
    _forget(draft, topic)
    draft.data["s7"]["7.2"] = (draft.data["s7"].get("7.2") or "") + topic.plan
    draft.find("requirement-uncovered", f"req:{topic.clause}", "只有计划，没有已建成的内容")
    draft.touched |= {f"topic:{topic.clause}", "part:7", "section:7.2", "part:3"}
    return True


def _strike_rows(draft: Draft, topic: Topic) -> None:
    """Rows of block (7) and of the six lists whose names speak of it."""
    for block in draft.blocks:
        for key in ("equipment", "software", "process", "technology"):
            block.content[key] = [
                row for row in block.content[key] if not re.search(topic.words, "".join(row[:2]))
            ]
    lists = draft.data.get("s9", {})
    for name in [key for key in lists if key != "附件6"]:
        lists[name] = [row for row in lists[name] if not re.search(topic.words, "".join(row))]


def _store(draft: Draft, texts: dict[tuple[str, ...], str]) -> None:
    for place, text in texts.items():
        holder = draft.data
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = text


def _forget(draft: Draft, topic: Topic) -> None:
    """Other clauses may have lost evidence with those sentences: only this one stays known."""
    for section in ("3.1", "3.2", "3.3", "3.4", "3.5"):
        draft.loosen(section)
    draft.data["gold"]["coverage"][topic.clause] = "unmet"
