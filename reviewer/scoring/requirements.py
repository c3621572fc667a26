"""Basic and outcome requirements: what the form's fields show, and what the text evidences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from reviewer.model.declaration import Declaration
from reviewer.model.review import ClauseCoverage, Evidence
from reviewer.policy.schema import Policy, Requirement, Tier
from reviewer.scoring.clauses import clause
from reviewer.scoring.findings import MISSING, SHOWN, FacetView
from reviewer.scoring.gates import maturity_level

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_REVENUE, _ACCIDENT, _NO = "主营业务收入", "安全环保事故", "否"
_FINANCE = ("资产总额", "资产负债率", "主营业务收入", "利润率")
# Which field or list of the form settles a facet of a basic requirement, by their order in the pack.
_SCALE, _MONEY, _CREDIT, _SAFE, _LEVEL = (
    ("base.1", 0),
    ("base.2", 0),
    ("base.2", 1),
    ("base.2", 2),
    ("base.5", 0),
)


class Form(Struct, frozen=True):
    """The declaration's form under a policy, asked by the basic requirements."""

    declaration: Declaration
    policy: Policy

    def settles(self, requirement: str, facet: int, tier: Tier) -> str | None:
        """The words of the form that show the facet; "" where it shows the contrary; None: silent."""
        key = (requirement, facet)
        if key == _SCALE:
            return self._scale()
        if key == _MONEY:
            return self._money()
        if key == _CREDIT:
            return self._proof(1)
        if key == _SAFE:
            return self._safe()
        if key == _LEVEL:
            level = maturity_level(self.declaration, self.policy)
            return self._value("成熟度等级") if level is not None and level >= tier.maturity else ""
        return None

    def _value(self, key: str) -> str:
        field = self.declaration.fields.get(key)
        return "、".join(field.values) if field else ""

    def _scale(self) -> str | None:
        found = _NUMBER.findall(self._value(_REVENUE).replace(",", ""))
        if not found:
            return None
        shown = f"{_REVENUE} {found[-1]} 万元"
        return shown if float(found[-1]) >= self.policy.scale_revenue else ""

    def _money(self) -> str | None:
        filled = [key for key in _FINANCE if _NUMBER.search(self._value(key))]
        return "、".join(filled) + "已填报" if len(filled) == len(_FINANCE) else None

    def _safe(self) -> str | None:
        value = self._value(_ACCIDENT)
        if not value:
            return None
        return f"较大及以上安全环保事故：{value}" if value == _NO else ""

    def _proof(self, number: int) -> str | None:
        """The line of 八 that is the policy's proof of that number (from 0)."""
        if number >= len(self.policy.proofs):
            return None
        groups = self.policy.proofs[number].words
        for line in self.declaration.proofs:
            if all(any(word in line.text for word in group) for group in groups):
                return line.text
        return None


def requirement(
    asked: Requirement,
    views: Sequence[FacetView],
    form: Form,
    tier: Tier,
) -> ClauseCoverage:
    """The coverage of a basic or outcome requirement."""
    told = [form.settles(asked.id, number, tier) for number in range(len(views))]
    settled = [
        view if said is None else FacetView(view.info, SHOWN if said else MISSING, view.passages)
        for view, said in zip(views, told, strict=True)
    ]
    found = clause(settled, asked.need)
    fields = tuple(_fields(asked.id, told))
    kept = (*fields, *found.evidence)[:3] if found.status != "unmet" else ()
    return ClauseCoverage(found.status, found.score, kept, found.missing, found.why)


def _fields(name: str, told: Sequence[str | None]) -> Iterator[Evidence]:
    subjects = {
        _SCALE: f"field:{_REVENUE}",
        _MONEY: "field:资产总额",
        _CREDIT: "section:8",
        _SAFE: f"field:{_ACCIDENT}",
        _LEVEL: "field:成熟度等级",
    }
    for number, said in enumerate(told):
        if said:
            yield Evidence(said, subjects[(name, number)], None, 1.0)
