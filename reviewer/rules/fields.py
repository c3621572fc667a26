"""The cells of 表一, and the cells of (1) and (2) of a described scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.model.declaration import Field, ScenarioBlock, Text
from reviewer.model.folding import bare, fold
from reviewer.policy.schema import FieldSpec
from reviewer.rules import keys
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, Wording, rule
from reviewer.rules.values import parse_days, parse_money

_TICKS = re.compile(r"[□☐☑☒■√✓✔○●◯]")
_LOOKALIKE = str.maketrans("OIZSQ", "01250")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANIZATION = (3, 7, 9, 10, 5, 8, 4, 2)


@rule(
    "FD001",
    "field-missing",
    "“{label}”没有填写{which}。",
    "请填写“{label}”；“/”和“无”视为未填。",
    severity="error",
    cases={
        "block": Wording(
            "场景“{scenario}”的{which}没有填写。",
            "请按模板补填（1）供应商、（2）起止日期和投资金额；自行建设的，供应商填“自建”。",
        ),
    },
)
def field_missing(context: Context) -> Iterator[Hit]:
    """必填栏目为空

    表一各栏（含近三年每一年）必填；联系人传真、未发生事故时的事故名称、自建时的总集成供应商联系人、
    人工智能场景清单除外。“/”“无”视为未填。没有勾选的，按“勾选有误”报。

    错误示例：
        邮箱：（空白）
    正确示例：
        邮箱：zhizao@example.cn
    """
    for spec in context.policy.template.fields:
        if spec.part != "cover" and spec.required and spec.kind != "choice":
            yield from _cell(context, spec)
    for block in context.blocks:
        yield from _block_cells(context, block)


def _cell(context: Context, spec: FieldSpec) -> Iterator[Hit]:
    if spec.key in context.declaration.sections or _excused(context, spec):
        return
    item = context.field(spec.key)
    if spec.kind == "years":
        which = _years_missing(context, item)
    elif spec.kind == "entries":
        which = None if context.main or context.residue.only(item.text.text) else ""
    else:
        which = "" if context.missing(item.value) else None
    if which is not None:
        values = {"label": _label(spec), "which": which}
        # OCR may have overlooked what stands there.
        yield Hit(f"field:{spec.key}", item.text, values, doubtful=context.scanned)


def _label(spec: FieldSpec) -> str:
    """The label, told apart from others of its wording (姓名 and 电话 occur twice)."""
    return spec.key if spec.group and spec.kind == "text" else spec.labels[0]


def _years_missing(context: Context, item: Field) -> str | None:
    """Which years are blank: "" for all of them, None for none."""
    years = context.policy.template.years
    values = (*item.values, *("",) * (len(years) - len(item.values)))
    blank = [year for year, value in zip(years, values, strict=False) if context.missing(value)]
    if not blank:
        return None
    return (
        "" if len(blank) == len(years) else "（" + "、".join(f"{year}年" for year in blank) + "）"
    )


def _excused(context: Context, spec: FieldSpec) -> bool:
    if spec.key == keys.SCORE and other_proof(context):
        return True
    key, _, word = spec.unless.partition("=")
    return bool(word) and word in context.field(key).value


def _block_cells(context: Context, block: ScenarioBlock) -> Iterator[Hit]:
    labels = context.policy.template.block.labels
    missing = [] if any(context.own(r.text.text) for r in block.suppliers) else ["（1）供应商"]
    if any(context.residue.only(row.text.text) for row in block.suppliers):
        missing = []
    missing += [
        f"（2）{labels[key][0]}"
        for key, text in (("period", block.period), ("invest", block.invest))
        if context.missing(text.text)
    ]
    if missing:
        match = context.matches.get(block.at)
        name = (match and (match.instance or match.name)) or block.entry.raw
        values = {"scenario": name, "which": "、".join(missing)}
        yield Hit(block.at, block.entry.text, values, "block", doubtful=context.scanned)


@rule(
    "FD002",
    "checkbox-conflict",
    "“{label}”没有勾选。",
    "请在“{options}”中勾选一项。",
    severity="error",
    cases={
        "many": Wording("“{label}”同时勾选了{ticked}，只能选一项。", "请只保留一项。"),
        "block": Wording(
            "场景“{scenario}”的{which}没有选定“是”或“否”。", "请明确选“是”或“否”，删去另一个。"
        ),
    },
)
def checkbox_conflict(context: Context) -> Iterator[Hit]:
    """单选项没有勾选，或勾选了多项

    企业性质、企业类型、成熟度等级、是否发生事故、所属行业各选一项；每个场景的两个“是/否”也要选定。
    以其他能力证明材料代替成熟度等级的，成熟度等级可以不勾。

    错误示例：
        ☑中央企业　☑地方国企　□民营企业　□三资企业
    正确示例：
        □中央企业　☑地方国企　□民营企业　□三资企业
    """
    for spec in context.policy.template.fields:
        if spec.kind != "choice" or not spec.exclusive or not spec.required:
            continue
        item = context.field(spec.key)
        if len(item.values) == 1 or (spec.key == keys.MATURITY and other_proof(context)):
            continue
        values = {
            "label": spec.labels[0],
            "options": "、".join(spec.options),
            "ticked": "、".join(f"“{word}”" for word in item.values),
        }
        case = "many" if item.values else ""
        yield Hit(f"field:{spec.key}", item.text, values, case, doubtful=context.scanned)
    for block in context.blocks:
        yield from _yes_or_no(context, block)


def _yes_or_no(context: Context, block: ScenarioBlock) -> Iterator[Hit]:
    labels = context.policy.template.block.labels
    answers = (("outstanding", block.outstanding), ("ai", block.ai))
    open_ones = [f"“{labels[key][0]}”" for key, words in answers if len(words) != 1]
    if open_ones:
        match = context.matches.get(block.at)
        name = (match and (match.instance or match.name)) or block.entry.raw
        values = {"scenario": name, "which": "、".join(open_ones)}
        yield Hit(block.at, block.entry.text, values, "block", doubtful=context.scanned)


def other_proof(context: Context) -> str:
    """What is named in the maturity cell instead of a level, "" where nothing is."""
    item = context.field(keys.MATURITY)
    if item.values:
        return ""
    text = _TICKS.sub("", item.text.text)
    spec = context.specs.get(keys.MATURITY)
    score = context.specs.get(keys.SCORE)
    words = [
        *(spec.options + spec.labels if spec else ()),
        *(score.labels if score else ()),
        *context.policy.template.label_words,
    ]
    text = bare(text)
    for word in sorted(filter(None, map(bare, words)), key=len, reverse=True):
        text = text.replace(word, "")
    text = text.strip("0123456789分级")
    return text if len(text) >= 4 else ""


@rule(
    "FD003",
    "uscc-invalid",
    "统一社会信用代码“{code}”不符合 GB 32100—2015：{why}。",
    "请对照营业执照改正{hint}。",
    severity="error",
)
def uscc_invalid(context: Context) -> Iterator[Hit]:
    """统一社会信用代码有误

    18 位，由数字和大写字母（不用 I、O、Z、S、V）组成，末位为校验码。

    错误示例：
        91130407MA0DK27R97（校验码应为 4）
    正确示例：
        91130407MA0DK27R94
    """
    from stdnum.cn import uscc  # not above: its utilities take tens of milliseconds to import

    item = context.field(keys.USCC)
    written = context.value(keys.USCC)
    code = re.sub(r"[-—·]", "", fold(written))
    if not code or uscc.is_valid(code):
        return
    why, hint = _diagnosis(code)
    doubt = context.scanned and uscc.is_valid(code.translate(_LOOKALIKE))
    yield Hit(
        f"field:{keys.USCC}", item.text, {"code": written, "why": why, "hint": hint}, doubtful=doubt
    )


def _diagnosis(code: str) -> tuple[str, str]:
    """(what is wrong, what it probably should be)."""
    from stdnum.cn import uscc

    if len(code) != 18:
        return f"应为 18 位，现为 {len(code)} 位", ""
    strange = sorted({char for char in code if char not in _ALPHABET})
    if strange:
        guess = code.translate(_LOOKALIKE)
        hint = f"，疑为“{guess}”（字母与数字混淆）" if uscc.is_valid(guess) else ""
        return f"含有代码中不用的字符 {'、'.join(strange)}", hint
    if not code[:8].isdigit():
        return "前 8 位应全为数字" if not code[
            2:8
        ].isdigit() else "登记管理部门、机构类别代码有误", ""
    right = uscc.calc_check_digit(code[:17])
    if _organization_ok(code[8:17]):
        return (
            f"末位校验码应为 {right}，写成 {code[-1]}",
            f"，如前 17 位无误，应为“{code[:17]}{right}”",
        )
    return "校验码不符，代码中有一位或几位写错", ""


def _organization_ok(code: str) -> bool:
    """The check character of GB 11714 inside the code holds: then its nine characters are right."""
    if not all(char in _ALPHABET + "IOZSV" for char in code):
        return False
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(letters.index(c) * w for c, w in zip(code[:8], _ORGANIZATION, strict=True))
    return "0123456789X"[(11 - total % 11) % 11] == code[8]


@rule(
    "FD004",
    "factory-name-suffix",
    "工厂名称“{name}”没有以“{suffix}”结尾。",
    "请改为以“{suffix}”结尾的名称，如“{better}”。",
    severity="error",
)
def factory_name_suffix(context: Context) -> Iterator[Hit]:
    """工厂名称没有以“智能工厂”结尾

    不能以车间、项目、数字化工厂等结尾。

    错误示例：
        职业装柔性定制智能化生产车间
    正确示例：
        职业装柔性定制智能工厂
    """
    name = context.value(keys.FACTORY)
    suffix = context.policy.template.factory_suffix
    if not name or bare(name).endswith(bare(suffix)):
        return
    values = {"name": name, "suffix": suffix, "better": _renamed(name, suffix)}
    yield Hit(f"field:{keys.FACTORY}", context.field(keys.FACTORY).text, values)


def _renamed(name: str, suffix: str) -> str:
    """The name with its last words replaced by the suffix."""
    if suffix in name:
        return name[: name.rindex(suffix)] + suffix
    endings = r"(?:智能化?|数字化?|智慧|现代化)?(?:生产|制造)?(?:车间|工厂|产线|生产线|项目|基地|工程|厂|建设项目)$"
    return re.sub(r"(?:建设|改造|升级)+$", "", re.sub(endings, "", name)) + suffix


@rule(
    "FD005",
    "size-class-mismatch",
    "勾选“{ticked}”，但{year}年主营业务收入 {revenue} 万元，不足{ticked}的 {floor} 万元。",
    "请按营业收入和从业人员数重新核定；仅就收入看，至多为“{right}”。",
    severity="error",
)
def size_class_mismatch(context: Context) -> Iterator[Hit]:
    """勾选的企业规模高于营业收入所允许的

    按《统计上大中小微型企业划分办法（2017）》，大型企业营业收入不低于 40000 万元，中型不低于 2000 万元，
    小型不低于 300 万元。表中没有从业人员数，只能证明勾高，不能证明勾低。

    错误示例：
        ☑大型企业，2025 年主营业务收入 29180 万元
    正确示例：
        ☑中型企业，2025 年主营业务收入 29180 万元
    """
    ticked = context.ticked(keys.SIZE)
    sizes = {size.name: size for size in context.policy.sizes}
    revenues = context.field(keys.REVENUE)
    latest = parse_money(revenues.values[-1]) if revenues.values else None
    if ticked not in sizes or latest is None or latest >= sizes[ticked].revenue:
        return
    right = next((s.name for s in context.policy.sizes if latest >= s.revenue), ticked)
    values = {
        "ticked": ticked,
        "year": context.policy.template.years[-1],
        "revenue": f"{latest:g}",
        "floor": f"{sizes[ticked].revenue:g}",
        "right": right,
    }
    yield Hit(f"field:{keys.SIZE}", context.field(keys.SIZE).text, values, rests=(revenues.text,))


@rule(
    "FD007",
    "date-invalid",
    "“{label}”写的“{written}”不是日历上有的日期。",
    "请核对年、月、日。",
)
def date_invalid(context: Context) -> Iterator[Hit]:
    """日期不存在

    错误示例：
        建设起止日期：2023年2月30日至2025年13月1日
    正确示例：
        建设起止日期：2023年2月28日至2025年12月1日
    """
    for spec in context.policy.template.fields:
        if spec.kind in ("date", "period"):
            yield from _impossible(
                f"field:{spec.key}", spec.labels[0], context.field(spec.key).text
            )
    label = context.policy.template.block.labels["period"][0]
    for block in context.blocks:
        yield from _impossible(block.at, label, block.period)


def _impossible(subject: str, label: str, text: Text) -> Iterator[Hit]:
    for day in parse_days(text.text):
        if not day.exists:
            yield Hit(subject, text, {"label": label, "written": day})
