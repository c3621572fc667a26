"""Beyond the form: what the figures and places themselves make doubtful. Never an error."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.model.declaration import Row, Text
from reviewer.model.folding import bare
from reviewer.policy.regions import regions
from reviewer.rules import keys
from reviewer.rules.context import Context
from reviewer.rules.dates import Day
from reviewer.rules.registry import Hit, rule
from reviewer.rules.values import parse_money, parse_quantity

_KINDS = re.compile(r"[、,，；;/／\n和及]")


@rule(
    "PL001",
    "below-scale",
    "{year}年主营业务收入 {revenue} 万元，低于规模以上工业企业的 {floor} 万元。",
    "各级智能工厂都要求企业为规模以上工业企业，请核实收入和是否在库。",
)
def below_scale(context: Context) -> Iterator[Hit]:
    """收入低于规模以上工业企业标准

    错误示例：
        2025 年主营业务收入 1580 万元
    正确示例：
        2025 年主营业务收入 2860 万元
    """
    item = context.field(keys.REVENUE)
    latest = parse_money(item.values[-1]) if item.values else None
    if latest is None or latest >= context.policy.scale_revenue:
        return
    values = {
        "year": context.policy.template.years[-1],
        "revenue": f"{latest:.10g}",
        "floor": f"{context.policy.scale_revenue:g}",
    }
    yield Hit(f"field:{keys.REVENUE}", item.text, values)


@rule(
    "PL002",
    "repeated-losses",
    "利润率在{years}为负（{rates}）。",
    "基础要求为近三年经营和财务状况良好，请核实并在证明材料中说明原因和改善情况。",
)
def repeated_losses(context: Context) -> Iterator[Hit]:
    """近三年中两年以上亏损

    错误示例：
        利润率：-3.1　-1.2　0.8
    正确示例：
        利润率：3.1　2.2　2.8
    """
    item = context.field(keys.PROFIT)
    found = [parse_quantity(value) for value in item.values]
    losses = [
        (year, value)
        for year, value, rate in zip(
            context.policy.template.years, item.values, found, strict=False
        )
        if rate is not None and rate.plain and rate.value < 0
    ]
    if len(losses) >= 2:
        values = {
            "years": "、".join(f"{year}年" for year, _ in losses),
            "rates": "、".join(value for _, value in losses),
        }
        yield Hit(f"field:{keys.PROFIT}", item.text, values)


@rule(
    "PL003",
    "maturity-score-mismatch",
    "成熟度勾选{level}，评估分数 {score} 对应的是{right}。",
    "请按评估报告核对等级和分数：{level}的分数在 {low} 与 {high} 之间。",
)
def maturity_score_mismatch(context: Context) -> Iterator[Hit]:
    """成熟度等级与分数不符

    按 GB/T 39116—2020，得分 0.8—1.8 为一级，1.8—2.8 为二级，2.8—3.8 为三级，3.8—4.8 为四级，4.8—5 为五级。

    错误示例：
        ☑三级　评估分数：2.46
    正确示例：
        ☑二级　评估分数：2.46
    """
    bands = {band.name: band for band in context.policy.maturity}
    band = bands.get(context.ticked(keys.MATURITY))
    written = context.field(keys.SCORE)
    found = parse_quantity(context.value(keys.SCORE))
    if band is None or found is None or not found.plain or found.unit not in ("", "分"):
        return
    score, top = found.value, max(b.high for b in bands.values())
    if score > top or score <= 0:  # another scale: nothing can be said
        return
    if band.low <= score < band.high or score == band.high == top:
        return
    right = next((b.name for b in bands.values() if b.low <= score < b.high), "未达一级")
    values = {
        "level": band.name,
        "score": f"{score:g}",
        "right": right,
        "low": band.low,
        "high": band.high,
    }
    rests = (written.text,)
    yield Hit(f"field:{keys.MATURITY}", context.field(keys.MATURITY).text, values, rests=rests)


@rule(
    "PL004",
    "closed-list",
    "“{column}”填“{written}”，不在规定的选项中。",
    "请从{options}中选填。",
)
def closed_list(context: Context) -> Iterator[Hit]:
    """没有从规定的选项中选填

    关键装备、关键软件的“种类”，标准、专利清单的“类型”“状态”，应从模板给出的词中选。

    错误示例：
        关键软件　种类：办公软件
    正确示例：
        关键软件　种类：经营管理类
    """
    block_spec = context.policy.template.block
    for block in context.blocks:
        for rows, kinds, table in (
            (block.equipment, block_spec.equipment_kinds, "equipment"),
            (block.software, block_spec.software_kinds, "software"),
        ):
            column = f"{block_spec.labels[table][0]}·{block_spec.tables[table][0]}"
            yield from _outside(context, block.at, column, rows, 0, kinds)
    for spec in context.policy.template.lists:
        rows = context.declaration.lists.get(spec.id, ())
        for column, allowed in spec.closed.items():
            subject = f"section:9.{spec.id.removeprefix('附件')}"
            place = spec.columns.index(column)
            yield from _outside(context, subject, column, rows, place, allowed)


def _outside(
    context: Context,
    subject: str,
    column: str,
    rows: tuple[Row, ...],
    place: int,
    allowed: tuple[str, ...],
) -> Iterator[Hit]:
    """One hit for all cells of a column that hold none of the words allowed."""
    strange: dict[str, Text] = {}
    for row in rows:
        cell = context.own(row.cells[place]) if place < len(row.cells) else ""
        if not _allowed(cell, allowed):
            words = (word.strip() for word in _KINDS.split(cell) if bare(word))
            strange |= {word: row.text for word in words if not _allowed(word, allowed)}
    if strange:
        options = "、".join(f"“{word}”" for word in allowed)
        values = {"column": column, "written": "”“".join(strange), "options": options}
        yield Hit(subject, next(iter(strange.values())), values)


def _allowed(word: str, allowed: tuple[str, ...]) -> bool:
    """The word is one of the list, a longer form (国家标准 for 国标) or a shorter one of it."""
    written = bare(word)
    return any(
        _within(bare(w), written) or (len(written) >= 2 and written in bare(w)) for w in allowed
    )


def _within(short: str, long: str) -> bool:
    """The characters of ``short`` stand in ``long`` in this order."""
    rest = iter(long)
    return all(char in rest for char in short)


@rule(
    "PL005",
    "region-mismatch",
    "推荐单位是“{recommender}”（{region}），工厂地址却在{place}：“{address}”。",
    "申报由工厂所在市推荐，请核对推荐单位和工厂地址；经集团渠道申报的请注明。",
)
def region_mismatch(context: Context) -> Iterator[Hit]:
    """推荐单位与工厂所在地不符

    由工厂所在市（含定州、辛集市，雄安新区）工业和信息化主管部门推荐。地址或推荐单位看不出地区的不比。

    错误示例：
        推荐单位：邢台市工业和信息化局　工厂地址：邯郸市永年区……
    正确示例：
        推荐单位：邯郸市工业和信息化局　工厂地址：邯郸市永年区……
    """
    recommender, address = context.value(keys.RECOMMENDER), context.value(keys.ADDRESS)
    mine, theirs = regions(context.policy, recommender), regions(context.policy, address)
    if len(mine) != 1 or not theirs or mine & theirs:
        return
    values = {
        "recommender": recommender,
        "region": "、".join(mine),
        "place": "或".join(sorted(theirs)),
        "address": address,
    }
    text = context.field(keys.RECOMMENDER).text
    yield Hit(f"field:{keys.RECOMMENDER}", text, values, rests=(context.field(keys.ADDRESS).text,))


@rule(
    "PL006",
    "deadline-passed",
    "申报日期{declared}晚于“{route}”的截止日期{deadline}。",
    "请核对申报日期，并向推荐单位确认能否受理。",
)
def deadline_passed(context: Context) -> Iterator[Hit]:
    """申报日期晚于截止日期

    只看申报等级对企业的截止日期；写到月的，同月不算。

    错误示例：
        先进级，申报日期 2026年4月20日（截止 4月10日）
    正确示例：
        先进级，申报日期 2026年4月8日
    """
    declared = context.declared
    for limit in context.policy.deadlines:
        if limit.by != "enterprise" or limit.tier != context.tier.id or declared is None:
            continue
        year, month, day = map(int, limit.date.split("-"))
        last = Day(year, month, day)
        if declared.after(last):
            text = _declared_text(context)
            values = {"declared": declared, "route": limit.route, "deadline": last}
            yield Hit(f"field:{keys.DECLARED}", text, values)


def _declared_text(context: Context) -> Text:
    cover = context.field(keys.DECLARED).text
    return cover if cover.text.strip() else context.declaration.commitment_date


@rule(
    "PL007",
    "cover-missing",
    "封面的“{label}”没有填写。",
    "请填写封面的“{label}”。",
)
def cover_missing(context: Context) -> Iterator[Hit]:
    """封面有空栏

    错误示例：
        项目名称：（空白）
    正确示例：
        项目名称：职业装柔性定制智能工厂建设项目
    """
    for spec in context.policy.template.fields:
        item = context.field(spec.key)
        if spec.part == "cover" and spec.required and item.found and context.missing(item.value):
            yield Hit(f"field:{spec.key}", item.text, {"label": spec.labels[0]})
