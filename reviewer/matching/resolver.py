"""The visible cascade: correction, exact name, former name, close spelling, trained model, none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from reviewer.matching import reasons
from reviewer.matching.corrections import Correction, Memory
from reviewer.matching.entries import EntryParser, Parts
from reviewer.matching.protocol import EntryClassifier
from reviewer.matching.spelling import Near, Spelling
from reviewer.model.folding import fold
from reviewer.model.opinion import Opinion
from reviewer.model.review import Candidate, EntryMatch, Method
from reviewer.policy.schema import Alias, Policy, Scenario

ALIAS_SURE = 0.98
_STAGE_WORD = "环节"
_SUPPORT, _AGAINST = 0.05, 0.5
_NO_OPINION = Opinion((), 1.0)
_AFFIX = re.compile(
    r"(?:(?:基于|面向)[^的]{1,12}的|智能化|数字化|智慧)?(?P<core>.+?)"
    r"(?:系统|平台|项目|场景|应用|及应用|与应用|建设|实施|技术|方案|工程|示范|实践)*"
)


class Verdict(Struct, frozen=True):
    """What a step of the cascade says: the scenario's number (None: none fits), how and why."""

    scenario: int | None
    method: Method
    confidence: float
    reason: str
    candidates: tuple[Candidate, ...] = ()


class Resolver:
    """An ``EntryMatcher`` over the names of a policy.

    classifier: asked last, may be absent. corrections: verdicts that stand above all else.
    """

    def __init__(
        self,
        policy: Policy,
        classifier: EntryClassifier | None = None,
        corrections: Iterable[Correction] = (),
    ) -> None:
        self._parser = EntryParser(policy)
        self._classifier = classifier
        self._memory = Memory(corrections, self._parser)
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
        return self._classifier.version if self._classifier else "names-2"

    def match(self, raw: str) -> EntryMatch:
        """The match of one entry; never raises."""
        parts = self._parser.parse(raw)
        return self._report(raw, parts, self.decide(parts))

    def decide(self, parts: Parts) -> Verdict:
        """The scenario of an entry that has been taken apart."""
        if not (parts.stage or parts.name or parts.instance):
            return Verdict(None, "none", 1.0, reasons.EMPTY)
        known = self._by_memory(parts) or self._by_name(parts)
        if known:
            return known
        opinion = self._opinion(parts)
        return self._by_spelling(fold(parts.name), opinion) or self._by_model(opinion)

    def _by_memory(self, parts: Parts) -> Verdict | None:
        found = self._memory.recall(parts)
        if found is None:
            return None
        if found.scenario is None:
            return Verdict(None, "none", 1.0, reasons.CORRECTED)
        return _sure(found.scenario, "alias", 1.0, reasons.CORRECTED)

    def _by_name(self, parts: Parts) -> Verdict | None:
        name = fold(parts.name)
        number = self._exact.get(name)
        if number is not None:
            scenario = self._scenarios[number]
            reason = reasons.exact(scenario, self._stage_ok(parts, scenario), parts.stage)
            return _sure(number, "exact", 1.0, reason)
        if name in self._aliases:
            number, alias = self._aliases[name]
            reason = reasons.alias(alias, self._scenarios[number])
            return _sure(number, "alias", ALIAS_SURE, reason)
        return None

    def _opinion(self, parts: Parts) -> Opinion:
        if self._classifier is None:
            return _NO_OPINION
        found = self._classifier.opine(parts)
        known = tuple(one for one in found.candidates if one.scenario in self._scenarios)
        return Opinion(known, found.none, found.words)

    def _by_spelling(self, name: str, opinion: Opinion) -> Verdict | None:
        core = _AFFIX.fullmatch(name)
        if core and core["core"] in self._exact:
            number = self._exact[core["core"]]
            extra = name.replace(core["core"], "…", 1).strip("…")
            reason = reasons.affixed(self._scenarios[number].name, extra)
            return _sure(number, "fuzzy", 0.98, reason)
        near = self._spelling.nearest(name)
        if near is None or not (near.plain or self._agrees(near, opinion)):
            return None
        reason = reasons.near(near, self._scenarios[near.scenario])
        return _sure(near.scenario, "fuzzy", round(0.99 - 0.06 * near.cost, 4), reason)

    def _agrees(self, near: Near, opinion: Opinion) -> bool:
        """A name that differs by a real character may mean another thing: then the model is heard,
        and where it finds that none fits, the near name is another word (车位 for 车间), no slip."""
        if self._classifier is None:
            return True
        support = {one.scenario: one.confidence for one in opinion.candidates}
        against = [chance for number, chance in support.items() if number != near.scenario]
        supported = support.get(near.scenario, 0.0) >= _SUPPORT
        return opinion.none < _AGAINST and (supported or max(against, default=0.0) < _AGAINST)

    def _by_model(self, opinion: Opinion) -> Verdict:
        candidates = opinion.candidates
        best = self._scenarios[candidates[0].scenario] if candidates else None
        if best is None or not opinion.fits:
            none = opinion.none if self._classifier else 0.0
            return Verdict(None, "none", none, reasons.doubt(opinion, best), candidates)
        reason = reasons.opinion(opinion, best)
        return Verdict(best.number, "classifier", candidates[0].confidence, reason, candidates)

    def _stage_ok(self, parts: Parts, scenario: Scenario | None) -> bool:
        written = fold(parts.stage).removesuffix(_STAGE_WORD)
        return written == fold(scenario.stage) if scenario else written in self._stages

    def _report(self, raw: str, parts: Parts, verdict: Verdict) -> EntryMatch:
        scenario = None if verdict.scenario is None else self._scenarios[verdict.scenario]
        return EntryMatch(
            raw=raw,
            stage_written=parts.stage,
            name_written=parts.name,
            instance=parts.instance,
            scenario=verdict.scenario,
            name=scenario.name if scenario else "",
            stage=scenario.stage if scenario else "",
            stage_ok=self._stage_ok(parts, scenario),
            name_ok=scenario is not None and fold(parts.name) == fold(scenario.name),
            method=verdict.method,
            confidence=verdict.confidence,
            candidates=verdict.candidates,
            reason=verdict.reason,
        )


def _sure(number: int, method: Method, confidence: float, reason: str) -> Verdict:
    return Verdict(number, method, confidence, reason, (Candidate(number, confidence),))
