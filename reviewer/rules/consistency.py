"""Do the places of one declaration agree: names, money, dates."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from reviewer.model.declaration import Text
from reviewer.model.folding import bare
from reviewer.rules import keys
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, Wording, rule
from reviewer.rules.values import parse_money, parse_period

_CENT = 1e-6


@rule(
    "CO001",
    "name-inconsistent",
    "封面的申报单位是“{cover}”，表一的企业名称是“{table}”，两处不一致。",
    "请按营业执照统一企业名称。",
    severity="error",
)
def name_inconsistent(context: Context) -> Iterator[Hit]:
    """封面与表一的企业名称不一致

    全角半角、空格、括号写法不同，以及名称后的“（盖章）”不算。

    错误示例：
        封面：某某水泥集团有限公司　表一：某某水泥有限公司
    正确示例：
        两处均为：某某水泥有限公司
    """
    cover, table = context.value(keys.APPLICANT), context.value(keys.ENTERPRISE)
    if not cover or not table or _name(context, cover) == _name(context, table):
        return
    near = Levenshtein.distance(bare(cover), bare(table)) <= 2
    yield Hit(
        f"field:{keys.ENTERPRISE}",
        context.field(keys.ENTERPRISE).text,
        {"cover": cover, "table": table},
        rests=(context.field(keys.APPLICANT).text,),
        doubtful=context.scanned and near,
    )


def _name(context: Context, written: str) -> str:
    """Letters of a name without the label's words in brackets behind it ("…公司（盖章）")."""
    head, _, tail = written.strip().replace("(", "（").rpartition("（")
    words = context.policy.template.label_words
    return bare(head if head and bare(tail) in words else written)


@rule(
    "CO002",
    "investment-exceeds-total",
    "{count} 个场景的投资合计 {sum} 万元，大于建设总投资 {total} 万元。",
    "相差 {over} 万元，请核对各场景投资和建设总投资。",
    severity="error",
)
def investment_exceeds_total(context: Context) -> Iterator[Hit]:
    """各场景投资之和大于建设总投资

    错误示例：
        11 个场景投资合计 9090 万元，建设总投资 8600 万元
    正确示例：
        各场景投资合计不超过建设总投资
    """
    total = parse_money(context.value(keys.INVESTMENT))
    amounts = [
        (block.invest, parse_money(context.own(block.invest.text))) for block in context.blocks
    ]
    known = [(text, amount) for text, amount in amounts if amount is not None and amount > 0]
    spent = sum(amount for _, amount in known)
    if total is None or spent <= total + _CENT:
        return
    values = {
        "count": len(known),
        "sum": f"{spent:.10g}",
        "total": f"{total:.10g}",
        "over": f"{spent - total:.6g}",
    }
    rests = tuple(text for text, _ in known)
    yield Hit(f"field:{keys.INVESTMENT}", context.field(keys.INVESTMENT).text, values, rests=rests)


@rule(
    "CO003",
    "date-order",
    "“{label}”的结束时间（{end}）早于开始时间（{start}）。",
    "请核对起止日期是否填反或写错年份。",
    severity="error",
    cases={
        "late": Wording(
            "“{label}”结束于{end}，晚于申报日期{declared}。",
            "申报的应是已建成的内容：请核对日期；尚未完成的，写入“后续实施计划”。",
        )
    },
)
def date_order(context: Context) -> Iterator[Hit]:
    """起止日期有误

    结束早于开始，或结束晚于申报日期（没有申报日期的以承诺书日期为准，都没有的不比）。只写到月的按月比较。

    错误示例：
        起止日期：2025年3月1日至2026年6月30日（申报日期 2026年4月3日）
    正确示例：
        起止日期：2025年3月1日至2026年3月20日
    """
    spec = context.specs.get(keys.PERIOD)
    label = spec.labels[0] if spec else keys.PERIOD
    yield from _period(context, f"field:{keys.PERIOD}", label, context.field(keys.PERIOD).text)
    label = context.policy.template.block.labels["period"][0]
    for block in context.blocks:
        yield from _period(context, block.at, label, block.period)


def _period(context: Context, subject: str, label: str, text: Text) -> Iterator[Hit]:
    if context.residue.find(text.text):
        return
    period, declared = parse_period(text.text), context.declared
    if period.start is not None and period.end is not None and period.start.after(period.end):
        values = {"label": label, "start": period.start, "end": period.end}
        yield Hit(subject, text, values)
    elif period.end is not None and declared is not None and period.end.after(declared):
        values = {"label": label, "end": period.end, "declared": declared}
        rests = (context.field(keys.DECLARED).text,)
        yield Hit(subject, text, values, "late", rests=rests)
