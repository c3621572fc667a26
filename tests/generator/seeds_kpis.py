"""Defects of the KPI table.

A KPI whose figures a narrative repeats is left alone where that would make a second defect.
"""

from __future__ import annotations

import random
import re

from .draft import Draft
from .oracle import MODELS, RATIO, kpi_value
from .registry import defect, near_miss

_TOKENS = {
    "关键设备数控化率": "数控化",
    "关键设备联网率": "联网率",
    "全员劳动生产率": "劳动生产率",
    "生产效率": "生产效率",
    "资源综合利用率": "资源综合",
    "产品研制周期": "研制周期",
    "运营成本": "运营成本",
    "产品不良品率": "不良",
    "人均销售额": "人均销售",
    "设备综合利用率": "设备综合",
    "库存周转率": "周转",
    "供应商准时交付率": "准时交付|到货",
    "订单准时达成率": "准时达成|准时交付|达成率",
    "先进过程控制投用率": "投用率",
    "单位产值综合能耗": "综合能耗|单位产值能耗",
    "单位产值碳排放量": "碳排放",
    "一般固废综合利用率": "固废",
    "水资源重复利用率": "重复利用",
    "工业总产值": "总产值",
}
_RATES = (
    "关键设备数控化率",
    "关键设备联网率",
    "资源综合利用率",
    "设备综合利用率",
    "订单准时达成率",
    "供应商准时交付率",
    "一般固废综合利用率",
    "水资源重复利用率",
)
_DIRECTED = (
    *_RATES,
    "全员劳动生产率",
    "产品研制周期",
    "运营成本",
    "产品不良品率",
    "人均销售额",
    "单位产值综合能耗",
    "单位产值碳排放量",
)
_VALUE = re.compile(r"^(\d+(?:\.\d+)?)(\D.*)$")


def _rows(
    draft: Draft,
    *,
    starred: bool | None = None,
    names: tuple[str, ...] = tuple(_TOKENS),
    quiet: bool = True,
) -> list[list[str]]:
    """Untouched rows with a figure on both sides; quiet ones are repeated in no narrative."""
    text = "\n".join(draft.narratives())
    out = []
    for row in draft.data["kpis"]:
        name = row[0].lstrip("*")
        fits = name in names and (starred is None or row[0].startswith("*") == starred)
        filled = bool(_VALUE.match(row[1]) and _VALUE.match(row[2]))
        silent = not quiet or not re.search(_TOKENS.get(name, name), text)
        if fits and filled and silent and f"kpi:{name}" not in draft.touched:
            out.append(row)
    return out


def _take(draft: Draft, rows: list[list[str]], rng: random.Random) -> list[str] | None:
    if not rows:
        return None
    row = rng.choice(rows)
    draft.free(f"kpi:{row[0].lstrip('*')}")
    return row


def _name(row: list[str]) -> str:
    return row[0].lstrip("*")


@defect("kpi-missing")
def value_blank(draft: Draft, rng: random.Random) -> bool:
    row = _take(draft, _rows(draft, starred=True, quiet=False), rng)
    if row is None:
        return False
    side = rng.choice([1, 2, 2])
    row[side] = rng.choice(["", "/", "无", "/"])
    draft.find(
        "kpi-missing", f"kpi:{_name(row)}", f"必填指标{'建设前' if side == 1 else '建成后'}未填"
    )
    return True


@defect("kpi-missing")
def row_gone(draft: Draft, rng: random.Random) -> bool:
    row = _take(draft, _rows(draft, starred=True, quiet=False), rng)
    if row is None:
        return False
    draft.data["kpis"].remove(row)
    draft.find("kpi-missing", f"kpi:{_name(row)}", "必填指标没有这一行")
    return True


def _restate(draft: Draft, row: list[str], new: str) -> bool:
    """The new value in every narrative that states this KPI's old one; False where one states it in other words."""
    token = re.compile(f"[^。；\n]*(?:{_TOKENS[_name(row)]})[^。；\n]*")
    stated = [
        clause
        for text in draft.narratives()
        for clause in token.findall(text)
        if re.search(r"\d", clause)
    ]
    if any(row[2] not in clause for clause in stated):
        return False
    draft.rewrite(lambda text: token.sub(lambda match: match[0].replace(row[2], new), text))
    row[2] = new
    return True


@defect("kpi-out-of-range")
def over_hundred(draft: Draft, rng: random.Random) -> bool:
    row = _take(draft, _rows(draft, names=_RATES, quiet=False), rng)
    if row is None or not _restate(draft, row, rng.choice(["100.5%", "103.6%", "118%"])):
        return False
    draft.find("kpi-out-of-range", f"kpi:{_name(row)}", f"{row[2]}超出0至100%")
    return True


@defect("kpi-direction")
def worse_after(draft: Draft, rng: random.Random) -> bool:
    rows = [row for row in _rows(draft, names=_DIRECTED) if row[1] != row[2]]
    row = _take(draft, rows, rng)
    if row is None:
        return False
    row[1], row[2] = row[2], row[1]
    draft.find("kpi-direction", f"kpi:{_name(row)}", "建成后劣于建设前")
    return True


@defect("kpi-unit")
def unit_dropped(draft: Draft, rng: random.Random) -> bool:
    row = _take(draft, _rows(draft, quiet=False), rng)
    if row is None:
        return False
    sides = rng.choice([(1,), (2,), (1, 2)])
    for side in sides:
        match = _VALUE.match(row[side])
        row[side] = match[1] if match else row[side]
    draft.find("kpi-unit", f"kpi:{_name(row)}", "没有单位或前后单位不同")
    return True


@defect("kpi-unit")
def unit_changed(draft: Draft, rng: random.Random) -> bool:
    swaps = {"天": "小时", "万元/人": "元/人", "次/年": "次/月"}
    both = [
        row
        for row in _rows(draft, quiet=False)
        if any(row[1].endswith(unit) and row[2].endswith(unit) for unit in swaps)
    ]
    row = _take(draft, both, rng)
    if row is None:
        return False
    unit = next(unit for unit in swaps if row[2].endswith(unit))
    if not _restate(draft, row, row[2].removesuffix(unit) + swaps[unit]):
        return False
    draft.find("kpi-unit", f"kpi:{_name(row)}", "前后单位不同")
    return True


@defect("kpi-text-conflict")
def other_value_in_text(draft: Draft, rng: random.Random) -> bool:
    rows = [
        row
        for row in _rows(
            draft,
            names=(
                "关键设备数控化率",
                "关键设备联网率",
                "设备综合利用率",
                "产品不良品率",
                "订单准时达成率",
            ),
            quiet=False,
        )
        if row[2].endswith("%")
    ]
    if not draft.data.get("s6") or "part:6" in draft.touched:
        return False
    row = _take(draft, rows, rng)
    if row is None or float(row[2][:-1]) == float(row[1][:-1]):
        return False
    before, after = float(row[1][:-1]), float(row[2][:-1])
    said = round(after - (after - before) * 0.4, 2)
    draft.touched.add("part:6")
    words = rng.choice(["项目建成后，{}由{}变为{}。", "通过项目建设，{}从{}变化到{}，达到预期。"])
    draft.data["s6"] += words.format(_name(row), row[1], f"{said:g}%")
    draft.find("kpi-text-conflict", f"kpi:{_name(row)}", f"指标表{row[2]}，第六部分写{said:g}%")
    return True


@defect("ai-ratio-mismatch")
def ratio_wrong(draft: Draft, rng: random.Random) -> bool:
    said = kpi_value(draft, RATIO)
    text = "\n".join(draft.narratives())
    if (
        said is None
        or re.search("场景比例|场景占比|智能技术场景", text)
        or not draft.free(f"kpi:{RATIO}")
    ):
        return False
    for row in draft.data["kpis"]:
        if _name(row) == RATIO:
            row[2] = f"{said + rng.choice([8, 12.5, 20]):.1f}%"
    return True


@defect("ai-model-count-mismatch")
def model_row_gone(draft: Draft, rng: random.Random) -> bool:
    rows = draft.data.get("s9", {}).get("附件6", [])
    if len(rows) < 2 or kpi_value(draft, MODELS) is None or not draft.free(f"kpi:{MODELS}"):
        return False
    if rng.random() < 0.6:
        rows.pop(rng.randrange(len(rows)))
    else:
        rows.append(["班组产量波动识别模型", "识别班组产量的异常波动"])
    return True


@near_miss
def slash_without_star(draft: Draft, rng: random.Random) -> bool:
    row = _take(draft, _rows(draft, starred=False), rng)
    if row is None:
        return False
    row[1] = row[2] = rng.choice(["/", "无", "—", ""])
    return True


@near_miss
def no_better(draft: Draft, rng: random.Random) -> bool:
    row = _take(draft, _rows(draft, names=_DIRECTED), rng)
    if row is None:
        return False
    row[2] = row[1]
    return True


@near_miss
def bare_counts(draft: Draft, rng: random.Random) -> bool:
    for row in draft.data["kpis"]:
        if _name(row) == MODELS and row[2].endswith("个") and draft.free(f"kpi:{MODELS}"):
            row[1], row[2] = row[1].removesuffix("个"), row[2].removesuffix("个")
            return True
    return False


@near_miss
def future_figure(draft: Draft, rng: random.Random) -> bool:
    row = _take(draft, _rows(draft, names=_RATES, quiet=False), rng)
    if row is None or not draft.data.get("s7", {}).get("7.2") or "part:7" in draft.touched:
        return False
    draft.touched.update({"part:7", "section:7.2"})
    draft.data["s7"]["7.2"] += f"2027年计划将{_name(row)}提高到99.9%。"
    return True
