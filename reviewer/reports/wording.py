"""A finding and a review in words, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.model.review import Finding, Review, TierCoverage
from reviewer.policy.schema import Policy

AUTHOR = "申报书审阅"
SEVERITIES = {"error": "错误", "warning": "待核", "info": "提示"}
STATUSES = {"met": "满足", "partial": "部分满足", "unmet": "未见证据"}
METHODS = {
    "exact": "规范名称",
    "alias": "旧名或别名",
    "fuzzy": "近似写法",
    "classifier": "按含义判断",
    "none": "没有对应",
}


def counted(review: Review) -> str:
    """“3 处错误、5 处待核、2 条提示”."""
    summary = review.summary
    parts = (
        (summary.errors, "处错误"),
        (summary.warnings, "处待核"),
        (summary.infos, "条提示"),
    )
    said = "、".join(f"{number} {word}" for number, word in parts if number)
    return said or "没有发现问题"


def verdict(tier: TierCoverage) -> str:
    """Whether the hard gates of a tier are passed, and what fails where not."""
    if tier.eligible:
        return "满足硬性条件"
    return "不满足硬性条件：" + "；".join(gate.why for gate in tier.gates if not gate.passed)


def next_step(review: Review) -> str:
    """What the reader should do now."""
    if review.summary.errors:
        return "先改“错误”，再核对“待核”，改完再审一次。"
    if review.summary.warnings:
        return "没有必须改的错误，请逐条核对“待核”项。"
    return "没有发现问题，可以按通知要求盖章、上传。"


def lines(finding: Finding) -> Iterator[tuple[str, str]]:
    """(label, words) of a finding: what is wrong, how to mend it, what it rests on, waiver."""
    yield "问题", finding.message
    if finding.suggestion:
        yield "改法", finding.suggestion
    if finding.basis:
        yield "依据", finding.basis
    if finding.waived:
        yield "已豁免", finding.waived


def summary_lines(review: Review, policy: Policy) -> Iterator[str]:
    """The review in a few lines, verdict first."""
    yield f"共 {counted(review)}。"
    for tier in policy.tiers:
        covered = review.coverage.get(tier.id)
        if covered is not None:
            applied = "（申报）" if tier.id == review.tier else ""
            yield f"{tier.name}{applied}：要素得分 {covered.score:.1f}，{verdict(covered)}。"
    waived = sum(1 for finding in review.findings if finding.waived)
    if waived:
        yield f"另有 {waived} 条已豁免。"
    for notice in review.notices:
        yield f"注意：{notice}"
    if not review.complete:
        yield "注意：有规则未能运行完，本次审阅不完整。"
    yield f"下一步：{next_step(review)}"
