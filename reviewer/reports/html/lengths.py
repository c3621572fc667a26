"""Length gauges: sections one a line, scenario blocks as a table of small gauges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from reviewer.model.review import Review, SectionReport
from reviewer.policy.schema import Policy
from reviewer.reports.places import spoken

# The gauge shows up to a fifth over the limit; its full width is 120 units.
_FULL = 120.0


class Gauge(Struct, frozen=True):
    """count and limit in 字. width: of the bar, of 120 units, the limit standing at 100."""

    label: str
    count: int
    limit: int
    width: float

    @property
    def state(self) -> str:
        """over, near (from 95 % on), short (under a fifth) or fair."""
        if self.count > self.limit:
            return "over"
        share = self.count / self.limit
        return "near" if share >= 0.95 else "short" if share < 0.2 else "fair"

    @property
    def said(self) -> str:
        """In words."""
        over = f"，超出 {self.count - self.limit} 字" if self.count > self.limit else ""
        return f"{self.count} / {self.limit} 字{over}"


class BlockGauges(Struct, frozen=True):
    """The gauges of a scenario block by part; None where the part is absent or empty."""

    at: str
    title: str
    gauges: tuple[Gauge | None, ...]


def section_gauges(review: Review, policy: Policy) -> tuple[Gauge, ...]:
    """Gauges of the limited sections."""
    return tuple(_sections(review, policy))


def _sections(review: Review, policy: Policy) -> Iterator[Gauge]:
    for key, section in review.sections.items():
        if not key.startswith("body:") and section.limit:
            yield _gauge(spoken(f"section:{key}", policy), section)


def block_gauges(review: Review, policy: Policy) -> tuple[tuple[str, ...], tuple[BlockGauges, ...]]:
    """Heads of the columns, and a row a block."""
    block = policy.template.block
    heads = {"ai_desc": block.labels.get("ai_desc", ("ai_desc",))[0]}
    heads |= {spec.id: spec.labels[0] for spec in block.parts if spec.text and spec.limit}
    titles = {entry.at: entry.instance or entry.raw for entry in review.scenarios}
    grouped: dict[str, dict[str, SectionReport]] = {}
    for key, section in review.sections.items():
        at, slash, part = key.partition("/")
        if slash and part in heads and section.limit:
            grouped.setdefault(at, {})[part] = section
    rows = tuple(_row(at, titles.get(at, ""), parts, heads) for at, parts in grouped.items())
    return tuple(heads.values()), rows


def _row(
    at: str, title: str, parts: Mapping[str, SectionReport], heads: Mapping[str, str]
) -> BlockGauges:
    gauges = [
        _gauge(heads[part], parts[part]) if part in parts and parts[part].count else None
        for part in heads
    ]
    return BlockGauges(at.partition(":")[2], title, tuple(gauges))


def _gauge(label: str, section: SectionReport) -> Gauge:
    limit = section.limit or 1
    return Gauge(label, section.count, limit, round(min(_FULL, 100 * section.count / limit), 1))
