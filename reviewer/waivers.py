"""Waivers: a reviewer lets one finding pass, with a reason, in a small YAML beside the file.

    waivers:
      - finding: 1f0c9e2ab344      # 编号, as every report shows it; or rule, subject and quote
        rule: SC002
        subject: list:main:3
        quote: 生产作业-能源智能管控-错峰用能
        reason: 专家组 4 月 2 日已核实
        by: 李某
        date: 2026-04-02

A waiver follows its finding over drafts (``reviewer.identity``). One that matches nothing is
reported in the review's notices; it never lets another finding pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from reviewer.errors import UsageError
from reviewer.identity import Trace, alike, pairs, trace
from reviewer.model.clean import clean, shown
from reviewer.model.review import Finding, Review, Summary

_LARGEST = 1 << 20
_ALIKE = 0.75
_EXAMPLE = "每条要写 finding（问题编号），或 rule、subject、quote，并写 reason（理由）"


class Waiver(Struct, frozen=True, forbid_unknown_fields=True):
    """One waiver; ``rule`` is a code or a slug. finding alone, or rule with the place, names it."""

    reason: str
    finding: str = ""
    rule: str = ""
    subject: str = ""
    quote: str = ""
    by: str = ""
    date: str = ""

    @property
    def words(self) -> str:
        """The reason and who gave it when, as reports show it."""
        about = "，".join(part for part in (self.by, self.date) if part)
        return clean(f"{self.reason.strip()}（{about}）" if about else self.reason.strip())


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    waivers: tuple[Waiver, ...] = ()


def read(data: bytes, name: str) -> tuple[Waiver, ...]:
    """The waivers of a file. UsageError in one Chinese sentence where it cannot be used."""
    name = shown(name)
    if len(data) > _LARGEST:
        raise UsageError(f"豁免文件“{name}”超过 1 MB，不像一份豁免清单，请检查。")
    import yaml  # a review without waivers does without it

    try:
        # Dates and numbers are words here, so no type is guessed; and no object is ever built.
        content = yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)
    except UnicodeDecodeError:
        raise UsageError(f"豁免文件“{name}”不是 UTF-8 编码，请另存为 UTF-8。") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark is not None else ""
        raise UsageError(f"豁免文件“{name}”{line}写法有误，请检查缩进和冒号。") from None
    except RecursionError:
        raise UsageError(f"豁免文件“{name}”层次过深，请检查。") from None
    return _checked(content, name)


def apply(review: Review, waivers: Sequence[Waiver]) -> Review:
    """The review with waived findings marked and not counted, unmatched waivers reported."""
    wanted = [_trace(waiver, review) for waiver in waivers]
    traces = [*map(trace, review.findings)]
    found = {at: to for at, to in pairs(wanted, traces).items() if _same(wanted[at], traces[to])}
    words = {to: waivers[at].words for at, to in found.items()}
    findings = tuple(
        msgspec.structs.replace(finding, waived=words[at]) if at in words else finding
        for at, finding in enumerate(review.findings)
    )
    lost = tuple(_lost(waiver) for at, waiver in enumerate(waivers) if at not in found)
    return msgspec.structs.replace(
        review, findings=findings, summary=_summary(findings), notices=(*review.notices, *lost)
    )


def snippet(finding: Finding) -> str:
    """The YAML lines that waive a finding, the reason left to be written."""
    import yaml

    lines = {
        "finding": finding.id,
        "rule": finding.code,
        "subject": finding.subject,
        "quote": finding.location.quote,
        "reason": "",
    }
    dumped: str = yaml.safe_dump([lines], allow_unicode=True, sort_keys=False, width=1000)
    return dumped


def _checked(content: Any, name: str) -> tuple[Waiver, ...]:
    if not content or content == {"waivers": ""}:
        return ()
    try:
        waivers = msgspec.convert(content, _File).waivers
    except msgspec.ValidationError as error:
        raise UsageError(f"豁免文件“{name}”内容有误（{_complaint(error)}）：{_EXAMPLE}。") from None
    for at, waiver in enumerate(waivers, 1):
        if not waiver.reason.strip():
            raise UsageError(f"豁免文件“{name}”第 {at} 条没有写理由（reason），请补上。")
        if not (waiver.finding or (waiver.rule and (waiver.subject or waiver.quote))):
            raise UsageError(f"豁免文件“{name}”第 {at} 条看不出豁免哪一处：{_EXAMPLE}。")
    return waivers


def _complaint(error: Exception) -> str:
    message = str(error)
    if "unknown field" in message:
        return "有不认识的项 " + message.partition("`")[2].partition("`")[0]
    if "required field" in message:
        return "缺少 " + message.partition("`")[2].partition("`")[0]
    return "结构不对"


def _trace(waiver: Waiver, review: Review) -> Trace:
    """What the waiver says; places that it leaves out are filled from the findings that fit."""
    rule = next(
        (f.rule for f in review.findings if waiver.rule.lower() in (f.rule, f.code.lower())),
        waiver.rule,
    )
    fitting = [f for f in review.findings if f.rule == rule]
    subject, quote = waiver.subject, waiver.quote
    if not subject:
        subject = next((f.subject for f in fitting if f.location.quote == quote), "")
    elif not quote and not waiver.finding:
        quote = next((f.location.quote for f in fitting if f.subject == subject), "")
    return Trace(rule, subject, quote, waiver.finding)


def _same(waived: Trace, found: Trace) -> bool:
    """Another value in the same cell is another finding: what is quoted must still be alike."""
    return waived.id == found.id or alike(waived.quote, found.quote) >= _ALIKE


def _lost(waiver: Waiver) -> str:
    what = " ".join(part for part in (waiver.finding, waiver.rule, waiver.subject) if part)
    about = f"“{clean(waiver.quote)[:30]}”" if waiver.quote else ""
    return f"有一条豁免已对不上任何问题（{clean(what)}{about}），可能已改好，请从豁免文件里删去。"


def _summary(findings: Sequence[Finding]) -> Summary:
    live = [finding.severity for finding in findings if not finding.waived]
    return Summary(live.count("error"), live.count("warning"), live.count("info"))
