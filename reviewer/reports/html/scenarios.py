"""The map of the canonical scenarios in their stages: declared, described, AI, misnamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from reviewer.model.review import Review, ScenarioReport
from reviewer.policy.schema import Policy
from reviewer.reports.places import spoken
from reviewer.reports.wording import METHODS


class ScenarioView(Struct, frozen=True):
    """A canonical scenario and how the declaration speaks of it."""

    number: int
    name: str
    declared: int = 0
    described: int = 0
    ai: bool = False
    misnamed: bool = False
    instances: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """both, listed, described or none."""
        if self.declared and self.described:
            return "both"
        return "listed" if self.declared else "described" if self.described else "none"

    @property
    def said(self) -> str:
        """The state in words, for titles and screen readers."""
        words = {
            "both": "已列入清单并描述",
            "listed": "列入清单，没有描述",
            "described": "有描述，没有列入清单",
            "none": "只列入人工智能清单" if self.ai else "未申报",
        }[self.state]
        extras = [
            word
            for on, word in ((self.ai, "应用人工智能"), (self.misnamed, "名称或环节有误"))
            if on
        ]
        return "，".join([words, *extras])


class StageView(Struct, frozen=True):
    """A stage and its scenarios."""

    name: str
    scenarios: tuple[ScenarioView, ...]

    @property
    def covered(self) -> int:
        """How many of them are declared or described."""
        return sum(view.state != "none" for view in self.scenarios)


class EntryView(Struct, frozen=True):
    """One entry as typed and what it was taken for."""

    place: str
    raw: str
    name: str
    method: str
    confidence: int
    ok: bool
    ai: bool
    reason: str


def stage_views(review: Review, policy: Policy) -> tuple[StageView, ...]:
    """All stages of the policy in order."""
    by_number: dict[int, list[ScenarioReport]] = defaultdict(list)
    for entry in review.scenarios:
        if entry.scenario is not None:
            by_number[entry.scenario].append(entry)
    return tuple(
        StageView(
            stage.name,
            tuple(
                _scenario(scenario.number, scenario.name, by_number[scenario.number])
                for scenario in policy.scenarios
                if scenario.stage == stage.name
            ),
        )
        for stage in policy.stages
    )


def entry_views(review: Review, policy: Policy) -> tuple[EntryView, ...]:
    """All entries in the order of the report."""
    return tuple(
        EntryView(
            spoken(entry.at, policy),
            entry.raw,
            f"{entry.scenario} {entry.name}" if entry.scenario is not None else "",
            METHODS[entry.method],
            round(entry.confidence * 100),
            entry.stage_ok and entry.name_ok,
            entry.ai,
            entry.reason,
        )
        for entry in review.scenarios
    )


def _scenario(number: int, name: str, entries: Sequence[ScenarioReport]) -> ScenarioView:
    instances = dict.fromkeys(entry.instance for entry in entries if entry.instance)
    return ScenarioView(
        number,
        name,
        sum(entry.at.startswith("list:main") for entry in entries),
        sum(entry.at.startswith("body:") for entry in entries),
        any(entry.ai for entry in entries),
        any(not (entry.stage_ok and entry.name_ok) for entry in entries),
        tuple(instances),
    )
