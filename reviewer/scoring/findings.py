"""From judged claims to facets: shown, limited by the declaration's own words, or missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from reviewer.model.assertion import Status
from reviewer.model.cues import BY_HAND, PERSONS
from reviewer.model.index import Sentence
from reviewer.scoring.claims import SHOWN as SHOWN_WORDS
from reviewer.scoring.claims import Claimed, Claims, Floats
from reviewer.scoring.contrast import apart, contrasts
from reviewer.scoring.judge import Judge, Weights
from reviewer.scoring.lexicon import FacetInfo, Lexicon
from reviewer.scoring.places import PLANS, ROWS
from reviewer.scoring.reading import Reading
from reviewer.scoring.trie import Ints

SHOWN, LIMITED, MISSING = 1.0, 0.5, 0.0
# A denial that has this share of the facet's name denies the facet itself, not a detail of it.
_BY_NAME = 0.4
_PARROT = 0.5
# How much weaker a confession may be than the sentence's strongest, and what is plain anyhow.
_MARGIN, _PLAIN = 0.06, 0.9
# So many sure passages outweigh a confession that is neither plain nor by the facet's name.
_OUTWEIGHS, _HARDLY = 2, 0.1
# A denial as plain as this, where the facet is asked for, is overcome by as many passages only.
_FLATLY, _MANY = 0.95, 3
_BARELY = 0.03
_FIGURE = re.compile(r"\d(?![^，。]{0,6}场景)")
_FAIR = 0.75
_HINTED = 0.8
# A confession without a letter of the name must be this plain to be the facet's.
_NAMELESS = 0.7
# Beside so many other sure passages, the confession within a proud sentence is a detail.
_DETAIL = 2
_LITTLE = 18
_NAMED, _CALLED, _LESS = 0.2, 0.3, 0.15
_KEPT = 4
# A confession that counts what it speaks of, or names the rest, leaves what it does not name.
_SCOPED = re.compile(
    r"[两三四五六七八九几\d]+[项个台条道种套处类样]|其余|其他|另外"
    r"|(?:^|[；，])[一-龥]{2,8}(?:和|、|与)[一-龥]{2,8}?(?:只|没|尚?未|靠|仍|还|同样|暂)"
)
# “仅完成档案与评价部分”: the sentence itself says that a part is done.
_PARTLY = re.compile(
    r"[仅只](?:完成|实现|建成|做到|做了|覆盖了?|接入了?)(?![^，]{0,6}(?:纸|手工|表格))|起步阶段|这一水平|这个水平|尚未达到"
)
# What is there for some only, or on trial: there all the same.
_SOMEWHERE = re.compile(
    r"[只仅](?:在|对|限|覆盖|于|有[^，]{1,8}(?:用|上|装|做|实现)了?)|仅限|仅[^，]{0,10}(?:装|配|做|用|上|接)|试点|试用|试运行|[在正]调试|刚(?:搭|建|上|装)"
    r"|覆盖率(?:只有|仅|不足|才)|[一二三四五六七八]成|(?:部分|个别)[^，]{0,8}(?:用上|装了|实现|上了)"
)
# A partial confession this plain, where the facet is asked for, is not outweighed.
_FIRMLY = 0.8
# “成本在第四部分单独讲”, “见第五部分”: where else the narrative of a dimension stands.
_REFERS = re.compile(
    r"(?:[见在]|详见)第?([四五六456])(?:部分|章|节|、|，|。|）|$)|第([四五六])部分"
)
_CHAPTERS = {"四": "4", "五": "5", "六": "6"}
# Confessions of a facet that are looked at: the next are too weak.
_HEARD = 6
_NEVER = 2.0


class Passage(Struct, frozen=True):
    """A judged sentence. strength: 0–1. status, name: of a confession (see ``claims.Claims``).

    near: it stands where the facet is asked for: in its dimension's narrative, in 2.2, or in the
    block of a scenario that evidences it. row: it is a row of a list, a name and little more.
    home: it stands in the narrative of the facet's dimension. apart: it may own to a lack and show
    something else: it sets the two apart.
    """

    sentence: Sentence
    number: int
    strength: float
    status: Status = Status.ASSERTED
    name: float = 0.0
    near: bool = True
    row: bool = False
    home: bool = True
    apart: bool = False


class FacetView(Struct, frozen=True):
    """What the declaration says of a facet.

    value: SHOWN, LIMITED or MISSING. passages: evidence, strongest first. confession: the
    sentence that owns to a lack. planned: a sentence that only plans it. parroted: where words
    were found, they were the notice's own. alone: a tool is there, nothing that is done with it.
    """

    info: FacetInfo
    value: float
    passages: tuple[Passage, ...] = ()
    confession: Passage | None = None
    planned: Sentence | None = None
    parroted: bool = False
    alone: bool = False


class Evidenced:
    """All judged claims of a reading, asked facet by facet."""

    def __init__(
        self, reading: Reading, claimed: Claimed, judge: Judge, lexicon: Lexicon, lowest: str = ""
    ) -> None:
        """lowest: the tier that asks least; what it asks may stand anywhere."""
        self._lowest = f"{lowest}."
        self._reading = reading
        self._weights = judge.weights
        self._facets = lexicon.facets
        sources = np.array([place.source == PLANS for place in reading.places], dtype=np.bool_)
        shown = _hinted(claimed.shown, judge.shown(claimed))
        self._shown = _Ranked(claimed.shown, shown, ~sources, len(self._facets))
        lacked = _owned(claimed.lacked, judge.lacked(claimed), lexicon, self._weights)
        self._lacked = _Ranked(claimed.lacked, lacked, ~sources, len(self._facets))
        self._doubted = frozenset(claimed.doubts[1].tolist())
        self._whole = claimed.whole
        self._referred = frozenset(_referred(reading))
        sentence, facet = claimed.whole
        planned = sources[sentence]
        self._views: dict[int, FacetView] = {}
        self._aparts: dict[int, bool] = {}
        self._plans = dict(
            zip(facet[planned][::-1].tolist(), sentence[planned][::-1].tolist(), strict=True)
        )

    @property
    def reading(self) -> Reading:
        """What was read."""
        return self._reading

    @property
    def sure_at(self) -> float:
        """The strength from which evidence stands beside a denial."""
        return self._weights.sure_at

    def view(self, facet: int) -> FacetView:
        """The view of the facet with that number."""
        known = self._views.get(facet)
        if known is None:
            known = self._views[facet] = self._view(facet)
        return known

    def _view(self, facet: int) -> FacetView:
        claims = tuple(self._passages(self._shown, facet, _KEPT))
        asked = self._asked(facet)
        passages = tuple(
            one
            for one in claims
            if one.strength >= asked[self._nearness(one)]
            and not self._repeats(one.number)
            and not self._takes_back(facet, one)
        )
        worst = self._worst(facet, passages)
        if worst is not None and self._detail(worst, claims, passages):
            worst = None
        plan = self._plans.get(facet)
        if not passages and worst is not None and self._somewhere(worst, facet):
            return FacetView(self._facets[facet], LIMITED, (worst,), worst)
        return FacetView(
            info=self._facets[facet],
            value=_value(passages, worst, self._weights, self._facets[facet].linked),
            passages=passages,
            confession=worst,
            planned=None if plan is None else self._reading.sentences[plan],
            parroted=not passages
            and any(self._reading.same[one.number] >= _PARROT for one in claims),
        )

    def _worst(self, facet: int, passages: Sequence[Passage]) -> Passage | None:
        """The confession to be reckoned with: a flat denial by name before a stronger detail."""
        told = [
            one
            for one in self._passages(self._lacked, facet, _HEARD)
            if one.strength >= (self._weights.lacked_at if one.name else _NAMELESS)
            and not self._of_else(one, passages)
        ]
        flat = [one for one in told if one.near and one.name >= _NAMED and one.strength >= _FLATLY]
        return next((one for one in flat if one.status is Status.DENIED), next(iter(told), None))

    def _of_else(self, worst: Passage, passages: Sequence[Passage]) -> bool:
        """A denial without the facet's own words, where facts with figures show the facet; or what
        is said of persons ("五十岁往上的有七八个，眼花")."""
        if worst.status is not Status.DENIED:
            return bool(PERSONS.search(worst.sentence.text))
        facts = [
            one
            for one in passages
            if one.near
            and not one.row
            and one.number != worst.number
            and one.strength >= self._weights.sure_at
            and _FIGURE.search(one.sentence.text)
        ]
        return worst.name < _BARELY and len(facts) >= _OUTWEIGHS

    def _detail(
        self, worst: Passage, claims: Sequence[Passage], passages: Sequence[Passage]
    ) -> bool:
        """A confession within a sentence that shows the facet, beside others that show it too."""
        if worst.status is not Status.PARTIAL or contrasts(worst.sentence.text):
            return False
        sure = self._weights.sure_at
        proud = any(one.number == worst.number and one.strength >= sure for one in claims)
        others = [one for one in passages if one.number != worst.number and one.near]
        return proud and sum(one.strength >= sure for one in others if not one.row) >= _DETAIL

    def _somewhere(self, worst: Passage, facet: int) -> bool:
        """“只对渗碳炉做了在线分析”: the confession itself says that it is there for some."""
        if worst.status is not Status.PARTIAL or not worst.near:
            return False
        sentence, of = self._whole
        told = bool(((sentence == worst.number) & (of == facet)).any())
        return told and bool(_SOMEWHERE.search(worst.sentence.text))

    def _nearness(self, passage: Passage) -> int:
        """0 under another heading, 1 in a part about the whole factory (企业简介, 四, 六), 2 near."""
        if passage.near:
            return 2
        return int(self._reading.places[passage.number].source in ("closing", "summary"))

    def _asked(self, facet: int) -> tuple[float, float, float]:
        """The strengths from which a passage counts, by ``_nearness``."""
        weights = self._weights
        if self._facets[facet].owner.startswith(self._lowest):
            return weights.easy_at, weights.easy_at, weights.easy_at
        if facet in self._doubted:
            return _NEVER, _NEVER, weights.doubt_at
        return weights.far_at, weights.whole_at, weights.shown_at

    def _repeats(self, number: int) -> bool:
        """The sentence says hardly more than the notice does, whatever the judge makes of it."""
        reading = self._reading
        return bool(reading.same[number] >= _PARROT and reading.own[number] <= _LITTLE)

    def _takes_back(self, facet: int, one: Passage) -> bool:
        """The sentence itself denies the facet, or does it by hand, and sets nothing apart."""
        text = one.sentence.text
        return not one.apart and any(
            worst.number == one.number
            and worst.strength >= self._weights.lacked_at
            and (worst.status is Status.DENIED or bool(BY_HAND.search(text)))
            for worst in self._passages(self._lacked, facet, _HEARD)
        )

    def _passages(self, ranked: _Ranked, facet: int, most: int) -> Iterator[Passage]:
        for row in ranked.rows(facet)[:most].tolist():
            number = int(ranked.claims.sentence[row])
            yield Passage(
                self._reading.sentences[number],
                number,
                float(ranked.strength[row]),
                Status(int(ranked.claims.status[row])),
                float(ranked.claims.name[row]),
                near=self._near(number, self._facets[facet]),
                row=self._reading.places[number].source == ROWS,
                home=self._reading.places[number].source == "narrative"
                and self._near(number, self._facets[facet]),
                apart=self._sets_apart(number),
            )

    def _sets_apart(self, number: int) -> bool:
        known = self._aparts.get(number)
        if known is None:
            known = self._aparts[number] = apart(self._reading, number)
        return known

    def _near(self, number: int, info: FacetInfo) -> bool:
        place = self._reading.places[number]
        if not info.dimension:
            return True
        if place.scenario is not None:
            return place.scenario in info.scenarios | info.clause_scenarios
        if (info.dimension, self._reading.sentences[number].subject) in self._referred:
            return True
        return place.source == "whole" or place.dimension == info.dimension


def _referred(reading: Reading) -> Iterator[tuple[int, str]]:
    """(dimension, subject) of the chapters that the narratives of dimensions refer to."""
    for place, sentence in zip(reading.places, reading.sentences, strict=True):
        if place.dimension and place.source == "narrative":
            for match in _REFERS.finditer(sentence.text):
                chapter = match.group(1) or match.group(2)
                yield place.dimension, f"section:{_CHAPTERS.get(chapter, chapter)}"


def _hinted(claims: Claims, strength: Floats) -> Floats:
    """Strengths (C,) with those lowered that rest on hints alone."""
    return np.where(claims.own[:, SHOWN_WORDS.index("shows")] == 0, strength * _HINTED, strength)


def _owned(claims: Claims, strength: Floats, lexicon: Lexicon, weights: Weights) -> Floats:
    """Confessions (C,) with those muted whose sentence rather speaks of another clause of the tier.

    “工艺路线还是按老师傅经验来，没有做仿真” is about simulation, not about data of the process, and
    “在成本管控方面，……” is about costs.
    """
    if not strength.size:
        return strength
    tier = lexicon.tier_of[claims.facet]
    key = claims.sentence * (int(lexicon.tier_of.max()) + 1) + tier
    _, place = np.unique(key, return_inverse=True)
    best = np.zeros(int(place.max()) + 1)
    np.maximum.at(best, place, strength)
    other = (strength < best[place] - _MARGIN) & (strength < _PLAIN)
    other |= claims.aside | _called(claims, place, strength, lexicon)
    return np.where(other, np.minimum(strength, weights.lacked_at / 2), strength)


def _called(claims: Claims, place: Ints, strength: Floats, lexicon: Lexicon) -> NDArray[np.bool_]:
    """Confessions (C,) without a letter of the facet's name where another facet is called by it,
    or less called by name than a sibling of the same clause (“物流没有仿真”)."""
    plain = strength >= _PLAIN
    named = np.zeros(int(place.max()) + 1)
    np.maximum.at(named, place, np.where(plain, claims.name, 0.0))
    clauses = {owner: number for number, owner in enumerate(lexicon.by_owner)}
    of = np.array([clauses[info.owner] for info in lexicon.facets], dtype=np.int64)
    key = claims.sentence * len(clauses) + of[claims.facet]
    _, clause = np.unique(key, return_inverse=True)
    best = np.zeros(int(clause.max()) + 1)
    np.maximum.at(best, clause, np.where(plain, claims.called, 0.0))
    less = (best[clause] >= _CALLED) & (claims.called < np.minimum(best[clause] - _LESS, _CALLED))
    return np.asarray(less | ((named[place] >= _NAMED) & (claims.name == 0)))


class _Ranked:
    """Claims by facet, strongest first. heard (N,): sentences that count."""

    def __init__(
        self, claims: Claims, strength: Floats, heard: NDArray[np.bool_], facets: int
    ) -> None:
        self.claims = claims
        self.strength = strength
        order = np.lexsort((claims.sentence, -strength, claims.facet))
        self._order = order[heard[claims.sentence[order]]]
        self._starts = np.searchsorted(claims.facet[self._order], np.arange(facets + 1))

    def rows(self, facet: int) -> Ints:
        """Rows of the claims of a facet."""
        return self._order[self._starts[facet] : self._starts[facet + 1]]


def _value(
    passages: Sequence[Passage], worst: Passage | None, weights: Weights, linked: bool = False
) -> float:
    """The rule of the house, in words: evidence shows; a confession beside it limits; a denial
    of the thing by its name, or of a thing weakly shown, leaves nothing; an unclear confession
    against many sure passages is somebody else's. linked: a denial is one of several links'."""
    if not passages:
        return MISSING
    if worst is None:
        return SHOWN
    told = [one for one in passages if one.number != worst.number or one.apart]
    by_hand = BY_HAND.search(worst.sentence.text) and passages[0] not in told
    firm = [one for one in told if one.near and not one.row]
    sure = sum(one.strength >= weights.sure_at for one in firm)
    firmly = worst.status is Status.PARTIAL and worst.near and worst.strength >= _FIRMLY
    unclear = worst.strength < _PLAIN and worst.name < _HARDLY and not worst.home
    if sure >= _OUTWEIGHS and unclear and not firmly:
        return SHOWN
    others = sum(one.strength >= weights.sure_at for one in firm if one.number != worst.number)
    scoped = _SCOPED.search(worst.sentence.text) or _PARTLY.search(worst.sentence.text)
    if others and worst.status is Status.DENIED and scoped:
        return LIMITED
    if worst.status is Status.PARTIAL:
        beside = passages[0].number == worst.number and not by_hand
        fair = any(one.strength >= _FAIR for one in firm)
        return LIMITED if fair or beside else MISSING
    if linked and any(one.strength >= _FAIR for one in firm):
        return LIMITED if worst.name < _BY_NAME else MISSING
    flatly = worst.near and worst.strength >= _FLATLY and worst.name > 0 and len(firm) < _MANY
    return LIMITED if sure and worst.name < _BY_NAME and not flatly else MISSING
