"""Every cell of a filled table checked: by the rules of the declaration where one applies, else here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reviewer.model.counting import count
from reviewer.model.declaration import Declaration, Field, RawEntry, Text
from reviewer.model.folding import bare, fold
from reviewer.model.review import EntryMatch, Severity
from reviewer.policy import industry
from reviewer.policy.schema import Policy, SummaryTable
from reviewer.rules import keys, registry
from reviewer.rules.context import Context
from reviewer.rules.runner import build
from reviewer.service import Reviewer

RULES = (
    "factory-name-suffix",
    "industry-code-mismatch",
    "maturity-below-tier",
    "scenario-format",
    "stage-mismatch",
    "scenario-renamed",
    "scenario-unrecognized",
    "scenario-duplicate",
    "ai-list-mismatch",
    "dimension-uncovered",
)
"""Rules that a row of a summary table can be asked by."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PHONE = re.compile(r"1[3-9]\d{9}")
_TELEPHONE = re.compile(r"(?:0\d{2,3})?\d{7,8}(?:\d{1,6})?")
CLASS = "行业小类"
_LISTS = (keys.MAIN_LIST, keys.AI_LIST)
_COUNTED = ("从业人员数", "营业收入")


class CellFinding(Struct, frozen=True):
    """What is wrong with a cell. column: its name in the notice; rule: slug."""

    column: str
    rule: str
    severity: Severity
    message: str
    suggestion: str
    text: str


class Row(Struct, frozen=True):
    """A row as judged. matches: at → match of its scenario lines. tier: id, "" where unknown."""

    tier: str
    findings: tuple[CellFinding, ...]
    matches: dict[str, EntryMatch]


def check(cells: Mapping[str, str], table: SummaryTable, reviewer: Reviewer) -> Row:
    """Judge one row."""
    policy = reviewer.policy
    tier = table.tier or _tier(cells, policy)
    declaration = _declaration(cells, table, policy)
    matches = {entry.at: reviewer.matcher.match(entry.raw) for entry in declaration.entries}
    findings = [
        *_blank(cells, table),
        *_closed(cells, table),
        *_numbers(cells, table, policy),
        *_classes(cells),
        *_lengths(cells, table),
        *_phones(cells),
        *(_by_rules(declaration, matches, tier, table, reviewer) if table.sources else ()),
    ]
    order = {column: place for place, column in enumerate(table.columns)}
    findings.sort(key=lambda finding: order.get(finding.column, 99))
    return Row(tier, tuple(findings), matches)


def _tier(cells: Mapping[str, str], policy: Policy) -> str:
    """By the self-assessed level, where the table has that column."""
    values = {fold(value) for value in cells.values()}
    return next((tier.id for tier in policy.tiers if fold(tier.name) in values), "")


def _blank(cells: Mapping[str, str], table: SummaryTable) -> Iterator[CellFinding]:
    optional = next((c for c, k in table.sources.items() if keys.AI_LIST in k), "")
    for column in table.columns[1:]:
        value = cells.get(column, "")
        if column != optional and not bare(value):
            message = f"“{column}”没有填写。" if column in cells else f"表中没有“{column}”一列。"
            yield _finding(column, "field-missing", message, f"请填写“{column}”。", value)


def _closed(cells: Mapping[str, str], table: SummaryTable) -> Iterator[CellFinding]:
    for column, options in table.closed.items():
        value = cells.get(column, "")
        if bare(value) and bare(value) not in map(bare, options):
            message = f"“{column}”填的是“{value[:40]}”，不在规定的选项里。"
            yield _finding(
                column, "closed-list", message, f"请填写其中一项：{'、'.join(options)}。", value
            )


def _numbers(
    cells: Mapping[str, str], table: SummaryTable, policy: Policy
) -> Iterator[CellFinding]:
    score = next((c for c, k in table.sources.items() if keys.SCORE in k), "")
    for column, value in cells.items():
        plain = fold(value).replace(",", "")
        if column == score and plain:
            highest = policy.maturity[-1].high
            number = _NUMBER.fullmatch(plain.removesuffix("分"))
            if number is None or not 0 <= float(number[0]) <= highest:
                message = f"“{column}”填的是“{value[:20]}”，应是 0 到 {highest:g} 之间的数。"
                yield _finding(
                    column, "field-invalid", message, "请按自评估报告填写总得分。", value
                )
        elif column.startswith(_COUNTED) and plain and not _NUMBER.match(plain):
            message = f"“{column}”填的是“{value[:20]}”，应是数字。"
            yield _finding(column, "field-invalid", message, "请只填数字。", value)


def _classes(cells: Mapping[str, str]) -> Iterator[CellFinding]:
    """行业小类: a class of GB/T 4754, code and name agreeing, within the 中类 of the row."""
    value = cells.get(CLASS, "")
    found = re.search(r"\d{4}", fold(value))
    name = bare(re.sub(r"[\d()]|[A-T](?=\d)", "", fold(value)))
    by_code = industry.lookup(found[0]) if found else None
    by_name = next((e for e in industry.named(name) if e.level == "class"), None) if name else None
    entry = by_code or by_name
    problem, hint = "", "请按 GB/T 4754—2017 核对小类的代码和名称。"
    if not bare(value):
        return
    if found and by_code is None:
        problem = f"GB/T 4754—2017 中没有小类代码 {found[0]}。"
    elif entry is None:
        problem = f"“{value[:30]}”不是 GB/T 4754—2017 的行业小类。"
    elif by_code is not None and name and name != bare(by_code.name):
        problem = f"小类 {by_code.code} 应为“{by_code.name}”，与所填的名称不符。"
    else:
        group = re.search(r"\d{3,4}", fold(cells.get(keys.GROUP_CODE, "")))
        if group and group[0][:3] != entry.code[:3]:
            problem = f"小类 {entry.code} {entry.name}不属于所填的中类 {group[0]}。"
            hint = f"{entry.code} 属于中类 {entry.code[:3]}，请核对两栏。"
    if problem:
        yield _finding(CLASS, "industry-code-mismatch", problem, hint, value)


def _lengths(cells: Mapping[str, str], table: SummaryTable) -> Iterator[CellFinding]:
    for column, limit in table.limits.items():
        size = count(cells.get(column, ""))
        if size > limit:
            message = f"“{column}”有 {size} 字，超过 {limit} 字。"
            yield _finding(
                column, "over-length", message, f"请压缩到 {limit} 字以内。", cells[column]
            )


def _phones(cells: Mapping[str, str]) -> Iterator[CellFinding]:
    """A number to call must be there where the column asks for one."""
    for column, value in cells.items():
        asked = "电话" in column or "联系方式" in column
        digits = re.sub(r"[\s\-—()（）转]", "", fold(value))
        if asked and digits and not (_PHONE.search(digits) or _TELEPHONE.search(digits)):
            message = f"“{column}”里没有可用的电话号码。"
            yield _finding(
                column, "field-invalid", message, "请填写 11 位手机号或带区号的电话。", value
            )


def _finding(column: str, rule: str, message: str, suggestion: str, text: str) -> CellFinding:
    return CellFinding(column, rule, "error", message, suggestion, text[:200])


def _by_rules(
    declaration: Declaration,
    matches: Mapping[str, EntryMatch],
    tier: str,
    table: SummaryTable,
    reviewer: Reviewer,
) -> Iterator[CellFinding]:
    policy = reviewer.policy
    context = Context(
        policy=policy,
        declaration=declaration,
        matches=matches,
        sentences=(),
        coverage={},
        tier=policy.tier(tier or policy.default_tier),
        today=reviewer.today,
    )
    for slug in RULES:
        rule = registry.get(slug)
        if rule is None or rule.check is None:
            continue
        for hit in rule.check(context):
            finding = build(rule, hit, policy)
            column = _column(hit.subject, table)
            if column:
                yield CellFinding(
                    column,
                    slug,
                    finding.severity,
                    finding.message,
                    finding.suggestion,
                    finding.location.quote or hit.text.text[:200],
                )


def _column(subject: str, table: SummaryTable) -> str:
    """The column that a subject of the declaration stands for here."""
    kind, _, rest = subject.partition(":")
    key = {"list": keys.MAIN_LIST if rest.startswith("main") else keys.AI_LIST}.get(kind, rest)
    if kind == "dimension":
        key = keys.MAIN_LIST
    key = keys.SCORE if key == keys.MATURITY else key
    return next((column for column, fields in table.sources.items() if key in fields), "")


def _declaration(cells: Mapping[str, str], table: SummaryTable, policy: Policy) -> Declaration:
    """The row as the declaration that it stands for."""
    fields: dict[str, Field] = {}
    entries: list[RawEntry] = []
    for column, sources in table.sources.items():
        value = cells.get(column, "")
        for key in sources[:1]:
            if key in _LISTS:
                entries += _entries(value, "main" if key == keys.MAIN_LIST else "ai", table)
            else:
                fields[key] = Field(key, (value,), Text(value), column)
    level = _level(fields, policy)
    if level:
        fields[keys.MATURITY] = Field(keys.MATURITY, (level,), fields[keys.SCORE].text)
    return Declaration(
        name="",
        sha256="",
        kind="docx",
        pages=None,
        tier=table.tier or None,
        tier_text=Text(),
        fields=fields,
        sections={},
        entries=tuple(entries),
        blocks=(),
        kpis=(),
        proofs=(),
        lists={},
    )


def _entries(value: str, name: str, table: SummaryTable) -> Iterator[RawEntry]:
    """The lines of a scenario cell; one line may hold several that are numbered."""
    lines = re.split(r"\n|(?<=[^\d\s])\s*[;；]\s*(?=\d{1,2}[.．、])", value)
    number = 0
    for line in lines:
        raw = line.strip()
        if bare(raw) and bare(raw) != bare(table.example) and not raw.startswith("示例"):
            number += 1
            yield RawEntry(f"list:{name}:{number}", raw, Text(raw))


def _level(fields: Mapping[str, Field], policy: Policy) -> str:
    """The maturity level that a score gives; below the lowest there is none of the form's words."""
    score = fields.get(keys.SCORE)
    found = _NUMBER.fullmatch(fold(score.value).removesuffix("分")) if score else None
    if found is None:
        return ""
    bands = [band for band in policy.maturity if float(found[0]) >= band.low]
    return bands[-1].name if bands else ""
