"""The applications of artificial intelligence: lists, yes/no, share and number of models."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.model.declaration import KpiRow, Text
from reviewer.rules import keys, pairing
from reviewer.rules.context import Context
from reviewer.rules.correspondence import items
from reviewer.rules.registry import Hit, Wording, rule
from reviewer.rules.scenarios import line, text_of
from reviewer.rules.values import parse_integer, parse_percent, parse_quantity

_TOLERANCE = 1.0 + 1e-9


@rule(
    "AI001",
    "ai-list-mismatch",
    "“{raw}”列入了人工智能场景清单，但{why}。",
    "{mend}",
    severity="error",
    cases={
        "body": Wording(
            "“{raw}”选择“应用人工智能：是”，但没有列入“{list}”。",
            "如确已应用，请在“{list}”中补列：{line}；如没有应用，请改选“否”。",
        )
    },
)
def ai_list_mismatch(context: Context) -> Iterator[Hit]:
    """人工智能场景前后不一致

    人工智能场景清单中的每一条都应在“覆盖的环节和具体场景”中，且在第三部分选“是”；第三部分选“是”的都应列入清单。

    错误示例：
        清单列有“设备故障诊断与预测”，第三部分该场景选“否”
    正确示例：
        两处一致
    """
    mine, headings = items(context, context.ai), items(context, context.headings)
    listed = pairing.links(mine, items(context, context.main)).forward
    described = pairing.links(mine, headings)
    answers = {block.at: block.ai for block in context.blocks}
    for entry, _ in context.matched(context.ai):
        block = described.forward.get(entry.at)
        denied = block is not None and answers.get(block) == (keys.NO,)
        if denied or entry.at not in listed:
            yield Hit(
                entry.at,
                text_of(entry),
                _reasons(context, entry.raw, entry.at in listed, block, denied),
            )
    spec = context.specs.get(keys.AI_LIST)
    for entry, match in context.matched(context.headings):
        if answers.get(entry.at) == (keys.YES,) and entry.at not in described.backward:
            label = spec.labels[0] if spec else keys.AI_LIST
            yield Hit(
                entry.at,
                text_of(entry),
                {"raw": entry.raw, "list": label, "line": line(match)},
                "body",
            )


def _reasons(
    context: Context, raw: str, listed: bool, block: str | None, denied: bool
) -> dict[str, object]:
    spec = context.specs.get(keys.MAIN_LIST)
    label = spec.labels[0] if spec else keys.MAIN_LIST
    why, mend = [], []
    if not listed:
        why.append(f"“{label}”中没有这一条")
        mend.append(f"请在“{label}”中补列")
    if denied and block is not None:
        number = block.removeprefix("body:")
        why.append(f"{number} 中选的是“否”")
        mend.append(f"请核对 {number} 的“是否应用人工智能”")
    return {
        "raw": raw,
        "why": "，且".join(why),
        "mend": "，".join(mend) + "，或从人工智能场景清单中去掉。",
    }


@rule(
    "AI002",
    "ai-description-missing",
    "“{raw}”选择了应用人工智能，没有描述应用情况。",
    "请补写人工智能技术应用情况（{limit}字以内）：用了什么数据和模型，做什么，效果如何；没有应用的改选“否”。",
    severity="error",
)
def ai_description_missing(context: Context) -> Iterator[Hit]:
    """选了应用人工智能，没有描述

    错误示例：
        是否应用人工智能：是
        （没有下文）
    正确示例：
        是否应用人工智能：是。采用深度学习模型识别面料疵点，用 4.8 万张图片训练，检出率 95%……
    """
    for block in context.blocks:
        text = block.parts.get("ai_desc", Text()).text
        if block.ai == (keys.YES,) and context.missing(text):
            values = {"raw": block.entry.raw, "limit": context.policy.template.block.ai_limit}
            yield Hit(block.at, text_of(block.entry), values)


def kpi_row(context: Context, role: str) -> KpiRow | None:
    """The row of the KPI of that role."""
    kpi = context.kpi(role)
    return next((row for row in context.declaration.kpis if kpi and row.name == kpi.name), None)


@rule(
    "AI003",
    "ai-ratio-mismatch",
    "{name}（建成后）填“{written}”，按清单应为 {right}%（人工智能场景 {ai} 条 ÷ 场景 {main} 条）。",
    "请改为 {right}%，或核对两份清单的条数。",
    severity="error",
)
def ai_ratio_mismatch(context: Context) -> Iterator[Hit]:
    """人工智能场景比例与清单不符

    比例 = 人工智能场景清单条数 ÷ 场景清单条数，按所列条数计；相差不超过 1 个百分点不算。

    错误示例：
        比例填 46%，清单 13 条中人工智能 3 条
    正确示例：
        比例填 23.1%
    """
    row, share = kpi_row(context, "ai_share"), context.ai_share
    said = parse_percent(context.own(row.after.text)) if row else None
    if row is None or share is None or said is None or _agrees(row.after.text, said, share):
        return
    values = {
        "name": row.name,
        "written": row.after.text.strip(),
        "right": f"{share:.1f}".removesuffix(".0"),
        "ai": len(context.ai),
        "main": len(context.main),
    }
    yield Hit(f"kpi:{row.name}", row.after, values)


def _agrees(written: str, said: float, share: float) -> bool:
    """Within a point; a share without % may have been written as 0.33."""
    if abs(said - share) <= _TOLERANCE:
        return True
    found = parse_quantity(written)
    bare_share = found is not None and not found.unit and 0 < said < 1
    return bare_share and abs(100 * said - share) <= _TOLERANCE


@rule(
    "AI004",
    "ai-ratio-below-tier",
    "应用人工智能的场景占 {share}%（{ai} 条 ÷ {main} 条），{tier}要求不低于 {floor}%。",
    "至少需要 {need} 个场景应用人工智能，还差 {lack} 个；达不到的，请改报相应等级。",
    severity="error",
)
def ai_ratio_below_tier(context: Context) -> Iterator[Hit]:
    """人工智能场景比例低于申报等级要求

    卓越级不低于 20%，领航级不低于 60%，按两份清单的条数计。

    错误示例：
        申报卓越级，15 个场景中 2 个应用人工智能（13.3%）
    正确示例：
        15 个场景中 3 个应用人工智能（20%）
    """
    share, floor, kpi = context.ai_share, context.tier.ai_share, context.kpi("ai_share")
    if share is None or floor is None or kpi is None or share >= floor - 1e-9:
        return
    row = kpi_row(context, "ai_share")
    need = -int(-floor * len(context.main) // 100)
    values = {
        "share": f"{share:.1f}".removesuffix(".0"),
        "ai": len(context.ai),
        "main": len(context.main),
        "tier": context.tier.name,
        "floor": f"{floor:g}",
        "need": need,
        "lack": need - len(context.ai),
    }
    yield Hit(f"kpi:{kpi.name}", row.after if row else Text(), values)


@rule(
    "AI005",
    "ai-model-count-mismatch",
    "{name}（建成后）填“{written}”，{list}列出 {count} 个模型。",
    "请核对后改为一致：指标改为 {count} 个，或补全{list}。",
    severity="error",
)
def ai_model_count_mismatch(context: Context) -> Iterator[Hit]:
    """人工智能模型数量与模型清单不符

    填了人工智能模型清单的，清单中的模型数应与指标一致；清单选填，没有填的不比。

    错误示例：
        指标填 7 个，清单列 6 个模型
    正确示例：
        指标填 6 个，清单列 6 个模型
    """
    row = kpi_row(context, "ai_models")
    rows = context.declaration.lists.get(keys.MODELS, ())
    models = [line for line in rows if line.cells and context.own(line.cells[0])]
    said = parse_integer(context.own(row.after.text)) if row else None
    if row is None or said is None or not models or said == len(models):
        return
    values = {
        "name": row.name,
        "written": row.after.text.strip(),
        "list": keys.MODELS,
        "count": len(models),
    }
    yield Hit(f"kpi:{row.name}", row.after, values)
