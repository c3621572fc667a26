"""Runs the rules over a context and makes findings of their hits."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from reviewer.model.declaration import Text
from reviewer.model.review import Finding, Severity, finding_id
from reviewer.policy.schema import Policy, RuleSetting
from reviewer.rules import registry
from reviewer.rules.context import Context
from reviewer.rules.places import Order, location
from reviewer.rules.registry import Hit, Rule

INTERNAL = "internal"
_DOUBT_LONG = 0.1
_SHORT = 60
_CHECK_BY_HAND = "（此处文字由扫描识别得来，字迹存疑，请人工核对原件。）"

_log = logging.getLogger(__name__)


def run(context: Context) -> tuple[tuple[Finding, ...], bool]:
    """All findings in document order, and whether every rule ran to its end.

    A rule that crashes gives one ``internal`` finding and hurts no other rule.
    """
    findings: dict[tuple[str, str, str], Finding] = {}
    complete = True
    for rule in registry.rules():
        if rule.check is None or _setting(rule, context.policy).off:
            continue
        try:
            made = [build(rule, hit, context.policy) for hit in rule.check(context)]
        except (
            Exception
        ) as error:  # a rule is a plug-in: whatever it raises must not end the review
            _log.exception("rule %s crashed: %s", rule.slug, type(error).__name__)
            made, complete = [_internal(rule, context.policy)], False
        for finding in made:
            findings.setdefault((finding.rule, finding.subject, finding.location.quote), finding)
    return tuple(ordered(findings.values(), context)), complete


def ordered(findings: Iterable[Finding], context: Context) -> list[Finding]:
    """By place in the document; at one place by the rule's code."""
    order = Order(context.policy, context.declaration)
    return sorted(findings, key=lambda f: (order.key(f.subject, f.location.block), f.code))


def build(rule: Rule, hit: Hit, policy: Policy) -> Finding:
    """The finding of a hit: words filled in, severity and basis of the policy, place and id."""
    setting = _setting(rule, policy)
    wording = rule.wordings[hit.case]
    doubtful = hit.doubtful or any(map(_doubtful, (hit.text, *hit.rests)))
    message = wording.message.format_map(hit.values)
    where = location(hit.text)
    return Finding(
        rule=rule.slug,
        code=rule.code,
        severity=_softened(hit.severity or setting.severity, doubtful),
        subject=hit.subject,
        message=message + _CHECK_BY_HAND if doubtful else message,
        suggestion=wording.suggestion.format_map(hit.values),
        basis=setting.basis,
        location=where,
        id=finding_id(rule.slug, hit.subject, where.quote),
        doubtful=doubtful,
    )


def _setting(rule: Rule, policy: Policy) -> RuleSetting:
    return policy.rules.get(rule.slug) or RuleSetting(rule.severity, rule.basis)


def _softened(severity: Severity, doubtful: bool) -> Severity:
    return "warning" if doubtful and severity == "error" else severity


def _doubtful(text: Text) -> bool:
    """OCR was unsure: of any character of a short text, of a tenth of a long one."""
    size = len(text.text)
    return text.doubt * size >= 0.5 if size <= _SHORT else text.doubt >= _DOUBT_LONG


def _internal(crashed: Rule, policy: Policy) -> Finding:
    rule = registry.get(INTERNAL)
    assert rule is not None  # declared in elsewhere.py
    return build(
        rule, Hit("section:cover", values={"rule": crashed.slug, "code": crashed.code}), policy
    )
