"""triage.html: one self-contained page, nothing loaded from elsewhere, safe against what files say."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

import msgspec

from reviewer.batch.duplicates import Pair
from reviewer.batch.ranking import LABELS
from reviewer.batch.triage import charts, distributions
from reviewer.batch.triage.sight import COLUMNS, ORDER_ONLY, Sight, Value, rows
from reviewer.model.clean import clean

_PAIRS, _PASSAGES = 200, 12


def write(sight: Sight) -> bytes:
    """The page's bytes."""
    lines = [[clean(v) if isinstance(v, str) else v for v in row] for row in rows(sight)]
    style, script = (_asset(f"triage.{kind}") for kind in ("css", "js"))
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}"
    title = f"{sight.batch.policy.title}：批量审阅"
    parts = [
        "<!doctype html>",
        '<html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        f"<title>{escape(title)}</title><style>{style}</style></head><body>",
        f"<header><h1>{escape(title)}</h1>{_facts(sight)}",
        f'<p class="note" role="note">{escape(ORDER_ONLY)}</p>{_contents()}</header><main>',
        *_main(sight, lines),
        "</main>",
        f'<script type="application/json" id="data">{_data(lines)}</script>',
        f"<script>{script}</script></body></html>",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def _main(sight: Sight, lines: list[list[Value]]) -> Iterator[str]:
    yield '<h2 id="triage">分诊</h2>' + _tools(lines) + _table()
    yield '<h2 id="quotas">名额</h2>' + _quotas(sight)
    yield '<h2 id="terms">截止日期</h2>' + _terms(sight)
    yield '<h2 id="charts">分布</h2><div class="charts">' + "".join(_charts(sight)) + "</div>"
    yield '<h2 id="copies">雷同文字</h2>' + _copies(sight)
    yield '<h2 id="tables">汇总表核对</h2>' + _tables(sight)
    yield '<h2 id="failures">未能审阅的文件</h2>' + _failures(sight)


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(lines: list[list[Value]]) -> str:
    """The rows as JSON that cannot end the element that it stands in."""
    columns = [{"title": column.title, "kind": column.kind} for column in COLUMNS]
    value = {"columns": columns, "rows": lines, "groups": LABELS}
    text = msgspec.json.encode(value).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _facts(sight: Sight) -> str:
    batch = sight.batch
    groups = [sight.standings[record.key].group for record in sight.ordered]
    facts = [
        ("申报书", len(batch.declarations)),
        ("汇总表行", len(batch.rows)),
        *((label, groups.count(group)) for group, label in enumerate(LABELS)),
        ("雷同对数", len(sight.pairs)),
        ("未能审阅", len(batch.failures)),
    ]
    items = "".join(f"<li><b>{count}</b>{escape(name)}</li>" for name, count in facts)
    return f'<ul class="facts">{items}</ul>'


def _contents() -> str:
    links = (
        ("triage", "分诊"), ("quotas", "名额"), ("terms", "截止日期"), ("charts", "分布"), ("copies", "雷同文字"),
        ("tables", "汇总表核对"), ("failures", "未能审阅"),
    )  # fmt: skip
    return "<nav>" + "".join(f'<a href="#{a}">{t}</a>' for a, t in links) + "</nav>"


def _tools(lines: list[list[Value]]) -> str:
    parts = ['<div class="tools"><label>查找<input id="find" type="search"></label>']
    for at, column in enumerate(COLUMNS):
        if column.kind == "choice":
            options = sorted({str(row[at]) for row in lines if row[at] != ""})
            listed = "".join(f"<option>{escape(option)}</option>" for option in options)
            parts.append(
                f'<label>{escape(column.title)}<select data-pick="{at}">'
                f'<option value="">全部</option>{listed}</select></label>'
            )
    return "".join(parts) + '<button id="clear" type="button">清除筛选</button></div>'


def _table() -> str:
    heads = "".join(
        f'<th scope="col"><button type="button">{escape(column.title)}</button></th>'
        for column in COLUMNS
    )
    return (
        f'<div class="wrap"><table id="rows"><thead><tr>{heads}</tr></thead><tbody></tbody></table></div>'
        '<div class="pager"><button id="before" type="button">上一页</button>'
        '<button id="after" type="button">下一页</button><span id="count" aria-live="polite"></span></div>'
        "<noscript>排序和筛选需要浏览器允许脚本；也可打开 triage.xlsx。</noscript>"
    )


def _plain(head: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(clean(str(v)))}</td>" for v in line) + "</tr>"
        for line in lines
    )
    if not body:
        return "<p>没有。</p>"
    return (
        f'<div class="wrap"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _quotas(sight: Sight) -> str:
    lines = (
        (
            usage.region or "未识别",
            sight.tier(usage.tier),
            usage.count,
            "" if usage.quota is None else usage.quota,
            f"超出 {len(usage.over)}" if usage.over else "",
            usage.exempt or "",
        )
        for usage in sight.usages
        if usage.count or usage.exempt
    )
    return _plain(("地区", "等级", "本批推荐", "名额（附件2）", "超出", "不占名额"), lines)


def _terms(sight: Sight) -> str:
    who = {"enterprise": "企业", "bureau": "主管部门"}
    lines = (
        (
            term.route,
            sight.tier(term.tier) if term.tier else "",
            who.get(term.by, ""),
            term.date,
            f"还剩 {term.days} 天" if term.days >= 0 else f"已过 {-term.days} 天",
        )
        for term in sight.terms
    )
    return _plain(("事项", "等级", "由谁办", "截止日期", f"以 {sight.batch.day} 计"), lines)


def _charts(sight: Sight) -> Iterator[str]:
    for series in distributions.scores(sight):
        yield charts.columns(series)
    yield charts.columns(distributions.ai_share(sight))
    yield charts.bars(distributions.failed_rules(sight))
    yield charts.heat(distributions.scenarios(sight))


def _copies(sight: Sight) -> str:
    if not sight.pairs:
        return "<p>没有发现成段相同的文字（官方通用表述、模板文字不计）。</p>"
    known = {record.key: record.shown for record in sight.ordered}
    groups = "".join(
        f"<li>{len(keys)} 份：{escape('、'.join(known.get(key, '（往年）') for key in keys[:30]))}"
        f"{'等' if len(keys) > 30 else ''}</li>"
        for keys in sight.clusters
        if len(keys) > 2
    )
    listed = f"<p>三份以上互有雷同的群组：</p><ol>{groups}</ol>" if groups else ""
    more = (
        "" if len(sight.pairs) <= _PAIRS else f"<p>只列前 {_PAIRS} 对，全部见 duplicates.csv。</p>"
    )
    return listed + "".join(_pair(pair, sight) for pair in sight.pairs[:_PAIRS]) + more


def _pair(pair: Pair, sight: Sight) -> str:
    label = "（往年）" if pair.archived else ""
    same = "，同一企业" if pair.same else ""
    head = f"{pair.first.name} 与 {pair.second.name}{label}：相同 {pair.shared} 字，占较短一份的 {pair.share:.0%}{same}"
    passages = "".join(
        '<div class="pair">'
        + _passage(sight, p.first, p.first_text)
        + _passage(sight, p.second, p.second_text)
        + "</div>"
        for p in pair.passages[:_PASSAGES]
    )
    rest = len(pair.passages) - _PASSAGES
    more = f"<p>另有 {rest} 段，见 duplicates.csv。</p>" if rest > 0 else ""
    return f"<details><summary>{escape(head)}</summary>{passages}{more}</details>"


def _passage(sight: Sight, subject: str, text: str) -> str:
    where = escape(sight.spoken(subject))
    return f'<p><span class="where">{where}</span><br>{escape(clean(text))}</p>'


def _tables(sight: Sight) -> str:
    lines = (
        (r.shown, r.row.table, r.row.number, f.column, f.message, f.suggestion)
        for r in sight.batch.rows
        if r.row is not None
        for f in r.row.findings
    )
    return _plain(("文件", "表", "行", "栏目", "问题", "改法"), lines)


def _failures(sight: Sight) -> str:
    lines = ((f.shown, f.sentence) for f in sight.batch.failures)
    return _plain(("文件", "原因"), lines)
