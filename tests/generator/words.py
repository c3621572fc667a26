"""字数 as the contract counts it, and text of an exact length that says nothing."""

from __future__ import annotations

import random
import re
import unicodedata

_AMBIGUOUS = "“”‘’—…±·×÷"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
FILLER = (
    "相关做法由各班组按月回顾，形成的经验写入作业文件。",
    "上述工作按照既定的节点推进，过程记录完整可查。",
    "有关人员按岗位接受了培训，考试合格后上岗。",
    "日常工作中注意听取一线员工的意见，遇到问题当班讨论。",
    "各部门分工明确，每周召开例会协调进展。",
)
LIMITS = {"企业简介": 500, "项目简述": 500, "2.1": 1000, "2.2": 1500, "intro": 1500}
PART_LIMITS = {"ai_desc": 300, "desc": 300, "pain": 300, "tech": 500, "result": 500}


def count(text: str) -> int:
    """CJK characters and full-width marks count 1, a run of half-width signs 1, white space 0."""
    total, in_run = 0, False
    for char in unicodedata.normalize("NFC", _INVISIBLE.sub("", text)):
        narrow = unicodedata.normalize("NFKC", char)
        if char.isspace():
            in_run = False
        elif "！" <= char <= "～" and narrow.isascii() and narrow.isalnum():
            total, in_run = total + (not in_run), True
        elif unicodedata.east_asian_width(char) in "WF" or char in _AMBIGUOUS:
            total, in_run = total + 1, False
        else:
            total, in_run = total + (not in_run), True
    return total


def padded(text: str, wanted: int, rng: random.Random) -> str:
    """The text with sentences appended that mean nothing, exactly ``wanted`` long; never shortened."""
    body = text
    while count(body) < wanted:
        sentence = rng.choice(FILLER)
        missing = wanted - count(body)
        if len(sentence) > missing:
            sentence = ("另行说明，" * missing)[: missing - 1] + "。" if missing > 1 else "。"
            body = (
                body.rstrip("。") + "。"
                if missing == 1 and not body.endswith("。")
                else body + sentence
            )
            if count(body) < wanted and missing == 1:
                body += "。"
        else:
            body += sentence
    return body
