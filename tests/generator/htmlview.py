"""The declaration as an HTML page to be printed by a browser: PDFs from a producer that is no word processor."""

from __future__ import annotations

import random
from collections.abc import Sequence
from html import escape
from typing import Any

from .formcells import ACCIDENT, LEVELS, MATURITY, NATURES, SIZES, TRADES
from .front import COVER, PROMISE
from .kpis import MONEY, YEARS
from .numbers import chinese
from .scenario import DETAILS, PARTS
from .sections import S2, S3, S7, S9, S456

_STYLE = """
@page {{ size: A4; margin: 24mm 22mm 22mm; @top-center {{ content: "{firm}"; font-size: 9pt; }}
 @bottom-center {{ content: "— " counter(page) " —"; font-size: 9pt; }} }}
@page :first {{ @top-center {{ content: none; }} @bottom-center {{ content: none; }} }}
body {{ font-family: {font}; font-size: {size}pt; line-height: 1.6; }}
table {{ border-collapse: collapse; width: 100%; font-size: 10pt; line-height: 1.35;
 margin: 2mm 0; table-layout: fixed; }}
td, th {{ border: 0.6pt solid #000; padding: 1mm 1.5mm; vertical-align: middle;
 font-weight: normal; overflow-wrap: anywhere; }}
th {{ text-align: center; }} p {{ margin: 0 0 1mm; text-indent: 2em; text-align: justify; }} td p {{ text-indent: 0; }}
h1 {{ font-size: 16pt; page-break-before: {breaks}; }} h2 {{ font-size: 14pt; }} h3 {{ font-size: 12pt; }}
h1, h2, h3 {{ page-break-after: avoid; }}
.title {{ text-align: center; font-size: 24pt; font-weight: bold; margin: 50mm 0 45mm; }}
.field {{ margin: 6mm 12mm; text-indent: 0; font-size: 14pt; }}
.new {{ page-break-before: always; }} .right {{ text-align: right; }}
.mid {{ text-align: center; text-indent: 0; }}
"""
Cells = Sequence[str | tuple[str, str]]


def _text(words: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in words.split("\n")) if words else ""


def _row(cells: Cells, head: bool = False) -> str:
    tag = "th" if head else "td"
    out = []
    for cell in cells:
        words, attrs = (cell, "") if isinstance(cell, str) else cell
        out.append(f"<{tag} {attrs}>{words}</{tag}>" if attrs else f"<{tag}>{words}</{tag}>")
    return "<tr>" + "".join(out) + "</tr>"


def _label(words: str, attrs: str = "") -> str:
    return f"<th {attrs}>{escape(words)}</th>"


def _pair(words: str, value: str, span: int = 3) -> str:
    return f'<tr>{_label(words)}<td colspan="{span}">{value}</td></tr>'


def _four(first: str, one: str, second: str, two: str) -> str:
    return f"<tr>{_label(first)}<td>{escape(one)}</td>{_label(second)}<td>{escape(two)}</td></tr>"


def _ticks(
    words: Sequence[str], ticked: Sequence[str], mark: str, after: dict[str, str] | None = None
) -> str:
    return "　".join(
        (mark if word in ticked else "□") + word + (after or {}).get(word, "") for word in words
    )


def _company(company: dict[str, Any], mark: str, accident_name: str) -> str:
    named = {"是": f"（事故名称：{accident_name}）"}
    rows = [
        _pair("企业名称", escape(company["企业名称"])),
        _four("统一社会信用代码", company["统一社会信用代码"], "成立时间", company["成立时间"]),
        _pair("企业性质", _ticks(NATURES, company["企业性质"], mark)),
        _pair("企业类型", _ticks(SIZES, company["企业类型"], mark)),
        *(
            _pair(f"{key}（{key}代码+名称）", escape(company[key]))
            for key in ("行业门类", "行业大类", "行业中类")
        ),
        _pair("工厂地址", escape(company["工厂地址"])),
        _four(
            "法人代表/负责人姓名",
            company["法人代表姓名"],
            "法人代表/负责人电话",
            company["法人代表电话"],
        ),
        *(
            _four(f"联系人{a}", company[f"联系人{a}"], f"联系人{b}", company[f"联系人{b}"])
            for a, b in (("姓名", "电话"), ("职务", "手机"), ("传真", "邮箱"))
        ),
        "<tr>" + "".join(_label(words) for words in ("近三年发展情况", *YEARS)) + "</tr>",
        *(
            f"<tr>{_label(name + unit)}"
            + "".join(f"<td>{escape(value)}</td>" for value in company[name])
            + "</tr>"
            for name, unit in MONEY
        ),
        _pair(
            MATURITY,
            f"{_ticks(LEVELS, company['成熟度等级'], mark)}<br>评估分数：{escape(company['成熟度分数'])}",
        ),
        _pair(ACCIDENT, _ticks(("是", "否"), company["安全环保事故"], mark, named)),
        _pair("企业简介", _text(company["企业简介"])),
    ]
    return f"<p><b>（一）申报单位基本信息</b></p><table>{''.join(rows)}</table>"


def _factory(factory: dict[str, Any], kpis: Sequence[Sequence[str]], mark: str) -> str:
    def lines(key: str) -> str:
        return "<br>".join(escape(entry) for entry in factory[key])

    rows = [
        _pair("工厂名称", escape(factory["工厂名称"])),
        _pair("所属行业", _ticks(TRADES, factory["所属行业"], mark)),
        _pair("所属行业细分行业", escape(factory["细分行业"])),
        _pair("覆盖的环节和具体场景", lines("场景清单")),
        _pair("应用人工智能技术的具体场景", lines("AI场景清单")),
        _pair("智能工厂总集成方案供应商名称", escape(factory["总集成方案供应商"])),
        _pair("总集成方案供应商联系人及联系方式", escape(factory["总集成供应商联系人"])),
        _pair("建设起止日期", escape(factory["建设起止日期"])),
        _pair("建设总投资（万元）", escape(factory["建设总投资"])),
        _pair("项目简述", _text(factory["项目简述"])),
    ]
    side = _label("工厂整体建设成效", f'rowspan="{len(kpis) + 1}"')
    head = f"<tr>{side}{_label('指标')}{_label('建设前')}{_label('建成后')}</tr>"
    figures = "".join(_row([escape(value) for value in row]) for row in kpis)
    return f"<p><b>（二）智能工厂基本信息</b></p><table>{''.join(rows)}{head}{figures}</table>"


def _details(scenario: dict[str, Any]) -> str:
    rows = [_row([("具体场景名称", ""), (escape(f"1.{scenario['heading']}"), 'colspan="4"')])]
    for key, words in (("equipment", "关键装备"), ("software", "关键软件")):
        filled = scenario.get(key) or [["", "", "", ""]]
        rows.append(
            _row([(words, f'rowspan="{len(filled) + 1}"'), "种类", "名称", "规格/型号", "供应商"])
        )
        rows += [_row([escape(value) for value in row]) for row in filled]
    for key, words in (("process", "工艺"), ("technology", "技术")):
        filled = scenario.get(key) or [["", ""]]
        rows.append(
            _row(
                [
                    (f"{words}（可填写多个）", f'rowspan="{len(filled) + 1}"'),
                    "名称",
                    ("应用描述", 'colspan="3"'),
                ]
            )
        )
        rows += [_row([escape(row[0]), (escape(row[1]), 'colspan="3"')]) for row in filled]
    return f"<table>{''.join(rows)}</table>"


def _scenario(number: str, scenario: dict[str, Any]) -> str:
    head = [
        _row(["供应商名称", "联系人", "联系方式"], head=True),
        *(_row([escape(v) for v in row]) for row in scenario["suppliers"]),
    ]
    about = f"（{scenario['ai_desc']}）" if scenario["ai_desc"] else ""
    money = f"{scenario['invest']}万元" if scenario["invest"] else ""
    out = [
        f"<h3>{number} 场景名称：{escape(scenario['heading'])}</h3>",
        "<p>（1）场景解决方案供应商</p>",
        f"<table>{''.join(head)}</table>",
    ]
    out += [
        "<p>（2）场景建设</p>",
        f"<p>起止日期：{escape(scenario['period'])}</p>",
        f"<p>总投资金额：{escape(money)}</p>",
        f"<p>是否成效突出且具备推广价值：{scenario['outstanding']}</p>",
        f"<p>是否应用人工智能：{scenario['ai']}{escape(about)}</p>",
    ]
    for key, place, words, _ in PARTS:
        out += [f"<p>（{place}）{words}</p>", _text(scenario[key])]
    return "".join([*out, f"<p>（7）{DETAILS}</p>", _details(scenario)])


def _cover(declaration: dict[str, Any]) -> str:
    title = f"河北省{declaration.get('tier', '先进级')}智能工厂申报书"
    fields = "".join(
        f'<p class="field">{words}{escape(declaration["cover"][key])}</p>' for key, words in COVER
    )
    promise = "".join(f"<p>{words}</p>" for words in PROMISE)
    return (
        f'<div class="title">{title}</div>{fields}<p class="mid" style="margin-top:45mm">河北省工业和信息化厅编制</p>'
        f'<p class="mid">二〇二六年</p><h1 class="new mid">真实性及保密承诺</h1>{promise}'
        f'<p class="right" style="margin-top:30mm">公    章：　　　　　</p>'
        f'<p class="right">{escape(declaration["commitment_date"])}</p>'
    )


def _parts(declaration: dict[str, Any]) -> list[str]:
    out = ["<h1>二、工厂建设总体情况</h1>"]
    out += [
        f"<h2>{key} {words}</h2>{_text(declaration['s2'][key])}"
        for key, words in S2.items()
        if key in declaration["s2"]
    ]
    out.append("<h1>三、重点环节智能化建设情况</h1>")
    for key, words in S3.items():
        if key in declaration["s3"]:
            section = declaration["s3"][key]
            out.append(f"<h2>{key} {words}</h2>{_text(section['intro'])}")
            out += [
                _scenario(f"{key}.{n}", scenario)
                for n, scenario in enumerate(section["scenarios"], 1)
            ]
    out += [
        f"<h1>{chinese(part)}、{words}</h1>{_text(declaration[key])}"
        for key, (part, words) in S456.items()
        if key in declaration
    ]
    if "s7" in declaration:
        out.append("<h1>七、后续实施计划</h1>")
        out += [
            f"<h2>（{chinese(int(key[-1]))}）{words}</h2>{_text(declaration['s7'][key])}"
            for key, words in S7.items()
            if key in declaration["s7"]
        ]
    if "s8" in declaration:
        out.append(
            "<h1>八、相关证明材料</h1>"
            + "".join(f"<p>{escape(entry)}</p>" for entry in declaration["s8"])
        )
    return [
        *out,
        "<h1>九、相关附件</h1>",
        *(f"<p>{key}.{words}</p>" for key, (words, _) in S9.items()),
    ]


def _lists(declaration: dict[str, Any]) -> list[str]:
    out = []
    for key, rows in declaration.get("s9", {}).items():
        words, columns = S9[key]
        body = "".join(
            _row([str(n), *(escape(value) for value in row)]) for n, row in enumerate(rows, 1)
        )
        out.append(
            f'<p>{key}</p><p class="mid">{words}</p><table>{_row(["序号", *columns], head=True)}{body}</table>'
        )
    return out


def render_html(declaration: dict[str, Any], seed: int) -> str:
    """A whole page of HTML for A4; the seed chooses font, size, page breaks and the tick."""
    rng = random.Random(f"html{seed}")
    font = rng.choice(['"Noto Serif CJK SC", serif', '"Noto Sans CJK SC", sans-serif'])
    firm = declaration["company"]["企业名称"]
    style = _STYLE.format(
        firm=firm, font=font, size=rng.choice([10.5, 12]), breaks=rng.choice(["always", "auto"])
    )
    mark = rng.choice(["☑", "■", "√"])
    body = [
        _cover(declaration),
        "<h1>一、申报单位和工厂基本信息</h1>",
        _company(declaration["company"], mark, declaration.get("accident_name", "      ")),
        _factory(declaration["factory"], declaration["kpis"], mark),
        *_parts(declaration),
        *_lists(declaration),
    ]
    head = f'<head><meta charset="utf-8"><style>{style}</style></head>'
    return f'<!DOCTYPE html><html lang="zh-CN">{head}<body>{"".join(body)}</body></html>'
