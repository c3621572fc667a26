"""Why an entry is mapped as it is, in words for the reviewer."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.matching.spelling import Near, Slip
from reviewer.model.folding import fold
from reviewer.model.opinion import Opinion
from reviewer.policy.schema import Alias, Scenario

CORRECTED = "审核人员对同样的条目作过更正"
EMPTY = "条目是空的"
NOTHING = "所写内容与各典型场景的名称和官方描述都不相符"
_SHOWN = 3


def exact(scenario: Scenario, stage_ok: bool, stage_written: str) -> str:
    """The canonical name as it is; the stage that it belongs to, where another is written."""
    if stage_ok or not stage_written:
        return "与规范名称一致"
    return f"与规范名称一致，名称以写明的为准；该场景属于“{scenario.stage}”环节"


def alias(found: Alias, scenario: Scenario) -> str:
    """A former or neighbouring name."""
    return f"旧版或相邻方案的名称（{found.edition}），现行名称为“{scenario.name}”"


def near(found: Near, scenario: Scenario) -> str:
    """The slips, and the name that is meant."""
    slips = "、".join(map(_slip, found.slips[:_SHOWN]))
    tail = "" if fold(scenario.name) == found.name else f"，现行名称为“{scenario.name}”"
    return f"与“{found.name}”相近：{slips}{tail}"


def affixed(name: str, extra: str) -> str:
    """The canonical name with words before or after it."""
    return f"规范名称“{name}”前后多写了“{extra}”"


def opinion(found: Opinion, scenario: Scenario) -> str:
    """The words that spoke for the scenario; which of them its official text holds."""
    official = fold(scenario.name + scenario.text)
    shared = [word for word in found.words if word in official]
    others = [word for word in found.words if word not in official]
    if shared:
        more = f"，并写有{_quoted(others)}" if others else ""
        return f"{_quoted(shared)}与“{scenario.name}”的官方描述相符{more}"
    if others:
        return f"从{_quoted(others)}看，与“{scenario.name}”的官方描述相符"
    return f"整体用语最接近“{scenario.name}”的官方描述"


def doubt(found: Opinion, scenario: Scenario | None) -> str:
    """Why the tool abstains, and what came nearest."""
    if scenario is None:
        return NOTHING
    return f"{NOTHING}；相对最接近的是“{scenario.name}”"


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words)


def _slip(slip: Slip) -> str:
    if slip.kind == "漏字":
        return f"漏了“{slip.meant}”字"
    if slip.kind == "多字":
        return f"多了“{slip.written}”字"
    if slip.kind == "颠倒":
        return f"“{slip.written}”次序颠倒，应为“{slip.meant}”"
    word = {"同音": "同音错字", "近音": "近音错字", "形近": "形近错字"}.get(slip.kind, "错字")
    return f"“{slip.written}”应为“{slip.meant}”（{word}）"
