"""The hard gates of a tier: maturity, dimensions, accident, share of AI. Each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.model.declaration import Declaration
from reviewer.model.folding import bare
from reviewer.model.review import EntryMatch, Gate
from reviewer.policy.schema import Policy, Tier

_MATURITY, _SCORE, _ACCIDENT, _YES = "成熟度等级", "成熟度分数", "安全环保事故", "是"


def gates(
    tier: Tier,
    declaration: Declaration,
    covered: Mapping[str, Sequence[str]],
    policy: Policy,
) -> tuple[Gate, ...]:
    """The gates of one tier. covered: dimension → names of recognized scenarios."""
    return (
        _maturity(tier, declaration, policy),
        _dimensions(tier, covered, policy),
        _accident(declaration),
        _ai_share(tier, declaration, policy),
    )


def covered(
    declaration: Declaration, matches: Mapping[str, EntryMatch], policy: Policy
) -> dict[str, list[str]]:
    """Dimension → names of the scenarios listed or described, each once, in order."""
    dimensions = {stage.name: stage.dimension for stage in policy.stages}
    found: dict[str, list[str]] = {one.name: [] for one in policy.dimensions}
    entries = [entry.at for entry in declaration.entries if entry.at.startswith("list:main:")]
    for at in (*entries, *(block.at for block in declaration.blocks)):
        match = matches.get(at)
        if match is None or match.scenario is None:
            continue
        scenario = policy.scenario(match.scenario)
        names = found[dimensions[scenario.stage]]
        if scenario.name not in names:
            names.append(scenario.name)
    return found


def maturity_level(declaration: Declaration, policy: Policy) -> int | None:
    """The level ticked (the lowest of several), else that of the score, None where neither is."""
    levels = {band.name: band.level for band in policy.maturity}
    field = declaration.fields.get(_MATURITY)
    ticked = [levels[word] for word in (field.values if field else ()) if word in levels]
    if ticked:
        return min(ticked)
    score = _number(declaration)
    bands = [band.level for band in policy.maturity if score is not None and band.low <= score]
    return max(bands, default=None)


def _number(declaration: Declaration) -> float | None:
    field = declaration.fields.get(_SCORE)
    try:
        score = float(field.value.strip("分 ")) if field else None
    except ValueError:
        return None
    return score if score is not None and 0 <= score <= 5 else None


def _maturity(tier: Tier, declaration: Declaration, policy: Policy) -> Gate:
    names = {band.level: band.name for band in policy.maturity}
    asked = f"{tier.name}要求{names[tier.maturity]}及以上"
    level = maturity_level(declaration, policy)
    if level is None:
        field = declaration.fields.get(_MATURITY)
        other = field.text.text.strip() if field else ""
        told = "写的是其他能力证明，没有成熟度等级" if _is_proof(other, policy) else "没有填写"
        return Gate("maturity", False, f"智能制造能力成熟度：{told}；{asked}。")
    passed = level >= tier.maturity
    verb = "达到" if passed else "未达到"
    return Gate("maturity", passed, f"智能制造能力成熟度{names[level]}，{verb}要求（{asked}）。")


def _is_proof(text: str, policy: Policy) -> bool:
    """Words stand in the cell that are not the form's own options."""
    rest = bare(text)
    for spec in policy.template.fields:
        if spec.key == _MATURITY:
            for word in (*spec.options, *spec.labels, *spec.guidance):
                rest = rest.replace(bare(word), "")
    return len(rest) > len(bare("评估分数")) + 4


def _dimensions(tier: Tier, covered: Mapping[str, Sequence[str]], policy: Policy) -> Gate:
    lacking = [name for name in tier.required if not covered.get(name)]
    said = f"（通知：{tier.in_principle}）" if tier.in_principle else ""
    asked = f"{tier.name}要求覆盖{'、'.join(tier.required)}{said}"
    if not lacking:
        counts = "，".join(f"{name} {len(covered[name])} 个场景" for name in tier.required)
        return Gate("dimensions", True, f"{asked}；已覆盖：{counts}。")
    return Gate("dimensions", False, f"{asked}；{'、'.join(lacking)}没有可识别的典型场景。")


def _accident(declaration: Declaration) -> Gate:
    field = declaration.fields.get(_ACCIDENT)
    values = field.values if field else ()
    if _YES in values:
        return Gate("accident", False, "填报近三年发生过较大及以上安全环保事故。")
    told = "填报近三年未发生" if any(values) else "没有勾选，未见填报"
    return Gate("accident", True, f"{told}较大及以上安全环保事故。")


def _ai_share(tier: Tier, declaration: Declaration, policy: Policy) -> Gate:
    main, ai = (_lines(declaration, name, policy) for name in ("main", "ai"))
    share = 100 * ai / main if main else 0.0
    told = f"应用人工智能技术的场景 {ai} 个，场景清单 {main} 个，占 {share:.1f}%"
    if tier.ai_share is None:
        return Gate("ai_share", True, f"{tier.name}没有人工智能场景比例要求；{told}。")
    passed = main > 0 and share >= tier.ai_share
    verb = "达到" if passed else "未达到"
    return Gate("ai_share", passed, f"{told}，{verb}{tier.name}不低于 {tier.ai_share:g}% 的要求。")


def _lines(declaration: Declaration, name: str, policy: Policy) -> int:
    """Lines of a list that say something: no 无, “/”, “……”, no untouched line of the template."""
    words = policy.template.words
    nothing = frozenset(map(bare, words.get("nothing", ())))
    placeholders = sorted(
        {bare(word) for key in ("placeholders", "examples") for word in words.get(key, ())},
        key=len,
        reverse=True,
    )
    return sum(
        _says(entry.raw, nothing, placeholders)
        for entry in declaration.entries
        if entry.at.startswith(f"list:{name}:")
    )


def _says(raw: str, nothing: frozenset[str], placeholders: Sequence[str]) -> bool:
    text = bare(raw)
    for word in placeholders:
        text = text.replace(word, "")
    text = text.strip("0123456789N")
    return bool(text) and text not in nothing
