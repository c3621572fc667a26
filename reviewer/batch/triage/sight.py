"""Everything that the triage shows, and the columns of its main table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from reviewer.batch.duplicates import Pair
from reviewer.batch.quotas import Term, Usage
from reviewer.batch.ranking import Standing
from reviewer.batch.records import Batch, Record
from reviewer.batch.remarks import Findings
from reviewer.reports.places import spoken

ORDER_ONLY = (
    "排序只供参考：按硬条件、错误数和要素条件得分排列，方便先看哪些、先催哪些。"
    "本页不作任何否决，是否推荐由审核人员决定。"
)
Value = str | float | int


class Sight(Struct, frozen=True):
    """What is shown.

    ordered: records best first. copies: how many others a record shares text with. The rest by key
    of a record, or as their modules describe.
    """

    batch: Batch
    ordered: tuple[Record, ...]
    standings: Mapping[str, Standing]
    findings: Findings
    pairs: tuple[Pair, ...]
    clusters: tuple[tuple[str, ...], ...]
    usages: tuple[Usage, ...]
    terms: tuple[Term, ...]
    filed: Mapping[str, str]
    exempt: Mapping[str, str]
    copies: Mapping[str, int]

    def spoken(self, subject: str) -> str:
        """A place in words."""
        return spoken(subject, self.batch.policy)

    def tier(self, tier: str) -> str:
        """A tier's name."""
        known = {item.id: item.name for item in self.batch.policy.tiers}
        return known.get(tier, "未注明")


def firm(record: Record) -> str:
    """The enterprise's name as declared."""
    fields = record.digest.fields
    return fields.get("企业名称") or fields.get("申报单位") or ""


class Column(Struct, frozen=True):
    """A column of the main table. kind: text, number, choice (filtered by a list). width: in Excel."""

    title: str
    value: Callable[[Sight, Record, int], Value]
    kind: str = "text"
    width: int = 14


def _field(key: str) -> Callable[[Sight, Record, int], Value]:
    return lambda sight, record, place: record.digest.fields.get(key, "")


def _share(sight: Sight, record: Record, place: int) -> Value:
    share = record.digest.ai_share
    return "" if share is None else round(share, 1)


def _score(sight: Sight, record: Record, place: int) -> Value:
    return round(record.digest.score, 1) if record.digest.scores else ""


def _copies(sight: Sight, record: Record, place: int) -> Value:
    return sight.copies.get(record.key, 0)


def _rules(sight: Sight, record: Record, slug: str) -> str:
    return "是" if any(f.rule == slug for f in sight.findings.get(record.key, ())) else ""


COLUMNS: tuple[Column, ...] = (
    Column("顺序", lambda s, r, n: n, "number", 6),
    Column("准备情况", lambda s, r, n: s.standings[r.key].label, "choice", 14),
    Column("企业名称", lambda s, r, n: firm(r), "text", 30),
    Column("工厂名称", _field("工厂名称"), "text", 30),
    Column("地区", lambda s, r, n: r.digest.region or "未识别", "choice", 10),
    Column("等级", lambda s, r, n: s.tier(r.digest.tier), "choice", 8),
    Column("综合分", lambda s, r, n: s.standings[r.key].points, "number", 8),
    Column("错误", lambda s, r, n: r.digest.errors, "number", 7),
    Column("原因", lambda s, r, n: "；".join(s.standings[r.key].reasons), "text", 60),
    Column("所属行业", _field("所属行业"), "choice", 10),
    Column("细分行业", _field("细分行业"), "text", 16),
    Column("规模", _field("企业类型"), "choice", 10),
    Column("企业性质", _field("企业性质"), "choice", 10),
    Column("硬条件", lambda s, r, n: "达到" if r.digest.eligible else "未达到", "choice", 8),
    Column("成熟度分数", _field("成熟度分数"), "text", 10),
    Column("要素得分", _score, "number", 9),
    Column("待核", lambda s, r, n: r.digest.warnings, "number", 7),
    Column("场景数", lambda s, r, n: len(r.digest.main), "number", 7),
    Column("人工智能占比%", _share, "number", 10),
    Column("雷同份数", _copies, "number", 8),
    Column("重复申报", lambda s, r, n: _rules(s, r, "duplicate-enterprise"), "choice", 8),
    Column("超出名额", lambda s, r, n: _rules(s, r, "quota-exceeded"), "choice", 8),
    Column("不占名额", lambda s, r, n: s.exempt.get(r.key, ""), "text", 12),
    Column("下一级备案", lambda s, r, n: s.filed.get(r.key, ""), "choice", 10),
    Column("缺件", lambda s, r, n: r.lacking, "choice", 14),
    Column("文件", lambda s, r, n: _shown(r), "text", 36),
    Column("报告", lambda s, r, n: f"reports/{r.report}.json" if r.report else "", "text", 30),
)


def _shown(record: Record) -> str:
    return record.shown if record.row is None else f"{record.shown} 第 {record.row.number} 行"


def rows(sight: Sight) -> list[list[Value]]:
    """The main table."""
    return [
        [column.value(sight, record, place) for column in COLUMNS]
        for place, record in enumerate(sight.ordered, 1)
    ]


def plain(value: Any) -> str:
    """A cell as text."""
    return f"{value:g}" if isinstance(value, float) else str(value)
