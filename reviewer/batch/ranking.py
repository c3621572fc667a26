"""Order by readiness, with reasons: which declarations a bureau can hand on, and what holds the others.

The order is a proposal. Nothing is rejected here; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reviewer.batch.digest import Digest
from reviewer.batch.records import Record
from reviewer.rules import registry

READY, SMALL, MEND, GATE = range(4)
LABELS = ("可上报", "小改后可上报", "需补正", "硬条件未达到")
_FEW = 5
_ERROR, _WARNING, _LACKING, _COPIED = 1.5, 0.2, 5.0, 5.0
_MOST = 40.0
_NAMED = 3


class Standing(Struct, frozen=True):
    """Where a record stands: group (0 best), points 0–100 (one scale within a batch), reasons."""

    group: int
    points: float
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        """The group in words."""
        return LABELS[self.group]


def standing(record: Record, remarks: Sequence[str] = ()) -> Standing:
    """The standing of one record. remarks: what the batch adds (copied text, quota, not filed)."""
    short = record.digest
    reasons = [gate.rstrip("。") for gate in short.gates]
    if record.lacking:
        reasons.append(record.lacking)
    reasons += _errors(short)
    reasons += remarks
    if short.scores:
        reasons.append(f"要素条件得分 {short.score:.0f}")
    if not short.complete:
        reasons.append("有内容没有审到，见报告")
    return Standing(_group(record), _points(record, len(remarks)), tuple(reasons))


def _group(record: Record) -> int:
    short = record.digest
    if not short.eligible:
        return GATE
    if not short.errors and not record.lacking:
        return READY
    return SMALL if short.errors <= _FEW else MEND


def _points(record: Record, remarks: int) -> float:
    """The tier's score (100 for a table row, which has none), less what must be mended."""
    short = record.digest
    base = short.score if short.scores else 100.0
    less = short.errors * _ERROR + short.warnings * _WARNING
    less += bool(record.lacking) * _LACKING + remarks * _COPIED
    return round(max(0.0, base - min(less, _MOST)), 1)


def _errors(short: Digest) -> Iterator[str]:
    if not short.errors:
        return
    counted = sorted(short.rules.items(), key=lambda item: (-item[1], item[0]))
    named = [f"{title(slug)} {count} 处" for slug, count in counted if _is_error(slug)]
    more = "等" if len(named) > _NAMED else ""
    detail = "、".join(named[:_NAMED])
    yield f"错误 {short.errors} 处" + (f"（{detail}{more}）" if detail else "")


def _is_error(slug: str) -> bool:
    rule = registry.get(slug)
    return rule is None or rule.severity == "error"


def title(slug: str) -> str:
    """A rule in words."""
    rule = registry.get(slug)
    return rule.title if rule is not None else slug


def order(records: Sequence[Record], standings: Mapping[str, Standing]) -> list[Record]:
    """Best first: by group, points, name."""

    def key(record: Record) -> tuple[int, float, str, str]:
        found = standings[record.key]
        return found.group, -found.points, record.digest.name, record.key

    return sorted(records, key=key)
