"""What triage needs of a review, small enough to keep for a whole batch in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from reviewer.model.review import Review, TierCoverage
from reviewer.policy.regions import regions
from reviewer.policy.schema import Policy


class Entry(Struct, frozen=True):
    """A line of one of the two scenario lists, canonical where it is recognized. number: 1–40."""

    number: int | None
    stage: str
    name: str
    instance: str


class Digest(Struct, frozen=True):
    """One declaration in short.

    kind: of the file reviewed. fields: first value of each text field; ``years`` the last year's
    value. gates: why each hard gate that is not passed is not. scores: tier id → 0–100;
    dimensions: those of the tier applied for. rules: slug → findings. ai_share: percent, None
    without a list. blocks: scenario numbers described. described: the file holds something of a
    declaration.
    """

    name: str
    kind: str
    pages: int | None
    sha256: str
    tier: str
    region: str
    fields: dict[str, str]
    eligible: bool
    eligible_for: tuple[str, ...]
    gates: tuple[str, ...]
    scores: dict[str, float]
    dimensions: dict[str, float]
    errors: int
    warnings: int
    infos: int
    rules: dict[str, int]
    main: tuple[Entry, ...]
    ai: tuple[Entry, ...]
    blocks: tuple[int, ...]
    complete: bool
    described: bool
    first_errors: tuple[str, ...] = ()

    @property
    def ai_share(self) -> float | None:
        """AI entries in percent of the entries listed."""
        return 100 * len(self.ai) / len(self.main) if self.main else None

    @property
    def score(self) -> float:
        """Coverage of the tier applied for, 0–100."""
        return self.scores.get(self.tier, 0.0)


_LAST_YEAR = ("资产总额", "资产负债率", "主营业务收入", "利润率")
_SHOWN_ERRORS = 5


def digest(review: Review, policy: Policy) -> Digest:
    """The review in short."""
    own = review.coverage.get(review.tier)
    fields = {key: _value(key, value) for key, value in review.fields.items()}
    live = [finding for finding in review.findings if not finding.waived]
    return Digest(
        name=review.document.name,
        kind=review.document.kind,
        pages=review.document.pages,
        sha256=review.document.sha256,
        tier=review.tier,
        region=_region(fields, policy),
        fields=fields,
        eligible=own is not None and own.eligible,
        eligible_for=tuple(tier for tier, found in review.coverage.items() if found.eligible),
        gates=tuple(_failed(own)),
        scores={tier: float(found.score) for tier, found in review.coverage.items()},
        dimensions={name: float(d.score) for name, d in own.dimensions.items()} if own else {},
        errors=review.summary.errors,
        warnings=review.summary.warnings,
        infos=review.summary.infos,
        rules=dict(Counter(finding.rule for finding in live)),
        main=tuple(_entries(review, "list:main:")),
        ai=tuple(_entries(review, "list:ai:")),
        blocks=tuple(s.scenario for s in review.scenarios if s.at[:5] == "body:" and s.scenario),
        complete=review.complete,
        described=_described(review),
        first_errors=tuple(f.message for f in live if f.severity == "error")[:_SHOWN_ERRORS],
    )


def _value(key: str, value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value[:500]
    if key in _LAST_YEAR:
        return value[-1] if value else ""
    return "、".join(value)[:500]


def _region(fields: dict[str, str], policy: Policy) -> str:
    """By who recommends it, else by where the factory is; "" where neither says it."""
    for key in ("推荐单位", "工厂地址"):
        found = regions(policy, fields.get(key, ""))
        if len(found) == 1:
            return next(iter(found))
    return ""


def _failed(coverage: TierCoverage | None) -> Iterator[str]:
    for gate in coverage.gates if coverage else ():
        if not gate.passed:
            yield gate.why


def _entries(review: Review, prefix: str) -> Iterator[Entry]:
    for scenario in review.scenarios:
        if scenario.at.startswith(prefix):
            known = scenario.scenario is not None
            yield Entry(
                scenario.scenario,
                scenario.stage if known else scenario.stage_written,
                scenario.name if known else scenario.name_written,
                scenario.instance,
            )


def _described(review: Review) -> bool:
    """Something of a declaration was found: a firm or a factory, or a narrative or scenario."""
    named = any(review.fields.get(key) for key in ("企业名称", "工厂名称", "统一社会信用代码"))
    return bool(named or review.scenarios or any(s.text for s in review.sections.values()))
