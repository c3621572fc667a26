"""The tiers of Annex 6 in a policy pack: clauses, requirements, gates, patterns of evidence."""

from __future__ import annotations

from msgspec import Struct


class Facet(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a clause. words: vocabulary of systems, methods, objects that speak of it.

    means: a tool that the clause wants used for its other parts (应用……工具): alone it is nothing.
    linked: made of several links or uses: one that is denied leaves the others.
    """

    name: str
    words: tuple[str, ...] = ()
    scenarios: tuple[int, ...] = ()
    means: bool = False
    linked: bool = False


class Clause(Struct, frozen=True, forbid_unknown_fields=True):
    """A clause (要素条件). id: "advanced.4.c"; text: the notice's full sentence; title: short.

    facets: all must be shown for ``met``. need: how many facets suffice where the clause says
    或 (0 = all). breadth: the clause asks for 广泛 or 体系化.
    """

    id: str
    dimension: int
    title: str
    text: str
    facets: tuple[Facet, ...] = ()
    need: int = 0
    breadth: bool = False
    scenarios: tuple[int, ...] = ()


class Requirement(Struct, frozen=True, forbid_unknown_fields=True):
    """A basic (base.1) or outcome (outcome.advanced.1) requirement."""

    id: str
    title: str
    text: str
    facets: tuple[Facet, ...] = ()
    need: int = 0


class Tier(Struct, frozen=True, forbid_unknown_fields=True):
    """A tier (级). maturity: lowest level, 1–5. required: dimensions that need a scenario.

    ai_share: lowest share of AI scenarios in percent, None where the tier has none.
    in_principle: the notice says 原则上 of the coverage (quoted in the gate's reason).
    """

    id: str
    name: str
    maturity: int
    required: tuple[str, ...]
    clauses: tuple[Clause, ...]
    outcomes: tuple[Requirement, ...] = ()
    ai_share: float | None = None
    in_principle: str = ""
    basis: str = ""
    maturity_basis: str = ""


class WordGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that the patterns of the evidence refer to as ``$name``."""

    name: str
    words: tuple[str, ...]


class Synonyms(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that mean in a firm's own mouth what ``word`` means in the patterns of the evidence."""

    word: str
    also: tuple[str, ...]


class FacetEvidence(Struct, frozen=True, forbid_unknown_fields=True):
    """What shows a facet in a sentence. Patterns: ``a|b & c|d ! e``, groups as ``$name``.

    shows: suffices alone. hints: counts beside a scenario, heading or figure. lacks: what a
    sentence speaks of that admits that it is missing. never: words of neighbouring matters: a
    sentence that has one shows nothing of the facet. spares: words that make a confession another's.
    """

    facet: str
    shows: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


class ClauseEvidence(Struct, frozen=True, forbid_unknown_fields=True):
    """The evidence patterns of a clause or requirement, by facet."""

    clause: str
    facets: tuple[FacetEvidence, ...]
