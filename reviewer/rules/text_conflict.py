"""The narratives' figures for a KPI against the table."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.model.declaration import Text
from reviewer.model.index import Sentence
from reviewer.rules.context import Context
from reviewer.rules.kpis import Row, rows
from reviewer.rules.mentions import Mention, Names, conflicts, mentions
from reviewer.rules.registry import Hit, rule

_NEVER = ("section:7", "section:8", "section:9")
_SIDES = {"before": "建设前", "after": "建成后"}


@rule(
    "KP005",
    "kpi-text-conflict",
    "“{name}”{side}：指标表为“{table}”，正文写“{written}”。",
    "请核对后统一；正文的数值如果只是某个车间、产线或产品的，请写明范围。",
)
def kpi_text_conflict(context: Context) -> Iterator[Hit]:
    """正文与指标表的数值不一致

    企业简介、项目简述和二至六部分里对同一指标写的数值，应与指标表一致；单位换算后比较，四舍五入的差别不算。
    某个场景、产品、产线、车间、工序自己的数值，以后的目标，中间年份的数值，以及“提高12个百分点”之类的增幅，都不算不一致。

    错误示例：
        指标表：设备综合利用率　84.6%　90.4%；第六部分：设备综合利用率由84.6%提高到93.1%
    正确示例：
        指标表：设备综合利用率　84.6%　90.4%；第六部分：设备综合利用率由84.6%提高到90.4%
    """
    table = {row.kpi.name: row for row in rows(context) if not row.change}
    names = Names(table.values())
    year = context.declared.year if context.declared else context.policy.year
    seen: set[tuple[str, str]] = set()
    for sentence in context.sentences:
        if sentence.subject.startswith(_NEVER):
            continue
        for mention in mentions(sentence.text, names, year):
            row = table[mention.kpi]
            side = next(conflicts(mention, row, in_block=sentence.subject.startswith("body:")), "")
            if side and (mention.kpi, side) not in seen:
                seen.add((mention.kpi, side))
                yield _hit(row, side, mention, sentence)


def _hit(row: Row, side: str, mention: Mention, sentence: Sentence) -> Hit:
    cell = row.row.before if side == "before" else row.row.after
    values = {
        "name": row.kpi.name,
        "side": _SIDES[side],
        "table": cell.text.strip(),
        "written": mention.written,
    }
    spans = (sentence.span,) if sentence.span else ()
    return Hit(row.subject, Text(sentence.text, spans), values, rests=(cell,))
