"""The KPI table: is it filled, in range, in the right units, and did things get better."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reviewer.model.declaration import KpiRow, Text
from reviewer.model.folding import fold
from reviewer.policy.labels import is_change
from reviewer.policy.schema import Kpi
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, Wording, rule
from reviewer.rules.values import Quantity, is_time, normal_unit, parse_quantity

_BRACKET = re.compile(r"[（(]([^（()）]{1,12})[)）]\s*$")
_SIDES = ("建设前", "建成后")
_PERCENT = "%"


class Row(Struct, frozen=True):
    """A KPI's row read. before, after: None where blank or without a number.

    change: the label typed names an improvement, so that its values cannot be compared.
    """

    kpi: Kpi
    row: KpiRow
    before: Quantity | None
    after: Quantity | None
    change: bool

    @property
    def subject(self) -> str:
        """The subject of its findings."""
        return f"kpi:{self.kpi.name}"

    @property
    def sides(self) -> tuple[tuple[str, Text, Quantity | None], ...]:
        """(建设前 or 建成后, as written, value)."""
        return (
            (_SIDES[0], self.row.before, self.before),
            (_SIDES[1], self.row.after, self.after),
        )


def rows(context: Context) -> tuple[Row, ...]:
    """The rows that mean a KPI of the policy, 其他成效指标 aside."""
    return context.once("kpi rows", lambda made: tuple(_rows(made)))


def _rows(context: Context) -> Iterator[Row]:
    kpis = {kpi.name: kpi for kpi in context.policy.kpis if kpi.role != "other"}
    for row in context.declaration.kpis:
        kpi = kpis.get(row.name)
        if kpi is not None:
            unit = _unit_of_label(kpi, row.label)
            before, after = (_value(context, text, unit) for text in (row.before, row.after))
            yield Row(kpi, row, before, after, is_change(kpi, row.label))


def _value(context: Context, text: Text, unit: str) -> Quantity | None:
    """The value of a cell; a bare number takes the unit that stands in the label."""
    found = parse_quantity(context.own(text.text))
    if found is None or found.unit or not unit:
        return found
    return Quantity(found.low, found.high, normal_unit(unit), unit, found.relative, found.several)


def _unit_of_label(kpi: Kpi, label: str) -> str:
    """The unit in brackets at the end of a label ("人均销售额（万元/人）"), "" where none stands."""
    found = _BRACKET.search(label.rstrip("：: *"))
    if found is None:
        return ""
    unit = fold(found[1])
    known = {normal_unit(word) for word in kpi.units}
    return found[1] if "/" in unit or normal_unit(unit) in known or unit == _PERCENT else ""


@rule(
    "KP001",
    "kpi-missing",
    "必填指标“{name}”的{which}没有数值{written}。",
    "请填写“{name}”的{which}及单位；带*的指标不能填“/”或“无”。",
    severity="error",
    cases={
        "absent": Wording(
            "指标表中没有必填指标“{name}”。", "请补上“*{name}”一行，填写建设前、建成后的数值。"
        )
    },
)
def kpi_missing(context: Context) -> Iterator[Hit]:
    """必填指标缺失

    带 * 的指标，建设前、建成后都要有数值；空白、“/”“无”“—”都算没有填。不带 * 的不要求。

    错误示例：
        *订单准时达成率　85%　/
    正确示例：
        *订单准时达成率　85%　96%
    """
    by_name: dict[str, KpiRow] = {}
    for row in context.declaration.kpis:
        by_name.setdefault(row.name, row)
    for kpi in context.policy.kpis:
        if not kpi.starred:
            continue
        found = by_name.get(kpi.name)
        if found is None:
            values = {"name": kpi.name}
            yield Hit(f"kpi:{kpi.name}", values=values, case="absent", doubtful=context.scanned)
        else:
            yield from _blank_sides(context, kpi, found)


def _blank_sides(context: Context, kpi: Kpi, row: KpiRow) -> Iterator[Hit]:
    sides = tuple(zip(_SIDES, (row.before, row.after), strict=True))
    blank = [(side, text) for side, text in sides if context.missing(text.text)]
    if blank:
        marks = sorted({text.text.strip() for _, text in blank} - {""})
        values = {
            "name": kpi.name,
            "which": "和".join(side for side, _ in blank),
            "written": f"（填的是“{'、'.join(marks)}”）" if marks else "",
        }
        shown = next((text for _, text in (*blank, *sides) if text.spans), Text())
        # OCR overlooks single marks: what is blank to it is for a person to see.
        yield Hit(f"kpi:{kpi.name}", shown, values, doubtful=context.scanned and not marks)


@rule(
    "KP002",
    "kpi-out-of-range",
    "“{name}”{side}填“{written}”，超出 0—100%。",
    "比率应在 0% 与 100% 之间，请核对数值或算法。",
    severity="error",
)
def kpi_out_of_range(context: Context) -> Iterator[Hit]:
    """比率超出 0—100%

    数控化率、联网率、利用率、达成率等比率应在 0 与 100% 之间。库存周转率不是百分率。

    错误示例：
        关键设备联网率　60%　103%
    正确示例：
        关键设备联网率　60%　98%
    """
    for row in rows(context):
        if not row.kpi.percent or row.change:
            continue
        for side, text, value in row.sides:
            if value is None or not value.plain or value.unit not in ("", _PERCENT):
                continue
            if value.value < 0 or value.value > 100:
                values = {"name": row.kpi.name, "side": side, "written": text.text.strip()}
                yield Hit(row.subject, text, values)
                break


@rule(
    "KP003",
    "kpi-direction",
    "“{name}”建成后（{after}）不如建设前（{before}），这项指标应{way}。",
    "请核对两个数值是否填反、口径是否一致。",
    severity="error",
)
def kpi_direction(context: Context) -> Iterator[Hit]:
    """建成后不如建设前

    产品研制周期、运营成本、产品不良品率、单位产值综合能耗、单位产值碳排放量应下降，其余应上升；
    库存周转以天计、生产效率以单件用时计的，下降为好。工业总产值和数量不判断；“提升12%”之类不比较。

    错误示例：
        单位产值综合能耗　0.031吨标准煤/万元　0.036吨标准煤/万元
    正确示例：
        单位产值综合能耗　0.036吨标准煤/万元　0.031吨标准煤/万元
    """
    for row in rows(context):
        way = _direction(row)
        if way == "none" or not _worse(row, way):
            continue
        values = {
            "name": row.kpi.name,
            "before": row.row.before.text.strip(),
            "after": row.row.after.text.strip(),
            "way": "上升" if way == "up" else "下降",
        }
        yield Hit(row.subject, row.row.after, values, rests=(row.row.before,))


def _direction(row: Row) -> str:
    """Which way is better with the unit written."""
    kpi, unit = row.kpi, row.after.written if row.after else ""
    if kpi.direction == "none" or not kpi.invert or not _inverts(kpi, unit):
        return kpi.direction
    return "down" if kpi.direction == "up" else "up"


def _inverts(kpi: Kpi, unit: str) -> bool:
    plain = fold(unit).lower()
    return any(plain.startswith(fold(word).lower()) for word in kpi.invert) or is_time(
        normal_unit(unit)
    )


def _worse(row: Row, way: str) -> bool:
    """Both values can be compared, and the later one is worse beyond doubt."""
    if row.change or row.before is None or row.after is None:
        return False
    if not (row.before.plain and row.after.plain):
        return False
    before, after = row.before, row.after
    if before.unit and after.unit and before.unit != after.unit:
        return False  # a number without unit is taken to be in the other's, two units are not
    return after.high < before.low if way == "up" else after.low > before.high


@rule(
    "KP004",
    "kpi-unit",
    "“{name}”{side}填“{written}”，没有{what}。",
    "请补上{unit}。",
    severity="error",
    cases={
        "differ": Wording(
            "“{name}”建设前“{before}”与建成后“{after}”的单位不一致。", "请换算成同一单位{unit}。"
        )
    },
)
def kpi_unit(context: Context) -> Iterator[Hit]:
    """指标缺单位，或前后单位不一致

    比率要带 %；其他指标要写单位，前后一致；单独一个 0 可以不写。
    模型数量、企业数量可以只写整数；单位写在指标名称后的括号里也可以。

    错误示例：
        人均销售额　38.2　47.1
    正确示例：
        人均销售额　38.2万元/人　47.1万元/人
    """
    for row in rows(context):
        yield from _unit_hits(row, context.scanned)


def _unit_hits(row: Row, scanned: bool) -> Iterator[Hit]:
    bare = [
        (side, text)
        for side, text, value in row.sides
        if value is not None and _lacks_unit(row.kpi, value)
    ]
    name, unit = row.kpi.name, _usual(row.kpi)
    if bare:
        values = {
            "name": name,
            "side": "和".join(side for side, _ in bare),
            "written": "”“".join(text.text.strip() for _, text in bare),
            "what": "百分号" if row.kpi.percent else "单位",
            "unit": "“%”" if row.kpi.percent else f"单位{unit}",
        }
        rests = tuple(text for _, text in bare)
        yield Hit(row.subject, bare[0][1], values, rests=rests, doubtful=scanned)
    elif _units_differ(row):
        before, after = row.row.before.text.strip(), row.row.after.text.strip()
        values = {"name": name, "before": before, "after": after, "unit": unit}
        rests = (row.row.before,)
        yield Hit(row.subject, row.row.after, values, "differ", rests=rests, doubtful=scanned)


def _usual(kpi: Kpi) -> str:
    return f"（如“{kpi.units[0]}”）" if kpi.units else ""


def _lacks_unit(kpi: Kpi, value: Quantity) -> bool:
    """The unit asked for is not there; a bare 0, a change and a list of values are not asked."""
    if value.relative or value.several or (not value.unit and value.low == value.high == 0):
        return False
    if kpi.percent:
        return _PERCENT not in value.unit
    return kpi.unit_needed and not value.unit


def _units_differ(row: Row) -> bool:
    """Both sides have a unit, and not the same; a relative value ("提升12%") has none of its own."""
    if row.before is None or row.after is None:
        return False
    if not (row.before.plain and row.after.plain):
        return False
    units = (row.before.unit, row.after.unit)
    return all(units) and units[0] != units[1]
