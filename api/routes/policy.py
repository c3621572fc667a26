"""Policy packs, rules, scenarios, and the matcher to try."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Query
from sqlalchemy import func, select

from api import reviewing, tasks
from api.db.tables import Correction
from api.models import Entries, Word
from api.problems import missing
from api.routes.common import api_router
from api.state import Parts, Service, Who
from reviewer.errors import PolicyError
from reviewer.matching.protocol import EntryMatcher
from reviewer.policy.load import available, load
from reviewer.policy.schema import Policy
from reviewer.rules import registry

router = api_router("政策与规则")


@router.get("/policies", summary="政策包")
def policies(who: Who) -> list[dict[str, Any]]:
    """The policy packs that there are."""
    return [
        {"id": p.id, "version": p.version, "title": p.title, "year": p.year} for p in available()
    ]


@router.get("/policies/{policy}", summary="一个政策包")
def policy(who: Who, policy: str) -> dict[str, Any]:
    """A policy pack, whole."""
    built: dict[str, Any] = msgspec.to_builtins(pack(policy))
    return built


@router.get("/policies/{policy}/scenarios", summary="典型场景")
def scenarios(
    who: Who, policy: str, q: Annotated[Word, Query(max_length=100)] = ""
) -> list[dict[str, Any]]:
    """The canonical scenarios, those that hold the words."""
    return [
        msgspec.to_builtins(scenario)
        for scenario in pack(policy).scenarios
        if not q or q in scenario.name + scenario.text + scenario.stage
    ]


@router.get("/rules", summary="规则目录")
def rules(who: Who) -> list[dict[str, str]]:
    """The rules: code, name, title, severity, explanation."""
    return [
        {
            "code": rule.code,
            "rule": rule.slug,
            "title": rule.title,
            "severity": rule.severity,
            "page": rule.page,
        }
        for rule in registry.rules()
    ]


@router.post("/match", summary="把条目对应到典型场景")
def match(who: Who, service: Parts, words: Entries) -> list[dict[str, Any]]:
    """One answer an entry, with the keys of ``reviewer match``."""
    ready = learned(service)
    return [msgspec.to_builtins(ready.match(entry)) for entry in words.entries]


def pack(name: str) -> Policy:
    """A released pack. Problem 404 where there is none; never a path."""
    if name not in {p.id for p in available()}:
        raise missing("这个政策包")
    try:
        return load(name)
    except PolicyError:
        raise missing("这个政策包") from None


def learned(service: Service) -> EntryMatcher:
    """The matcher with all corrections so far."""
    policy = service.settings.policy
    with service.database.read() as session:
        newest = session.scalar(select(func.max(Correction.id))) or 0
        corrections = tasks.corrections(session, policy) if newest else ()
    return reviewing.matcher(policy, corrections)
