"""Applicants of a tier against the filed factories of the tier below, by name."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.batch.records import Record
from reviewer.model.folding import bare
from reviewer.policy.schema import Policy

FILED, UNKNOWN = "已备案", "名单中未见"


def filed(records: Sequence[Record], policy: Policy) -> dict[str, str]:
    """Key of a declaration → whether its enterprise is in a filled list of the tier below.

    Only for tiers whose lower tier has a list in the batch (先进级 against a filled 附件1): without a
    list nothing can be said. A table of several tiers (附件4) is no such list.
    """
    below = {
        upper.id: lower.id for lower, upper in zip(policy.tiers[:-1], policy.tiers[1:], strict=True)
    }
    filing = {table.id for table in policy.tables if table.tier}
    lists: dict[str, set[str]] = {}
    for record in records:
        if record.row is not None and record.row.table in filing:
            names = lists.setdefault(record.digest.tier, set())
            names |= _names(record)
    found = {}
    for record in records:
        listed = lists.get(below.get(record.digest.tier, ""))
        if record.row is None and listed:
            found[record.key] = FILED if _names(record) & listed else UNKNOWN
    return found


def _names(record: Record) -> set[str]:
    fields = record.digest.fields
    names = (bare(fields.get(key, "")) for key in ("企业名称", "申报单位", "统一社会信用代码"))
    return {name for name in names if name}
