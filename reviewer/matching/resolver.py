"""The visible cascade: exact name, former name, close spelling, a classifier if there is one, none."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reviewer.matching.entries import EntryParser, Parts
from reviewer.matching.fuzzy import Spelling
from reviewer.matching.protocol import EntryClassifier
from reviewer.model.folding import fold
from reviewer.model.review import Candidate, EntryMatch, Method
from reviewer.policy.schema import Alias, Policy, Scenario

_STAGE_WORD = "环节"


class Verdict(Struct, frozen=True):
    """What a step of the cascade says: the scenario's number (None: none fits), how and why."""

    scenario: int | None
    method: Method
    confidence: float
    reason: str
    candidates: tuple[Candidate, ...] = ()


class Resolver:
    """An ``EntryMatcher`` over the names of a policy. classifier: asked last, may be absent."""

    def __init__(self, policy: Policy, classifier: EntryClassifier | None = None) -> None:
        self._parser = EntryParser(policy)
        self._classifier = classifier
        self._scenarios: Mapping[int, Scenario] = {s.number: s for s in policy.scenarios}
        self._exact = {fold(s.name): s.number for s in policy.scenarios}
        self._aliases: dict[str, tuple[int, Alias]] = {
            fold(alias.name): (s.number, alias) for s in policy.scenarios for alias in s.aliases
        }
        self._spelling = Spelling(
            {name: number for name, (number, _) in self._aliases.items()} | self._exact
        )
        self._stages = frozenset(fold(stage.name) for stage in policy.stages)

    @property
    def version(self) -> str:
        """What decides: the names alone, or the names and a model."""
        return self._classifier.version if self._classifier else "names-1"

    def match(self, raw: str) -> EntryMatch:
        """The match of one entry; never raises."""
        parts = self._parser.parse(raw)
        return self._report(raw, parts, self.decide(parts))

    def decide(self, parts: Parts) -> Verdict:
        """The scenario of an entry that has been taken apart."""
        name = fold(parts.name)
        return self._by_name(name) or self._by_spelling(name) or self._by_model(parts)

    def _by_name(self, name: str) -> Verdict | None:
        number = self._exact.get(name)
        if number is not None:
            return Verdict(number, "exact", 1.0, "与规范名称一致", (Candidate(number, 1.0),))
        if name in self._aliases:
            number, alias = self._aliases[name]
            reason = f"旧版或相邻方案的名称（{alias.edition}）"
            return Verdict(number, "alias", 0.97, reason, (Candidate(number, 0.97),))
        return None

    def _by_spelling(self, name: str) -> Verdict | None:
        candidates = self._spelling.nearest(name)
        if not self._spelling.certain(candidates):
            return None
        best = candidates[0]
        reason = f"与“{self._scenarios[best.scenario].name}”只差个别字"
        return Verdict(best.scenario, "fuzzy", best.confidence, reason, tuple(candidates))

    def _by_model(self, parts: Parts) -> Verdict:
        if self._classifier is None or not (parts.name or parts.instance):
            return Verdict(None, "none", 0.0, "没有相符的典型场景名称")
        candidates = tuple(self._classifier.classify(parts))
        if not candidates:
            return Verdict(None, "none", 0.0, "名称和实例都不像任何一个典型场景")
        best = candidates[0]
        reason = f"按名称和实例的内容判断为“{self._scenarios[best.scenario].name}”"
        return Verdict(best.scenario, "classifier", best.confidence, reason, candidates)

    def _report(self, raw: str, parts: Parts, verdict: Verdict) -> EntryMatch:
        scenario = None if verdict.scenario is None else self._scenarios[verdict.scenario]
        written = fold(parts.stage).removesuffix(_STAGE_WORD)
        right = {fold(scenario.stage)} if scenario else self._stages
        return EntryMatch(
            raw=raw,
            stage_written=parts.stage,
            name_written=parts.name,
            instance=parts.instance,
            scenario=verdict.scenario,
            name=scenario.name if scenario else "",
            stage=scenario.stage if scenario else "",
            stage_ok=written in right,
            name_ok=scenario is not None and fold(parts.name) == fold(scenario.name),
            method=verdict.method,
            confidence=verdict.confidence,
            candidates=verdict.candidates,
            reason=verdict.reason,
        )
