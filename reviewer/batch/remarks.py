"""What only the batch can find: copied texts, one enterprise twice, quotas. As findings, and as words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from reviewer.batch.duplicates import Pair
from reviewer.batch.quotas import Usage
from reviewer.batch.records import Record
from reviewer.batch.workspace import Workspace
from reviewer.model.declaration import Text
from reviewer.model.folding import bare, fold
from reviewer.model.review import Finding, Location, Review, Summary
from reviewer.policy.schema import Policy
from reviewer.reports import json as report_json
from reviewer.rules import registry
from reviewer.rules.registry import Hit
from reviewer.rules.runner import build

SLUGS = ("near-duplicate", "duplicate-enterprise", "quota-exceeded")
_SAMPLE, _QUOTE = 40, 200
_PAIRS_SHOWN = 5
_CODE = "统一社会信用代码"

Findings = dict[str, list[Finding]]


def copied(pairs: Iterable[Pair], policy: Policy) -> Findings:
    """Key of a declaration → its near-duplicate findings, the strongest first."""
    found: Findings = defaultdict(list)
    for pair in pairs:
        views = [(pair.first.key, pair.second.name, 0)]
        views += [] if pair.archived else [(pair.second.key, pair.first.name, 1)]
        for key, other, side in views:
            if len(found[key]) < _PAIRS_SHOWN:
                found[key].append(_copied(pair, other, side, policy))
    return dict(found)


def _copied(pair: Pair, other: str, side: int, policy: Policy) -> Finding:
    sizes: Counter[str] = Counter()
    for passage in pair.passages:
        sizes[passage.second if side else passage.first] += passage.letters
    longest = pair.passages[0]
    text = longest.second_text if side else longest.first_text
    label = f"{other}（往年）" if pair.archived else other
    values = {"other": label, "share": f"{pair.share:.0%}", "sample": _short(text)}
    hit = Hit(sizes.most_common(1)[0][0], Text(text[:_QUOTE]), values)
    return _finding("near-duplicate", hit, policy)


def twice(records: Sequence[Record], policy: Policy) -> Findings:
    """Key → finding, for declarations whose 信用代码 another file has too."""
    by_code: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        code = fold(record.digest.fields.get(_CODE, ""))
        if len(code) == 18 and record.report:
            by_code[code].append(record)
    found: Findings = {}
    for code, same in by_code.items():
        if len(same) < 2:
            continue
        for record in same:
            files = "、".join(r.shown for r in same)
            values = {"code": code, "count": len(same), "files": files}
            hit = Hit(f"field:{_CODE}", Text(code), values)
            found[record.key] = [_finding("duplicate-enterprise", hit, policy)]
    return found


def listed_twice(records: Sequence[Record], policy: Policy) -> Findings:
    """Key → finding, for rows whose enterprise and factory stand in the same table again."""
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in records:
        if record.row is not None:
            cells = record.row.cells
            names = [bare(value) for column, value in cells.items() if column.endswith("名称")]
            groups[record.row.table, *names].append(record)
    found: Findings = {}
    for same in groups.values():
        for record in same if len(same) > 1 else ():
            firm = record.digest.fields.get("企业名称", "")
            places = "、".join(r.digest.name for r in same)
            message = f"“{firm}”的同一工厂在汇总表中出现 {len(same)} 次：{places}。"
            hit = Hit("field:企业名称", Text(firm), {"code": "", "count": len(same), "files": ""})
            made = _finding("duplicate-enterprise", hit, policy)
            found[record.key] = [msgspec.structs.replace(made, message=message)]
    return found


def exceeding(usages: Iterable[Usage], policy: Policy) -> Findings:
    """Key → finding, for those that are ranked behind their region's quota."""
    found: Findings = {}
    for item in usages:
        values = {
            "region": item.region,
            "tier": policy.tier(item.tier).name,
            "count": item.count,
            "quota": item.quota,
            "over": len(item.over),
        }
        for key in item.over:
            hit = Hit("field:推荐单位", Text(item.region), values)
            found[key] = [_finding("quota-exceeded", hit, policy)]
    return found


def _finding(slug: str, hit: Hit, policy: Policy) -> Finding:
    rule = registry.get(slug)
    assert rule is not None  # declared in reviewer.rules.elsewhere
    made = build(rule, hit, policy)
    return msgspec.structs.replace(made, location=Location(quote=hit.text.text))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SAMPLE else f"{plain[:_SAMPLE]}…"


def words(found: Sequence[Finding]) -> list[str]:
    """The batch's findings of one record as reasons: short, one a kind."""
    counts = Counter(finding.rule for finding in found)
    return [f"{_title(slug)}（{count} 处）" for slug, count in counts.items()]


def _title(slug: str) -> str:
    rule = registry.get(slug)
    return rule.title if rule is not None else slug


def joined(*groups: Findings) -> Findings:
    """All findings of each key."""
    found: Findings = defaultdict(list)
    for group in groups:
        for key, items in group.items():
            found[key] += items
    return dict(found)


def apply(record: Record, own: Sequence[Finding], space: Workspace) -> bytes | None:
    """Put the batch's findings into a report in place of an earlier run's; None: nothing changes."""
    name = f"reports/{record.report}.json"
    review = report_json.decode((space.folder / name).read_bytes())
    changed = put(review, own)
    if changed is review:
        return None
    data = report_json.encode(changed)
    space.write(name, data)
    return data


def put(review: Review, own: Sequence[Finding]) -> Review:
    """The review with the batch's findings in place of earlier ones; itself where nothing changes."""
    kept = [finding for finding in review.findings if finding.rule not in SLUGS]
    if len(kept) == len(review.findings) and not own:
        return review
    findings = [*kept, *own]
    live = [finding.severity for finding in findings if not finding.waived]
    summary = Summary(live.count("error"), live.count("warning"), live.count("info"))
    return msgspec.structs.replace(review, findings=tuple(findings), summary=summary)
