"""Pages of the policy: the pack, its scenarios, the rules, and the matcher to try."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.pages import page
from api.problems import missing
from api.routes.pages import Text
from api.routes.policy import learned, pack
from api.state import Parts, Who
from reviewer.reports.wording import METHODS, SEVERITIES
from reviewer.rules import registry
from reviewer.rules.catalogue import FAMILIES

router = APIRouter(include_in_schema=False)
_ENTRIES = 50


@router.get("/policy")
def policy(request: Request, who: Who, service: Parts, q: Text = "") -> Response:
    """The policy pack: tiers and clauses, scenarios, KPIs, quotas, deadlines, sheet."""
    found = pack(service.settings.policy)
    scenarios = (
        [s for s in found.scenarios if q in s.name + s.text + s.stage] if q else found.scenarios
    )
    clauses = [
        (tier, [c for c in tier.clauses if not q or q in c.title + c.text]) for tier in found.tiers
    ]
    return page(
        request, "policy.html", who, policy=found, q=q, scenarios=scenarios, clauses=clauses
    )


@router.get("/rules")
def rules(request: Request, who: Who, service: Parts, q: Text = "") -> Response:
    """The rules by family, with explanations."""
    settings = pack(service.settings.policy).rules
    found = [
        r
        for r in registry.rules()
        if not q or q.lower() in (r.title + r.page + r.code + r.slug).lower()
    ]
    families = [
        (FAMILIES.get(code, code), list(members))
        for code, members in groupby(found, key=lambda rule: rule.code[:2])
    ]
    return page(
        request,
        "rules.html",
        who,
        q=q,
        families=families,
        settings=settings,
        severities=SEVERITIES,
        total=len(found),
    )


@router.get("/scenarios/{number}")
def scenario(request: Request, who: Who, service: Parts, number: int) -> Response:
    """One scenario with its official text and former names."""
    found = pack(service.settings.policy)
    scenario = next((s for s in found.scenarios if s.number == number), None)
    if scenario is None:
        raise missing("这个典型场景")
    clauses = [c for tier in found.tiers for c in tier.clauses if number in c.scenarios]
    return page(request, "scenario.html", who, policy=found, scenario=scenario, clauses=clauses)


@router.get("/match")
def match(
    request: Request,
    who: Who,
    service: Parts,
    entries: Annotated[str, Query(max_length=6000)] = "",
) -> Response:
    """Try entries."""
    lines = [line.strip() for line in entries.splitlines() if line.strip()][:_ENTRIES]
    matcher = learned(service) if lines else None
    found = [matcher.match(line) for line in lines] if matcher else []
    names = {s.number: s.name for s in pack(service.settings.policy).scenarios}
    return page(
        request,
        "match.html",
        who,
        entries=entries,
        found=found,
        names=names,
        methods=METHODS,
    )
