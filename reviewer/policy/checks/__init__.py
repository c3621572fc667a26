"""What must hold between the parts of a pack: references, unambiguous words, order, form."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.policy.checks import form, notice, tiers
from reviewer.policy.checks.fault import Check, Fault
from reviewer.policy.schema import Policy

__all__ = ["CHECKS", "Fault", "faults"]

CHECKS: tuple[Check, ...] = (
    notice.unique,
    notice.identity,
    notice.stages,
    notice.aliases,
    notice.lists,
    notice.scales,
    notice.annexes,
    notice.proofs,
    tiers.tiers,
    tiers.clauses,
    tiers.requirements,
    tiers.evidence,
    tiers.patterns,
    form.kpis,
    form.fields,
    form.sections,
    form.limits,
    form.block,
    form.patterns,
)


def faults(policy: Policy) -> Iterator[Fault]:
    """All faults of a policy."""
    for check in CHECKS:
        yield from check(policy)
